/* The page soat.html: paste or drop a draft, marked text beside the findings, one click for one
 * suggestion, copy, print. Nothing is sent or kept.
 */
(function () {
  "use strict";

  var cotmoc = window.cotmoc, index = window.cotmocProofIndex;
  var form = document.getElementById("cm-proof");
  if (!form || !index) return;
  // Kept in a template, so that a reader without scripts meets no empty headings and dead buttons.
  document.getElementById("cm-proof-place").appendChild(document.getElementById("cm-proof-template").content);
  var MOST = 1000, CONTEXT = 3;
  var box = form.elements.draft, file = form.elements.file, drop = document.getElementById("cm-proof-drop");
  var bar = document.getElementById("cm-proof-bar"), status = document.getElementById("cm-proof-status");
  var result = document.getElementById("cm-proof-result"), shown = document.getElementById("cm-proof-text");
  var list = document.getElementById("cm-proof-list"), summary = document.getElementById("cm-proof-summary");
  var checkedBox = document.getElementById("cm-proof-checked"), undoButton = document.getElementById("cm-proof-undo");
  var state = { text: "", findings: [], report: null, past: [] }, asked = 0;

  function element(name, className, text) {
    var node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function say(text) { status.textContent = text; }

  function base() { return (document.body.getAttribute("data-base") || ".").replace(/\/?$/, "/"); }

  function levels() {
    var on = {};
    Object.keys(index.levels).forEach(function (level) { on[level] = form.elements[level].checked; });
    return on;
  }

  /* ---- checking ---- */

  function check() {
    var text = box.value, ticket = (asked += 1);
    if (!text.trim()) {
      say("Dán dự thảo vào ô, hoặc chọn tệp, rồi bấm Soát.");
      return;
    }
    if (text.length > cotmoc.longestDraft) {
      say("Dự thảo quá dài. Tách nhỏ rồi soát từng phần.");
      return;
    }
    bar.hidden = false;
    bar.value = 0;
    say("Đang soát…");
    cotmoc.proofReport(text, function (share) { bar.value = share; }, function () { return ticket !== asked; })
      .then(function (report) {
        if (ticket !== asked) return;
        bar.hidden = true;
        state = { text: text, findings: report.findings, report: report, past: [] };
        result.hidden = false;
        show();
        say(said());
        result.scrollIntoView({ block: "start" });
      }, function (error) {
        bar.hidden = true;
        say("Chưa soát được: " + error.message + ". Hãy tải lại trang.");
      });
  }

  function count(level) { return state.findings.filter(function (f) { return f.level === level; }).length; }

  function said() {
    var parts = Object.keys(index.levels).map(function (level) { return index.levels[level].toLowerCase() + " " + count(level); });
    return "Đã soát xong: " + parts.join(", ") + ".";
  }

  /* ---- showing ---- */

  function show() {
    var on = levels(), findings = state.findings.filter(function (f) { return on[f.level]; });
    var cut = findings.length > MOST;
    findings = findings.slice(0, MOST);
    summary.textContent = said() + (cut ? " Hiện " + MOST + " chỗ đầu." : "");
    undoButton.disabled = !state.past.length;
    showText(findings);
    list.textContent = "";
    findings.forEach(function (finding, n) { list.appendChild(row(finding, n)); });
    if (!findings.length) list.appendChild(element("li", "cm-proof__none", "Không có chỗ nào ở mức đang chọn."));
    showChecked();
  }

  /** The text with a mark at each place; of two places that overlap the first one is marked. */
  function showText(findings) {
    var places = [];
    findings.forEach(function (finding, n) {
      [[finding.start, finding.end]].concat(finding.also).forEach(function (place, k) {
        places.push({ start: place[0], end: place[1], n: n, k: k, level: finding.level });
      });
    });
    places.sort(function (a, b) { return a.start - b.start || b.end - a.end || a.n - b.n; });
    var piece = document.createDocumentFragment(), at = 0, last = null;
    places.forEach(function (place) {
      if (place.start < at || place.end <= place.start) {
        if (last) anchor(last, place);
        return;
      }
      piece.appendChild(document.createTextNode(state.text.slice(at, place.start)));
      last = element("mark", "cm-proof__mark cm-proof__mark--" + place.level, state.text.slice(place.start, place.end));
      last.setAttribute("data-n", place.n);
      last.tabIndex = 0;
      last.title = index.levels[place.level] + ": " + findings[place.n].message;
      anchor(last, place);
      piece.appendChild(last);
      at = place.end;
    });
    piece.appendChild(document.createTextNode(state.text.slice(at)));
    shown.textContent = "";
    shown.appendChild(piece);
  }

  function anchor(mark, place) {
    var names = (mark.getAttribute("data-places") || "") + " " + place.n + "-" + place.k;
    mark.setAttribute("data-places", names.trim());
  }

  function row(finding, n) {
    var item = element("li", "cm-proof__item cm-proof__item--" + finding.level);
    item.id = "cm-proof-" + n;
    item.tabIndex = -1;
    var head = element("p", "cm-proof__head");
    head.appendChild(element("span", "cm-proof__level", index.levels[finding.level]));
    head.appendChild(document.createTextNode(" "));
    head.appendChild(element("q", "cm-proof__found", brief(finding.found)));
    item.appendChild(head);
    if (finding.found.length <= 40) item.appendChild(context(finding));
    item.appendChild(element("p", "cm-proof__message", finding.message));
    var known = [finding.source ? "Nguồn: " + finding.source : "", finding.confidence ? "Độ chắc: " + finding.confidence : ""].filter(Boolean);
    if (known.length) item.appendChild(element("p", "cm-proof__source", known.join(". ") + "."));
    item.appendChild(tools(finding, n));
    return item;
  }

  /** A few words on either side, so that a lone word can be judged in the list. */
  function context(finding) {
    var line = element("p", "cm-proof__context"), from = Math.max(0, finding.start - 45), to = finding.end + 45;
    var before = state.text.slice(from, finding.start), after = state.text.slice(finding.end, to);
    line.appendChild(document.createTextNode((from ? "… " : "") + before.replace(/^\S*\s/, "").replace(/\s+/g, " ")));
    line.appendChild(element("strong", "", finding.found));
    line.appendChild(document.createTextNode(after.replace(/\s\S*$/, "").replace(/\s+/g, " ") + (to < state.text.length ? " …" : "")));
    return line;
  }

  function brief(text) {
    var words = text.split(/\s+/).filter(Boolean);
    return words.length > 14 ? words.slice(0, 14).join(" ") + "…" : words.join(" ");
  }

  function button(text, className, act) {
    var node = element("button", "cm-button " + className, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function tools(finding, n) {
    var line = element("p", "cm-proof__tools cm-screen-only");
    line.appendChild(button("Tới chỗ này", "cm-button--quiet", function () { jump(n, 0); }));
    finding.also.forEach(function (place, k) {
      if (k < CONTEXT) line.appendChild(button("Chỗ thứ " + (k + 2), "cm-button--quiet", function () { jump(n, k + 1); }));
    });
    if (finding.also.length > CONTEXT) line.appendChild(element("span", "", "và " + (finding.also.length - CONTEXT) + " chỗ nữa"));
    if (finding.fix !== null) {
      var fix = finding.fix === "" ? "Xóa chỗ này" : "Sửa thành “" + brief(finding.fix) + "”";
      line.appendChild(button(fix, "", function () { apply(finding); }));
    }
    if (finding.url) {
      var link = element("a", "", "Xem trong thư viện");
      link.href = base() + finding.url;
      line.appendChild(link);
    }
    return line;
  }

  function jump(n, k) {
    var mark = shown.querySelector('[data-places~="' + n + "-" + k + '"]');
    if (!mark) return;
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }

  /* ---- mending ---- */

  /** Puts in one suggestion; findings that touched the place are done with, later ones move along. */
  function apply(finding) {
    var delta = finding.fix.length - (finding.end - finding.start);
    state.past.push({ text: state.text, findings: state.findings });
    state.text = state.text.slice(0, finding.start) + finding.fix + state.text.slice(finding.end);
    function moved(place) { return place >= finding.end ? place + delta : place; }
    function touches(a, b) { return a < finding.end && finding.start < b; }
    state.findings = state.findings.filter(function (f) {
      return f !== finding && !touches(f.start, f.end);
    }).map(function (f) {
      var also = f.also.filter(function (p) { return !touches(p[0], p[1]); });
      return Object.assign({}, f, {
        start: moved(f.start), end: moved(f.end),
        also: also.map(function (p) { return [moved(p[0]), moved(p[1])]; })
      });
    });
    box.value = state.text;
    show();
    cotmoc.announce("Đã sửa một chỗ. Bấm Soát lại để kiểm tra.");
    focusNear(finding.start);
  }

  function focusNear(place) {
    var on = levels(), n = state.findings.filter(function (f) { return on[f.level]; }).findIndex(function (f) { return f.start >= place; });
    var item = document.getElementById("cm-proof-" + (n < 0 ? 0 : n));
    if (item) item.focus({ preventScroll: true });
  }

  function undo() {
    var before = state.past.pop();
    if (!before) return;
    state.text = before.text;
    state.findings = before.findings;
    box.value = state.text;
    show();
    cotmoc.announce("Đã bỏ lần sửa cuối.");
  }

  function copy() {
    function done(good) { say(good ? "Đã chép văn bản." : "Chưa chép được: chọn hết chữ trong ô rồi bấm Ctrl+C."); }
    function bySelection() {
      box.select();
      try { done(document.execCommand("copy")); } catch (error) { done(false); }
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(state.text).then(function () { done(true); }, bySelection);
    } else {
      bySelection();
    }
  }

  /* ---- what was checked ---- */

  function showChecked() {
    var report = state.report, checked = report.checked;
    checkedBox.textContent = "";
    var about = "Nhận ra " + checked.records.length + " bản ghi, so " + checked.dates + " ngày, xem " + checked.figures + " số liệu" +
      (checked.year ? "; coi văn bản này là của năm " + checked.year : "") + ". Dữ liệu tính đến " + index.as_of + ".";
    checkedBox.appendChild(element("p", "", about));
    if (checked.records.length) {
      checkedBox.appendChild(element("h3", "", "Bản ghi đã nhận ra"));
      var records = element("ul", "");
      checked.records.forEach(function (id) {
        var item = element("li", ""), link = element("a", "", index.records[id].name);
        link.href = base() + index.records[id].url;
        item.appendChild(link);
        records.appendChild(item);
      });
      checkedBox.appendChild(records);
    }
    if (report.unknown.length) {
      checkedBox.appendChild(element("h3", "", "Chưa có trong thư viện nên không soát được"));
      checkedBox.appendChild(bullets(Array.from(new Set(report.unknown.map(function (item) { return item.found; })))));
    }
    checkedBox.appendChild(element("h3", "", "Điều bộ soát không biết"));
    checkedBox.appendChild(bullets(index.limits));
  }

  function bullets(texts) {
    var node = element("ul", "");
    texts.forEach(function (text) { node.appendChild(element("li", "", text)); });
    return node;
  }

  /* ---- files ---- */

  function take(chosen) {
    if (!chosen) return;
    say("Đang đọc " + chosen.name + "…");
    cotmoc.readDraft(chosen).then(function (text) {
      box.value = text;
      check();
    }, function (error) {
      say(error.isUnreadable ? error.message : "Chưa đọc được " + chosen.name + ". Hãy chép chữ rồi dán vào ô.");
    });
  }

  /* ---- events ---- */

  form.addEventListener("submit", function (event) { event.preventDefault(); check(); });
  file.addEventListener("change", function () { take(file.files[0]); file.value = ""; });
  ["dragenter", "dragover"].forEach(function (name) {
    drop.addEventListener(name, function (event) { event.preventDefault(); drop.classList.add("is-over"); });
  });
  drop.addEventListener("dragleave", function () { drop.classList.remove("is-over"); });
  drop.addEventListener("drop", function (event) {
    event.preventDefault();
    drop.classList.remove("is-over");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
    else if (event.dataTransfer.getData("text")) { box.value = event.dataTransfer.getData("text"); check(); }
  });
  Object.keys(index.levels).forEach(function (level) {
    form.elements[level].addEventListener("change", function () { if (state.report) show(); });
  });
  function toFinding(event) {
    var mark = event.target.closest ? event.target.closest("mark") : null;
    var item = mark && document.getElementById("cm-proof-" + mark.getAttribute("data-n"));
    if (!item) return;
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
  }
  shown.addEventListener("click", toFinding);
  shown.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.tagName === "MARK") { event.preventDefault(); toFinding(event); }
  });
  document.getElementById("cm-proof-again").addEventListener("click", check);
  document.getElementById("cm-proof-copy").addEventListener("click", copy);
  document.getElementById("cm-proof-print").addEventListener("click", function () { window.print(); });
  document.getElementById("cm-proof-clear").addEventListener("click", function () {
    asked += 1;
    box.value = "";
    result.hidden = bar.hidden = true;
    state = { text: "", findings: [], report: null, past: [] };
    say("");
    box.focus();
  });
  undoButton.addEventListener("click", undo);
  say("Dán dự thảo vào ô, hoặc chọn tệp, rồi bấm Soát.");
})();
