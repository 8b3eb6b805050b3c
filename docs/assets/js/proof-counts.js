/* The draft checker, fourth part: figures and anniversaries. The same as macros/proofing/figures.py,
 * anniversaries.py.
 */
(function (root) {
  "use strict";

  var A = root.cotmocAnalysis, P = root.cotmocProof;
  var phraseAt = P.phraseAt, contains = P.contains, SAI = P.SAI, XEM = P.XEM, GOI_Y = P.GOI_Y;

  /* ---- figures ---- */

  var NUMBER = /(?<![0-9A-Za-z.,/-])([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?(?![0-9/]|[.,][0-9])/g;
  var LINES = { cn: "vn-cn", la: "vn-la", kh: "vn-kh" };
  var MARKERS = ["marker", "both", "main", "minor", "post", "place"];
  var SOME = 5;

  P.checkFigures = function (stream, kit, parts, setting, report) {
    var entries = [], country = setting.country;
    Object.keys(kit.rules.units).forEach(function (unit) {
      kit.rules.units[unit].forEach(function (phrase) { entries.push([phrase, unit]); });
    });
    var heads = P.byHead(entries);
    parts.forEach(function (part) {
      var named = [];
      for (var n = part.a; n < part.b; n++) {
        var code = stream.units[n].code;
        if (code[0] !== "@" || code === "@vn" || code === "@xx") continue;
        country = code.slice(1);
        if (LINES[country] && named.indexOf(LINES[country]) < 0) named.push(LINES[country]);
      }
      var lines = named.length ? named : LINES[country] ? ["~" + LINES[country]] : [];
      quantities(stream, kit, part, heads).forEach(function (quantity) {
        report.figures += 1;
        compare(stream, kit, part, quantity, lines, report);
      });
    });
  };

  function quantities(stream, kit, part, heads) {
    var items = stream.items, text = stream.text, result = [], byStart = new Map(), match;
    var first = stream.units[part.a].a, last = stream.units[part.b - 1].b;
    for (var n = first; n < last; n++) byStart.set(items[n].start, n);
    NUMBER.lastIndex = items[first].start;
    while ((match = NUMBER.exec(text))) {
      var stop = match.index + match[0].length;
      if (stop > items[last - 1].end) break;
      var at = byStart.get(match.index);
      if (at === undefined || items[at].kind !== "word") continue;
      var end = at;
      while (end < last && items[end].end <= stop) end += 1;
      var unit = unitAt(stream, heads, end, last, stop);
      if (!unit) continue;
      var value = parseFloat(match[1].split(".").join("") + (match[2] ? "." + match[2] : ""));
      result.push({
        value: value, unit: unit[0], at: at, end: unit[1], start: match.index, stop: unit[2],
        about: approximation(stream, kit, first, at)
      });
    }
    return result;
  }

  function unitAt(stream, heads, end, last, stop) {
    var text = stream.text;
    if (text[stop] === "%" || text.slice(stop, stop + 2) === " %") return ["%", end, text.indexOf("%", stop) + 1];
    var hit = phraseAt(stream, end, last, heads);
    if (!hit || stream.items[end].gap) return null;
    var unit = hit[1][1], after = text[stream.items[end].end];
    if (unit === "km" && (after === "\u00b2" || after === "2")) unit = "km2";
    return [unit, end + hit[0], stream.items[end + hit[0] - 1].end];
  }

  function approximation(stream, kit, first, at) {
    for (var group of Object.keys(kit.rules.approx)) {
      for (var phrase of kit.rules.approx[group]) {
        var start = at - phrase.length;
        if (start >= first && phraseAt(stream, start, at, P.byHead([phrase]))) return group;
      }
    }
    return "";
  }

  function compare(stream, kit, part, quantity, lines, report) {
    var known = kit.index.figures.filter(function (f) { return f.value !== null; });
    var sure = lines.filter(function (line) { return line[0] !== "~"; });
    var names = lines.map(function (line) { return line.replace("~", ""); });
    var a = stream.units[part.a].a, b = stream.units[part.b - 1].b;
    var own = known.filter(function (f) { return names.indexOf(f.line) >= 0 && sameUnit(f.unit, quantity.unit); });
    var exact = own.filter(function (f) { return fits(quantity, f.value) && f.unit === quantity.unit; });
    if (exact.length) {
      approximate(quantity, pick(stream, kit, exact, a, b), report);
      return;
    }
    var other = own.find(function (f) { return f.value === quantity.value; });
    if (other) {
      var level = quantity.unit === "marker" && other.unit === "both" ? GOI_Y : XEM;
      report.add(level, quantity.start, quantity.stop, "figure_unit",
        { expected: other.show, label: lower(other.label), basis: other.basis }, { kind: "figure", id: other.id, fact: other });
      return;
    }
    if (sure.length <= 1) ofAnother(stream, kit, quantity, known, own, sure.length > 0, a, b, report);
  }

  function ofAnother(stream, kit, quantity, known, own, sure, a, b, report) {
    if (isOfPart(stream, kit, quantity, a, b)) return;
    var meant = meantBy(stream, kit, quantity, own, a, b);
    for (var figure of own) {
      for (var entry of figure.others) {
        var same = figure.unit === quantity.unit && (entry[0] === quantity.value || fits(quantity, entry[0]));
        if (same && contains(stream, a, b, kit.heads.past)) return;
        if (same && (meant === null || meant.id === figure.id)) {
          add(report, XEM, quantity, "figure_old", figure, { why: entry[1] });
          return;
        }
      }
    }
    var stranger = known.find(function (f) {
      return own.indexOf(f) < 0 && f.unit === quantity.unit && f.value === quantity.value;
    });
    if (stranger && quantity.value >= 100 && own.length && quantity.unit !== "%") {
      var shown = meant ? meant.show : "";
      add(report, sure ? SAI : XEM, quantity, "figure_line", stranger,
        { own: meant ? report.say("figure_own", { expected: shown }) : "", expected: shown });
      return;
    }
    if (meant !== null) {
      var near = Math.abs(quantity.value - meant.value) * 100 <= meant.value * 20;
      var certain = sure && near && (meant.level === "high" || meant.level === "medium") && !meant.others.length;
      add(report, certain ? SAI : XEM, quantity, "figure_wrong", meant, {});
    }
  }

  function add(report, level, quantity, key, figure, more) {
    var values = Object.assign({ expected: figure.show, label: figure.label, basis: figure.basis, why: "", own: "" }, more);
    if (key === "figure_line") values.label = lower(figure.label);
    report.add(level, quantity.start, quantity.stop, key, values, { kind: "figure", id: figure.id, fact: figure });
  }

  function lower(text) { return text.slice(0, 1).toLowerCase() + text.slice(1); }

  function sameUnit(one, two) { return one === two || (MARKERS.indexOf(one) >= 0 && MARKERS.indexOf(two) >= 0); }

  function fits(quantity, value) {
    var found = quantity.value, near = Math.abs(found - value) * 100 <= value * SOME;
    if (found === value) return true;
    if (quantity.about === "about") return near;
    if (quantity.about === "more") return near && found <= value;
    if (quantity.about === "less") return near && found >= value;
    return (quantity.unit === "km" || quantity.unit === "km2") && found === Math.floor(value + 0.5) && found >= 100;
  }

  function approximate(quantity, figure, report) {
    if (figure.approximate && !quantity.about && quantity.value === figure.value) {
      report.add(GOI_Y, quantity.start, quantity.stop, "figure_about", { expected: figure.show },
        { kind: "figure", id: figure.id, fact: figure });
    }
  }

  function isOfPart(stream, kit, quantity, a, b) {
    if (quantity.unit === "%") return false;
    for (var n = Math.max(a, quantity.at - 3); n < quantity.at; n++) if (stream.items[n].folded === "truoc") return true;
    return contains(stream, Math.max(a, quantity.at - 14), Math.min(b, quantity.end + 8), kit.heads.part_words);
  }

  function pick(stream, kit, figures, a, b) {
    return figures.find(function (f) { return f.topic && contains(stream, a, b, kit.heads[f.topic + "_words"]); }) || figures[0];
  }

  function meantBy(stream, kit, quantity, own, a, b) {
    var nearA = Math.max(a, quantity.at - 12), nearB = Math.min(b, quantity.end + 12);
    function says(name) { return contains(stream, nearA, nearB, kit.heads[name]); }
    var figures = own.filter(function (f) { return f.unit === quantity.unit && !f.part; });
    if (quantity.unit === "km") {
      if (!says("length_words")) return null;
      var demarcated = says("demarcation_words");
      figures = figures.filter(function (f) { return demarcated ? f.topic === "demarcation" : !f.topic; });
    } else if (quantity.unit === "%") {
      if (!says("demarcation_words") && !says("delimitation_words")) return null;
      figures = figures.filter(function (f) { return f.topic && says(f.topic + "_words"); });
      figures = byTopic(stream, kit, figures, nearA, nearB, quantity);
    }
    return figures.length === 1 ? figures[0] : null;
  }

  function byTopic(stream, kit, figures, a, b, quantity) {
    var best = null;
    figures.forEach(function (figure) {
      var distance = Infinity;
      for (var n = a; n < b; n++) {
        if (!phraseAt(stream, n, b, kit.heads[figure.topic + "_words"])) continue;
        distance = Math.min(distance, n >= quantity.end ? n - quantity.end : (quantity.at - n) * 2);
      }
      if (figure.topic === "remaining") distance -= 100;
      if (!best || distance < best[0] || (distance === best[0] && figure.id < best[1].id)) best = [distance, figure];
    });
    return best ? [best[1]] : [];
  }

  /* ---- anniversaries ---- */

  var RECENT = 15;

  P.checkAnniversaries = function (stream, kit, parts, setting, report) {
    parts.forEach(function (part) {
      var counts = countsIn(stream, part), done = new Set();
      pairs(stream, part).forEach(function (pair) {
        var before = counts.filter(function (n) { return n < pair[0]; });
        if (!before.length) return;
        var count = before[before.length - 1];
        if (Array.from(done).some(function (other) { return count < other && other < pair[0]; })) return;
        done.add(count);
        checkPair(stream, kit, count, pair[0], pair[1], report);
      });
      part.mentions.forEach(function (m) {
        if (m.kind !== "event" && m.kind !== "treaty") return;
        checkMention(stream, kit, part, m, counts.filter(function (n) { return !done.has(n); }), setting, report);
      });
    });
    terms(stream, kit, parts, report);
  };

  function countsIn(stream, part) {
    var items = stream.items, a = stream.units[part.a].a, b = stream.units[part.b - 1].b;
    return P.range(a, b).filter(function (n) {
      if (items[n].kind !== "word" || !P.isNumber(items[n].folded) || items[n].folded.length > 3) return false;
      if (n + 1 < b && P.same(stream, items[n + 1], "năm", "nam") && !items[n + 1].gap) return true;
      return n - 2 >= a && items[n - 1].folded === "thu" && items[n - 2].folded === "lan";
    });
  }

  function pairs(stream, part) {
    var items = stream.items, dates = part.dates.map(function (n) { return stream.units[n].a; }), found = [];
    for (var k = 0; k + 1 < dates.length; k++) {
      var one = dates[k], two = dates[k + 1], between = stream.text.slice(items[one].end, items[two].start);
      var whole = items[one].exact[0] !== "-" && items[two].exact[0] !== "-";
      var joined = (/[-\u2013\u2014]/.test(between) || items[two - 1].folded === "den") && !/[,;]/.test(between);
      if (whole && two - one <= 4 && joined && items[one].exact.length === items[two].exact.length) found.push([one, two]);
    }
    return found;
  }

  function checkPair(stream, kit, count, one, two, report) {
    var items = stream.items, since = items[one], until = items[two], item = items[count];
    if (two - count > 45 || since.exact.slice(0, 4) >= until.exact.slice(0, 4)) return;
    if (items.slice(count, one).some(function (i) { return i.kind === "date"; })) return;
    var years = +until.exact.slice(0, 4) - +since.exact.slice(0, 4);
    if (since.exact.slice(4) !== until.exact.slice(4)) return;
    var said = contains(stream, Math.max(0, count - 3), count + 3, kit.heads.anniversary_words);
    if (since.exact.length === 4 && !(since.opened && said)) return;
    if (+item.folded === years) return;
    var shown = [since, until].map(function (i) { return stream.text.slice.apply(stream.text, P.digits(stream, i)); });
    report.add(SAI, item.start, item.end, "anniversary", { since: shown[0], until: shown[1], expected: years }, { fix: String(years) });
  }

  function checkMention(stream, kit, part, m, counts, setting, report) {
    var id = P.idOf(m);
    if (!id || !P.facts(kit, id, "signed").length) return;
    if (m.kind === "event") days(stream, kit, part, m, id, report);
    var first = stream.units[m.a].a;
    var near = counts.filter(function (n) {
      return n < first && first - n <= 9 && !part.mentions.some(function (o) { return o.b <= m.a && stream.units[o.a].a > n; });
    });
    if (!near.length || m.loose) return;
    var count = near[near.length - 1];
    if (m.kind === "treaty" && !contains(stream, count, first, kit.heads.since_words)) return;
    years(stream, kit, part, m, id, count, setting, report);
  }

  function days(stream, kit, part, m, id, report) {
    var fact = P.facts(kit, id, "signed")[0], following = part.b;
    part.mentions.forEach(function (o) { if (o.a >= m.b && o.a < following) following = o.a; });
    var own = part.dates.filter(function (n) { return m.b <= n && n < following && n - m.b <= 8; });
    own = own.concat(part.dates.filter(function (n) {
      return n < m.a && m.a - n <= 3 && !part.mentions.some(function (o) { return o.b > n && o.b <= m.a; });
    }));
    own.slice(0, 2).forEach(function (n, number) {
      var item = stream.items[stream.units[n].a], value = item.exact;
      if (!isDayOf(stream, kit, m, n, item)) return;
      if (P.agrees(value, fact.spans)) return;
      if (fact.others.some(function (o) { return P.agrees(value, [o.slice(0, 2)]); })) return;
      if (kit.records[id].yearly && isReturn(kit, value, fact.spans, own.length === 1)) return;
      var firstValue = stream.items[stream.units[own[0]].a].exact;
      if (number && !sameDay(value, fact.spans) && value.slice(4) === firstValue.slice(4)) return;
      var place = P.digits(stream, item);
      report.add((fact.level === "high" || fact.level === "medium") && n >= m.b ? SAI : XEM, place[0], place[1], "date_wrong",
        { name: kit.records[id].name, what: "ngày", expected: fact.show.join(" và ") },
        { fix: P.written(stream.text.slice(place[0], place[1]), item, fact), id: id, fact: fact });
    });
  }

  function isDayOf(stream, kit, m, n, item) {
    var units = stream.units, items = stream.items;
    if (item.exact.length < 7 || item.exact.split("-").length < 3) return false;
    if (n < m.a) {
      var between = units[m.a].a - units[n].b;
      if (between > 1 || units[m.a].gap >= P.CLAUSE) return false;
      return between === 0 || ["la", "ki"].indexOf(items[units[n].b].folded) >= 0;
    }
    if (units.slice(m.b, n + 1).some(function (unit) { return unit.opened; })) return true;
    return P.onlyPlain(stream, kit, units[m.b - 1].b, units[n].a) && units[n].gap < P.CLAUSE;
  }

  function sameDay(value, spans) {
    var day = +value.slice(-5, -3) * 100 + +value.slice(-2);
    return spans.some(function (span) { return span[0] === span[1] && span[0] % 10000 === day; });
  }

  function isReturn(kit, value, spans, alone) {
    if (!sameDay(value, spans)) return false;
    return value[0] === "-" || !alone || +value.slice(0, 4) >= kit.year - RECENT;
  }

  function years(stream, kit, part, m, id, count, setting, report) {
    var starts = [];
    ["signed", "in_force"].forEach(function (role) {
      P.facts(kit, id, role).forEach(function (fact) {
        var low = Math.floor(fact.spans[0][0] / 10000), high = Math.floor(fact.spans[0][1] / 10000);
        if (low === high) starts.push(low);
      });
    });
    var said = untilOf(stream, part, starts), until = said || setting.year, item = stream.items[count];
    if (!starts.length || !until) return;
    var right = starts.map(function (year) { return until - year; });
    if (right.indexOf(+item.folded) >= 0 || +item.folded < 1 || right[0] < 1) return;
    var called = contains(stream, stream.units[part.a].a, count + 1, kit.heads.anniversary_words);
    if (!called && m.kind === "treaty") return;
    var fact = P.facts(kit, id, "signed")[0];
    report.add(said && m.kind === "event" ? SAI : XEM, item.start, item.end, "anniversary_year",
      { until: until, expected: right[0], since: fact.show[0] },
      { kind: "anniversary", fix: String(right[0]), id: id, fact: fact });
  }

  function untilOf(stream, part, starts) {
    var late = new Set();
    part.dates.forEach(function (n) {
      var value = stream.items[stream.units[n].a].exact, year = +value.slice(0, 4);
      if (value[0] !== "-" && starts.every(function (start) { return year > start; })) late.add(year);
    });
    return late.size === 1 ? Array.from(late)[0] : 0;
  }

  function terms(stream, kit, parts, report) {
    parts.forEach(function (part) {
      var a = stream.units[part.a].a, b = stream.units[part.b - 1].b;
      for (var at = a; at < b; at++) {
        var hit = phraseAt(stream, at, b, kit.heads.even_year);
        if (hit) {
          report.add(GOI_Y, stream.items[at].start, stream.items[at + hit[0] - 1].end, "even_year", { expected: "năm lẻ 5" },
            { kind: "anniversary_term" });
        }
        hit = phraseAt(stream, at, b, kit.heads.round_year);
        if (hit) round(stream, part, at, hit[0], report);
      }
    });
  }

  function round(stream, part, at, length, report) {
    for (var n of countsIn(stream, part)) {
      var item = stream.items[n], after = n - at - length + 1;
      if (!((at - n > 0 && at - n <= 6) || (after > 0 && after <= 4))) continue;
      if (+item.folded % 10) {
        report.add(XEM, stream.items[at].start, stream.items[at + length - 1].end, "round_year", { found: item.folded },
          { kind: "anniversary_term" });
      }
      return;
    }
  }
})(typeof window === "undefined" ? globalThis : window);
