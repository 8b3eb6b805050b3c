// Sent by `cotmoc serve` only, never part of a built site: reloads the page
// after a rebuild and shows the problems of a bad edit above the last good page.
"use strict";

(function () {
  const seen = Number(document.currentScript.src.split("?")[1]);
  let banner = null;

  function show(problems) {
    if (banner) {
      banner.remove();
      banner = null;
    }
    if (problems.length === 0) {
      return;
    }
    banner = document.createElement("div");
    banner.id = "cotmoc-problems";
    banner.setAttribute("role", "alert");
    // Through the object model: a strict policy forbids style attributes in HTML.
    Object.assign(banner.style, {
      position: "fixed", left: "0", right: "0", bottom: "0", zIndex: "1000",
      maxHeight: "40vh", overflow: "auto", padding: "0.75rem 1rem",
      background: "#7a1f1f", color: "#fff", font: "16px/1.5 monospace",
      whiteSpace: "pre-wrap", borderTop: "3px solid #fff"
    });
    const shown = problems.slice(0, 20).join("\n");
    const rest = problems.length > 20 ? "\n… và " + (problems.length - 20) + " lỗi nữa" : "";
    banner.textContent =
      "Dữ liệu có " + problems.length + " lỗi; trang dưới đây là bản dựng được gần nhất.\n" +
      shown + rest;
    document.body.append(banner);
  }

  const events = new EventSource("/__cotmoc/events");
  events.onmessage = function (message) {
    const state = JSON.parse(message.data);
    if (state.version !== seen) {
      location.reload();
    } else {
      show(state.problems);
    }
  };
  // Firefox reports an error on every navigation unless the stream is closed first.
  addEventListener("pagehide", function () { events.close(); });
  // A page taken back from the cache has a closed stream.
  addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
}());
