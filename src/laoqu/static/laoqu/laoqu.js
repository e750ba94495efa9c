// Comfort only: every page reads and saves without this file.
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  var speaker = document.querySelector("[data-speak]");
  var synth = window.speechSynthesis;
  function offer() {
    if (!speaker || !synth || !synth.getVoices().length) { return; }
    speaker.hidden = false;
  }
  if (speaker && synth) {
    offer();
    synth.addEventListener && synth.addEventListener("voiceschanged", offer);
    speaker.addEventListener("click", function () {
      if (synth.speaking) { synth.cancel(); speaker.setAttribute("aria-pressed", "false"); return; }
      var words = new SpeechSynthesisUtterance(document.querySelector("main").innerText);
      words.lang = document.documentElement.lang;
      words.onend = function () { speaker.setAttribute("aria-pressed", "false"); };
      speaker.setAttribute("aria-pressed", "true");
      synth.speak(words);
    });
  }
})();
