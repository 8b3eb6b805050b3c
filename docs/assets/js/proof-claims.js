/* The draft checker, second part: which date a sentence gives to which record. The same as
 * macros/proofing/claims.py.
 */
(function (root) {
  "use strict";

  var P = root.cotmocProof, FAR = 14, FAR_FIRST = 26;
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
})(typeof window === "undefined" ? globalThis : window);
