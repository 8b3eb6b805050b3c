/* The draft checker: who is named where. The same as macros/proofing/mentions.py.
 */
(function (root) {
  "use strict";

  var P = root.cotmocProof, has = P.has, same = P.same, phraseAt = P.phraseAt, weight = P.weight, looseKey = P.looseKey;
  var COMMA = P.COMMA, CLAUSE = P.CLAUSE, SENTENCE = P.SENTENCE;

  /* ---- mentions ---- */

  var ENOUGH = 1350, OTHER_KIND = 250, QUALIFIERS = ["quoc_gia", "song_phuong"];

  function Mention(kind, ids, a, b, form) {
    return {
      kind: kind, ids: ids, a: a, b: b, core: b, form: form === undefined ? -1 : form, loose: false,
      explicit: new Set(), years: [], places: [], context: false
    };
  }

  P.idOf = function (mention) { return mention.ids.length === 1 ? mention.ids[0] : ""; };

  P.find = function (stream, kit, setting) {
    var units = stream.units, around = countries(units, setting), found = [], at = 0;
    while (at < units.length) {
      var mention = mentionAt(stream, kit, at), last = found[found.length - 1];
      if (mention && mention.kind !== "number") settle(mention, kit, units, around[0][at], around[1][at]);
      if (mention && mention.ids.length && last && belongs(units, last, mention, kit)) {
        last.b = at = mention.b;
      } else if (mention && mention.ids.length) {
        found.push(mention);
        at = mention.b;
      } else {
        at += 1;
      }
    }
    return found;
  };

  function belongs(units, before, mention, kit) {
    if (mention.kind !== "document" || before.kind !== "treaty" || mention.a - before.b > 1) return false;
    if (units.slice(before.b, mention.a + 1).some(function (unit) { return unit.gap; })) return false;
    return mention.a === before.b || kit.fillers.has(units[before.b].code);
  }

  function mentionAt(stream, kit, at) {
    var unit = stream.units[at];
    if (unit.code === "N") return numberAt(stream, kit, at);
    return inTree(stream, kit, at) || (has(kit.rules.kind_labels, unit.code) ? byWords(stream, kit, at) : null);
  }

  function numberAt(stream, kit, at) {
    var match = stream.items[stream.units[at].a].match;
    var known = has(kit.index.numbers, match.value) ? kit.index.numbers[match.value] : null, ids = known || [];
    var open = match.form.indexOf("type-") === 0 || match.form.indexOf("number-") === 0;
    if (!known && open && has(kit.index.loose, looseKey(match))) ids = kit.index.loose[looseKey(match)];
    var mention = Mention("number", ids.length ? ids.slice() : [""], at, at + 1);
    mention.loose = !known;
    return mention;
  }

  function isCountry(code) { return code[0] === "@" && code !== "@vn" && code !== "@xx"; }

  function countries(units, setting) {
    var before = [], after = [], coming = "";
    units.forEach(function (unit) {
      before.push(setting.country);
      if (isCountry(unit.code)) setting.country = unit.code.slice(1);
    });
    for (var n = units.length - 1; n >= 0; n--) {
      after[n] = coming;
      if (units[n].gap === SENTENCE) coming = "";
      if (isCountry(units[n].code)) coming = after[n] = units[n].code.slice(1);
    }
    return [before, after];
  }

  function inTree(stream, kit, at) {
    var units = stream.units, node = kit.root, n = at, best = null, explicit = new Set(), places = [];
    while (n < units.length && !(n > at && breaks(units[n]))) {
      var code = units[n].code;
      if (node.next.has(code)) {
        node = node.next.get(code);
        places.push(n);
        n += 1;
        if (node.form >= 0) {
          var ids = kit.forms[node.form][1].slice();
          best = Mention(kit.records[ids[0]].type, ids, at, n, node.form);
          best.explicit = new Set(explicit);
          best.places = places.slice();
        }
      } else if (n > at && mayPass(units, code, at, n, kit)) {
        if (code[0] === "@") explicit.add(code.slice(1));
        n += 1;
      } else {
        break;
      }
    }
    return best ? finish(stream, kit, best) : null;
  }

  function mayPass(units, code, at, n, kit) {
    return code[0] === "@" || (kit.fillers.has(code) && (units[at].code[0] === "%" || n > at + 1));
  }

  function breaks(unit) { return unit.gap >= CLAUSE || (unit.gap === COMMA && unit.code[0] === "%"); }

  function isAscii(text) { return /^[\u0000-\u007f]*$/.test(text); }

  function finish(stream, kit, mention) {
    var form = kit.forms[mention.form], first = stream.units[mention.a];
    if (form[5]) {
      var written = stream.text.slice(first.start, first.end);
      if (!isAscii(written) || written !== written.toUpperCase()) return null;
    }
    tail(stream, kit, mention);
    return form[4] && !isWhole(stream, kit, mention) ? null : mention;
  }

  function tail(stream, kit, mention) {
    var units = stream.units, n = mention.b;
    while (n < units.length && units[n].gap < CLAUSE) {
      var code = units[n].code;
      if (code[0] === "@") {
        mention.explicit.add(code.slice(1));
        mention.b = n + 1;
      } else if (code[0] === "#" && units[n].gap === 0 && mention.years.length < 2 && touches(units, mention, n)) {
        mention.years.push(n);
        mention.b = n + 1;
      } else if (QUALIFIERS.indexOf(code) >= 0 && n === mention.b) {
        mention.b = n + 1;
      } else if (!kit.fillers.has(code)) {
        break;
      }
      n += 1;
    }
  }

  function touches(units, mention, n) {
    return n === mention.b || (n === mention.b + 1 && units[n - 1].code === "giai_doan");
  }

  function foreign(explicit) {
    return Array.from(explicit).filter(function (name) { return name !== "vn"; });
  }

  function isWhole(stream, kit, mention) {
    var units = stream.units;
    if (mention.b >= units.length) return true;
    var after = units[mention.b], item = stream.items[after.a];
    if (after.gap || after.opened || after.closed || after.code === "D" || after.code === "N" || "#%".indexOf(after.code[0]) >= 0) return true;
    if (phraseAt(stream, after.a, stream.items.length, kit.heads.stops)) return true;
    if (same(stream, item, "và", "va") || same(stream, item, "với", "voi")) {
      var following = units[mention.b + 1];
      return !following || "%N".indexOf(following.code[0]) >= 0 || mention.explicit.size > 0 || mention.years.length > 0;
    }
    var ended = mention.b > mention.core && (foreign(mention.explicit).length > 0 || mention.years.length > 0);
    return ended && !same(stream, item, "về", "ve");
  }

  function phraseAfter(stream, kit, at) {
    var units = stream.units, content = [], explicit = new Set(), n = at + 1, end = at + 1, opened = false;
    while (n < units.length && n < at + 30 && units[n].gap < CLAUSE && "%DN".indexOf(units[n].code[0]) < 0) {
      var unit = units[n], code = unit.code;
      if (unit.closed && !opened) break;
      if (code[0] === "@") {
        explicit.add(code.slice(1));
        end = n + 1;
      } else if (code[0] === "#") {
        if (n > end) break;
        content.push(n);
        end = n + 1;
      } else if (!kit.fillers.has(code)) {
        if (phraseAt(stream, unit.a, stream.items.length, kit.heads.stops) || unit.opened) break;
        content.push(n);
        end = n + 1;
      }
      opened = opened || unit.opened;
      n += 1;
    }
    return { content: content, explicit: explicit, end: end };
  }

  function byWords(stream, kit, at) {
    var units = stream.units, read = phraseAfter(stream, kit, at);
    var codes = P.unique(read.content.map(function (n) { return units[n].code; })).sort(P.order);
    if (codes.length < 2) return null;
    var scores = new Map(), total = weight(kit, codes);
    kit.titles.forEach(function (number) {
      var value = score(kit, number, units[at].code, codes, total);
      if (!value) return;
      kit.forms[number][1].forEach(function (id) {
        if (kit.records[id].type !== "treaty" || !agrees(kit, id, read.explicit)) return;
        var before = scores.get(id);
        if (!before || value > before[0]) scores.set(id, [value, number]);
      });
    });
    var ranked = Array.from(scores).sort(function (a, b) { return b[1][0] - a[1][0] || P.order(a[0], b[0]); });
    if (!ranked.length || ranked[0][1][0] < ENOUGH) return null;
    var best = ranked.filter(function (entry) { return entry[1][0] >= ranked[0][1][0] - 60; });
    var mention = Mention("treaty", best.map(function (entry) { return entry[0]; }), at, read.end, ranked[0][1][1]);
    mention.loose = true;
    mention.explicit = read.explicit;
    mention.places = read.content;
    tail(stream, kit, mention);
    return mention;
  }

  function score(kit, number, kind, codes, total) {
    var form = kit.forms[number][0];
    var body = new Set(form.filter(function (code) { return code[0] !== "%"; }));
    var common = codes.filter(function (code) { return body.has(code); });
    if (common.length < 2 || (kit.rules.common_kinds.indexOf(kind) >= 0 && common.length < 4)) return 0;
    var shared = weight(kit, common);
    var value = Math.floor(1000 * shared / total) + Math.floor(1000 * shared / weight(kit, Array.from(body)));
    if (form[0] !== kind) {
      value -= OTHER_KIND;
      if (common.length < 3 || shared * 10 < total * 9) return 0;
    }
    return shared * 10 >= total * 6 ? value : 0;
  }

  function agrees(kit, id, explicit) {
    var named = foreign(explicit), parties = kit.records[id].parties;
    return !named.length || !parties || named.every(function (name) { return parties.indexOf(name) >= 0; });
  }

  function settle(mention, kit, units, before, after) {
    var ids = mention.ids.filter(function (id) { return agrees(kit, id, mention.explicit); });
    var named = foreign(mention.explicit);
    function parties(id) { return kit.records[id].parties; }
    if (ids.length > 1 && named.length) {
      var full = ids.filter(function (id) {
        return (parties(id) || []).every(function (name) { return named.indexOf(name) >= 0; });
      });
      if (full.length) ids = full;
    }
    if (ids.length > 1 && mention.years.length === 1) {
      var year = +units[mention.years[0]].code.slice(1);
      var dated = ids.filter(function (id) { return inYear(kit, id, year); });
      if (dated.length) ids = dated;
    }
    var needs = (mention.form >= 0 && !!kit.forms[mention.form][4]) || mention.loose;
    if (!named.length && (ids.length > 1 || needs)) ids = byLine(mention, ids, parties, before, after, needs);
    mention.ids = ids;
  }

  function byLine(mention, ids, parties, before, after, needs) {
    for (var country of [before, after]) {
      var near = ids.filter(function (id) { return !country || !parties(id) || parties(id).indexOf(country) >= 0; });
      if (country && near.length) {
        mention.context = near.length < ids.length;
        return near;
      }
    }
    if (!before || !needs) return ids;
    return ids.filter(function (id) { return !parties(id) || !parties(id).length; });
  }

  function inYear(kit, id, year) {
    var date = (kit.records[id].dates || {}).signed;
    return !!date && date.spans.some(function (span) {
      return Math.floor(span[0] / 10000) <= year && year <= Math.floor(span[1] / 10000);
    });
  }
})(typeof window === "undefined" ? globalThis : window);
