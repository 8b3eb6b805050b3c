/* Material's stock search, asked through its own worker as its page does.
   Added before the theme's bundle runs, so that the worker can be listened to. */
(function () {
  var Native = window.Worker, begin = performance.now(), waiting = null, worker;
  window.ready = new Promise(function (resolve) {
    window.Worker = function (url, options) {
      worker = new Native(url, options);
      worker.addEventListener("message", function (event) {
        if (event.data.type === 1) resolve(performance.now() - begin);
        if (event.data.type === 3 && waiting) {
          var found = event.data.data.items || [];
          waiting(found.slice(0, 10).map(function (group) { return group[0].location.replace(/\/.*$/, ""); }));
          waiting = null;
        }
      });
      return worker;
    };
  });
  window.ask = function (text) {
    return new Promise(function (resolve) {
      waiting = resolve;
      worker.postMessage({ type: 2, data: text });
    });
  };
})();
