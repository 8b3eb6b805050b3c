/* The draft checker, last part: a text in, findings out, piece by piece so that a page never
 * freezes. The same as macros/proofing/engine.py. Offers window.cotmoc.proof(text), a promise of
 * findings, and window.cotmoc.proofReport(text, progress), which also tells what was checked.
 */
(function (root) {
  "use strict";

  var P = root.cotmocProof;
  var PIECE = 4000, LONGEST = 16000, HEAD = 1500, PAUSE = 25;
  var END = /[.!?\u2026;:]['"\u201d\u2019)*_]*[ \t]*(?:\r?\n|$)/;
  var SECTION = /(?:^|\n)[ \t#*]*([0-9]{1,2}(?:\.[0-9]{1,2})+)\.?[ \t]+(?=[^ \t0-9\n])/g;
  var kit = null;

  function kitNow() { return kit || (kit = P.Kit(root.cotmocProofIndex)); }

  function newState(text) {
    var setting = { country: "", year: 0, as_of: kitNow().year };
    setting.year = yearOf(text.slice(0, HEAD));
    return {
      setting: setting, seen: new Set(), told: new Set(), gone: { findings: new Map(), offset: 0 },
      result: { findings: [], named: [], unknown: [], dates: 0, figures: 0, year: setting.year }
    };
  }

  function pieces(text) {
    var result = [], start = 0, size = 0, at = 0;
    while (at < text.length) {
      var line = text.indexOf("\n", at);
      line = line < 0 ? text.length : line + 1;
      size += line - at;
      if (size >= LONGEST) {
        hard(text, start, line, result);
        start = line;
        size = 0;
      } else if (size >= PIECE && END.test(text.slice(at, line))) {
        result.push([start, line]);
        start = line;
        size = 0;
      }
      at = line;
    }
    if (start < text.length) result.push([start, text.length]);
    return result;
  }

  function hard(text, start, end, result) {
    while (end - start > LONGEST) {
      var window = text.slice(start, start + LONGEST), cut = window.lastIndexOf(". ");
      cut = cut > 0 ? cut + 2 : window.lastIndexOf(" ") + 1;
      cut = cut > 0 ? start + cut : start + LONGEST;
      result.push([start, cut]);
      start = cut;
    }
    result.push([start, end]);
  }

  function yearOf(head) {
    var kit = kitNow(), stream = P.read(head, {}, kit.rules.canon), items = stream.items, n;
    for (n = 1; n < items.length; n++) {
      var item = items[n], value = item.exact;
      if (item.kind !== "date" || (value.length !== 7 && value.length !== 10) || value[0] === "-") continue;
      var first = head.lastIndexOf("\n", item.start - 1) + 1;
      if (head.slice(item.start, item.end).indexOf("tháng") < 0 || item.gap !== P.COMMA) continue;
      if (item.start - first < 40 && items[n - 1].start >= first) return +value.slice(0, 4);
    }
    for (n = 0; n < items.length; n++) {
      var year = items[n].exact;
      if (items[n].kind !== "date" || year.length !== 4 || +year < 2015 || +year > kit.year + 2) continue;
      if (P.contains(stream, Math.max(0, n - 45), n, kit.heads.heads) && isHeading(stream, items[n])) return +year;
    }
    return 0;
  }

  function isHeading(stream, item) {
    var after = stream.text.slice(item.end, item.end + 8).replace(/^[ *_\u00a0]+/, "")[0];
    return after === "\n" || after === "\r";
  }

  function piece(text, offset, state) {
    var kit = kitNow(), stream = P.read(text, kit.index.loose, kit.rules.canon);
    if (!stream.items.length) return;
    var report = P.Report(kit, text), setting = state.setting, before = Object.assign({}, setting);
    var found = P.find(stream, kit, setting), made = P.claims(stream, kit, found), parts = P.sentences(stream, found);
    state.gone.offset = offset;
    var issuers = P.checkPapers(stream, kit, found, made, report);
    P.checkSets(stream, kit, parts, setting, report);
    P.checkDates(stream, kit, made, setting, report);
    P.checkTitles(stream, kit, found, state.seen, report);
    P.checkStatus(stream, kit, parts, setting, state.told, report);
    P.checkBodies(stream, kit, parts, issuers, setting, state.gone, report);
    P.checkAnniversaries(stream, kit, parts, setting, report);
    P.checkFigures(stream, kit, parts, before, report);
    P.checkCalendar(stream, report);
    P.checkWording(stream, kit, report);
    found.forEach(function (m) {
      if (!P.idOf(m)) return;
      var dated = made.some(function (claim) { return claim.mention === m && claim.role === "signed"; });
      report.named.push({ id: P.idOf(m), start: stream.units[m.a].start, end: stream.units[m.b - 1].end, dated: dated });
    });
    take(report, offset, state);
  }

  function take(report, offset, state) {
    var result = state.result;
    report.findings.forEach(function (finding) {
      finding.start += offset;
      finding.end += offset;
    });
    result.findings = result.findings.concat(report.findings);
    report.named.forEach(function (entry) {
      result.named.push({ id: entry.id, start: entry.start + offset, end: entry.end + offset, dated: entry.dated });
    });
    report.unknown.forEach(function (entry) {
      result.unknown.push({ start: entry[0] + offset, end: entry[1] + offset, found: entry[2], date: entry[3].join("") });
    });
    result.dates += report.dates;
    result.figures += report.figures;
  }

  function finish(text, state) {
    var report = P.Report(kitNow(), text), result = state.result;
    undated(kitNow(), state, report);
    missing(kitNow(), state, report);
    sections(text, report);
    result.findings = result.findings.concat(report.findings);
    result.findings.sort(function (a, b) {
      return a.start - b.start || P.ORDER[a.level] - P.ORDER[b.level] || a.end - b.end ||
        P.order(a.kind, b.kind) || P.order(a.id, b.id);
    });
    return {
      findings: result.findings,
      checked: {
        records: P.unique(result.named.map(function (entry) { return entry.id; })).sort(P.order),
        dates: result.dates, figures: result.figures, year: result.year || null
      },
      unknown: result.unknown
    };
  }

  function undated(kit, state, report) {
    var dated = new Set(), done = new Set();
    state.result.named.forEach(function (entry) { if (entry.dated) dated.add(entry.id); });
    state.result.named.forEach(function (entry) {
      var record = kit.records[entry.id], key = record.key || "", fact = (record.dates || {}).signed;
      if (record.type !== "document" || !key || dated.has(entry.id) || done.has(entry.id)) return;
      done.add(entry.id);
      var parts = key.split("/");
      if (!fact || parts.length !== 3 || parts.slice(1).some(function (part) { return /^[0-9]{4}$/.test(part); })) return;
      var expected = record.label + " số " + record.number + " ngày " + fact.show[0];
      report.add(P.GOI_Y, entry.start, entry.end, "number_undated", { expected: expected }, { id: entry.id, fact: fact });
    });
  }

  function missing(kit, state, report) {
    var named = new Set(state.seen);
    state.result.named.forEach(function (entry) { named.add(entry.id); });
    ["vn-cn", "vn-la", "vn-kh"].forEach(function (line) {
      var own = state.result.named.filter(function (entry) {
        var record = kit.records[entry.id];
        return record.type === "treaty" && (record.lines || []).indexOf(line) >= 0;
      });
      if (new Set(own.map(function (entry) { return entry.id; })).size < 2) return;
      var year = state.setting.year || 9999;
      var entries = kit.index.named.filter(function (e) { return e[0] === line && e[1] <= year && e[5].length > 1; });
      var latest = P.unique(entries.map(function (e) { return e[1]; })).sort(function (a, b) { return a - b; }).slice(-2);
      for (var entry of entries) {
        var lacking = entry[5].filter(function (id) {
          return latest.indexOf(entry[1]) >= 0 && !named.has(id) && !isOver(kit, id);
        });
        if (!lacking.length || entry[5].filter(function (id) { return named.has(id); }).length < 2) continue;
        var names = lacking.map(function (id) { return kit.records[id].name; }).join("; ");
        report.add(P.GOI_Y, own[0].start, own[0].end, "missing",
          { source: entry[3], locator: entry[4], names: names, expected: names }, { id: lacking[0] });
        break;
      }
    });
  }

  function sections(text, report) {
    var before = "", match;
    SECTION.lastIndex = 0;
    while ((match = SECTION.exec(text))) {
      var end = match.index + match[0].indexOf(match[1]) + match[1].length;
      if (match[1] === before) report.add(P.GOI_Y, end - match[1].length, end, "section_number", { expected: "" });
      before = match[1];
    }
  }

  function isOver(kit, id) {
    var status = kit.records[id].status;
    return !!status && ["het_hieu_luc", "da_thay_the", "het_giai_doan"].indexOf(status.value) >= 0;
  }

  /** All at once; for tests and for short texts. */
  P.proof = function (text) {
    var state = newState(text);
    pieces(text).forEach(function (place) { piece(text.slice(place[0], place[1]), place[0], state); });
    return finish(text, state);
  };

  /** A promise of {findings, checked, unknown}; ``progress(share)`` is called between pieces. */
  function proofReport(text, progress, isStopped) {
    return new Promise(function (resolve, reject) {
      var state, list, next = 0;
      function step() {
        try {
          state = state || newState(text);
          list = list || pieces(text);
          var until = Date.now() + PAUSE;
          while (next < list.length && Date.now() < until) {
            piece(text.slice(list[next][0], list[next][1]), list[next][0], state);
            next += 1;
          }
          if (isStopped && isStopped()) return;
          if (progress) progress(list.length ? next / list.length : 1);
          if (next < list.length) root.setTimeout(step, 0);
          else resolve(finish(text, state));
        } catch (error) {
          reject(error);
        }
      }
      step();
    });
  }

  root.cotmoc = root.cotmoc || {};
  root.cotmoc.proofReport = proofReport;
  root.cotmoc.proof = function (text) {
    return proofReport(text).then(function (report) { return report.findings; });
  };
})(typeof window === "undefined" ? globalThis : window);
