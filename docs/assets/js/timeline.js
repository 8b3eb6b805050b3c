/* The timelines page: choose one, zoom its picture, leave out kinds, lines and years.
   Without this script every timeline stands one below the other and reads from top to bottom. */
(function () {
  "use strict";
  var KINDS = {
    signed: "Ký", issued: "Ban hành", approved: "Phê chuẩn, phê duyệt", in_force: "Có hiệu lực",
    period: "Giai đoạn", ended: "Chấm dứt", event: "Sự kiện"
  };
  var ZOOM = [0.5, 0.75, 1, 1.5, 2, 3];

  function element(name, attributes, text) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) { node.textContent = text; }
    return node;
  }

  function labelled(text, control, id) {
    var box = element("div");
    control.id = "cm-time-" + id;
    box.append(element("label", { "for": control.id }, text), control);
    return box;
  }

  function select(options) {
    var node = element("select");
    options.forEach(function (option) { node.appendChild(element("option", { value: option[0] }, option[1])); });
    return node;
  }

  /* ---- one timeline ---- */
  function Timeline(section) {
    this.section = section;
    this.key = section.querySelector("h2").id;
    this.title = section.querySelector("h2").textContent;
    this.svg = section.querySelector("svg");
    this.width = Number(this.svg.getAttribute("width"));
    this.items = Array.prototype.slice.call(section.querySelectorAll("[data-from]"));
    this.zoom = ZOOM.indexOf(1);
  }

  Timeline.prototype.magnify = function (step) {
    this.zoom = Math.max(0, Math.min(ZOOM.length - 1, this.zoom + step));
    this.svg.setAttribute("width", Math.round(this.width * ZOOM[this.zoom]));
    this.svg.removeAttribute("height");
  };

  Timeline.prototype.filter = function (keep) {
    var svg = this.svg, count = 0;
    this.items.forEach(function (item) {
      var kept = keep(item.dataset);
      item.hidden = !kept;
      count += kept ? 1 : 0;
      var mark = svg.querySelector('[data-moment="' + item.dataset.moment + '"]');
      if (kept) { mark.removeAttribute("display"); } else { mark.setAttribute("display", "none"); }
    });
    return count;
  };

  /* ---- the page ---- */
  function start() {
    var choice = document.querySelector(".cm-time-choice");
    var timelines = Array.prototype.map.call(
      document.querySelectorAll(".cm-time-section"), function (section) { return new Timeline(section); });
    if (!choice || !timelines.length) { return; }

    var which = select(timelines.map(function (timeline) { return [timeline.key, timeline.title]; }));
    var names = JSON.parse(choice.dataset.lines || "{}");
    var line = select([["", "Mọi tuyến"]].concat(Object.keys(names).map(function (id) { return [id, names[id]]; })));
    var from = element("input", { type: "number", inputmode: "numeric" });
    var to = element("input", { type: "number", inputmode: "numeric" });
    var kinds = element("fieldset");
    kinds.appendChild(element("legend", {}, "Loại mốc"));
    var boxes = Object.keys(KINDS).map(function (kind) {
      var box = element("input", { type: "checkbox", value: kind });
      box.checked = true;
      var label = element("label");
      label.append(box, KINDS[kind]);
      kinds.appendChild(label);
      return box;
    });
    var count = element("p", { "class": "cm-time-tools__count" });
    var foot = element("div", { "class": "cm-time-tools__foot" });
    foot.appendChild(count);
    var tools = element("form", { "class": "cm-time-tools" });
    var chosen = labelled("Dòng thời gian", which, "which"), lines = labelled("Tuyến", line, "line");
    chosen.className = "cm-time-tools__wide";
    tools.append(chosen, lines, labelled("Từ năm", from, "from"), labelled("Đến năm", to, "to"), kinds, foot);

    function current() {
      return timelines.filter(function (timeline) { return timeline.key === which.value; })[0];
    }

    function show() {
      var own = current();
      timelines.forEach(function (timeline) { timeline.section.hidden = timeline !== own; });
      lines.hidden = own !== timelines[0];
      if (lines.hidden) { line.value = ""; }
      boxes.forEach(function (box) {
        box.parentNode.hidden = !own.items.some(function (item) { return item.dataset.kind === box.value; });
      });
      apply();
    }

    function apply() {
      var own = current();
      var low = Number(from.value) || -Infinity, high = Number(to.value) || Infinity;
      var left = own.filter(function (data) {
        return boxes.some(function (box) { return box.value === data.kind && box.checked; }) &&
          (!line.value || data.line.split(" ").indexOf(line.value) >= 0) &&
          Number(data.to) >= low && Number(data.from) <= high;
      });
      count.textContent = left === own.items.length ? "Có " + left + " mốc"
        : left ? "Hiện " + left + " trong " + own.items.length + " mốc" : "Không có mốc nào khớp";
      window.cotmoc.announce(count.textContent);
    }

    function fromAddress() {
      var key = decodeURIComponent(location.hash.slice(1));
      if (timelines.some(function (timeline) { return timeline.key === key; })) { which.value = key; }
    }

    [["Thu nhỏ hình", -1], ["Phóng to hình", 1]].forEach(function (pair) {
      var button = element("button", { type: "button", "class": "cm-button cm-button--quiet" }, pair[0]);
      button.addEventListener("click", function () { current().magnify(pair[1]); });
      foot.appendChild(button);
    });
    tools.addEventListener("submit", function (event) { event.preventDefault(); });
    which.addEventListener("change", function () {
      history.replaceState(null, "", "#" + which.value);
      show();
    });
    [line, from, to].concat(boxes).forEach(function (control) { control.addEventListener("input", apply); });
    window.addEventListener("hashchange", function () { fromAddress(); show(); });
    choice.after(tools);
    choice.hidden = true;
    fromAddress();
    show();
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
