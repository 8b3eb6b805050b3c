/* The draft checker: claims about dates against the records. The same as macros/proofing/dating.py.
 */
(function (root) {
  "use strict";

  var P = root.cotmocProof, LITTLE = 6;

  /* ---- dates against the records ---- */

  var ROLES = ["signed", "in_force", "ended", "ratified"];
  var NUMERIC = /^([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?[/.-] ?([0-9]{4})$/;
  var WORDS = /^([0-9]{1,2})( +[^0-9 ]+ +)([0-9]{1,2})( *[^0-9]+ *)([0-9]{4})$/;
  var MONTH = /^([0-9]{1,2})\/([0-9]{4})$/;
  var DAY_MONTH = /^([0-9]{1,2})\/([0-9]{1,2})$/;
  var RAW = /(?<![0-9/.,-])([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?((?:1[89]|20)[0-9]{2})(?![0-9/-])/g;
  var SPOKEN = /([0-9]{1,2}) +th[aá]ng +([0-9]{1,2}) +n[aă]m +((?:1[89]|20)[0-9]{2})(?![0-9])/g;

  function yearOf(day) { return Math.floor(day / 10000); }

  P.agrees = agrees;
  function agrees(value, spans) {
    if (value.slice(0, 2) === "--") {
      var day = +value.slice(2, 4) * 100 + +value.slice(5, 7);
      return spans.some(function (span) { return span[0] !== span[1] || span[0] % 10000 === day; });
    }
    var parts = value.split("-").map(Number);
    var low = parts[0] * 10000 + (parts[1] || 0) * 100 + (parts[2] || 0);
    var high = low + (parts.length > 2 ? 0 : parts.length > 1 ? 31 : 1231);
    return spans.some(function (span) { return low <= span[1] && span[0] <= high; });
  }

  P.facts = facts;
  function facts(kit, id, role) {
    var found = (kit.records[id].dates || {})[role];
    return Array.isArray(found) ? found : found ? [found] : [];
  }

  function fitsRole(kit, id, role, value) {
    return facts(kit, id, role).some(function (fact) { return agrees(value, fact.spans); });
  }

  function what(kit, id, role) {
    var type = kit.records[id].type, words = kit.index.what;
    if (role === "signed" && type !== "treaty") return words[type === "document" ? "issued" : "event"];
    return words[role];
  }

  P.checkDates = function (stream, kit, made, setting, report) {
    var settled = [];
    made.forEach(function (claim) { checkClaim(stream, kit, made, claim, setting, settled, report); });
  };

  function checkClaim(stream, kit, made, claim, setting, settled, report) {
    var item = stream.items[stream.units[claim.unit].a], value = item.exact, mention = claim.mention;
    var ids = mention.ids.filter(Boolean);
    var known = ids.filter(function (id) { return facts(kit, id, claim.role).length; });
    if (!ids.length || isPlanYear(claim, value, setting)) return;
    report.dates += 1;
    var fits = known.filter(function (id) { return fitsRole(kit, id, claim.role, value); });
    if (mention.kind === "number" && kit.records[ids[0]].type === "treaty") return;
    if (value.length === 4 && hasOwnYear(kit, mention)) return;
    if (fits.length) {
      settled.push([mention, claim.role]);
      if (ids.length > 1) mention.ids = fits;
      finer(stream, kit, claim, item, fits[0], report);
    } else if (settled.some(function (entry) { return entry[0] === mention && entry[1] === claim.role; })) {
      return;
    } else if (ids.length === 1 && (known.length || swapped(kit, value, ids[0], claim.role))) {
      wrong(stream, kit, made, claim, item, ids[0], report);
    } else if (ids.length > 1 && known.length && claim.firm) {
      noneOf(stream, kit, claim, item, known, report);
    }
  }

  function hasOwnYear(kit, mention) {
    if (mention.form < 0) return false;
    var codes = kit.forms[mention.form][0];
    return codes[codes.length - 1][0] === "#";
  }

  function isPlanYear(claim, value, setting) {
    if (value.length !== 4) return false;
    return claim.mention.years.indexOf(claim.unit) >= 0 && (+value === setting.year || +value >= setting.as_of - 1);
  }

  function explained(kit, made, claim, value) {
    return made.some(function (other) {
      return other !== claim && other.unit === claim.unit && other.mention.ids.some(function (id) {
        return id && fitsRole(kit, id, claim.role, value);
      });
    });
  }

  function swapped(kit, value, id, role) {
    return ROLES.find(function (other) { return other !== role && fitsRole(kit, id, other, value); }) || "";
  }

  function finer(stream, kit, claim, item, id, report) {
    var fact = facts(kit, id, claim.role)[0];
    if (item.exact.length !== 10 || item.exact[0] === "-") return;
    if (!fact.spans.every(function (span) { return span[0] !== span[1]; })) return;
    var place = P.digits(stream, item);
    var values = { name: kit.records[id].name, what: what(kit, id, claim.role), expected: fact.show[0] };
    report.add(P.GOI_Y, place[0], place[1], "date_finer", values, { id: id, fact: fact });
  }

  function wrong(stream, kit, made, claim, item, id, report) {
    if (!claim.firm && explained(kit, made, claim, item.exact)) return;
    var place = P.digits(stream, item), start = place[0], end = place[1];
    if (report.covered(start, end, [P.SAI, P.XEM])) return;
    var other = swapped(kit, item.exact, id, claim.role), known = facts(kit, id, claim.role);
    var fact = known.length ? known[0] : facts(kit, id, other)[0], level = levelOf(kit, claim, item, fact);
    var values = {
      name: kit.records[id].name, what: what(kit, id, claim.role),
      expected: known.map(function (f) { return f.show[0]; }).join(" hoặc ")
    };
    var fix = known.length === 1 ? P.written(report.text.slice(start, end), item, fact) : null;
    if (other && (item.exact.length === 10 || item.exact.length === 4)) {
      values.real = what(kit, id, other);
      if (item.exact.length === 4) {
        level = P.XEM;
        values.real = values.real.split("ngày").join("năm");
      }
      report.add(level, start, end, known.length ? "date_role" : "date_role_unknown", values,
        { kind: "date_role", fix: fix, id: id, fact: fact });
      return;
    }
    var extra = extraOf(kit, item, id, claim.role, fact, report);
    if (extra[1] && isPrefix(kit, claim.mention, extra[1])) {
      values.other = kit.records[extra[1]].name;
      report.add(level, start, end, "title_of_other", values, { kind: "title_wrong", id: id, fact: fact });
      return;
    }
    report.add(level, start, end, "date_wrong", values, { fix: fix, extra: extra[0], id: id, fact: fact });
  }

  function levelOf(kit, claim, item, fact) {
    var mention = claim.mention;
    var sure = (fact.level === "high" || fact.level === "medium") && claim.firm && !mention.loose && !mention.context;
    if (claim.role === "ratified" || (mention.kind === "number" && mention.loose) || saysLittle(kit, mention)) sure = false;
    if (item.exact.length === 4 && Math.abs(+item.exact - yearOf(fact.spans[0][0])) > 15) sure = false;
    return sure ? P.SAI : P.XEM;
  }

  function saysLittle(kit, mention) {
    if (mention.form < 0 || mention.kind !== "treaty") return false;
    var codes = kit.forms[mention.form][0], last = codes[codes.length - 1];
    if (codes.length === 2 && codes[1][0] === "#") return true;
    var content = codes.filter(function (code) { return "%#".indexOf(code[0]) < 0; });
    return last[0] !== "#" && content.length <= 2 && P.weight(kit, content) <= LITTLE;
  }

  function extraOf(kit, item, id, role, fact, report) {
    for (var entry of fact.others) {
      if (agrees(item.exact, [entry.slice(0, 2)]) && item.exact.length === 10) return [report.say("date_why", { why: entry[2] }), ""];
    }
    if (item.exact.length !== 10 || item.exact[0] === "-") return ["", ""];
    for (var other of neighbours(kit, id)) {
      for (var otherRole of [role, "signed", "in_force"]) {
        if (!fitsRole(kit, other, otherRole, item.exact)) continue;
        var values = { other_what: what(kit, other, otherRole), other: kit.records[other].name };
        var same = otherRole === role && kit.records[other].kind === kit.records[id].kind;
        return [report.say("date_other", values), same ? other : ""];
      }
    }
    return ["", ""];
  }

  function isPrefix(kit, mention, other) {
    if (mention.form < 0) return false;
    var codes = kit.forms[mention.form][0];
    return codes.length > 3 && kit.forms.some(function (form) {
      return form[1].indexOf(other) >= 0 && form[0].length > codes.length &&
        codes.every(function (code, n) { return form[0][n] === code; });
    });
  }

  function noneOf(stream, kit, claim, item, known, report) {
    var place = P.digits(stream, item);
    if (report.covered(place[0], place[1], [P.SAI, P.XEM])) return;
    var shown = known.map(function (id) { return kit.records[id].name + ": " + facts(kit, id, claim.role)[0].show[0]; }).join("; ");
    var name = report.text.slice(stream.units[claim.mention.a].start, stream.units[claim.mention.core - 1].end);
    var values = { name: "“" + name + "”", what: what(kit, known[0], claim.role), expected: shown };
    report.add(P.XEM, place[0], place[1], "date_wrong", values, { id: known[0], fact: facts(kit, known[0], claim.role)[0] });
  }

  function neighbours(kit, id) {
    var record = kit.records[id], near = (record.near || []).slice();
    kit.ids.forEach(function (other) {
      var entry = kit.records[other];
      if (entry.type !== record.type || other === id || near.indexOf(other) >= 0) return;
      if (record.type === "treaty" && JSON.stringify(entry.parties) !== JSON.stringify(record.parties)) return;
      near.push(other);
    });
    return near;
  }

  P.digits = function (stream, item) {
    var start = item.start;
    while (start < item.end && !/[0-9]/.test(stream.text[start])) start += 1;
    return [start, item.end];
  };

  P.written = function (found, item, fact) {
    if (fact.spans.length !== 1) return null;
    var low = fact.spans[0][0], high = fact.spans[0][1];
    if (item.exact.length === 4) return yearOf(low) === yearOf(high) ? String(yearOf(low)) : null;
    if (low !== high || item.exact.length !== 10 || item.exact[0] === "-") return null;
    return WORDS.test(found) ? fact.long[0].replace(/^ngày /, "") : fact.show[0];
  };

  /* ---- the calendar ---- */

  function daysIn(year, month) {
    if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
    return [4, 6, 9, 11].indexOf(month) >= 0 ? 30 : 31;
  }

  function impossible(year, month, day) {
    return month < 1 || month > 12 || day < 1 || day > daysIn(year, month);
  }

  P.checkCalendar = function (stream, report) {
    impossibleDates(stream).forEach(function (place) { report.add(P.SAI, place[0], place[1], "date_impossible", {}); });
    stream.items.forEach(function (item) {
      if (item.kind !== "date") return;
      var place = P.digits(stream, item), found = stream.text.slice(place[0], place[1]), styled = official(found);
      if (styled && styled !== found && !report.covered(place[0], place[1], [P.SAI, P.XEM])) {
        report.add(P.GOI_Y, place[0], place[1], "date_style", { expected: styled }, { fix: styled });
      }
    });
  };

  function impossibleDates(stream) {
    var result = [], text = stream.text;
    var taken = stream.items.filter(function (i) { return i.kind === "number" || (i.kind === "date" && i.exact.length === 10); });
    [[RAW, 3, 4], [SPOKEN, 2, 3]].forEach(function (rule) {
      var match;
      rule[0].lastIndex = 0;
      while ((match = rule[0].exec(text))) {
        var start = match.index, end = start + match[0].length;
        if (taken.some(function (i) { return i.start < end && start < i.end; })) continue;
        var after = text.slice(end, end + 12).toLowerCase();
        if (impossible(+match[rule[2]], +match[rule[1]], +match[1]) && after.indexOf("âm lịch") < 0) result.push([start, end]);
      }
    });
    return result;
  }

  function two(text) { return ("0" + +text).slice(-2); }
  function month(text) { return +text <= 2 ? two(text) : String(+text); }

  function official(found) {
    var m = NUMERIC.exec(found);
    if (m) return two(m[1]) + "/" + month(m[3]) + "/" + m[4];
    m = WORDS.exec(found);
    if (m && found.indexOf("\n") < 0) return two(m[1]) + m[2] + month(m[3]) + m[4] + m[5];
    m = MONTH.exec(found);
    if (m) return month(m[1]) + "/" + m[2];
    m = DAY_MONTH.exec(found);
    return m ? two(m[1]) + "/" + month(m[2]) : null;
  }
})(typeof window === "undefined" ? globalThis : window);
