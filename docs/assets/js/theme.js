/* Runs in the head, before anything is drawn, so that the page never flashes in the other
   colours. Keeps the reader's choice of light or dark; without a choice the system decides. */
(function () {
  "use strict";
  var KEY = "cot-moc.nen";
  var root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");

  function stored() {
    // Storage may be forbidden (private windows, some file:// settings).
    try { return localStorage.getItem(KEY); } catch (error) { return null; }
  }

  function apply(choice) {
    var sheet = document.getElementById("cm-dark");
    if (!sheet) { return; }
    sheet.media = choice === "dark" ? "screen"
      : choice === "light" ? "not all"
        : "screen and (prefers-color-scheme: dark)";
  }

  function isDark() {
    var choice = stored();
    return choice ? choice === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  apply(stored());
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("cm-theme");
    if (!button) { return; }
    var dark = isDark();
    function label() { button.textContent = dark ? "Nền sáng" : "Nền tối"; }
    label();
    button.hidden = false;
    button.addEventListener("click", function () {
      dark = !dark;
      var choice = dark ? "dark" : "light";
      try { localStorage.setItem(KEY, choice); } catch (error) { /* kept for this page only */ }
      apply(choice);
      label();
    });
  });
})();
