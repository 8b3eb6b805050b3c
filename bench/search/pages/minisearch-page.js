/* MiniSearch: records shipped, index built on load; words folded as its manual shows. */
(function () {
  var begin = performance.now(), engine;
  function load(name) {
    return new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = name;
      script.onload = resolve;
      document.head.appendChild(script);
    });
  }
  function fold(term) {
    return term.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  }
  window.ready = load("minisearch.js").then(function () { return load("records.js"); }).then(function () {
    engine = new MiniSearch({ fields: ["title", "text"], processTerm: fold });
    engine.addAll(window.records);
    return performance.now() - begin;
  });
  window.ask = function (text) {
    var found = engine.search(text.normalize("NFC"), { prefix: true, fuzzy: 0.2, boost: { title: 2 } });
    return Promise.resolve(found.slice(0, 10).map(function (r) { return r.id; }));
  };
})();
