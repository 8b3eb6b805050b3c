/* The draft checker, second part: which date a sentence gives to which record, and what the records
 * say to it. The same as macros/proofing/claims.py, dating.py, titles.py.
 */
(function (root) {
  "use strict";

  var P = root.cotmocProof, FAR = 14, FAR_FIRST = 26, LITTLE = 6;
  var phraseAt = P.phraseAt, contains = P.contains;

  /* ---- claims ---- */

  P.sentences = function (stream, found) {
    var result = [], covered = new Set(), at = 0;
    found.forEach(function (m) { for (var n = m.a; n < m.core; n++) covered.add(n); });
    stream.units.forEach(function (unit, n) {
      if (n === 0 || unit.gap === P.SENTENCE) result.push({ a: n, b: n, mentions: [], dates: [], line: unit.line });
      var last = result[result.length - 1];
      last.b = n + 1;
      var isDate = unit.code === "D" || (unit.code[0] === "#" && unit.code.length === 5);
      if (isDate && !covered.has(n)) last.dates.push(n);
    });
    found.forEach(function (m) {
      while (m.a >= result[at].b) at += 1;
      result[at].mentions.push(m);
    });
    return result;
  };

  P.claims = function (stream, kit, found) {
    var result = [], parts = P.sentences(stream, found);
    parts.forEach(function (sentence, number) {
      var reader = new Reader(stream, kit, sentence), made = reader.claims();
      if (!made.length && sentence.dates.length) made = pointing(reader, parts, number);
      result = result.concat(made);
    });
    return result;
  };

  function Claim(mention, role, unit, firm) { return { mention: mention, role: role, unit: unit, firm: firm }; }

  function isSubject(m) { return m.kind === "treaty" || m.kind === "document" || m.kind === "number"; }

  function hasDash(text) { return /[-\u2013\u2014]/.test(text); }

  function Reader(stream, kit, sentence) {
    this.stream = stream; this.kit = kit; this.sentence = sentence;
    this.subjects = sentence.mentions.filter(isSubject);
    var self = this;
    this.dates = sentence.dates.filter(function (d) { return !self.isPeriod(d); });
  }

  Reader.prototype = {
    claims: function () {
      var turns = this.inTurn(), result = [], self = this;
      if (turns.length) return turns;
      this.dates.forEach(function (date) {
        if (!self.isSecondOfPair(date)) result = result.concat(self.of(date));
      });
      return result;
    },

    isPeriod: function (date) {
      var units = this.stream.units, text = this.stream.text;
      return [[date - 1, date], [date, date + 1]].some(function (pair) {
        var one = units[pair[0]], two = units[pair[1]];
        if (!one || !two || one.code[0] !== "#" || two.code[0] !== "#") return false;
        return ["-", "\u2013", "\u2014", "/"].indexOf(text.slice(one.end, two.start).trim()) >= 0;
      });
    },

    isSecondOfPair: function (date) {
      var units = this.stream.units, before = this.dates.filter(function (d) { return d < date; });
      if (!before.length || units[date].gap >= P.CLAUSE) return false;
      var last = before[before.length - 1], between = this.stream.text.slice(units[last].end, units[date].start);
      return date - last <= 3 && hasDash(between) && between.indexOf(",") < 0;
    },

    role: function (a, b) {
      var units = this.stream.units, items = this.stream.items;
      if (a >= b) return ["", -1];
      var at = units[a].a, end = units[b - 1].b, role = "", place = -1;
      while (at < end) {
        var hit = phraseAt(this.stream, at, Math.min(end + 1, items.length), this.kit.cues);
        if (hit && !(hit[1][1] === "signed" && this.isPartOfWord(at))) {
          role = hit[1][1];
          place = at;
          at += hit[0];
        } else {
          at += 1;
        }
      }
      return [role, place];
    },

    isPartOfWord: function (at) {
      var before = at ? this.stream.items[at - 1].folded : "";
      return ["dang", "thu", "nhat", "chu"].indexOf(before) >= 0;
    },

    of: function (date) {
      var left = null, right = null;
      this.sentence.mentions.forEach(function (m) { if (m.b <= date || m.years.indexOf(date) >= 0) left = m; });
      this.subjects.forEach(function (m) { if (!right && m.a > date) right = m; });
      var first = this.dateFirst(date, left, right);
      if (first) return [first].concat(this.beside(first));
      var owns = left !== null && this.subjects.indexOf(left) >= 0;
      if (owns) {
        var claim = this.leftward(date, left);
        return claim ? [claim].concat(this.together(claim)) : [];
      }
      return this.heading(date, right);
    },

    leftward: function (date, left) {
      var units = this.stream.units;
      if (left.years.indexOf(date) >= 0) return Claim(left, "signed", date, true);
      var earlier = this.dates.filter(function (d) { return left.b <= d && d < date; });
      var start = earlier.length ? earlier[earlier.length - 1] + 1 : left.b, role = this.role(start, date)[0];
      if (role === "other" || this.semicolon(left.b, date) || this.namesOthers(start, date, false)) return null;
      var length = units[date].a - units[left.b - 1].b;
      if (role) return Claim(left, role, date, length <= FAR && !this.othersBetween(left, date));
      if (earlier.length || units[date].code[0] === "#") return null;
      return this.isAdjacent(left, date) ? Claim(left, "signed", date, true) : null;
    },

    namesOthers: function (start, date, pointingToo) {
      if (start >= date) return false;
      var stream = this.stream, items = stream.items, heads = this.kit.heads;
      var at = stream.units[start].a, end = stream.units[date].a;
      for (var n = at; n < end; n++) {
        var hit = phraseAt(stream, n, end, heads.these);
        if (!hit) continue;
        var points = phraseAt(stream, n + hit[0], end, heads.pointing);
        var isSaidOf = items.slice(Math.max(at, n - 3), n).some(function (item) { return item.folded === "la"; });
        if (pointingToo ? points : !isSaidOf && !points) return true;
      }
      return false;
    },

    othersBetween: function (left, date) {
      return this.sentence.mentions.some(function (m) { return left.b <= m.a && m.a < date; });
    },

    semicolon: function (a, b) {
      var units = this.stream.units, text = this.stream.text;
      for (var n = Math.max(a, 1); n <= b; n++) {
        if (text.slice(units[n - 1].end, units[n].start).indexOf(";") >= 0) return true;
      }
      return false;
    },

    isAdjacent: function (left, date) {
      var units = this.stream.units, at = units[left.b - 1].b, end = units[date].a;
      if (at >= end) return true;
      if (left.kind === "number" && end - at <= 12 && phraseAt(this.stream, at, end, this.kit.heads.issuer_words)) return true;
      if (end - at <= 4 && units.slice(left.b, date + 1).some(function (unit) { return unit.opened; })) return true;
      return onlyPlain(this.stream, this.kit, at, end);
    },

    dateFirst: function (date, left, right) {
      var units = this.stream.units, self = this;
      if (right === null || units[date].opened || (left !== null && left.years.indexOf(date) >= 0)) return null;
      if (this.dates.some(function (d) { return date < d && d < right.a; }) || this.semicolon(date + 1, right.a)) return null;
      if (this.namesOthers(date + 1, right.a, true)) return null;
      if (units[date].code[0] === "#" && date > this.sentence.a + 1) return null;
      var cue = this.role(this.startOf(date, left), date), before = cue[0], place = cue[1];
      if (before === "other") return null;
      if (before && (left !== null || self.namesOthers(self.startOf(date, left), date, false))) return null;
      if (left !== null && !(units[date].gap || this.isClauseStart(date))) return null;
      var role = this.role(date + 1, right.a)[0], length = units[right.a].a - units[date].b;
      if (role && role !== "other" && length <= FAR_FIRST) return Claim(right, role, date, length <= FAR - 2);
      if (role === "other" || left !== null) return null;
      if (before && place >= 0 && length <= 2 && !units[date].closed) return Claim(right, before, date, true);
      return this.verbAfter(date, right, length);
    },

    verbAfter: function (date, right, length) {
      var last = this.sentence.b, stop = last, following = last;
      this.dates.forEach(function (d) { if (d >= right.b && d < stop) stop = d; });
      this.sentence.mentions.forEach(function (m) { if (m.a >= right.b && m.a < following) following = m.a; });
      var end = Math.min(stop, following, right.b + 8), role = this.role(right.b, end)[0];
      if (role && role !== "other" && length <= 4 && end < stop + 1) return Claim(right, role, date, stop === last);
      return null;
    },

    startOf: function (date, left) {
      var start = this.sentence.a;
      this.dates.forEach(function (d) { if (d < date) start = Math.max(start, d + 1); });
      return left ? Math.max(start, left.b) : start;
    },

    isClauseStart: function (date) {
      var unit = this.stream.units[date], before = unit.a ? this.stream.items[unit.a - 1].folded : "";
      return before === "va" || before === "con" || before === "den";
    },

    together: function (claim) {
      var units = this.stream.units, dates = this.dates, result = [];
      if (!contains(this.stream, units[claim.mention.b - 1].b, units[claim.unit].a, this.kit.heads.together)) return result;
      this.subjects.forEach(function (m) {
        if (m.b > claim.mention.a) return;
        if (dates.some(function (d) { return m.b <= d && d < claim.mention.a; })) return;
        result.push(Claim(m, claim.role, claim.unit, true));
      });
      return result;
    },

    beside: function (claim) {
      var last = claim.mention, result = [], dates = this.dates;
      for (var m of this.subjects) {
        if (m.a < last.b || m === last) continue;
        if (m.a - last.b > 2 || dates.some(function (d) { return last.b <= d && d < m.a; })) break;
        var own = dates.find(function (d) { return d >= m.b; });
        if (own !== undefined && own - m.b <= 4) break;
        result.push(Claim(m, claim.role, claim.unit, false));
        last = m;
      }
      return result;
    },

    inTurn: function () {
      var units = this.stream.units, subjects = this.subjects;
      var days = this.dates.filter(function (d) { return units[d].code === "D"; });
      if (days.length < 2 || days.length !== subjects.length || subjects[subjects.length - 1].b > days[0]) return [];
      var last = subjects[subjects.length - 1];
      if (!contains(this.stream, units[last.b - 1].b, units[days[days.length - 1]].a, this.kit.heads.in_turn)) return [];
      var role = this.role(last.b, days[0])[0];
      if (!role || role === "other") return [];
      return subjects.map(function (m, n) { return Claim(m, role, days[n], true); });
    },

    heading: function (date, right) {
      var units = this.stream.units, sentence = this.sentence, dates = this.dates, subjects = this.subjects, result = [];
      var role = this.role(this.startOf(date, null), date)[0];
      if (right === null || !role || role === "other" || units[date].opened) return result;
      if (!contains(this.stream, units[sentence.a].a, units[date].a, this.kit.heads.these)) return result;
      var between = this.stream.text.slice(units[date].end, units[right.a].start);
      if (between.indexOf(";") >= 0 || !(between.indexOf(":") >= 0 || between.indexOf("gồm") >= 0)) return result;
      subjects.forEach(function (m) {
        var own = dates.find(function (d) { return d >= m.b; });
        var next = subjects.find(function (other) { return other.a >= m.b; });
        var after = next ? next.a : sentence.b;
        if (m.a > date && !(own !== undefined && own < after)) result.push(Claim(m, role, date, true));
      });
      return result;
    }
  };

  P.onlyPlain = onlyPlain;
  function onlyPlain(stream, kit, at, end) {
    while (at < end) {
      var hit = phraseAt(stream, at, end, kit.heads.plain);
      if (!hit) return false;
      at += hit[0];
    }
    return true;
  }

  function pointing(reader, parts, number) {
    var sentence = reader.sentence, stream = reader.stream, kit = reader.kit, result = [];
    if (reader.subjects.length) return result;
    reader.dates.forEach(function (date) {
      var role = reader.role(reader.startOf(date, null), date)[0];
      if (!role || role === "other") return;
      var a = stream.units[sentence.a].a, b = stream.units[date].a;
      var targets = listBefore(stream, kit, parts, number, a, b);
      if (!targets.length) targets = listAfter(stream, kit, parts, number, a, b);
      targets.forEach(function (m) { result.push(Claim(m, role, date, true)); });
    });
    return result;
  }

  function treatiesOf(parts) {
    var result = [];
    parts.forEach(function (part) { part.mentions.forEach(function (m) { if (m.kind === "treaty") result.push(m); }); });
    return result;
  }

  function listBefore(stream, kit, parts, number, a, b) {
    for (var at = a; at < b; at++) {
      var hit = phraseAt(stream, at, b, kit.heads.these);
      if (!hit || !phraseAt(stream, at + hit[0], b, kit.heads.pointing)) continue;
      var earlier = treatiesOf(parts.slice(Math.max(0, number - 12), number)), count = countAt(stream, kit, at);
      if (count !== 1) return count && earlier.length >= count ? earlier.slice(-count) : [];
      var kind = stream.items[at].folded + stream.items[at + 1].folded, same = earlier;
      if (kind !== "vankien" && kind !== "dieuuoc") {
        same = earlier.filter(function (m) { return kindOf(stream, m) === kind; });
      }
      var near = treatiesOf(parts.slice(Math.max(0, number - 2), number));
      return same.slice(-1).filter(function (m) { return near.indexOf(m) >= 0; });
    }
    return [];
  }

  function kindOf(stream, mention) {
    var unit = stream.units[mention.a];
    return stream.items.slice(unit.a, unit.b).map(function (item) { return item.folded; }).join("");
  }

  function countAt(stream, kit, at) {
    for (var n = Math.max(0, at - 2); n < at; n++) {
      var item = stream.items[n];
      if (item.folded === "cac" || item.folded === "nhung") return 0;
      if (P.isNumber(item.folded)) return +item.folded;
      if (P.has(kit.rules.counts, item.exact)) return kit.rules.counts[item.exact];
    }
    return 1;
  }

  function listAfter(stream, kit, parts, number, a, b) {
    var end = stream.units[parts[number].b - 1].end, found = [];
    var colon = stream.text.slice(end, end + 3).replace(/^[ )*]+/, "")[0] === ":";
    if (!colon || !contains(stream, a, b, kit.heads.these)) return [];
    for (var part of parts.slice(number + 1, number + 25)) {
      var label = part.b - part.a === 1 && !part.mentions.length;
      if (label && part.line) continue;
      var listed = part.mentions.filter(function (m) { return m.kind === "treaty" || m.kind === "number"; });
      if (!listed.length || (!part.line && !found.length && !label)) {
        if (!listed.length) break;
        if (!part.dates.length) found = found.concat(listed.slice(0, 1));
        continue;
      }
      if (!part.dates.length) found = found.concat(listed);
    }
    return found;
  }

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
