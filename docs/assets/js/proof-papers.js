/* The draft checker: numbered documents and bodies. The same as macros/proofing/papers.py, bodies.py.
 */
(function (root) {
  "use strict";

  var A = root.cotmocAnalysis, P = root.cotmocProof;
  var phraseAt = P.phraseAt, contains = P.contains, SAI = P.SAI, XEM = P.XEM, GOI_Y = P.GOI_Y;

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
