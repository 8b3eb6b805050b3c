/* The search page: results with filters, and an address that can be shared.
 *
 * The address holds ?q=…&loai=…&tuyen=…&nam=…; opened from disc, where a browser does not let a
 * page change its query, the same stands behind "#".
 */
(function () {
  "use strict";

  var cotmoc = window.cotmoc, view = cotmoc.searchView;
  var LIMIT = 50;
  var form = document.getElementById("cm-find");
  if (!form) return;
  var input = form.elements.q, status = document.getElementById("cm-find-status"), list = document.getElementById("cm-find-list");
  var FIELDS = { loai: "type", tuyen: "line", nam: "year" };
  var TYPES = {
    treaty: "Điều ước", border: "Tuyến biên giới", set: "Bộ văn kiện", figure: "Số liệu", topic: "Chủ đề",
    talking_point: "Điểm nói", question: "Hỏi – đáp", document: "Văn bản trong nước", event: "Ngày, sự kiện",
    agency: "Cơ quan", term: "Thuật ngữ", source: "Nguồn", page: "Trang của thư viện"
  };
  var asked = 0, timer = 0;

  function fromAddress() {
    return new URLSearchParams(window.location.search.length > 1 ? window.location.search : window.location.hash.slice(1));
  }

  function state() {
    var params = new URLSearchParams();
    ["q"].concat(Object.keys(FIELDS)).forEach(function (name) {
      var value = form.elements[name].value.trim();
      if (value) params.set(name, value);
    });
    return params;
  }

  function toAddress(params) {
    var text = params.toString(), url = window.location.pathname + (text ? "?" + text : "");
    try {
      window.history.replaceState(null, "", url);
    } catch (error) {
      window.location.replace("#" + text);
    }
  }

  function fillSelect(select, entries, chosen) {
    while (select.options.length > 1) select.remove(1);
    entries.forEach(function (entry) {
      var option = document.createElement("option");
      option.value = entry[0];
      option.textContent = entry[1];
      select.appendChild(option);
    });
    select.value = chosen || "";
  }

  function fillFilters(engine, params) {
    var types = new Set(), years = new Set();
    engine.rows.forEach(function (row) {
      types.add(row.type);
      (row.years || []).forEach(function (year) { years.add(year); });
    });
    fillSelect(form.elements.loai, Object.keys(TYPES).filter(function (t) { return types.has(t); })
      .map(function (t) { return [t, TYPES[t]]; }), params.get("loai"));
    fillSelect(form.elements.tuyen, Object.entries(engine.labels), params.get("tuyen"));
    fillSelect(form.elements.nam, Array.from(years).sort().reverse().map(function (y) { return [y, y]; }), params.get("nam"));
  }

  function show(answer) {
    var hits = answer.total ? answer.hits : answer.suggestions;
    status.textContent = view.summary(answer) +
      (answer.total > hits.length ? " Hiện " + hits.length + " kết quả đầu." : "");
    list.textContent = "";
    hits.forEach(function (hit) {
      var item = view.element("li", "cm-hit");
      item.setAttribute("data-id", hit.id);
      item.appendChild(view.row(hit, answer.words, true));
      if (hit.full && hit.full !== hit.title) item.appendChild(view.element("span", "cm-hit__full", hit.full));
      list.appendChild(item);
    });
  }

  function run() {
    var params = state(), ticket = (asked += 1), options = { limit: LIMIT };
    toAddress(params);
    if (!params.get("q")) {
      status.textContent = "Gõ vài chữ để tìm.";
      list.textContent = "";
      return;
    }
    Object.keys(FIELDS).forEach(function (name) { options[FIELDS[name]] = params.get(name) || ""; });
    cotmoc.ask(params.get("q"), options).then(function (answer) {
      if (ticket === asked) show(answer);
    }, function (error) {
      status.textContent = "Chưa tìm được: " + error.message + ". Hãy tải lại trang.";
    });
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); run(); });
  input.addEventListener("input", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(run, 60);
  });
  Object.keys(FIELDS).forEach(function (name) { form.elements[name].addEventListener("change", run); });

  var params = fromAddress();
  input.value = params.get("q") || "";
  cotmoc.searchReady().then(function (engine) {
    fillFilters(engine, params);
    run();
  }, function (error) {
    status.textContent = "Chưa tìm được: " + error.message + ". Hãy tải lại trang.";
  });
})();
