/* The draft checker, third part: titles, sets, statuses, numbered documents, bodies. The same as
 * macros/proofing/titles.py, papers.py, bodies.py.
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

  /* ---- numbered documents ---- */

  P.checkPapers = function (stream, kit, found, made, report) {
    var issuers = [], before = null;
    found.forEach(function (m) {
      if (m.kind !== "number") return;
      var paper = describe(stream, kit, m, made);
      if (paper.issuer) issuers.push(paper.issuerPlace);
      if (before && before.value === paper.value && isRepeated(stream, before, paper)) {
        report.add(XEM, before.end, paper.end, "number_repeated", {}, { fix: "", id: m.ids[0] });
      } else if (m.ids[0] && !m.loose) {
        known(kit, paper, report);
      } else if (m.ids[0]) {
        partial(stream, kit, paper, report);
      } else {
        unknown(kit, paper, report);
      }
      before = paper;
    });
    return issuers;
  };

  function words(text) { return text.split(" ").filter(Boolean).join(" "); }

  function describe(stream, kit, m, made) {
    var item = stream.items[stream.units[m.a].a], start = P.digits(stream, item)[0];
    var paper = {
      mention: m, value: item.match.value, first: item.start, start: start, end: item.end, issuer: "",
      issuerPlace: [0, 0], subject: [], subjectPlace: [0, 0], whole: true, dates: []
    };
    paper.kind = words(A.fold(stream.text.slice(item.start, start)).split("so").join(" ").split(":").join(" "));
    made.forEach(function (claim) {
      if (claim.mention === m && claim.role === "signed") paper.dates.push(stream.items[stream.units[claim.unit].a].exact);
    });
    around(stream, kit, paper, m.a + 1);
    return paper;
  }

  function around(stream, kit, paper, at) {
    var units = stream.units, n = at;
    while (n < units.length && n < at + 16 && units[n].gap < P.CLAUSE && units[n].code !== "N") {
      var unit = units[n];
      if (!paper.issuer && phraseAt(stream, unit.a, unit.a + 1, kit.heads.issuer_words)) {
        n = issuer(stream, kit, paper, n);
        continue;
      }
      var hit = phraseAt(stream, unit.a, stream.items.length, kit.heads.about_words);
      if (hit) {
        subject(stream, kit, paper, n, unit.a + hit[0]);
        return;
      }
      if (unit.code === "D" || unit.code[0] === "#" || phraseAt(stream, unit.a, unit.b, kit.heads.plain)) {
        n += 1;
        continue;
      }
      if (unit.closed || unit.gap || n > at + 8) return;
      n += 1;
    }
  }

  function issuer(stream, kit, paper, n) {
    var units = stream.units, items = stream.items, at = units[n].b;
    for (var skip = 0; skip < 4; skip++) {
      var hit = phraseAt(stream, at + skip, items.length, kit.bodies);
      if (hit) {
        paper.issuer = hit[1][1];
        paper.issuerPlace = [items[at + skip].start, items[at + skip + hit[0] - 1].end];
        while (n < units.length && units[n].start < paper.issuerPlace[1]) n += 1;
        return n;
      }
      if (at + skip >= items.length || items[at + skip].gap >= P.CLAUSE) break;
    }
    return n + 1;
  }

  function subject(stream, kit, paper, n, after) {
    var units = stream.units, codes = [];
    while (n < units.length && units[n].a < after) n += 1;
    var first = n;
    while (n < units.length && units[n].gap < P.CLAUSE && !units[n].opened && units[n].code !== "N" && units[n].code !== "D") {
      if (n > first && (units[n].closed || n - first > 45)) break;
      var cue = units[n].gap ? phraseAt(stream, units[n].a, stream.items.length, kit.cues) : null;
      if (cue && cue[1][1] !== "other") break;
      if (!kit.fillers.has(units[n].code) && units[n].code[0] !== "@") codes.push(units[n].code);
      n += 1;
    }
    if (n > first) {
      paper.subject = P.unique(codes);
      paper.subjectPlace = [units[first].start, units[n - 1].end];
      paper.whole = n >= units.length || units[n].gap !== P.CLAUSE;
    }
  }

  function share(part, whole) {
    if (!part.length) return 0;
    return Math.floor(100 * part.filter(function (code) { return whole.indexOf(code) >= 0; }).length / part.length);
  }

  function signedSpans(kit, id) {
    var fact = (kit.records[id].dates || {}).signed;
    return fact ? fact.spans : null;
  }

  function isDatedAs(kit, id, dates) {
    var spans = signedSpans(kit, id);
    return !!spans && dates.some(function (date) { return P.agrees(date, spans); });
  }

  function known(kit, paper, report) {
    var ids = paper.mention.ids, id = ids.find(function (i) { return isDatedAs(kit, i, paper.dates); }) || ids[0];
    var record = kit.records[id];
    paper.mention.ids = [id];
    if (record.type !== "document") return;
    var found = report.text.slice(paper.start, paper.end), right = record.number;
    if (paper.value === record.key && A.fold(found) !== A.fold(right) && !report.covered(paper.start, paper.end, [SAI, XEM])) {
      report.add(GOI_Y, paper.start, paper.end, "number_style", { expected: right }, { fix: right, id: id });
    }
    var label = A.fold(record.label || "");
    var written = A.fold(report.text.slice(Math.max(0, paper.first - 24), paper.first)).trim();
    if (paper.kind && label && paper.kind !== label && isLabel(kit, paper.kind) && !written.endsWith(label)) {
      report.add(SAI, paper.first, paper.end, "kind_wrong", { number: right, expected: record.label }, { kind: "number_wrong", id: id });
    }
    checkIssuer(kit, id, record, paper, report);
    checkSubject(kit, id, record, paper, report);
  }

  function isLabel(kit, kind) {
    return kit.ids.some(function (id) { return kit.records[id].label && A.fold(kit.records[id].label) === kind; });
  }

  function checkIssuer(kit, id, record, paper, report) {
    var right = record.issuer_id;
    if (!paper.issuer || !right || paper.issuer === right) return;
    var found = kit.records[paper.issuer].name, expected = record.issuer;
    var start = paper.issuerPlace[0], end = paper.issuerPlace[1], written = report.text.slice(start, end);
    if (written !== found && A.fold(expected).indexOf(A.fold(written)) >= 0) return;
    if (found.startsWith(expected) || expected.startsWith(found) || isGeneral(found, expected)) return;
    report.add(SAI, start, end, "issuer_wrong", { name: record.name, expected: expected, found: written }, { id: id, fix: expected });
  }

  function isGeneral(found, expected) {
    return ["cấp tỉnh", "cấp xã"].some(function (level) {
      return found.indexOf(level) >= 0 && expected.indexOf(found.split(level).join(level.slice(4))) >= 0;
    });
  }

  function checkSubject(kit, id, record, paper, report) {
    var own = record.subject || [];
    if (paper.subject.length < 4 || !own.length) return;
    var shared = share(paper.subject, own), start = paper.subjectPlace[0], end = paper.subjectPlace[1];
    var values = { name: record.name, expected: record.title };
    var other = shared < 80 ? bySubject(kit, paper.subject, id) : "";
    if (shared < 35 || (other && share(paper.subject, kit.records[other].subject) - shared >= 30)) {
      var extra = other ? report.say("subject_other", { other: kit.records[other].name }) : "";
      report.add(other ? SAI : XEM, start, end, "subject_wrong", values, { id: id, extra: extra });
    } else if (paper.whole && shared >= 80 && share(own, paper.subject) < 60 && own.length >= 9) {
      report.add(GOI_Y, start, end, "subject_short", values, { id: id });
    }
  }

  function bySubject(kit, codes, besides) {
    var best = "", most = 0;
    kit.ids.forEach(function (id) {
      var own = kit.records[id].subject;
      if (!own || id === besides || codes.length < 3) return;
      var value = share(codes, own) + share(own, codes);
      if (value > most || (value === most && id < best)) { most = value; best = id; }
    });
    return most >= 140 ? best : "";
  }

  function isRepeated(stream, before, paper) {
    return P.strip(A.fold(stream.text.slice(before.end, paper.start)).split("so").join(""), " :") === "";
  }

  function partial(stream, kit, paper, report) {
    var m = paper.mention, ids = m.ids;
    if (m.b < stream.units.length && !endsHere(stream, kit, m.b)) {
      m.ids = [""];
      return;
    }
    function narrow(test) {
      var left = ids.filter(test);
      if (left.length) ids = left;
      return left.length;
    }
    if (!narrow(function (i) { return isDatedAs(kit, i, paper.dates); })) {
      narrow(function (i) { return paper.issuer && kit.records[i].issuer_id === paper.issuer; });
    }
    narrow(function (i) { return share(paper.subject, kit.records[i].subject || []) >= 60; });
    m.ids = ids;
    var numbers = ids.map(function (i) { return kit.records[i].number; });
    report.add(GOI_Y, paper.start, paper.end, "number_incomplete", { expected: numbers.join("; ") },
      { fix: ids.length === 1 ? numbers[0] : null, id: ids[0] });
    if (ids.length === 1) checkIssuer(kit, ids[0], kit.records[ids[0]], paper, report);
  }

  function endsHere(stream, kit, after) {
    var unit = stream.units[after];
    if (unit.gap || unit.opened || unit.closed || unit.code === "D" || unit.code === "N" || unit.code[0] === "#") return true;
    return ["issuer_words", "about_words", "plain", "stops"].some(function (name) {
      return phraseAt(stream, unit.a, stream.items.length, kit.heads[name]);
    });
  }

  function unknown(kit, paper, report) {
    var ranked = kit.ids.filter(function (id) { return kit.records[id].key; }).map(function (id) {
      return [evidence(kit, id, paper), id];
    }).sort(function (a, b) { return b[0] - a[0] || P.order(a[1], b[1]); });
    if (!ranked.length || ranked[0][0] < 4 || (ranked.length > 1 && ranked[1][0] === ranked[0][0])) {
      report.unknown.push([paper.start, paper.end, report.text.slice(paper.start, paper.end), paper.dates.slice(0, 1)]);
      return;
    }
    var id = ranked[0][1], record = kit.records[id], values = { expected: record.number, reason: record.title };
    if (lacksYear(paper.value, record)) {
      report.add(SAI, paper.start, paper.end, "number_year", values, { kind: "number_wrong", fix: record.number, id: id });
    } else {
      report.add(ranked[0][0] >= 5 ? SAI : XEM, paper.start, paper.end, "number_wrong", values, { fix: record.number, id: id });
    }
    paper.mention.ids = [id];
  }

  function tail(list, n) { return list.slice(-n).join("/"); }

  function evidence(kit, id, paper) {
    var record = kit.records[id], own = record.subject || [], parts = record.key.split("/"), other = paper.value.split("/");
    var days = paper.dates.filter(function (date) { return date.length === 10; }), score = 0;
    var dated = isDatedAs(kit, id, days);
    if (paper.subject.length >= 3 && share(paper.subject, own) >= 75 && share(own, paper.subject) >= 60) score += 3;
    if (dated) score += 2;
    else if (days.length && signedSpans(kit, id)) score -= 2;
    if (parts[0] === other[0]) score += 2;
    if (tail(parts, 1) === tail(other, 1)) {
      score += 1;
      if (tail(parts, 2) === tail(other, 2) && (parts.length > 2 || other.length > 2)) score += 1;
    }
    if (paper.issuer && paper.issuer === record.issuer_id) score += 1;
    return (score >= 3 && (dated || score >= 5)) || lacksYear(paper.value, record) ? score : 0;
  }

  function lacksYear(value, record) {
    var parts = record.key.split("/");
    return parts.length === 4 && [parts[0], parts[2], parts[3]].join("/") === value;
  }

  /* ---- bodies ---- */

  P.checkBodies = function (stream, kit, parts, issuers, setting, gone, report) {
    parts.forEach(function (part) {
      var at = stream.units[part.a].a, end = stream.units[part.b - 1].b, past = null;
      while (at < end) {
        var hit = phraseAt(stream, at, end, kit.bodies);
        if (!hit || (hit[1][2] && !isCapital(stream, at))) {
          at += 1;
          continue;
        }
        var start = stream.items[at].start, stop = stream.items[at + hit[0] - 1].end;
        at += hit[0];
        var record = kit.records[hit[1][1]], ended = (record.dates || {}).ended;
        if (!ended || issuers.some(function (place) { return place[0] <= start && start < place[1]; })) continue;
        if (past === null) past = isPast(stream, kit, part, ended);
        if (!past) tell(kit, record, ended, start, stop, setting, gone, report);
      }
    });
  };

  function isCapital(stream, at) {
    var written = stream.text.slice(stream.items[at].start, stream.items[at].end);
    return written === written.toUpperCase();
  }

  function isPast(stream, kit, part, ended) {
    var a = stream.units[part.a].a, b = stream.units[part.b - 1].b;
    if (contains(stream, a, b, kit.heads.past)) return true;
    var last = Math.floor(ended.spans[0][0] / 10000), years = [];
    stream.items.slice(a, b).forEach(function (item) {
      if (item.kind === "date" && item.exact[0] !== "-") years.push(+item.exact.slice(0, 4));
    });
    return years.length > 0 && Math.max.apply(null, years) < last;
  }

  function tell(kit, record, ended, start, stop, setting, gone, report) {
    if (gone.findings.has(record.heir)) {
      gone.findings.get(record.heir).also.push([start + gone.offset, stop + gone.offset]);
      return;
    }
    var after = record.after || [], names = after.map(successor).join("; ");
    var old = setting.year && setting.year < Math.floor(ended.spans[0][0] / 10000);
    var values = {
      name: kit.records[record.heir].name, since: ended.show[0], year: setting.year,
      after: names ? report.say("body_after", { names: names }) : report.say("body_no_after", {}),
      expected: after.map(function (item) { return item.name; }).join("; ")
    };
    gone.findings.set(record.heir, report.add(old ? GOI_Y : XEM, start, stop, old ? "body_old" : "body", values,
      { kind: "body", id: record.heir, fact: ended }));
  }

  function successor(item) {
    var scope = item.scope.replace(/\.+$/, "");
    return item.name + " (" + scope.slice(0, 1).toLowerCase() + scope.slice(1) + (item.on ? ", từ " + item.on : "") + ")";
  }
})(typeof window === "undefined" ? globalThis : window);
