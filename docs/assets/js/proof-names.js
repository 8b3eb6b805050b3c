/* The draft checker, third part: titles, sets, statuses. The same as macros/proofing/titles.py.
 */
(function (root) {
  "use strict";

  var A = root.cotmocAnalysis, P = root.cotmocProof;
  var phraseAt = P.phraseAt, contains = P.contains, SAI = P.SAI, XEM = P.XEM, GOI_Y = P.GOI_Y;

  /* ---- titles ---- */

  function placeOf(stream, m) { return [stream.units[m.a].start, stream.units[m.b - 1].end]; }

  function namesOf(kit, ids) { return ids.map(function (id) { return kit.records[id].name; }).join("; "); }

  P.checkTitles = function (stream, kit, found, seen, report) {
    found.forEach(function (m) {
      if (m.kind === "treaty" || m.kind === "document") title(stream, kit, m, seen, report);
      m.ids.forEach(function (id) { if (id) seen.add(id); });
    });
  };

  function title(stream, kit, m, seen, report) {
    var place = placeOf(stream, m);
    if (m.ids.length > 1) {
      if (!m.ids.some(function (id) { return seen.has(id); })) {
        report.add(GOI_Y, place[0], place[1], "title_ambiguous", { names: namesOf(kit, m.ids) }, { id: m.ids[0] });
      }
      return;
    }
    var id = m.ids[0], record = kit.records[id];
    spelled(stream, kit, m, report);
    var values = { title: record.title || "", expected: record.title || "" };
    if (period(stream, kit, m, report)) return;
    if (m.loose) {
      loose(stream, kit, m, values, report);
      return;
    }
    var remark = kit.forms[m.form][3][id];
    if (remark) {
      report.add(GOI_Y, place[0], place[1], "title_variant", Object.assign(values, { remark: remark }), { id: id });
    }
  }

  function codesOf(kit, id) {
    var codes = new Set();
    kit.forms.forEach(function (form) {
      if (form[1].indexOf(id) >= 0) form[0].forEach(function (code) { codes.add(code); });
    });
    return codes;
  }

  function sameSet(a, b) { return a.size === b.size && Array.from(a).every(function (x) { return b.has(x); }); }

  function loose(stream, kit, m, values, report) {
    var place = placeOf(stream, m), id = m.ids[0], own = codesOf(kit, id);
    var codes = new Set(m.places.map(function (n) { return stream.units[n].code; }));
    var form = kit.forms[m.form][0], kind = stream.units[m.a];
    if (form[0] !== kind.code) {
      var labels = kit.rules.kind_labels;
      var body = new Set(form.slice(1).filter(function (code) { return code[0] !== "#"; }));
      var right = labels[form[0]], first = stream.text.slice(kind.start, kind.start + 1);
      Object.assign(values, { right: right, wrong: labels[kind.code], expected: right });
      var fix = first !== first.toLowerCase() ? right : right.toLowerCase();
      report.add(sameSet(codes, body) && !m.context ? SAI : XEM, kind.start, kind.end, "title_kind", values,
        { kind: "title_wrong", fix: fix, id: id });
    } else if (Array.from(codes).every(function (code) { return own.has(code); })) {
      report.add(GOI_Y, place[0], place[1], "title_short", values, { id: id });
    } else if (!onlySlips(stream, m, own)) {
      report.add(GOI_Y, place[0], place[1], "title_loose", values, { id: id });
    }
  }

  function onlySlips(stream, m, own) {
    return m.places.every(function (n) {
      var unit = stream.units[n];
      return own.has(unit.code) || !A.isSyllable(stream.items[unit.a].exact);
    });
  }

  function spelled(stream, kit, m, report) {
    if (m.loose || stream.bare || m.form < 0) return;
    m.places.forEach(function (place, n) {
      var unit = stream.units[place], items = stream.items.slice(unit.a, unit.b);
      var right = kit.forms[m.form][2][n].split("|");
      if (items.length !== 1 || items[0].kind !== "word" || right.indexOf(items[0].exact) >= 0 || right.length > 1) return;
      if (right[0].indexOf(" ") >= 0) return;
      var expected = P.like(stream.text.slice(unit.start, unit.end), right[0]);
      report.add(XEM, unit.start, unit.end, "spelling", { expected: expected }, { fix: expected, id: m.ids[0] });
    });
  }

  P.like = function (found, word) {
    if (found.length > 1 && found === found.toUpperCase()) return word.toUpperCase();
    var first = found.slice(0, 1);
    return first !== first.toLowerCase() ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
  };

  function period(stream, kit, m, report) {
    if (m.years.length !== 2) return false;
    var id = m.ids[0], periods = new Map();
    kit.forms.forEach(function (form) {
      if (form[1].indexOf(id) < 0) return;
      var years = form[0].filter(function (code) { return code[0] === "#"; });
      if (years.length === 2) periods.set(years.join(" "), years);
    });
    var a = stream.units[m.years[0]], b = stream.units[m.years[1]];
    if (!periods.size || periods.has(a.code + " " + b.code)) return false;
    var shown = Array.from(periods.values()).map(function (years) { return years[0].slice(1) + " - " + years[1].slice(1); });
    report.add(XEM, a.start, b.end, "title_period", { expected: shown.sort(P.order).join("; ") }, { kind: "title_wrong", id: id });
    return true;
  }

  /* ---- sets ---- */

  P.checkSets = function (stream, kit, parts, setting, report) {
    var entries = [];
    Object.keys(kit.index.sets).forEach(function (id) {
      kit.index.sets[id].forms.forEach(function (phrase) { entries.push([phrase, id]); });
    });
    var heads = P.byHead(entries);
    parts.forEach(function (part) {
      var at = stream.units[part.a].a, end = stream.units[part.b - 1].b;
      while (at < end) {
        var hit = phraseAt(stream, at, end, heads);
        if (hit && isAbout(stream, kit, part, hit[1][1], setting)) {
          members(stream, kit, part, hit[1][1], stream.items[at].start, stream.items[at + hit[0] - 1].end, report);
        }
        at += hit ? hit[0] : 1;
      }
    });
  };

  function isAbout(stream, kit, part, id, setting) {
    var set = kit.index.sets[id], named = false, near = false;
    for (var n = part.a; n < part.b; n++) {
      var code = stream.units[n].code;
      if (code[0] === "@" && code !== "@vn") {
        named = true;
        if (set.parties.indexOf(code.slice(1)) >= 0) near = true;
      }
    }
    var listed = part.mentions.some(function (m) {
      return m.ids.some(function (i) { return set.members.indexOf(i) >= 0; });
    });
    return near || listed || (!named && set.parties.indexOf(setting.country) >= 0);
  }

  function members(stream, kit, part, id, a, b, report) {
    var set = kit.index.sets[id];
    var listed = part.mentions.filter(function (m) {
      return stream.units[m.a].start >= b && m.kind === "treaty" && P.idOf(m);
    });
    if (!listed.length) return;
    var between = stream.text.slice(b, stream.units[listed[0].a].start);
    if (!(/[:(]/.test(between) || between.indexOf("gồm") >= 0) || /[;.]/.test(between)) return;
    var closing = between.indexOf("(") >= 0 ? stream.text.indexOf(")", b) : -1;
    listed = row(stream, listed.filter(function (m) { return closing < 0 || stream.units[m.a].start < closing; }), set.exactly);
    var ids = listed.map(function (m) { return m.ids[0]; }), all = namesOf(kit, set.members);
    var fact = { source: set.source, url: set.url };
    var values = { name: set.name, members: all, expected: all, exactly: ("0" + set.exactly).slice(-2) };
    var more = { kind: "set_wrong", id: id, fact: fact };
    listed.forEach(function (m) {
      if (set.members.indexOf(m.ids[0]) >= 0 || ids.length > set.exactly) return;
      var place = placeOf(stream, m), other = kit.records[m.ids[0]].name;
      report.add(m.loose ? XEM : SAI, place[0], place[1], "set_member", Object.assign({}, values, { other: other }), more);
    });
    var missing = set.members.filter(function (i) { return ids.indexOf(i) < 0; });
    if (missing.length && ids.length > 1 && ids.every(function (i) { return set.members.indexOf(i) >= 0; })) {
      report.add(XEM, a, b, "set_missing", Object.assign({}, values, { missing: namesOf(kit, missing) }), more);
    }
  }

  function row(stream, listed, most) {
    var result = listed.slice(0, 1);
    for (var m of listed.slice(1, most)) {
      var last = result[result.length - 1];
      if (stream.units[m.a].start - stream.units[last.b - 1].end > 60) break;
      result.push(m);
    }
    return result;
  }

  /* ---- statuses ---- */

  P.checkStatus = function (stream, kit, parts, setting, told, report) {
    parts.forEach(function (part) {
      part.mentions.forEach(function (m) {
        var id = P.idOf(m), record = kit.records[id];
        if (record && record.status && !told.has(id)) status(stream, kit, part, m, setting, told, report);
      });
    });
  };

  function status(stream, kit, part, m, setting, told, report) {
    var id = m.ids[0], record = kit.records[id], entry = record.status, place = placeOf(stream, m);
    var a = stream.units[part.a].a, b = stream.units[part.b - 1].b;
    var values = {
      name: record.name, label: entry.label, expected: entry.label, year: setting.year,
      note: entry.note ? " " + entry.note : "", heirs: ""
    };
    var more = { kind: "status", id: id, fact: entry };
    if (entry.value === "chua_hieu_luc") {
      if (contains(stream, a, b, kit.heads.mark_in_force)) {
        report.add(XEM, place[0], place[1], "not_in_force", values, more);
        told.add(id);
      }
      return;
    }
    told.add(id);
    if (entry.value === "chua_kiem_chung") {
      report.add(GOI_Y, place[0], place[1], "unverified", values, more);
      return;
    }
    if (contains(stream, a, b, kit.heads.past) || contains(stream, a, b, kit.heads.looking_back)) return;
    if (entry.heirs.length) values.heirs = report.say("heirs", { names: namesOf(kit, entry.heirs) });
    if (setting.year && entry.until && setting.year <= entry.until) {
      if (entry.value !== "het_giai_doan") report.add(GOI_Y, place[0], place[1], "status_old", values, more);
      return;
    }
    report.add(XEM, place[0], place[1], "status", values, more);
  }
})(typeof window === "undefined" ? globalThis : window);
