/* Copy buttons: <div class="cm-copy"><pre class="cm-copy__text">…</pre>
   <button data-cm-copy hidden>Chép</button></div>. Copies exactly the text that is shown. */
(function () {
  "use strict";

  /* Pages opened from a disc have no clipboard API in some browsers. */
  function copyBySelection(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "cm-sr";
    document.body.appendChild(area);
    area.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    area.remove();
    return done;
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(
        function () { return true; },
        function () { return copyBySelection(text); });
    }
    return Promise.resolve(copyBySelection(text));
  }

  function selectText(node) {
    var range = document.createRange();
    range.selectNodeContents(node);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function report(button, done, target) {
    var message = done ? "Đã chép" : "Chưa chép được: hãy bấm Ctrl+C";
    if (!done) { selectText(target); }
    button.textContent = message;
    if (window.cotmoc && window.cotmoc.announce) { window.cotmoc.announce(message); }
  }

  function prepare(button) {
    var box = button.closest(".cm-copy");
    var target = box && box.querySelector(".cm-copy__text");
    if (!target) { return; }
    // Kept as nodes: a label may hold words that are only read aloud.
    var label = Array.from(button.childNodes);
    var timer = 0;
    button.hidden = false;
    button.addEventListener("click", function () {
      copy(target.innerText.trim()).then(function (done) {
        report(button, done, target);
        if (done) { button.focus(); }
        clearTimeout(timer);
        timer = setTimeout(function () { button.replaceChildren.apply(button, label); }, 2500);
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-cm-copy]").forEach(prepare);
  });
})();
