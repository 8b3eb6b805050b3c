/* The calendar of a chosen year. The days come ready-made in lich/<year>.js (one script a year,
   since a page opened from a folder may load scripts but not read files). Without this script the
   lists of this year and the next stand on the page. */
(function () {
  "use strict";
  var cotmoc = window.cotmoc = window.cotmoc || {};
  var WEEKDAYS = [["T2", "Thứ Hai"], ["T3", "Thứ Ba"], ["T4", "Thứ Tư"], ["T5", "Thứ Năm"],
    ["T6", "Thứ Sáu"], ["T7", "Thứ Bảy"], ["CN", "Chủ nhật"]];
  var NEXT = 6;
  var years = {}, waiting = {};

  /* Called by the scripts of the years. */
  cotmoc.calendarYear = function (year, days) {
    years[year] = days;
    (waiting[year] || []).forEach(function (done) { done(days); });
    delete waiting[year];
  };

  function load(base, year, done) {
    if (years[year]) { done(years[year]); return; }
    if (waiting[year]) { waiting[year].push(done); return; }
    waiting[year] = [done];
    var script = document.createElement("script");
    script.src = base + "lich/" + year + ".js";
    script.onerror = function () { delete waiting[year]; done([]); };
    document.head.appendChild(script);
  }

  function element(name, attributes, text) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) { node.textContent = text; }
    return node;
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function iso(date) { return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate()); }

  function field(text, control, id) {
    var box = element("div");
    control.id = "cm-lich-" + id;
    box.append(element("label", { "for": control.id }, text), control);
    return box;
  }

  function select(options) {
    var node = element("select");
    options.forEach(function (option) { node.appendChild(element("option", { value: option[0] }, option[1])); });
    return node;
  }

  /* "Thứ Năm"; of both ends where there are two. The parts of the date: a text alone would be read as UTC. */
  function weekday(iso) {
    var parts = iso.split("-").map(Number);
    return WEEKDAYS[(new Date(parts[0], parts[1] - 1, parts[2]).getDay() + 6) % 7][1];
  }

  function weekdays(day) { return weekday(day.day) + (day.to > day.day ? " – " + weekday(day.to) : ""); }

  /* The same look as the lists that are there without scripts. */
  function list(days, base) {
    var node = element("ol", { "class": "cm-next" });
    days.forEach(function (day) {
      var item = element("li", { "data-day": day.day });
      var words = element("div");
      words.append(day.lead, element("a", { href: base + day.url }, day.name), element("br"));
      words.appendChild(element("span", {
        "class": "cm-next__kind" + (day.kind === "deadline" ? " cm-next__kind--deadline" : "")
      }, day.count.charAt(0).toUpperCase() + day.count.slice(1)));
      if (day.loa) {
        var aloud = element("a", { href: base + day.url + "#doc-loa" }, "Bản đọc loa");
        aloud.appendChild(element("span", { "class": "cm-sr" }, ": " + day.name));
        var more = element("span", { "class": "cm-next__kind" }, "· ");
        more.appendChild(aloud);
        words.append(" ", more);
      }
      var date = element("span", { "class": "cm-next__date" }, day.date + " ");
      date.appendChild(element("small", { "class": "cm-next__weekday" }, weekdays(day)));
      item.append(date, words);
      node.appendChild(item);
    });
    return node;
  }

  function inMonth(days, month) {
    return days.filter(function (day) { return day.day.slice(0, 7) <= month && day.to.slice(0, 7) >= month; });
  }

  function monthTitle(year, month) { return "Tháng " + month + "/" + year; }

  function grid(year, month, days, today) {
    var table = element("table", { "class": "cm-month" });
    table.appendChild(element("caption", {}, monthTitle(year, month)));
    var head = element("tr");
    WEEKDAYS.forEach(function (name) { head.appendChild(element("th", { scope: "col", abbr: name[1] }, name[0])); });
    var top = element("thead"), body = element("tbody");
    top.appendChild(head);
    var count = new Date(year, month, 0).getDate();
    var first = (new Date(year, month - 1, 1).getDay() + 6) % 7;   // Monday is the first day
    var row = element("tr");
    for (var blank = 0; blank < first; blank += 1) { row.appendChild(element("td")); }
    for (var number = 1; number <= count; number += 1) {
      row.appendChild(cell(year + "-" + two(month) + "-" + two(number), number, days, today));
      if ((first + number) % 7 === 0) { body.appendChild(row); row = element("tr"); }
    }
    if (row.children.length) { body.appendChild(row); }
    table.append(top, body);
    return table;
  }

  function cell(day, number, days, today) {
    var own = days.filter(function (item) { return item.day <= day && item.to >= day; });
    var node = element("td", { "data-day": day });
    node.append(element("span", { "class": "cm-month__day" }, String(number)));
    if (day === today) { node.setAttribute("aria-current", "date"); }
    if (own.length) {
      node.className = own.some(function (item) { return item.kind === "deadline"; })
        ? "cm-month__full cm-month__full--deadline" : "cm-month__full";
      node.append(element("span", { "class": "cm-month__count" }, own.length + " mục"));
      node.title = own.map(function (item) { return item.lead + item.name; }).join("\n");
    }
    return node;
  }

  function start() {
    var place = document.getElementById("cm-lich");
    if (!place) { return; }
    var base = "";
    var today = iso(new Date());
    var first = Number(place.dataset.from), last = Number(place.dataset.to);
    var lines = JSON.parse(place.dataset.lines), kinds = JSON.parse(place.dataset.kinds);
    var ranks = JSON.parse(place.dataset.ranks), saved = place.dataset.ics.split(" ");
    function pairs(object) { return Object.keys(object).map(function (key) { return [key, object[key]]; }); }
    var all = [];
    for (var each = first; each <= last; each += 1) { all.push([String(each), String(each)]); }

    var year = select(all), view = select([["year", "Cả năm"], ["month", "Từng tháng"]]);
    var months = [];
    for (var m = 1; m <= 12; m += 1) { months.push([String(m), "Tháng " + m]); }
    var month = select(months);
    var line = select([["", "Mọi tuyến"]].concat(pairs(lines)));
    var kind = select([["", "Mọi loại"]].concat(pairs(kinds)));
    var rank = select([["", "Mọi năm"]].concat(pairs(ranks)));
    var foot = element("div", { "class": "cm-time-tools__foot" });
    var count = element("p", { "class": "cm-time-tools__count" });
    var file = element("a", { "class": "cm-button cm-button--quiet", download: "" }, "Tải tệp lịch (.ics)");
    foot.append(count, file);
    var monthBox = field("Tháng", month, "thang");
    var tools = element("form", { "class": "cm-time-tools" });
    tools.append(field("Năm", year, "nam"), field("Xem", view, "xem"), monthBox, field("Tuyến", line, "tuyen"),
      field("Loại", kind, "loai"), field("Loại năm kỷ niệm", rank, "hang"), foot);
    tools.addEventListener("submit", function (event) { event.preventDefault(); });
    var shown = element("div", { "class": "cm-lich__shown" });
    place.append(tools, shown);
    place.hidden = false;
    document.getElementById("cm-lich-static").hidden = true;

    function keep(day) {
      return (!line.value || day.lines.indexOf(line.value) >= 0) && (!kind.value || day.kind === kind.value) &&
        (!rank.value || day.rank === rank.value);
    }

    function show() {
      var chosen = Number(year.value);
      monthBox.hidden = view.value !== "month";
      file.hidden = saved.indexOf(year.value) < 0;
      file.href = base + "tai-ve/lich-" + chosen + ".ics";
      load(base, chosen, function (days) {
        if (Number(year.value) !== chosen) { return; }
        draw(chosen, days.filter(keep));
      });
    }

    function chosenByHand() {
      show();
      // Only after a choice: an address with a place in it would take the first Tab past the menu.
      history.replaceState(null, "", "#nam-" + year.value + (view.value === "month" ? "-thang-" + month.value : ""));
    }

    function draw(chosen, days) {
      shown.textContent = "";
      shown.appendChild(element("h2", {}, "Năm " + chosen));
      var wanted = view.value === "month" ? [Number(month.value)] : months.map(function (pair) { return Number(pair[0]); });
      wanted.forEach(function (number) {
        var own = inMonth(days, chosen + "-" + two(number));
        if (view.value === "month") { shown.appendChild(grid(chosen, number, own, today)); }
        else if (own.length) { shown.appendChild(element("h3", {}, monthTitle(chosen, number))); }
        if (own.length) { shown.appendChild(list(own, base)); }
        else if (view.value === "month") { shown.appendChild(element("p", {}, "Tháng này không có mục nào.")); }
      });
      if (!days.length) { shown.appendChild(element("p", {}, "Không có mục nào khớp.")); }
      count.textContent = "Năm " + chosen + ": " + days.length + " mục";
      cotmoc.announce(count.textContent);
    }

    function fromAddress() {
      var match = /^#nam-(\d{4})(?:-thang-(\d{1,2}))?$/.exec(location.hash);
      var wanted = match ? Number(match[1]) : Number(today.slice(0, 4));
      year.value = String(Math.max(first, Math.min(last, wanted)));
      view.value = match && match[2] ? "month" : "year";
      month.value = match && match[2] ? String(Number(match[2])) : String(Number(today.slice(5, 7)));
    }

    function next() {
      var box = document.getElementById("cm-lich-next"), now = Number(today.slice(0, 4));
      if (!box || now < first || now >= last) { return; }
      load(base, now, function (these) {
        load(base, now + 1, function (those) {
          var coming = these.concat(those).filter(function (day) { return day.to >= today; }).slice(0, NEXT);
          if (!coming.length) { return; }
          box.textContent = "";
          box.appendChild(list(coming, base));
        });
      });
    }

    [year, view, month, line, kind, rank].forEach(function (control) { control.addEventListener("change", chosenByHand); });
    window.addEventListener("hashchange", function () { fromAddress(); show(); });
    fromAddress();
    show();
    next();
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
