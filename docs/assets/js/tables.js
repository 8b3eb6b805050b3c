/* Sorting and filtering for <table class="cm-table">. Without this script the whole table
   stands and reads from top to bottom; the script only adds to it.

   Sorting:   <th data-sort="text|number|date">; a cell may carry data-sort-value (an ISO date,
              a number). Empty values always come last. A third press restores the first order.
   Filtering: <table data-filter="line:Tuyến;kind:Loại"
                     data-labels='{"line": {"vn-cn": "Việt Nam – Trung Quốc"}}'>
              and rows with data-line="vn-cn sea" (several values: separated by spaces).
   Long tables: data-limit="40" shows that many rows until the reader asks for all.
   The choice stands in the address after # (#loc:line=vn-cn&q=bien&sort=2.desc), so it can be
   bookmarked and sent; a link may also use ?line=vn-cn. */
(function () {
  "use strict";
  var collator = new Intl.Collator("vi", { numeric: true, sensitivity: "base" });

  function fold(text) { return window.cotmoc.fold(text); }

  function element(name, attributes, text) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      node.setAttribute(key, attributes[key]);
    });
    if (text) { node.textContent = text; }
    return node;
  }

  function parseFilters(table) {
    return (table.dataset.filter || "").split(";").filter(Boolean).map(function (part) {
      var at = part.indexOf(":");
      return { key: part.slice(0, at).trim(), label: part.slice(at + 1).trim() };
    });
  }

  function labelsOf(table) {
    try { return JSON.parse(table.dataset.labels || "{}"); } catch (error) { return {}; }
  }

  function tokens(row, key) {
    return (row.getAttribute("data-" + key) || "").split(/\s+/).filter(Boolean);
  }

  /* ---- sorting ---- */
  function valueOf(row, index) {
    var cell = row.cells[index];
    if (!cell) { return ""; }
    var value = cell.getAttribute("data-sort-value");
    return (value === null ? cell.textContent : value).trim();
  }

  function compare(kind, a, b) {
    if (kind === "number") { return Number(a) - Number(b); }
    // ISO dates of any precision (1999, 1999-12, 1999-12-30) order as text.
    if (kind === "date") { return a < b ? -1 : a > b ? 1 : 0; }
    return collator.compare(a, b);
  }

  function sorted(rows, index, kind, direction) {
    var sign = direction === "desc" ? -1 : 1;
    return rows.map(function (row, order) {
      return { row: row, value: valueOf(row, index), order: order };
    }).sort(function (a, b) {
      if (!a.value || !b.value) { return (a.value ? 0 : 1) - (b.value ? 0 : 1) || a.order - b.order; }
      return sign * compare(kind, a.value, b.value) || a.order - b.order;
    }).map(function (item) { return item.row; });
  }

  function addSorting(state, changed) {
    state.heads.forEach(function (head, index) {
      if (!head.hasAttribute("data-sort")) { return; }
      var button = element("button", { type: "button", "class": "cm-sort" }, head.textContent.trim());
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        if (state.sort !== index) { state.sort = index; state.direction = "asc"; }
        else if (state.direction === "asc") { state.direction = "desc"; }
        else { state.sort = null; }
        changed(true);
      });
    });
  }

  function applySort(state) {
    state.heads.forEach(function (head, index) {
      if (state.sort === index) {
        head.setAttribute("aria-sort", state.direction === "desc" ? "descending" : "ascending");
      } else {
        head.removeAttribute("aria-sort");
      }
    });
    var rows = state.sort === null ? state.rows
      : sorted(state.rows, state.sort, state.heads[state.sort].dataset.sort, state.direction);
    rows.forEach(function (row) { state.body.appendChild(row); });
  }

  /* ---- filtering ---- */
  function optionsFor(state, key) {
    var known = state.labels[key] || {};
    var counts = {};
    state.rows.forEach(function (row) {
      tokens(row, key).forEach(function (token) { counts[token] = (counts[token] || 0) + 1; });
    });
    var order = Object.keys(known);
    return Object.keys(counts).sort(function (a, b) {
      var left = order.indexOf(a), right = order.indexOf(b);
      if (left >= 0 && right >= 0) { return left - right; }
      if (left >= 0 || right >= 0) { return left >= 0 ? -1 : 1; }
      return collator.compare(a, b);
    }).map(function (token) {
      return { value: token, text: (known[token] || token) + " (" + counts[token] + ")" };
    });
  }

  function field(state, text, control, className) {
    control.id = state.name + "-" + (control.dataset.key || "q");
    var box = element("div", { "class": className });
    box.appendChild(element("label", { "for": control.id }, text));
    box.appendChild(control);
    return box;
  }

  function addSelect(state, form, filter, changed) {
    var select = element("select", { "data-key": filter.key });
    select.appendChild(element("option", { value: "" }, "Tất cả"));
    optionsFor(state, filter.key).forEach(function (option) {
      select.appendChild(element("option", { value: option.value }, option.text));
    });
    select.addEventListener("change", function () { changed(true); });
    form.appendChild(field(state, filter.label, select, ""));
    state.selects[filter.key] = select;
  }

  function addFilters(state, changed) {
    var form = element("form", { "class": "cm-filters", role: "search", "aria-label": "Lọc bảng" });
    state.text = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    form.appendChild(field(state, "Chữ có trong dòng (gõ không dấu cũng được)", state.text, "cm-filters__text"));
    state.filters.forEach(function (filter) { addSelect(state, form, filter, changed); });
    state.text.addEventListener("input", function () { changed(true); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    var anchor = state.table.closest(".cm-table-wrap") || state.table;
    anchor.parentNode.insertBefore(folding(state, form), anchor);
    anchor.parentNode.insertBefore(countLine(state, changed), anchor);
    if (state.limit) { addMore(state, anchor); }
  }

  /* On a phone the filters would push the table out of sight: they fold behind one line. */
  function folding(state, form) {
    var box = element("details", { "class": "cm-choose" });
    state.summary = element("summary", {}, "Lọc, sắp xếp");
    box.appendChild(state.summary);
    box.appendChild(form);
    var wide = matchMedia("(min-width: 48em)");
    function fit() { box.open = wide.matches; }
    fit();
    wide.addEventListener("change", fit);
    return box;
  }

  function countLine(state, changed) {
    var line = element("div", { "class": "cm-count" });
    state.count = element("p", { "class": "cm-filters__count", role: "status" });
    state.reset = element("button", { type: "button", "class": "cm-button cm-button--quiet" }, "Bỏ lọc");
    state.reset.addEventListener("click", function () {
      state.text.value = "";
      Object.keys(state.selects).forEach(function (key) { state.selects[key].value = ""; });
      state.sort = null;
      changed(true);
    });
    line.appendChild(state.count);
    line.appendChild(state.reset);
    return line;
  }

  /* A very long table shows its first rows; filters search all of them, and paper gets all. */
  function addMore(state, anchor) {
    state.more = element("button", { type: "button", "class": "cm-button cm-button--quiet" });
    state.more.addEventListener("click", function () { state.limit = 0; applyFilters(state); });
    anchor.parentNode.insertBefore(state.more, anchor.nextSibling);
    var limit = state.limit;
    window.addEventListener("beforeprint", function () { limit = state.limit; state.limit = 0; applyFilters(state); });
    window.addEventListener("afterprint", function () { state.limit = limit; applyFilters(state); });
  }

  function matches(state, row, words) {
    var chosen = Object.keys(state.selects).every(function (key) {
      var value = state.selects[key].value;
      return !value || tokens(row, key).indexOf(value) >= 0;
    });
    var text = state.folded.get(row);
    return chosen && words.every(function (word) { return text.indexOf(word) >= 0; });
  }

  function applyFilters(state) {
    var words = fold(state.text.value).split(" ").filter(Boolean);
    var matched = 0, total = state.rows.length;
    Array.prototype.forEach.call(state.body.rows, function (row) {
      var fits = matches(state, row, words);
      if (fits) { matched += 1; }
      row.hidden = !fits || (state.limit > 0 && matched > state.limit);
    });
    tell(state, matched, total);
  }

  function tell(state, matched, total) {
    var cut = state.limit > 0 && matched > state.limit;
    var chosen = Object.keys(state.selects).filter(function (key) { return state.selects[key].value; }).length
      + (state.text.value.trim() ? 1 : 0);
    state.count.textContent = (matched === 0 ? "Không có dòng nào khớp"
      : matched === total ? "Có " + total + " dòng"
        : (cut ? "Có " : "Hiện ") + matched + " trong " + total + " dòng")
      + (cut ? ", đang hiện " + state.limit + " dòng đầu" : "");
    state.reset.hidden = !chosen && state.sort === null;
    state.summary.textContent = chosen ? "Lọc, sắp xếp (đang lọc " + chosen + " mục)" : "Lọc, sắp xếp";
    if (state.more) {
      state.more.hidden = !cut;
      state.more.textContent = "Hiện cả " + matched + " dòng";
    }
  }

  /* ---- the address ---- */
  function readAddress(state) {
    var given = new URLSearchParams(location.search);
    var own = "#" + state.name + ":";
    if (location.hash.indexOf(own) === 0) {
      given = new URLSearchParams(location.hash.slice(own.length));
    }
    Object.keys(state.selects).forEach(function (key) {
      var value = given.get(key) || "";
      var select = state.selects[key];
      select.value = value;
      if (select.value !== value) { select.value = ""; }
    });
    if (state.text) { state.text.value = given.get("q") || ""; }
    var sort = /^(\d+)\.(asc|desc)$/.exec(given.get("sort") || "");
    var index = sort ? Number(sort[1]) - 1 : -1;
    var head = state.heads[index];
    state.sort = head && head.hasAttribute("data-sort") ? index : null;
    state.direction = sort ? sort[2] : "asc";
  }

  function writeAddress(state) {
    var out = new URLSearchParams();
    Object.keys(state.selects).forEach(function (key) {
      if (state.selects[key].value) { out.set(key, state.selects[key].value); }
    });
    if (state.text && state.text.value.trim()) { out.set("q", state.text.value.trim()); }
    if (state.sort !== null) { out.set("sort", (state.sort + 1) + "." + state.direction); }
    var text = out.toString();
    // An empty choice is written out too when the link that led here carried one in "?…".
    var hash = "#" + (text || location.search ? state.name + ":" + text : "");
    // Only the part after # may change on file://.
    try { history.replaceState(null, "", hash); }
    catch (error) { /* the table works without it */ }
  }

  /* ---- what assistive software is told ---- */

  /* Rows drawn as cards (display: block) would no longer be announced as a table. */
  function keepRoles(table) {
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach(function (part) { part.setAttribute("role", "rowgroup"); });
    table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row"); });
    table.querySelectorAll("td").forEach(function (cell) { cell.setAttribute("role", "cell"); });
    table.querySelectorAll("th").forEach(function (cell) {
      cell.setAttribute("role", cell.closest("thead") ? "columnheader" : "rowheader");
    });
  }

  /* A box that scrolls sideways must be reachable by keyboard and have a name. */
  function makeScrollable(table) {
    var box = table.closest(".cm-table-wrap");
    if (!box || box.hasAttribute("tabindex") || box.scrollWidth <= box.clientWidth) { return; }
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "region");
    var name = table.caption ? table.caption.textContent.trim() : "Bảng";
    box.setAttribute("aria-label", name + ", cuộn ngang được");
  }

  function newState(table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var folded = new Map();
    rows.forEach(function (row) { folded.set(row, fold(row.textContent)); });
    return {
      table: table, body: table.tBodies[0], rows: rows, folded: folded,
      heads: Array.prototype.slice.call(table.tHead.rows[0].cells),
      filters: parseFilters(table), labels: labelsOf(table), selects: {},
      limit: Number(table.dataset.limit) || 0, text: null, count: null, more: null, sort: null, direction: "asc", name: table.id || "loc"
    };
  }

  function enhance(table) {
    if (!table.tHead || !table.tBodies[0]) { return; }
    if (table.classList.contains("cm-table--cards")) { keepRoles(table); }
    function measure() { makeScrollable(table); }
    // Only known once the fonts have arrived, and again when the window changes.
    window.addEventListener("load", measure);
    window.addEventListener("resize", measure);
    if (document.fonts) { document.fonts.ready.then(measure); }
    var state = newState(table);
    function changed(byReader) {
      applySort(state);
      if (state.text) { applyFilters(state); }
      if (byReader) { writeAddress(state); }
    }
    addSorting(state, changed);
    table.classList.toggle("is-sortable", Boolean(table.querySelector(".cm-sort")));
    if (table.hasAttribute("data-filter")) { addFilters(state, changed); }
    function fromAddress() { readAddress(state); changed(false); }
    fromAddress();
    window.addEventListener("hashchange", fromAddress);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("table.cm-table").forEach(enhance);
  });
})();
