/* The search box of every page, and window.cotmoc.search.
 *
 * A form.cm-search becomes a combobox (WAI-ARIA 1.2, list autocomplete): "/" and Ctrl+K open it,
 * the arrow keys choose, Enter opens, Escape closes. The engine and its index are loaded as
 * scripts when the box is first used, so that pages stay light; that works from file:// too.
 */
(function () {
  "use strict";

  var cotmoc = window.cotmoc = window.cotmoc || {};
  var base = (document.body.getAttribute("data-base") || ".").replace(/\/?$/, "/");
  var SCRIPTS = ["assets/search/table.js", "assets/js/analysis.js", "assets/search/index.js", "assets/js/search.js"];
  var SHOWN = 8;
  var loading = null, boxes = 0;

  function load(path) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = base + path;
      script.async = false;
      script.onload = resolve;
      script.onerror = function () { reject(new Error("không nạp được " + path)); };
      document.head.appendChild(script);
    });
  }

  /** Resolves when the engine is ready; loads it at most once. */
  function ready() {
    if (!loading) {
      loading = window.cotmocSearch ? Promise.resolve() : Promise.all(SCRIPTS.map(load));
      loading.catch(function () { loading = null; });
    }
    return loading.then(function () { return window.cotmocSearch; });
  }

  /** The whole answer: {hits, total, understood, suggestions, words}. */
  cotmoc.ask = function (text, options) {
    return ready().then(function (engine) { return engine.search(text, options); });
  };

  /** [{id, type, title, url, answer, score, …}], url relative to the site's root. */
  cotmoc.search = function (text, options) {
    return cotmoc.ask(text, options).then(function (answer) { return answer.hits; });
  };

  cotmoc.searchReady = ready;

  /* ---- showing a result ---- */

  function element(name, className, text) {
    var node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /** Text with the words, dates and numbers that matched in <mark>. */
  function marked(node, text, words) {
    var A = window.cotmocAnalysis, wanted = new Set(words), last = 0, spans = [];
    A.words(text).forEach(function (t) { if (wanted.has(t.folded)) spans.push(t); });
    A.findDates(text).forEach(function (d) {
      words.forEach(function (w) {
        var at = w.indexOf("@");
        if (at >= 0 && at <= 1 && d.value.startsWith(w.slice(at + 1))) spans.push(d);
      });
    });
    A.findNumbers(text).forEach(function (n) {
      words.forEach(function (w) { if (w.startsWith("#" + n.number + "|")) spans.push(n); });
    });
    spans.sort(function (a, b) { return a.start - b.start || b.end - a.end; });
    spans.forEach(function (span) {
      if (span.start < last) return;
      node.appendChild(document.createTextNode(text.slice(last, span.start)));
      node.appendChild(element("mark", "", text.slice(span.start, span.end)));
      last = span.end;
    });
    node.appendChild(document.createTextNode(text.slice(last)));
    return node;
  }

  /** The inside of a result row, the same in the box and on the search page. */
  function row(hit, words, linked) {
    var parts = document.createDocumentFragment();
    var title = element(linked ? "a" : "span", "cm-hit__title");
    if (linked) title.href = base + hit.url;
    parts.appendChild(marked(title, hit.title, words));
    var labels = window.cotmocSearch.labels;
    var about = [hit.kind].concat((hit.lines || []).map(function (l) { return labels[l] || l; }));
    if (hit.number && hit.title.indexOf(hit.number) < 0) about.push("số " + hit.number);
    parts.appendChild(element("span", "cm-hit__about", about.filter(Boolean).join(" · ")));
    var answer = [hit.answer, hit.status].filter(Boolean).join(" · ");
    if (answer) parts.appendChild(marked(element("span", "cm-hit__answer"), answer, words));
    (hit.alike || []).forEach(function (other) {
      var note = element("span", "cm-hit__alike", "Dễ nhầm với ");
      var name = element(linked ? "a" : "strong", "", other.title);
      if (linked) name.href = base + other.url;
      note.appendChild(name);
      note.appendChild(document.createTextNode(": " + other.note));
      parts.appendChild(note);
    });
    return parts;
  }

  /** What to say about an answer: the number of results, what was understood, or that there are none. */
  function summary(answer) {
    var read = answer.understood.length ? " Đã hiểu: " + answer.understood.join("; ") + "." : "";
    if (answer.total) return answer.total + " kết quả." + read;
    return "Không tìm thấy." + read + (answer.suggestions.length ? " Có phải bạn tìm:" : "");
  }

  cotmoc.searchView = { row: row, summary: summary, element: element, base: base };

  /* ---- the box ---- */

  function Box(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = element("div", "cm-hits");
    this.list.id = "cm-hits-" + (boxes += 1);
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Kết quả tìm nhanh");
    this.list.hidden = true;
    this.note = element("p", "cm-hits__note");
    this.panel = element("div", "cm-hits__panel");
    this.panel.hidden = true;
    this.panel.appendChild(this.note);
    this.panel.appendChild(this.list);
    form.appendChild(this.panel);
    this.active = -1;
    this.asked = 0;
    var attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (var name in attributes) this.input.setAttribute(name, attributes[name]);
    this.listen();
  }

  Box.prototype.listen = function () {
    var box = this;
    this.input.addEventListener("focus", function () { ready().catch(function () {}); });
    // "input" also tells of text pasted with the mouse, which key events miss.
    this.input.addEventListener("input", function () { box.ask(); });
    this.input.addEventListener("keydown", function (event) { box.key(event); });
    this.form.addEventListener("focusout", function (event) {
      if (!box.form.contains(event.relatedTarget)) box.close();
    });
    this.list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    this.list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) box.open(option);
    });
  };

  Box.prototype.ask = function () {
    var box = this, text = this.input.value, ticket = (this.asked += 1);
    if (!text.trim()) { this.close(); return; }
    cotmoc.ask(text, { limit: SHOWN }).then(function (answer) {
      if (ticket === box.asked) box.show(answer, text);
    }, function (error) {
      box.note.textContent = "Chưa tìm được: " + error.message + ". Bấm Enter để thử lại ở trang Tra cứu.";
      box.panel.hidden = false;
    });
  };

  Box.prototype.show = function (answer, text) {
    var box = this, hits = answer.total ? answer.hits : answer.suggestions;
    this.list.textContent = "";
    this.note.textContent = summary(answer);
    hits.forEach(function (hit) { box.option(base + hit.url).appendChild(row(hit, answer.words, false)); });
    if (answer.total > hits.length) {
      this.option(this.form.getAttribute("action") + "?q=" + encodeURIComponent(text))
        .appendChild(element("span", "cm-hits__all", "Xem cả " + answer.total + " kết quả"));
    }
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !hits.length;
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
    if (cotmoc.announce) cotmoc.announce(summary(answer) + (hits.length ? " Dùng phím mũi tên để chọn." : ""));
  };

  Box.prototype.option = function (address) {
    var option = element("div", "cm-hit");
    option.id = this.list.id + "-" + this.list.children.length;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.setAttribute("data-href", address);
    return this.list.appendChild(option);
  };

  Box.prototype.close = function () {
    this.asked += 1;
    this.panel.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  };

  Box.prototype.open = function (option) { window.location.href = option.getAttribute("data-href"); };

  Box.prototype.move = function (step) {
    var options = this.list.children, count = options.length;
    if (!count || this.panel.hidden) return;
    if (this.active >= 0) options[this.active].setAttribute("aria-selected", "false");
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    options[this.active].setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  };

  Box.prototype.key = function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.panel.hidden) this.ask();
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.active]);
    } else if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  };

  function typing(target) {
    return target && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  /** The box to open: the page's own large one if there is one, else the header's. */
  function mainBox() {
    return Array.from(document.querySelectorAll("main form.cm-search input[type=search], form.cm-search input[type=search]"))
      .find(function (input) { return input.offsetParent !== null; });
  }

  document.addEventListener("keydown", function (event) {
    var slash = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !typing(event.target);
    var control = (event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey) && !event.altKey;
    var input = slash || control ? mainBox() : null;
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  document.querySelectorAll("form.cm-search").forEach(function (form) {
    if (form.querySelector("input[type=search]") && !form.hasAttribute("data-plain")) new Box(form);
  });
})();
