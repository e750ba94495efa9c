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
  // A slider says at once which word it stands at.
  document.querySelectorAll("[data-words]").forEach(function (words) {
    var slider = document.getElementById(words.dataset.words);
    var word = document.querySelector('[data-word="' + words.dataset.words + '"]');
    slider.addEventListener("input", function () { word.textContent = words.children[slider.value].textContent; });
  });
  // Five minutes before the log-in ends the page says so; one click stays.
  var idle = document.querySelector("[data-idle]");
  function watch() {
    idle.hidden = true;
    window.setTimeout(function () { idle.hidden = false; }, 25 * 60 * 1000);
  }
  if (idle) {
    idle.querySelector("button").addEventListener("click", function () { fetch(location.href).then(watch); });
    watch();
  }
  // Leaving a half-filled form is asked about by the browser itself.
  document.querySelectorAll("form[data-guard]").forEach(function (form) {
    var touched = false;
    form.addEventListener("input", function () { touched = true; });
    form.addEventListener("submit", function () { touched = false; });
    window.addEventListener("beforeunload", function (leaving) { if (touched) { leaving.preventDefault(); } });
  });
  // A reading under way is looked at again; when it is done the page moves on.
  function again() {
    var part = document.querySelector("[data-again]");
    if (!part) { return; }
    window.setTimeout(function () {
      fetch(location.href).then(function (answer) {
        if (answer.redirected) { location.href = answer.url; return null; }
        return answer.text();
      }).then(function (text) {
        if (!text) { return; }
        var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
        document.querySelector("main").replaceChildren.apply(document.querySelector("main"), fresh.childNodes);
        again();
      }).catch(again);
    }, part.dataset.again * 1000);
  }
  again();
  // A form with advice asks for it again while it is filled in; its button does the same by hand.
  var advised = document.querySelector("[data-advised]");
  var waiting = 0, asked = 0;
  function ask() {
    var typed = new FormData(advised), turn = ++asked;
    typed.set("check", "live");
    fetch(location.href, { method: "POST", body: typed }).then(function (answer) { return answer.text(); })
      .then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-advice]");
        if (!fresh || turn !== asked) { return; }
        var place = document.querySelector("[data-advice]"), opened = place.querySelector("[open]");
        place.replaceChildren.apply(place, fresh.childNodes);
        if (opened && place.querySelector("details")) { place.querySelector("details").open = true; }
      }).catch(function () {});
  }
  if (advised) {
    advised.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, 700);
    });
  }
})();
