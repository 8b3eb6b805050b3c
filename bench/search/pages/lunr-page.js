/* lunr.js on an index prebuilt in Python, queried in stages: exact; prefix of the last word; fuzzy. */
(function () {
  var begin = performance.now(), engine;
  function load(names) {
    if (!names.length) return Promise.resolve();
    return new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = names[0];
      script.onload = resolve;
      document.head.appendChild(script);
    }).then(function () { return load(names.slice(1)); });
  }
  window.ready = load(["table.js", "analysis.js", "lunr.js", "lunr-index.js", "ids.js"]).then(function () {
    engine = lunr.Index.load(window.lunrIndex);
    return performance.now() - begin;
  });
  function termsOf(text) {
    var A = window.cotmocAnalysis, read = A.decodeTyped(A.normalize(text.slice(0, 300)));
    var numbers = A.findNumbers(read), dates = A.findDates(read), spans = numbers.concat(dates);
    var terms = numbers.map(function (n) {
      return "#" + n.number + "|" + (n.type || "") + "|" + (n.year || "") + "|" + (n.issuer || "");
    }).concat(dates.map(function (d) { return "@" + d.value; }));
    var stop = new Set(window.cotmocTable.stopwords.map(A.exactKey)), before = null;
    A.words(read).forEach(function (word) {
      if (spans.some(function (s) { return s.start < word.end && word.start < s.end; })) return;
      if (before) terms.push(before.folded + "_" + word.folded);
      if (!stop.has(word.exact)) terms.push(word.folded);
      before = word;
    });
    // lunr.py lowers the case of the tokens that it is given.
    return terms.map(function (term) { return term.toLowerCase(); });
  }
  function run(terms, options) {
    return engine.query(function (query) {
      terms.forEach(function (term) { query.term(term, Object.assign({ usePipeline: false }, options)); });
    });
  }
  window.ask = function (text) {
    var terms = termsOf(text), words = terms.filter(function (t) { return /^[a-z]+$/.test(t); });
    var found = run(terms);
    if (found.length < 3 && words.length) {
      found = found.concat(run(words.slice(-1), { wildcard: lunr.Query.wildcard.TRAILING }));
    }
    if (found.length < 3 && words.length) {
      found = found.concat(run(words.filter(function (w) { return w.length > 2; }), { editDistance: 1 }));
    }
    var ids = found.map(function (r) { return window.ids[+r.ref]; });
    return Promise.resolve(ids.filter(function (id, i) { return ids.indexOf(id) === i; }).slice(0, 10));
  };
})();
