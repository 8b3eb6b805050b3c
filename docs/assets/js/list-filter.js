/* A box that narrows a long list: <div data-cm-filter-list data-cm-filter-label="…"> around
   <section data-cm-group> with <… data-cm-item>. Without this script the whole list stands. */
(function () {
  "use strict";
  var FEW = 3;   // so few hits are opened at once

  function element(name, attributes, text) {
    var node = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) { node.textContent = text; }
    return node;
  }

  function plain(text) { return window.cotmoc.fold(text).replace(/[^0-9a-z]+/g, " ").trim(); }

  /* What an item says. Its sources and the texts to copy name the library and many documents each
     time, so that a search through them would find nearly everything. */
  function spoken(node) {
    var copy = node.cloneNode(true);
    copy.querySelectorAll(".cm-source").forEach(function (chip) { chip.remove(); });
    return " " + plain(copy.textContent);
  }

  function prepare(list, number) {
    var groups = Array.from(list.querySelectorAll("[data-cm-group]"));
    var items = Array.from(list.querySelectorAll("[data-cm-item]")).map(function (node) {
      return { node: node, text: spoken(node) };
    });
    if (!items.length) { return; }
    var id = "cm-loc-danh-sach-" + number;
    var form = element("form", { "class": "cm-filters", role: "search", "aria-label": "Lọc danh sách" });
    var box = element("div", { "class": "cm-filters__text" });
    var input = element("input", { id: id, type: "search", autocomplete: "off", spellcheck: "false" });
    var foot = element("div", { "class": "cm-filters__foot" });
    var count = element("p", { "class": "cm-filters__count", role: "status" });
    box.appendChild(element("label", { "for": id }, list.getAttribute("data-cm-filter-label")));
    box.appendChild(input);
    foot.appendChild(count);
    form.appendChild(box);
    form.appendChild(foot);
    list.insertBefore(form, list.firstChild);

    // What is found must not stay folded; what the reader had folded is folded again afterwards.
    var folds = Array.from(list.querySelectorAll("[data-cm-group] > details"));
    var before = null;
    function unfold(searching, shown) {
      if (searching && !before) { before = folds.map(function (fold) { return fold.open; }); }
      folds.forEach(function (fold, index) {
        if (before) { fold.open = searching || before[index]; }
      });
      if (!searching) { before = null; }
      if (searching && shown <= FEW) {
        items.forEach(function (item) {
          if (!item.node.hidden && item.node.localName === "details") { item.node.open = true; }
        });
      }
    }

    function apply() {
      var words = plain(input.value).split(" ").filter(Boolean);
      var shown = 0;
      items.forEach(function (item) {
        var fits = words.every(function (word) { return item.text.indexOf(" " + word) >= 0; });
        item.node.hidden = !fits;
        if (fits) { shown += 1; }
      });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("[data-cm-item]:not([hidden])");
      });
      unfold(words.length > 0, shown);
      count.textContent = "Hiện " + shown + " trong " + items.length + " mục";
    }

    // A link to one item must find it, whatever was typed before.
    function reveal() {
      var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && list.contains(target) && target.closest("[hidden]")) {
        input.value = "";
        apply();
        target.scrollIntoView();
      }
    }

    input.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    window.addEventListener("hashchange", reveal);
    apply();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-cm-filter-list]").forEach(prepare);
  });
})();
