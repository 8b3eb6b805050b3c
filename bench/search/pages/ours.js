/* Our engine: the four scripts of the site, one after the other. */
(function () {
  var begin = performance.now();
  function load(names) {
    if (!names.length) return Promise.resolve(performance.now() - begin);
    return new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = names[0];
      script.onload = resolve;
      document.head.appendChild(script);
    }).then(function () { return load(names.slice(1)); });
  }
  window.ready = load(["table.js", "analysis.js", "index.js", "search.js"]);
  window.ask = function (text) {
    return Promise.resolve(window.cotmocSearch.search(text, { limit: 10 }).hits.map(function (h) { return h.id; }));
  };
})();
