/* The draft checker, first part: reading a text. The same as macros/proofing/stream.py, kit.py,
 * report.py, function by function; the tests hold the two against each other on
 * every draft. Needs window.cotmocAnalysis (analysis.js) and window.cotmocProofIndex (written by
 * the build). Offsets are UTF-16 units.
 */
(function (root) {
  "use strict";

  var A = root.cotmocAnalysis;
  var P = root.cotmocProof = {};
  var COMMA = P.COMMA = 1, CLAUSE = P.CLAUSE = 2, SENTENCE = P.SENTENCE = 3;
  P.SAI = "sai"; P.XEM = "nen_xem_lai"; P.GOI_Y = "goi_y";
  P.ORDER = { sai: 0, nen_xem_lai: 1, goi_y: 2 };

  var STOP = /[.!?\u2026]+["\u201d\u2019')\]*_]*[ \t\r\n\u00a0]/;
  var BULLET = /\n[ \t]*[-+\u2022*\u2013\u00b7][ \t]/;
  var MARKUP = /\n[ \t]*(?:#|---|<|\|)/;
  var QUOTE = /["\u201c\u201d\u00ab\u00bb]/;
  var LABEL = /^(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})$/;
  var STRONG = ["written-typed", "written-assembly", "written-letter", "spaced-assembly", "number-year"];

  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  P.has = has;
  P.some = function (list, test) { return list.some(test); };
  P.range = function (a, b) { var list = []; for (var n = a; n < b; n++) list.push(n); return list; };
  P.order = function (a, b) { return a < b ? -1 : a > b ? 1 : 0; };
  P.isNumber = function (folded) { return /^[0-9]+$/.test(folded); };
  P.strip = function (text, chars) {
    var a = 0, b = text.length;
    while (a < b && chars.indexOf(text[a]) >= 0) a += 1;
    while (b > a && chars.indexOf(text[b - 1]) >= 0) b -= 1;
    return text.slice(a, b);
  };
  P.unique = function (list) { return Array.from(new Set(list)); };

  /* ---- stream ---- */

  P.read = function (text, known, canon) {
    var items = itemsOf(text, known), marked = 0, plain = 0;
    items.forEach(function (item) {
      if (item.kind !== "word") return;
      if (item.exact !== item.folded) marked += 1;
      if (/^[a-z]+$/.test(item.folded)) plain += 1;
    });
    var stream = { text: text, items: items, units: [], bare: marked * 8 < plain };
    stream.units = unitsOf(stream, canon);
    return stream;
  };

  P.same = same;
  function same(stream, item, exact, folded) {
    return stream.bare ? item.folded === folded : item.exact === exact;
  }

  P.looseKey = looseKey;
  function looseKey(match) { return match.number + " " + (match.type || ""); }

  function newItem(kind, exact, folded, start, end, match) {
    return {
      kind: kind, exact: exact, folded: folded, start: start, end: end, gap: 0, opened: false,
      closed: false, line: false, quoted: false, match: match || null
    };
  }

  function itemsOf(text, known) {
    var found = [];
    A.findNumbers(text).forEach(function (m) {
      if (STRONG.indexOf(m.form) >= 0 || has(known, looseKey(m))) {
        found.push(newItem("number", m.value, m.value, m.start, m.end, m));
      }
    });
    var taken = found.map(function (item) { return [item.start, item.end]; });
    A.findDates(text).forEach(function (m) {
      if (!taken.some(function (span) { return span[0] < m.end && m.start < span[1]; })) {
        found.push(newItem("date", m.value, m.value, m.start, m.end, m));
      }
    });
    found.sort(function (a, b) { return a.start - b.start; });
    var merged = [], at = 0;
    A.words(text).forEach(function (w) {
      while (at < found.length && found[at].end <= w.start) merged.push(found[at++]);
      if (at === found.length || w.end <= found[at].start) {
        merged.push(newItem("word", w.exact, w.folded, w.start, w.end));
      }
    });
    merged = merged.concat(found.slice(at));
    markGaps(text, merged);
    return merged;
  }

  function markGaps(text, items) {
    var before = 0;
    items.forEach(function (item, index) {
      var raw = text.slice(before, item.start);
      item.line = raw.indexOf("\n") >= 0;
      item.opened = raw.indexOf("(") >= 0;
      item.closed = raw.indexOf(")") >= 0;
      item.quoted = item.opened || item.closed || QUOTE.test(raw);
      item.gap = gapOf(text, raw, item, index === 0);
      before = item.end;
    });
  }

  function gapOf(text, raw, item, first) {
    if (first || STOP.test(raw)) return SENTENCE;
    if (item.line && (MARKUP.test(raw) || isLabel(text, item) || isBullet(text, raw, item))) return SENTENCE;
    if (/[;:|]/.test(raw)) return CLAUSE;
    return raw.indexOf(",") >= 0 ? COMMA : 0;
  }

  function isLabel(text, item) {
    var after = text.slice(item.end, item.end + 1);
    return LABEL.test(item.folded) && (after === "." || after === ")" || after === "/");
  }

  function isBullet(text, raw, item) {
    var first = text.slice(item.start, item.start + 1);
    var capital = first !== first.toLowerCase() || item.kind !== "word";
    return capital && BULLET.test(raw) && ["trung", "lao", "campuchia", "cam"].indexOf(item.folded) < 0;
  }

  function unitsOf(stream, canon) {
    var units = [], items = stream.items, at = 0;
    while (at < items.length) {
      var item = items[at];
      var hit = item.kind === "word" ? canonical(stream, canon, at) : null;
      if (!hit) {
        units.push(unitOf(item.kind === "word" ? item.folded : codeOf(item), items, at, at + 1));
        at += 1;
        continue;
      }
      var length = hit[0], codes = hit[1];
      codes.forEach(function (code, n) {
        var b = n === codes.length - 1 ? at + length : at + Math.min(n + 1, length);
        var a = Math.min(at + n, at + length - 1);
        units.push(unitOf(code, items, a, Math.max(b, a + 1)));
      });
      at += length;
    }
    return units;
  }

  function codeOf(item) {
    if (item.kind === "number") return "N";
    return item.exact.length === 4 ? "#" + item.exact : "D";
  }

  function unitOf(code, items, a, b) {
    var head = items[a];
    return {
      code: code, a: a, b: b, start: head.start, end: items[b - 1].end, gap: head.gap,
      opened: head.opened, closed: head.closed, line: head.line
    };
  }

  function canonical(stream, canon, at) {
    var entries = has(canon, stream.items[at].folded) ? canon[stream.items[at].folded] : [];
    for (var entry of entries) {
      if (spells(stream, at, entry[0], entry[2])) return [entry[0].length, entry[1]];
    }
    return null;
  }

  function spells(stream, at, keys, exact) {
    if (at + keys.length > stream.items.length) return false;
    for (var n = 0; n < keys.length; n++) {
      var item = stream.items[at + n];
      if (item.kind !== "word" || item.folded !== keys[n][1] || (n && item.gap)) return false;
      if (exact && !same(stream, item, keys[n][0], keys[n][1])) return false;
    }
    return true;
  }

  /* ---- kit ---- */

  var LISTS = [
    "stops", "plain", "together", "in_turn", "these", "pointing", "past", "looking_back", "heads", "part_words",
    "length_words", "demarcation_words", "delimitation_words", "remaining_words", "anniversary_words", "since_words",
    "mark_in_force", "issuer_words", "about_words", "even_year", "round_year", "no_comma"
  ];

  function phraseOf(entry) { return typeof entry[0][0] === "string" ? entry : entry[0]; }

  P.byHead = byHead;
  function byHead(phrases) {
    var found = new Map();
    phrases.forEach(function (entry) {
      var head = phraseOf(entry)[0][1];
      if (!found.has(head)) found.set(head, []);
      found.get(head).push(entry);
    });
    found.forEach(function (entries) {
      entries.sort(function (a, b) { return phraseOf(b).length - phraseOf(a).length; });
    });
    return found;
  }

  P.Kit = function (index) {
    var kit = { index: index, rules: index.rules, records: index.records, forms: index.forms };
    kit.ids = Object.keys(index.records);
    kit.fillers = new Set(kit.rules.fillers);
    kit.root = { next: new Map(), form: -1 };
    kit.titles = [];
    kit.forms.forEach(function (form, number) {
      var node = kit.root;
      form[0].forEach(function (code) {
        if (!node.next.has(code)) node.next.set(code, { next: new Map(), form: -1 });
        node = node.next.get(code);
      });
      node.form = number;
      if (form[0][0][0] === "%") kit.titles.push(number);
    });
    kit.weights = weightsOf(kit);
    kit.heads = {};
    LISTS.forEach(function (name) { kit.heads[name] = byHead(kit.rules[name]); });
    var cues = [];
    Object.keys(kit.rules.cues).forEach(function (role) {
      kit.rules.cues[role].forEach(function (phrase) { cues.push([phrase, role]); });
    });
    kit.cues = byHead(cues);
    kit.bodies = byHead(index.bodies);
    kit.spelled = byHead(index.spelled.concat(kit.rules.spelling));
    kit.year = +index.as_of.slice(-4);
    return kit;
  };

  function weightsOf(kit) {
    var bearers = new Map(), weights = new Map();
    kit.titles.forEach(function (number) {
      kit.forms[number][0].forEach(function (code) {
        if (!bearers.has(code)) bearers.set(code, new Set());
        kit.forms[number][1].forEach(function (id) { bearers.get(code).add(id); });
      });
    });
    bearers.forEach(function (ids, code) {
      weights.set(code, ids.size <= 1 ? 6 : ids.size <= 2 ? 4 : ids.size <= 4 ? 3 : ids.size <= 8 ? 2 : 1);
    });
    return weights;
  }

  P.weight = weight;
  function weight(kit, codes) {
    return codes.reduce(function (sum, code) { return sum + (kit.weights.has(code) ? kit.weights.get(code) : 3); }, 0);
  }

  P.phraseAt = phraseAt;
  function phraseAt(stream, at, end, heads, folded) {
    var items = stream.items;
    if (at >= end || items[at].kind !== "word") return null;
    for (var entry of heads.get(items[at].folded) || []) {
      var phrase = phraseOf(entry);
      if (at + phrase.length <= end && fits(stream, items, at, phrase, folded)) return [phrase.length, entry];
    }
    return null;
  }

  function fits(stream, items, at, phrase, folded) {
    for (var n = 0; n < phrase.length; n++) {
      var item = items[at + n];
      if (item.kind !== "word" || item.folded !== phrase[n][1] || (n && item.gap > 1)) return false;
      if (!folded && !same(stream, item, phrase[n][0], phrase[n][1])) return false;
    }
    return true;
  }

  P.contains = function (stream, at, end, heads) {
    for (var n = at; n < end; n++) if (phraseAt(stream, n, end, heads)) return true;
    return false;
  };

  /* ---- report ---- */

  P.Report = function (kit, text) {
    var report = { kit: kit, text: text, findings: [], named: [], unknown: [], dates: 0, figures: 0 };
    report.say = function (key, values) {
      var message = kit.index.messages[key];
      Object.keys(values).forEach(function (name) { message = message.split("{" + name + "}").join(String(values[name])); });
      return message;
    };
    report.add = function (level, start, end, key, values, more) {
      more = more || {};
      var fact = more.fact || {}, record = kit.records[more.id || ""] || {};
      var message = report.say(key, Object.assign({ found: text.slice(start, end) }, values)) + (more.extra || "");
      var finding = {
        start: start, end: end, kind: more.kind || key, level: level, found: text.slice(start, end),
        expected: String(has(values, "expected") ? values.expected : ""),
        fix: more.fix === undefined ? null : more.fix, id: more.id || "",
        message: message.slice(0, 1).toUpperCase() + message.slice(1),
        source: fact.source || "", confidence: fact.confidence || "", url: fact.url || record.url || "", also: []
      };
      report.findings.push(finding);
      return finding;
    };
    report.covered = function (start, end, levels) {
      return report.findings.some(function (f) { return f.start < end && start < f.end && levels.indexOf(f.level) >= 0; });
    };
    return report;
  };
})(typeof window === "undefined" ? globalThis : window);
