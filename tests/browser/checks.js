// The own checks of every page: what axe does not see. Gives {check: ["where: what", …]}.
// `care` says whether the page is in care mode. Folded parts are opened first.
(care) => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const least = care ? { text: 18, body: 24, target: 60 } : { text: 16, body: 18, target: 44 };
  const found = {};
  const style = (element) => getComputedStyle(element);
  const words = (element) => (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 24);
  const name = (element) => {
    const kind = element.className && typeof element.className === "string" ? "." + element.className.trim().replace(/ /g, ".") : "";
    return `${element.tagName.toLowerCase()}${kind} “${words(element)}”`;
  };
  const say = (check, element, what) => {
    const list = (found[check] ||= []);
    const line = `${name(element)}: ${what}`;
    if (list.length < 12 && !list.includes(line)) { list.push(line); }
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && !element.closest(".hidden") &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const CONTROLS = "a[href], button, summary, select, textarea, input:not([type=hidden])";

  // A2 font size, A3 line height
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const holders = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim()) { holders.add(node.parentElement); }
  }
  document.querySelectorAll("input:not([type=hidden]), select, textarea").forEach((one) => holders.add(one));
  for (const element of holders) {
    if (element.matches("[type=checkbox], [type=radio]")) { continue; }
    if (!seen(element) || ["SCRIPT", "STYLE", "OPTION"].includes(element.tagName)) { continue; }
    const size = parseFloat(style(element).fontSize);
    if (size < least.text) { say("font size", element, `${size}px`); }
    const line = parseFloat(style(element).lineHeight);
    if (!["SELECT", "INPUT"].includes(element.tagName) && !element.closest("svg") && !(line / size >= 1.495)) {
      say("line height", element, `${(line / size).toFixed(2)}`);
    }
  }
  if (parseFloat(style(document.body).fontSize) < least.body) { say("font size", document.body, "body"); }

  // A4 paragraph gap: 1.3 times the gap between lines
  for (const first of all("main p")) {
    const next = first.nextElementSibling;
    if (!next || next.tagName !== "P" || !seen(next)) { continue; }
    const gap = next.getBoundingClientRect().top - first.getBoundingClientRect().bottom;
    const lines = parseFloat(style(first).lineHeight) - parseFloat(style(first).fontSize);
    if (gap < 1.3 * lines - 0.5 && gap > -1) { say("paragraph gap", first, `${gap}px, lines ${lines}px`); }
  }

  // A5 text inside drawings, which axe does not measure
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = style(one).backgroundColor;
      if (!/, 0\)$/.test(colour)) { return colour; }
    }
    return "rgb(255, 255, 255)";
  };
  for (const text of all("svg text")) {
    const [low, high] = [light(style(text).fill), light(behind(text))].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) < 4.5) { say("contrast in drawings", text, style(text).fill); }
  }

  // A6 target size; links inside a sentence are exempt
  const aloneIn = (link) => {
    const rest = [...link.parentElement.childNodes].filter((node) => node !== link).map((node) => node.textContent).join("");
    return !rest.trim();
  };
  for (const control of all(CONTROLS)) {
    const inText = control.tagName === "A" && ["inline", "inline-block"].includes(style(control).display) &&
      !aloneIn(control) && !control.matches(".button, nav a, .aids a");
    const label = control.matches("[type=checkbox], [type=radio]") ? control.closest("label") : null;
    const box = (label || control).getBoundingClientRect();
    if (inText || control.classList.contains("skip")) { continue; }
    if (box.height < least.target - 0.6 || box.width < least.target - 0.6) {
      say("target size", control, `${Math.round(box.width)}×${Math.round(box.height)}px`);
    }
  }

  // A7 no sideways scroll, zoom never blocked
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = all("main *").find((one) => one.getBoundingClientRect().right > innerWidth + 1);
    say("sideways scroll", wide || document.body, `${document.documentElement.scrollWidth} of ${innerWidth}px`);
  }
  for (const part of all(".scroll")) {
    if (part.scrollWidth > part.clientWidth + 1) { say("sideways scroll", part, `${part.scrollWidth} of ${part.clientWidth}px`); }
  }
  if (!/^width=device-width, initial-scale=1$/.test(document.querySelector("meta[name=viewport]")?.content)) {
    say("sideways scroll", document.body, "zoom blocked");
  }

  // A8 focus can be seen, in the order of the page
  for (const control of all(CONTROLS + ", [tabindex='0']")) {
    control.focus({ preventScroll: true });
    const shown = style(control);
    if (document.activeElement !== control) { say("visible focus", control, "takes no focus"); }
    else if (shown.outlineStyle === "none" || parseFloat(shown.outlineWidth) < 1) { say("visible focus", control, "no outline"); }
    if (control.tabIndex > 0) { say("visible focus", control, "jumps the queue"); }
  }
  document.activeElement.blur();

  // A9 visible labels
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    if (![...field.labels].some((label) => seen(label) && label.innerText.trim())) { say("visible label", field, field.name); }
  }

  // A10 nothing clickable that is no control; A11 no new windows, nothing that moves
  for (const element of document.querySelectorAll("body *")) {
    const clickable = element.hasAttribute("onclick") || [...element.attributes].some((a) => a.name.startsWith("hx-")) ||
      (style(element).cursor === "pointer" && seen(element));
    if (clickable && !element.closest("label, form[hx-get], form[hx-post], " + CONTROLS)) { say("clickable", element, "is no control"); }
  }
  document.querySelectorAll("a:not([href])").forEach((one) => say("clickable", one, "leads nowhere"));
  document.querySelectorAll("[target=_blank], [autoplay], marquee, blink, iframe").forEach((one) => say("quiet page", one, one.outerHTML.slice(0, 60)));

  // A12 links told by more than colour; fields in error say so in words
  for (const link of all("main p a, main li a, main td a, main dd a")) {
    const marked = link.matches(".button, .mark, .tasks a, .figures a") || style(link).textDecorationLine.includes("underline");
    if (!marked) { say("more than colour", link, "link without underline"); }
  }
  document.querySelectorAll(".field.wrong").forEach((field) => {
    if (!field.querySelector(".error")?.innerText.trim()) { say("more than colour", field, "no words"); }
  });
  document.querySelectorAll("[role=alert] a[href^='#']").forEach((link) => {
    if (!document.getElementById(link.hash.slice(1))) { say("more than colour", link, `leads nowhere: ${link.hash}`); }
  });

  // A15 care mode: one column
  if (care) {
    for (const grid of all("main *").filter((one) => style(one).display === "grid" && !one.matches("dl"))) {
      if (style(grid).gridTemplateColumns.split(" ").length > 1) { say("one column", grid, style(grid).gridTemplateColumns); }
    }
    if (document.querySelectorAll(".tasks > li").length > 6 && location.pathname === "/") { say("one column", document.body, "more than six entries"); }
  }

  // A16 drawings: named, or beside the same numbers in a table
  for (const drawing of all("main svg, main canvas")) {
    const named = drawing.getAttribute("role") === "img" && drawing.getAttribute("aria-label");
    const beside = drawing.closest("[aria-hidden=true]") && drawing.closest("tr")?.querySelector("td.number");
    if (!named && !beside) { say("drawings", drawing, "neither named nor beside its numbers"); }
  }
  return found;
}
