/* What every page shares: the menu button, the banner of an old copy, printing, and the two
   helpers that other scripts use (window.cotmoc.fold, window.cotmoc.announce). */
(function () {
  "use strict";
  var cotmoc = window.cotmoc = window.cotmoc || {};

  /* Lower case without Vietnamese marks, for comparing. The full analysis does it on pages that
     load it; lists can do with less. đ has no canonical decomposition, so NFD alone leaves it. */
  cotmoc.fold = function (text) {
    if (window.cotmocAnalysis) { return window.cotmocAnalysis.fold(String(text)); }
    return String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  };

  /* Say a short message to screen readers. */
  cotmoc.announce = function (message) {
    var live = document.getElementById("cm-live");
    if (!live) { return; }
    live.textContent = "";
    setTimeout(function () { live.textContent = message; }, 50);
  };

  /* True on the day after the review-by date (ISO strings compare as text). */
  cotmoc.isStale = function (reviewBy, today) {
    return /^\d{4}-\d{2}-\d{2}$/.test(reviewBy) && today > reviewBy;
  };

  function localDay(date) {
    function two(n) { return (n < 10 ? "0" : "") + n; }
    return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
  }

  function menu() {
    var nav = document.getElementById("cm-nav");
    var button = document.querySelector(".cm-nav__button");
    if (!nav || !button) { return; }
    function show(open) {
      nav.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    }
    button.addEventListener("click", function () {
      show(!nav.classList.contains("is-open"));
    });
    var more = nav.querySelector("details");
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") { return; }
      if (more && more.open) {
        more.open = false;
        more.querySelector("summary").focus();
      } else if (nav.classList.contains("is-open")) {
        show(false);
        button.focus();
      }
    });
    document.addEventListener("click", function (event) {
      if (more && more.open && !more.contains(event.target)) { more.open = false; }
    });
  }

  function close(item) { item.open = false; }

  /* On a small screen the contents and the long sections fold away, so that the page opens with
     its answer. The HTML has them open: without this script everything stands. */
  function contents() {
    if (matchMedia("(max-width: 63.99em)").matches) {
      document.querySelectorAll(".cm-toc > details").forEach(close);
    }
    if (matchMedia("(max-width: 47.99em)").matches) {
      document.querySelectorAll("details[data-cm-narrow]").forEach(close);
    }
  }

  /* What an address or a link points at must not stay folded (Firefox ESR does not unfold it). */
  function reveal(hash, always) {
    var target = null;
    try { target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1))); }
    catch (error) { return; }
    var folded = false;
    for (var node = target; node; node = node.parentElement) {
      if (node.localName === "details" && !node.open) { node.open = true; folded = true; }
    }
    if (target && (folded || always)) { target.scrollIntoView(); }
  }

  function revealing() {
    // Folding what stands above has moved the place that the browser went to.
    reveal(location.hash, true);
    window.addEventListener("hashchange", function () { reveal(location.hash); });
    // The address does not change when its own link is pressed again.
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href^='#']");
      if (link) { reveal(link.getAttribute("href")); }
    });
  }

  /* Paper cannot be unfolded. Each source chip becomes numbers in brackets, and the sources
     follow once, as a numbered list at the end of the page. */
  function listSources(article) {
    var numbers = new Map();
    var list = document.createElement("ol");
    article.querySelectorAll(".cm-source:not(.cm-source--tools)").forEach(function (chip) {
      var own = Array.prototype.map.call(chip.querySelectorAll("li"), function (item) {
        var key = item.textContent.replace(/\s+/g, " ").trim();
        if (!numbers.has(key)) {
          list.appendChild(item.cloneNode(true));
          numbers.set(key, numbers.size + 1);
        }
        return "[" + numbers.get(key) + "]";
      });
      var mark = document.createElement("span");
      mark.className = "cm-print-refs";
      mark.textContent = "Nguồn: " + own.join(" ");
      chip.after(mark);
    });
    if (!numbers.size) { return; }
    var section = document.createElement("section");
    var title = document.createElement("h2");
    title.textContent = "Nguồn";
    section.className = "cm-print-sources";
    section.append(title, list);
    article.append(section);
    document.documentElement.classList.add("has-print-sources");
  }

  function unlistSources() {
    document.querySelectorAll(".cm-print-refs, .cm-print-sources").forEach(function (node) { node.remove(); });
    document.documentElement.classList.remove("has-print-sources", "print-14pt", "print-sheet");
  }

  function printing() {
    var opened = [];
    window.addEventListener("beforeprint", function () {
      if (document.documentElement.classList.contains("has-print-sources")) { return; }
      opened = Array.prototype.filter.call(
        document.querySelectorAll("main details:not(.cm-report):not(.cm-source)"),
        function (item) { return !item.open; });
      opened.forEach(function (item) { item.open = true; });
      listSources(document.querySelector(".cm-article"));
    });
    window.addEventListener("afterprint", function () {
      opened.forEach(function (item) { item.open = false; });
      opened = [];
      unlistSources();
    });
    document.querySelectorAll("[data-cm-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var wanted = (button.getAttribute("data-cm-print") || "").split(" ");
        ["14pt", "sheet"].forEach(function (name) {
          document.documentElement.classList.toggle("print-" + name, wanted.indexOf(name) >= 0);
        });
        window.print();
      });
    });
  }

  function ready() {
    var stale = document.getElementById("cm-stale");
    if (stale && cotmoc.isStale(document.body.dataset.reviewBy || "", localDay(new Date()))) {
      stale.hidden = false;
    }
    menu();
    contents();
    revealing();
    printing();
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", ready);
  } else {
    ready();
  }
})();
