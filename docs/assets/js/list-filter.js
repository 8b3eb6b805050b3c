/* A box that narrows a long list: <div data-cm-filter-list data-cm-filter-label="…"> around
   <section data-cm-group> with <… data-cm-item>. Without this script the whole list stands. */
(function () {
  "use strict";

  function element(name, attributes, text) {
    var node = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) { node.textContent = text; }
    return node;
  }

  function prepare(list, number) {
    var groups = Array.from(list.querySelectorAll("[data-cm-group]"));
    var items = Array.from(list.querySelectorAll("[data-cm-item]")).map(function (node) {
      return { node: node, text: window.cotmoc.fold(node.textContent) };
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

    function apply() {
      var words = window.cotmoc.fold(input.value).split(/\s+/).filter(Boolean);
      var shown = 0;
      items.forEach(function (item) {
        var fits = words.every(function (word) { return item.text.indexOf(word) >= 0; });
        item.node.hidden = !fits;
        if (fits) { shown += 1; }
      });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("[data-cm-item]:not([hidden])");
      });
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
