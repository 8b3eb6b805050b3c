/* Search in the browser: the same answers in the same order as macros/search (Python).
 *
 * Needs window.cotmocAnalysis (analysis.js), window.cotmocTable and window.cotmocIndex (written by
 * the build). Offers window.cotmocSearch.search(text, {limit, type, line, year}). Function by
 * function this mirrors terms.py, understand.py, content.py, spell.py, constraint.py, scoring.py and query.py;
 * the tests hold the two against each other on the whole query set.
 */
(function (root) {
  "use strict";

  var A = root.cotmocAnalysis, table = root.cotmocTable, data = root.cotmocIndex;
  var LONGEST = 300, PREFIXES = 40, UNKNOWN = 160, REQUIRED = 3, NEAREST = 8, LONGEST_COMPOUND = 40, FOREIGN = 4, CONFIRMS = 60;
  var BESIDE = [70, 60];
  var LOOSE = ["type-first", "type-last", "number-year-bare"];
  var ROLE_MARK = { signed: "s", in_force: "f", other: "" };
  var HAS_NUMBER = "#", DEFINES = "?";
  var TUNING = data.tuning;

  var rows = data.rows;
  rows.forEach(function (row) { if (!row.url) row.url = data.folders[row.type] + "/" + row.id + ".html"; });
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  function known(term) { return places.has(term); }
  function key(text) { return A.foldedKey(A.fold(text)); }
  function bigram(one, two) { return one + "_" + two; }
  function order(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

  /* ---- the index ---- */

  var DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  var VALUE = new Uint8Array(128);
  for (var digit = 0; digit < DIGITS.length; digit++) VALUE[DIGITS.charCodeAt(digit)] = digit;

  /** Numbers of a string, as number_digits in index.py writes them. */
  function reader(text) {
    var at = 0;
    return function () {
      var number = 0, scale = 1, value;
      while ((value = VALUE[text.charCodeAt(at++)]) >= 32) { number += (value - 32) * scale; scale *= 32; }
      return number + value * scale;
    };
  }

  var before = "";
  var terms = data.packed.terms ? data.packed.terms.split("\n").map(function (line) {
    before = before.slice(0, VALUE[line.charCodeAt(0)]) + line.slice(1);
    return before;
  }) : [];
  var places = new Map(terms.map(function (term, i) { return [term, i]; }));
  var docsOf = new Uint32Array(data.packed.weights.length), weightsOf = new Uint8Array(docsOf.length);
  var lists = unpack();

  /** For each term [[exact form, first posting, end of postings], ...]; fills docsOf, weightsOf. */
  function unpack() {
    var packed = data.packed, forms = packed.forms.split("\n"), at = 0, form = 0;
    var count = reader(packed.counts), gap = reader(packed.gaps);
    return terms.map(function (term, i) {
      var shape = VALUE[packed.shape.charCodeAt(i)], result = [];
      for (var n = 0; n < (shape || 1); n++) {
        var start = at, doc = 0;
        for (var left = count(); left > 0; left--, at++) {
          doc += gap();
          docsOf[at] = doc;
          weightsOf[at] = VALUE[packed.weights.charCodeAt(at)];
        }
        result.push([shape ? forms[form++] || term : "", start, at]);
      }
      return result;
    });
  }

  function formsOf(term) { return known(term) ? lists[places.get(term)] : []; }

  /** Whether a document most likely has a pair of words that no other has; see rare.py. */
  function hasRare(pair, doc) {
    var text = pair + " " + doc, size = data.rare.length * 6;
    var first = hash(text, 2166136261), step = (hash(text, 3735928559) | 1) >>> 0;
    for (var probe = 0; probe < 7; probe++) {
      var place = (first + probe * step) % size;
      if (!(VALUE[data.rare.charCodeAt(Math.floor(place / 6))] >> place % 6 & 1)) return false;
    }
    return size > 0;
  }

  function hash(text, seed) {
    for (var i = 0; i < text.length; i++) seed = Math.imul(seed ^ text.codePointAt(i), 16777619);
    return seed >>> 0;
  }

  var rarities = new Map();

  function idfOf(term) {
    if (!known(term)) return 0;
    if (!rarities.has(term)) {
      var forms = formsOf(term), docs = new Set();
      if (forms.length > 1) {
        forms.forEach(function (form) { for (var k = form[1]; k < form[2]; k++) docs.add(docsOf[k]); });
      }
      rarities.set(term, data.rarity[docs.size || forms[0][2] - forms[0][1]]);
    }
    return rarities.get(term);
  }

  /* ---- understanding ---- */

  var stopExact = new Set(table.stopwords.map(A.exactKey));
  var stopFolded = new Set(table.stopwords.map(key));
  var respelled = new Map(Object.entries(data.respelled));
  var roles = table.roles.map(function (r) { return { role: r.role, pattern: new RegExp(r.pattern) }; });

  function phrasesOf(list) {
    return list.map(function (phrase) {
      return phrase.split(" ").map(function (w) { return [A.exactKey(w), key(w)]; });
    }).sort(function (a, b) {
      if (a.length !== b.length) return b.length - a.length;
      for (var i = 0; i < a.length; i++) {
        var by = order(a[i][0], b[i][0]) || order(a[i][1], b[i][1]);
        if (by) return by;
      }
      return 0;
    });
  }

  var phrases = { questions: phrasesOf(table.questions), asks: phrasesOf(table.asks) };

  function isStopword(token, plain) {
    return stopExact.has(token.exact) || (plain && stopFolded.has(token.folded));
  }

  function joinRespelled(found) {
    var result = [], at = 0;
    while (at < found.length) {
      var joined = false;
      for (var length = 3; length >= 1 && !joined; length--) {
        var part = found.slice(at, at + length);
        var spelled = part.map(function (t) { return t.folded; }).join(" ");
        if (part.length === length && respelled.has(spelled)) {
          var word = respelled.get(spelled);
          result.push({ kind: "word", exact: word, folded: word, start: part[0].start, end: part[length - 1].end });
          at += length;
          joined = true;
        }
      }
      if (!joined) result.push(found[at++]);
    }
    return result;
  }

  /** One way to fill a slot; with `exact`, other forms of the word count `other` percent. */
  function way(term, percent, exact, other) {
    return { term: term, percent: percent, exact: exact === undefined ? null : exact, other: other || 0 };
  }

  function asTyped(w) {
    return w.exact === null || w.other === 85 || formsOf(w.term).some(function (form) { return form[0] === w.exact; });
  }

  function slotOf(ways, required) {
    var weight = 0;
    ways.forEach(function (w) { if (w.percent >= 70 && asTyped(w)) weight = Math.max(weight, idfOf(w.term)); });
    return { ways: ways, weight: weight, required: !!required, stance: "whole" };
  }

  function weigh(query) {
    var sure = query.slots.filter(function (s) { return s.weight; }).map(function (s) { return s.weight; });
    var sum = sure.reduce(function (a, b) { return a + b; }, 0), most = data.rarity[0], unknown = most;
    if (sure.length) unknown = Math.min(unknown, Math.floor(UNKNOWN * sum / (100 * sure.length)));
    query.slots.forEach(function (s) {
      if (!s.weight) {
        s.weight = unknown;
        if (s.stance === "foreign") query.unknown += most - unknown;
      }
      if (s.required) s.weight *= REQUIRED;
    });
  }

  function understand(text) {
    var typed = A.normalize(Array.from(text.slice(0, 2 * LONGEST)).slice(0, LONGEST).join(""));
    var read = A.decodeTyped(typed, function (word) {
      return known(A.foldedKey(word)) || stopFolded.has(A.foldedKey(word));
    });
    var query = { text: read, slots: [], pairs: [], names: [], dates: [], numbers: [], understood: [], asked: [], mended: new Map(), guessed: 0, missing: false, unknown: 0, demand: null };
    if (read !== typed) query.understood.push(read.trim());
    readNumbers(query);
    readDates(query);
    impossibleDates(query);
    var spans = query.numbers.concat(query.dates);
    var everything = A.words(read);
    var plain = everything.every(function (t) { return t.exact === t.folded; });
    var tokens = respaced(read, joinRespelled(everything.filter(function (t) {
      return !spans.some(function (s) { return s.start < t.end && t.start < s.end; });
    })));
    var content = contentOf(tokens, plain, !spans.length), kept = content.kept;
    readWords(query, tokens, kept, plain);
    weigh(query);
    var folded = function (t) { return t.folded; };
    var said = spans.length ? "" : content.asked.map(folded).join(" ");
    var mended = everything.map(function (t) { return query.mended.has(t.start) ? query.mended.get(t.start) : t.folded; });
    query.names = [everything.map(folded).join(" "), said, mended.join(" ")].filter(Boolean);
    if (kept.length > 2 && kept[0].start === everything[0].start) {
      query.pairs.push(way("^" + kept.slice(0, 3).map(folded).join("_"), 40));
    }
    ask(query);
    constrain(query);
    return query;
  }

  function constrain(query) {
    if (query.numbers.length || query.missing || !query.dates.length) return;
    var said = query.slots.slice(query.dates.length).map(function (s) { return s.ways.length ? s.ways[0].term : ""; });
    var marks = query.asked.filter(function (term) { return term === "s@" || term === "f@"; });
    var dates = query.dates.map(function (d) { return d.value; });
    query.demand = readConstraint(said, dates, marks.length === 1 ? marks[0][0] : "");
    if (query.demand) query.understood = query.understood.concat(query.demand.said);
  }

  function impossibleDates(query) {
    var mirror = A.shadow(query.text), match;
    var like = new RegExp(table.dates_like, "g");
    while ((match = like.exec(mirror.text))) {
      var start = mirror.starts[match.index], end = mirror.ends[match.index + match[0].length - 1];
      if (!query.dates.concat(query.numbers).some(function (d) { return d.start < end && start < d.end; })) {
        query.understood.push(match[0] + " (không có ngày này)");
        query.missing = true;
      }
    }
  }

  function ask(query) {
    var folded = " " + A.fold(query.text) + " ";
    function says(phrase) { return folded.indexOf(" " + A.fold(phrase) + " ") >= 0; }
    if (table.how_many.some(says)) query.asked.push(HAS_NUMBER);
    if (table.what_is.some(says)) query.asked.push(DEFINES);
    if (says("hieu luc")) query.asked.push("f@");
    if (says("ky") || says("ban hanh")) query.asked.push("s@");
    table.paraphrases.forEach(function (pair) {
      if (says(pair[0])) {
        var noun = A.fold(pair[1]).split(" ").map(A.foldedKey);
        query.pairs.push(way(bigram(noun[0], noun[1]), 100));
      }
    });
  }

  function numberTerm(n, type, year, issuer) {
    return "#" + n + "|" + (type || "") + "|" + (year || "") + "|" + (issuer || "");
  }

  function readNumbers(query) {
    A.findNumbers(query.text).forEach(function (found) {
      var ways = [numberTerm(found.number, found.type, found.year, found.issuer)];
      if (found.year && found.type) ways.push(numberTerm(found.number, found.type, null, found.issuer));
      if (found.issuer && !knownIssuer(found.issuer)) ways.push(numberTerm(found.number, found.type, found.year, null));
      var first = ways.filter(known).slice(0, 1).map(function (t) { return way(t, 100); });
      if (!first.length && LOOSE.indexOf(found.form) >= 0) return;
      query.numbers.push(found);
      query.understood.push("số " + printedNumber(found));
      query.missing = query.missing || !first.length;
      query.slots.push(slotOf(first, true));
      if (found.year && first.length && first[0].term !== ways[0]) query.slots.push(slotOf([way("@" + found.year, 100)]));
    });
  }

  function knownIssuer(issuer) {
    return terms.some(function (t) { return t[0] === "#" && t.endsWith("|" + issuer); });
  }

  function readDates(query) {
    A.findDates(query.text).forEach(function (found) {
      if (query.numbers.some(function (n) { return n.start < found.end && found.start < n.end; })) return;
      var role = roleBefore(query.text.slice(0, found.start));
      var ways = [way(ROLE_MARK[role] + "@" + found.value, 100)];
      if (role !== "other") ways.push(way("@" + found.value, 40));
      ways = ways.filter(function (w) { return known(w.term); });
      if (!ways.length && found.value.startsWith("--")) return;
      var required = found.value.length > 4;
      query.dates.push(found);
      query.understood.push(printedDate(found.value));
      query.missing = query.missing || (required && !ways.length);
      query.slots.push(slotOf(ways, required));
    });
  }

  function roleBefore(before) {
    var folded = A.fold(Array.from(before).slice(-40).join(""));
    var hit = roles.find(function (r) { return r.pattern.test(folded); });
    return hit ? hit.role : "other";
  }

  function month(text) { return +text <= 2 ? text : String(+text); }

  function printedDate(value) {
    var parts = value.replace(/^--/, "").split("-");
    if (value.startsWith("--")) return "ngày " + parts[1] + "/" + month(parts[0]);
    if (parts.length === 3) return "ngày " + parts[2] + "/" + month(parts[1]) + "/" + parts[0];
    return parts.length === 2 ? "tháng " + month(parts[1]) + "/" + parts[0] : "năm " + value;
  }

  function printedNumber(found) {
    var head = found.year ? found.number + "/" + found.year : found.number;
    var tail = [found.type, found.issuer].filter(Boolean).join("-");
    return tail ? head + "/" + tail : head;
  }

  function contentOf(tokens, plain, alone) {
    var kept = tokens;
    ["questions", "asks"].forEach(function (name) {
      var rest = without(kept, phrases[name], plain);
      if (rest.length || !alone) kept = rest;
    });
    var said = kept.filter(function (t) { return !isStopword(t, plain) || meant(kept, t, plain); });
    return { asked: kept, kept: said.length || !alone ? said : kept };
  }

  function without(tokens, list, plain) {
    var kept = [], at = 0;
    while (at < tokens.length) {
      var phrase = list.find(function (p) { return matchesAt(tokens, at, p, plain); });
      var length = phrase ? phrase.length : 0;
      if (length === 1 && meant(tokens, tokens[at], plain)) length = 0;
      if (!length) kept.push(tokens[at]);
      at += length || 1;
    }
    return kept;
  }

  function matchesAt(tokens, at, phrase, plain) {
    if (at + phrase.length > tokens.length) return false;
    return phrase.every(function (word, i) {
      var token = tokens[at + i];
      return token.exact === word[0] || (plain && token.folded === word[1]);
    });
  }

  function meant(tokens, token, plain) {
    if (!plain) return false;
    var at = placeOf(tokens, token);
    var pair = at > 0 ? bigram(tokens[at - 1].folded, token.folded) : "";
    // "van ki" is on the way to "van kien", not a question for a date of signature.
    return (at > 0 && (known(pair) || (at === tokens.length - 1 && startingWith(pair).length > 0))) ||
      (at + 1 < tokens.length && known(bigram(token.folded, tokens[at + 1].folded)));
  }

  function placeOf(tokens, token) { return tokens.indexOf(token); }

  function readWords(query, tokens, kept, plain) {
    tokens.forEach(function (token, i) {
      var next = tokens[i + 1];
      if (next && adjacent(query.text, token, next)) {
        query.pairs.push(way(bigram(token.folded, next.folded), 100));
      }
    });
    kept.forEach(function (token) {
      var at = placeOf(tokens, token);
      var before = at ? tokens[at - 1].folded : "", after = at + 1 < tokens.length ? tokens[at + 1].folded : "";
      var last = !after && !A.fold(query.text.slice(token.end)).replace(/[ .,;:?!)]/g, "");
      var slots = query.slots.length;
      readWord(query, token, before, after, plain, last);
      query.slots.slice(slots).forEach(function (slot) { slot.stance = stanceOf(query, tokens, at, slot, plain); });
      if (query.slots.slice(slots).some(function (slot) { return slot.stance === "foreign"; })) {
        query.understood.push(query.text.slice(token.start, token.end) + " (không có trong thư viện)");
      }
    });
  }

  function adjacent(text, one, two) { return !/[\p{L}\p{N}]/u.test(text.slice(one.end, two.start)); }

  /** "whole", "syllable", "stray" or "foreign": see Stance in understand.py. */
  function stanceOf(query, tokens, at, slot, plain) {
    var word = tokens[at].folded;
    if (!A.isFoldedSyllable(word)) {
      return !slot.ways.length && word.length >= FOREIGN && !/[^\p{L}]/u.test(word) ? "foreign" : "whole";
    }
    var pairs = [[at - 1, at], [at, at + 1]].filter(function (p) {
      return p[0] >= 0 && p[1] < tokens.length && adjacent(query.text, tokens[p[0]], tokens[p[1]]) &&
        !isStopword(tokens[p[0] + p[1] - at], plain);
    }).map(function (p) { return bigram(tokens[p[0]].folded, tokens[p[1]].folded); });
    if (!pairs.length) return "whole";
    return pairs.some(known) ? "syllable" : "stray";
  }

  function addPairs(query, parts) {
    for (var i = 0; i + 1 < parts.length; i++) query.pairs.push(way(bigram(parts[i], parts[i + 1]), 100));
  }

  function readWord(query, token, before, after, plain, last) {
    var word = token.folded;
    var full = has(data.abbreviations, word) ? data.abbreviations[word].split(" ") : null;
    var pair = bigram(before, word), typing = last && !known(pair) && startingWith(pair).length;
    if (full && !typing && !A.isFoldedSyllable(word)) {
      full.forEach(function (part) { query.slots.push(slotOf([way(part, 100), way(word, 100)])); });
      addPairs(query, full);
      return;
    }
    var ways = known(word) ? [ownWay(token, before, after, plain)] : [];
    var doubtful = !plain && ways.length > 0 && !asTyped(ways[0]), unsure = plain || doubtful || !ways.length;
    if (last && query.slots.length && unsure && !startingWith(pair).length && beginsStopword(word)) return;
    if (last) {
      ways = ways.concat(prefixes(query, word, before, ways.length > 0 && !doubtful));
      if (word.length === 1 && !ways.length && query.slots.length) return;
    }
    if (!ways.length || doubtful || outOfPlace(word, before, after)) {
      var near = neighbours(word, before, after, ways.length > 0);
      var beside = near.length > 0 && BESIDE.indexOf(near[0].percent) >= 0;
      var parts = ways.length || beside ? [] : splitWord(word);
      if (parts.length) {
        parts.filter(known).forEach(function (part) { query.slots.push(slotOf([way(part, 90)])); });
        addPairs(query, [before].concat(parts, [after]).filter(Boolean));
        return;
      }
      if (ways.length && !doubtful) hardly(near, word, plain ? 55 : 40);
      near.forEach(function (w) { if (before && known(bigram(before, w.term))) query.pairs.push(way(bigram(before, w.term), w.percent)); });
      near.forEach(function (w) { if (after && known(bigram(w.term, after))) query.pairs.push(way(bigram(w.term, after), w.percent)); });
      if (!ways.length || (doubtful && ways[0].other < 50)) query.guessed += 1;
      if (near.length && (doubtful || !ways.length)) query.mended.set(token.start, near[0].term);
      ways = ways.concat(near);
    }
    query.slots.push(slotOf(ways));
  }

  /** What stands in the library exactly as typed is hardly an error, unless it sounds alike. */
  function hardly(near, word, most) {
    near.forEach(function (w) { if (sound(w.term) !== sound(word)) w.percent = Math.min(w.percent, most); });
  }

  /** The word itself. Other diacritics are believed where the word stands in a known pair. */
  function ownWay(token, before, after, plain) {
    if (plain) return way(token.folded, 100);
    var beside = (before || after) && !outOfPlace(token.folded, before, after);
    var unmarked = token.exact === token.folded;
    return way(token.folded, 100, token.exact, beside ? (unmarked ? 85 : 65) : (unmarked ? 50 : 30));
  }

  function byRarity(a, b) { return idfOf(a) - idfOf(b) || order(a, b); }

  function prefixes(query, word, before, isKnown) {
    var percent = isKnown ? 30 : 75, found = [];
    if (word.length > 1) {
      found = startingWith(word).filter(function (t) { return t !== word && t.indexOf("_") < 0; })
        .sort(byRarity).slice(0, PREFIXES);
    }
    if (before) {
      var whole = bigram(before, word);
      var pairs = startingWith(whole).filter(function (p) { return p !== whole; }).sort(byRarity).slice(0, PREFIXES);
      pairs.forEach(function (p) { query.pairs.push(way(p, 70)); });
      var second = new Set(pairs.map(function (p) { return p.slice(p.indexOf("_") + 1); }));
      if (word.length === 1) return Array.from(second).sort(order).map(function (t) { return way(t, 85); });
      if (isKnown && known(whole)) {
        found = found.filter(function (t) { return second.has(t); });
      } else if (isKnown) {
        return found.filter(function (t) { return second.has(t); }).map(function (t) { return way(t, 85); });
      } else if (found.some(function (t) { return second.has(t); })) {
        return found.map(function (t) { return way(t, second.has(t) ? 85 : 50); });
      }
    }
    return found.map(function (t) { return way(t, percent); });
  }

  function lowerBound(value) {
    var low = 0, high = terms.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (terms[middle] < value) low = middle + 1; else high = middle;
    }
    return low;
  }

  function startingWith(prefix) {
    function from(begin) { return terms.slice(lowerBound(begin), lowerBound(begin + "\uffff")); }
    // quy is filed as qui, but it also begins quyền and quyết.
    return prefix.endsWith("qui") ? from(prefix).concat(from(prefix.slice(0, -1) + "y")) : from(prefix);
  }

  function beginsStopword(word) {
    return Array.from(stopFolded).some(function (stopword) { return stopword.startsWith(word); });
  }

  function outOfPlace(word, before, after) {
    if (!(before || after) || /^[0-9]+$/.test(word)) return false;
    return !((before && known(bigram(before, word))) || (after && known(bigram(word, after))));
  }

  /* ---- typing errors ---- */

  var byLength = null;

  function wordsByLength(shortest, longest) {
    if (!byLength) {
      byLength = new Map();
      terms.forEach(function (term) {
        if (!/^[a-z]+$/.test(term)) return;
        if (!byLength.has(term.length)) byLength.set(term.length, []);
        byLength.get(term.length).push({ term: term, letters: lettersOf(term), sound: sound(term) });
      });
    }
    var result = [];
    for (var length = shortest; length <= longest; length++) result = result.concat(byLength.get(length) || []);
    return result;
  }

  function neighbours(word, before, after, isKnown) {
    var most = word.length < 7 ? 1 : 2, near = [];
    if (word.length < 2 || /[^\p{L}]/u.test(word)) return [];
    var heard = sound(word);
    var letters = lettersOf(word);
    wordsByLength(word.length - most, word.length + most).forEach(function (entry) {
      var term = entry.term, sameSound = heard === entry.sound;
      // An error changes at most two letters of the set; that spares most of the comparing.
      if (!sameSound && bits(letters ^ entry.letters) > 2 * most) return;
      var distance = sameSound ? 1 : edits(word, term, most);
      if (word.length === 2 && !sameSound && term.length < 3) return;
      if (term !== word && distance <= most) {
        var beside = (before && known(bigram(before, term))) || (after && known(bigram(term, after)));
        near.push({ apart: beside ? 0 : 1, distance: distance, idf: idfOf(term), term: term });
      }
    });
    near.sort(function (a, b) {
      return a.apart - b.apart || a.distance - b.distance || a.idf - b.idf || order(a.term, b.term);
    });
    if (near.length && !near[0].apart) near = near.filter(function (n) { return !n.apart; });
    else if (isKnown || word.length < 4) near = [];
    return near.slice(0, NEAREST).map(function (n) {
      return way(n.term, (!n.apart ? BESIDE[0] : word.length > 5 ? 65 : 35) - 10 * (n.distance - 1));
    });
  }

  var sounds = table.sounds.map(function (pair) { return [new RegExp(pair[0]), pair[1]]; });

  function sound(word) {
    return sounds.reduce(function (text, pair) { return text.replace(pair[0], pair[1]); }, word);
  }

  /** The set of letters of a word, one bit each. */
  function lettersOf(word) {
    var set = 0;
    for (var i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) - 97);
    return set;
  }

  function bits(set) {
    var count = 0;
    for (; set; set &= set - 1) count++;
    return count;
  }

  function edits(one, two, most) {
    if (Math.abs(one.length - two.length) > most) return most + 1;
    var older = [], before = [], row = [];
    for (var j = 0; j <= two.length; j++) row.push(j);
    for (var i = 1; i <= one.length; i++) {
      older = before; before = row; row = [i];
      var least = i;
      for (j = 1; j <= two.length; j++) {
        var cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] !== two[j - 1] ? 1 : 0));
        if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) {
          cost = Math.min(cost, older[j - 2] + 1);
        }
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
    }
    return row[row.length - 1];
  }

  function compareWays(a, b) {
    if (a.length !== b.length) return a.length - b.length;
    for (var i = 0; i < a.length; i++) if (a[i] !== b[i]) return order(a[i], b[i]);
    return 0;
  }

  function respaced(text, tokens) {
    var result = [], at = 0;
    while (at < tokens.length) {
      var one = tokens[at], two = tokens[at + 1], parts = [];
      if (two && text.slice(one.end, two.start) === " ") parts = respacedPair(one.folded, two.folded);
      if (parts.length) {
        parts.forEach(function (p) { result.push({ kind: "word", exact: p, folded: p, start: one.start, end: two.end }); });
      } else {
        result.push(one);
      }
      at += parts.length ? 2 : 1;
    }
    return result;
  }

  function respacedPair(one, two) {
    var strange = [one, two].some(function (w) { return !known(w) && !stopFolded.has(w); }), both = one + two;
    if (!strange || /[^\p{L}]/u.test(both) || known(bigram(one, two))) return [];
    if (both.length > 5 && known(both)) return [both];
    for (var cut = 1; cut < both.length; cut++) {
      if (cut !== one.length && known(bigram(both.slice(0, cut), both.slice(cut)))) return [both.slice(0, cut), both.slice(cut)];
    }
    return [];
  }

  function together(one, two) {
    return stopFolded.has(one) !== stopFolded.has(two) || known(bigram(one, two));
  }

  function splitWord(word) {
    if (word.length < 4 || word.length > LONGEST_COMPOUND) return [];
    var ways = [[[]]];
    for (var end = 1; end <= word.length; end++) {
      ways.push([]);
      for (var start = Math.max(0, end - 9); start < end; start++) {
        var part = word.slice(start, end);
        if (part.length < 2 || !(known(part) || stopFolded.has(part))) continue;
        ways[start].forEach(function (list) {
          if (!list.length || together(list[list.length - 1], part)) ways[end].push(list.concat([part]));
        });
      }
      ways[end] = ways[end].sort(compareWays).slice(0, 4);
    }
    return ways[word.length].filter(function (list) { return list.length > 1; })[0] || [];
  }

  /* ---- a kind, a line and a year ---- */

  var KINDS_OF = ["treaty", "document", "event"], MOST_WORDS = 12, meanings = null;

  /** Folded words → {kinds, types, lines, said}; fillers ask for nothing. */
  function readMeanings() {
    var found = new Map(), keys = {}, kinds = {};
    table.fillers.concat(table.questions, table.asks).forEach(function (phrase) { found.set(nameKey(phrase), {}); });
    table.generic_kinds.forEach(function (pair) { found.set(nameKey(pair[0]), { types: pair[1], said: [pair[0]] }); });
    rows.forEach(function (row) { if (KINDS_OF.indexOf(row.type) >= 0) kinds[row.kind] = 1; });
    Object.keys(kinds).sort(order).forEach(function (kind) {
      found.set(nameKey(kind), { kinds: [kind], said: [kind.toLowerCase()] });
    });
    Object.keys(data.names).forEach(function (name) {
      var ids = data.names[name].map(function (doc) { return rows[doc].id; });
      if (ids.every(function (id) { return has(data.labels, id); })) found.set(name, lineOf(ids.slice().sort(order)));
    });
    Object.keys(data.labels).forEach(function (line) { keys[line] = nameKey(data.labels[line]).split(" "); });
    Object.keys(keys).forEach(function (line) {
      var own = keys[line].filter(function (word) {
        return !Object.keys(keys).some(function (other) { return other !== line && keys[other].indexOf(word) >= 0; });
      });
      found.set(own.join(" "), lineOf([line]));
    });
    return found;
  }

  function lineOf(lines) {
    return { lines: lines, said: lines.map(function (line) { return data.labels[line]; }) };
  }

  function readConstraint(said, dates, mark) {
    var years = dates.filter(function (date) { return !date.startsWith("--"); }), at = 0;
    if (!years.length || !said.length || said.length > MOST_WORDS) return null;
    var found = { kinds: [], types: [], lines: [], said: [] };
    meanings = meanings || readMeanings();
    while (at < said.length) {
      var length = said.length - at;
      while (length && !meanings.has(said.slice(at, at + length).join(" "))) length -= 1;
      if (!length) return null;
      var meaning = meanings.get(said.slice(at, at + length).join(" "));
      Object.keys(meaning).forEach(function (name) {
        meaning[name].forEach(function (value) { if (found[name].indexOf(value) < 0) found[name].push(value); });
      });
      at += length;
    }
    if (!found.said.length) return null;
    found.dates = years.map(function (date) { return [date.slice(0, 4), mark ? mark + "@" + date : ""]; });
    return found;
  }

  /** Whether the document is all that is asked for; `whole` says that it has all words of the query. */
  function satisfies(doc, asked, whole) {
    var row = rows[doc], lines = row.lines || [];
    var fits = !(asked.kinds.length || asked.types.length) ||
      asked.kinds.indexOf(row.kind) >= 0 || asked.types.indexOf(row.type) >= 0;
    fits = fits && asked.dates.every(function (date) {
      return (row.years || []).indexOf(date[0]) >= 0 && (!date[1] || hasTerm(doc, date[1]));
    });
    if (!fits) return false;
    if (asked.lines.every(function (line) { return lines.indexOf(line) >= 0; })) return true;
    // A treaty with Trung Quốc on the sea is not of the line on land, but it has the words itself.
    return whole && !lines.some(function (line) { return has(data.labels, line) && data.labels[line].indexOf("–") >= 0; });
  }

  function hasTerm(doc, term) {
    return formsOf(term).some(function (form) {
      for (var k = form[1]; k < form[2]; k++) if (docsOf[k] === doc) return true;
      return false;
    });
  }

  /* ---- answering ---- */

  var best = new Float64Array(rows.length), share = new Int32Array(rows.length);

  /** Best value and percentage of each document over all ways; the documents touched, ascending not needed. */
  function fill(ways) {
    var touched = [];
    ways.forEach(function (w) {
      var idf = idfOf(w.term);
      formsOf(w.term).forEach(function (form) {
        var percent = w.percent;
        if (w.exact !== null && form[0] !== w.exact) percent = w.other;
        for (var k = form[1]; k < form[2]; k++) {
          var doc = docsOf[k], value = percent * idf * weightsOf[k];
          if (!share[doc] && !best[doc]) touched.push(doc);
          if (value > best[doc]) best[doc] = value;
          if (percent > share[doc]) share[doc] = percent;
        }
      });
    });
    return touched;
  }

  function clear(touched) {
    touched.forEach(function (doc) { best[doc] = 0; share[doc] = 0; });
  }

  /** Documents and values of each pair of words, kept because they are needed twice. */
  function pairsOf(query) {
    return query.pairs.map(function (pair) {
      var touched = fill([way(pair.term, Math.floor(pair.percent * TUNING.pair / 100))]);
      var values = touched.map(function (doc) { return best[doc]; });
      clear(touched);
      return { pair: pair, docs: touched, values: values };
    });
  }

  /** For each word a flag for the documents that have it in a pair of the query. */
  function besideOf(pairs) {
    var beside = new Map();
    pairs.forEach(function (entry) {
      if (entry.pair.percent < CONFIRMS) return;
      var words = entry.pair.term.split("_"), docs = entry.docs.length ? entry.docs : rareOf(entry.pair.term, words);
      words.forEach(function (word) {
        if (!beside.has(word)) beside.set(word, new Uint8Array(rows.length));
        var flags = beside.get(word);
        docs.forEach(function (doc) { flags[doc] = 1; });
      });
    });
    return beside;
  }

  /** The one document that has a pair which is too rare for the index. */
  function rareOf(pair, words) {
    var having = new Uint8Array(rows.length), docs = [];
    words.forEach(function (word, n) {
      formsOf(word).forEach(function (form) {
        for (var k = form[1]; k < form[2]; k++) if (having[docsOf[k]] === n) having[docsOf[k]] = n + 1;
      });
    });
    having.forEach(function (count, doc) { if (count === words.length && hasRare(pair, doc)) docs.push(doc); });
    return docs;
  }

  function scored(query) {
    var total = 0, score = new Float64Array(rows.length), cover = new Float64Array(rows.length);
    var sure = new Float64Array(rows.length), paired = new Uint8Array(rows.length);
    var allowed = null, result = [], pairs = pairsOf(query), beside = besideOf(pairs);
    query.slots.forEach(function (slot) { total += slot.weight; });
    query.slots.forEach(function (slot) {
      var touched = fill(slot.ways), alone = has(TUNING, slot.stance) ? TUNING[slot.stance] : 100;
      var near = slot.ways.map(function (w) { return beside.get(w.term); }).filter(Boolean);
      touched.forEach(function (doc) {
        var covered = share[doc] * slot.weight;
        score[doc] += slot.required ? best[doc] * TUNING.required : best[doc];
        cover[doc] += covered;
        sure[doc] += covered * (near.some(function (flags) { return flags[doc]; }) ? 100 : alone);
      });
      if (slot.required && touched.length) {
        var mine = new Set(touched);
        allowed = allowed === null ? mine : new Set(touched.filter(function (doc) { return allowed.has(doc); }));
      }
      clear(touched);
    });
    pairs.forEach(function (entry) {
      entry.docs.forEach(function (doc, i) {
        paired[doc] = 1;
        if (cover[doc]) score[doc] += entry.values[i];
      });
    });
    query.asked.forEach(function (term) {
      var touched = fill([way(term, TUNING.pair)]);
      touched.forEach(function (doc) { if (cover[doc]) score[doc] += best[doc]; });
      clear(touched);
    });
    var trust = query.guessed <= Math.max(1, Math.floor(query.slots.length / 3)) ? 1 : TUNING.guessed;
    var loose = query.slots.length > 1 && query.pairs.length > 0 && allowed === null;
    var named = new Set(), first = query.demand;
    query.names.forEach(function (name) {
      if (has(data.names, name)) data.names[name].forEach(function (doc) { named.add(doc); });
    });
    for (var doc = 0; doc < rows.length; doc++) {
      if (!cover[doc] || (allowed && !allowed.has(doc))) continue;
      var covered = cover[doc] / (100 * total) * trust;
      if (loose && !paired[doc]) covered *= TUNING.unpaired;
      var prior = has(data.prior, rows[doc].type) ? data.prior[rows[doc].type] : 100;
      var value = score[doc] * covered * covered * prior / 250000;
      if (named.has(doc)) value *= nameFactor(query, doc);
      if (first && satisfies(doc, first, cover[doc] >= TUNING.all_words * total)) value *= TUNING.satisfies;
      result.push({ score: value, cover: covered, sure: sure[doc] / (10000 * (total + query.unknown)) * trust, doc: doc });
    }
    return result;
  }

  function nameKey(name) { return A.words(name).map(function (t) { return t.folded; }).join(" "); }

  function nameFactor(query, doc) {
    var title = rows[doc].title, titles = [nameKey(title), nameKey(title.split("(")[0])];
    return query.names.some(function (n) { return titles.indexOf(n) >= 0; }) ? TUNING.same_title : TUNING.same_name;
  }

  function keeps(row, filters) {
    return (!filters.type || filters.type === row.type) &&
      (!filters.line || (row.lines || []).indexOf(filters.line) >= 0) &&
      (!filters.year || (row.years || []).indexOf(filters.year) >= 0);
  }

  function byScore(a, b) { return b.score - a.score || a.doc - b.doc; }

  function hitOf(entry, top) {
    var row = rows[entry.doc], hit = Object.assign({ id: "", type: "", title: "", url: "", answer: "" }, row);
    delete hit.alike;
    hit.score = Math.floor(entry.score + 0.5);
    var alike = (top.has(entry.doc) && row.alike ? row.alike : []).filter(function (pair) { return top.has(pair[0]); });
    if (alike.length) {
      hit.alike = alike.map(function (pair) {
        return { title: rows[pair[0]].title, url: rows[pair[0]].url, note: pair[1] };
      });
    }
    return hit;
  }

  /** {hits, total, understood, suggestions, words}; options: limit (20), type, line, year. */
  function search(text, options) {
    var filters = options || {}, limit = filters.limit || 20;
    var query = understand(String(text));
    var kept = scored(query).filter(function (entry) { return keeps(rows[entry.doc], filters); }).sort(byScore);
    var found = kept.filter(function (entry) { return entry.sure >= TUNING.enough && !query.missing; });
    var top = new Set(found.slice(0, 5).map(function (entry) { return entry.doc; }));
    return {
      hits: found.slice(0, limit).map(function (entry) { return hitOf(entry, top); }),
      total: found.length,
      understood: query.understood,
      suggestions: found.length ? [] : suggest(query, kept, filters),
      words: markedWords(query)
    };
  }

  function markedWords(query) {
    var result = [];
    query.slots.forEach(function (slot) {
      slot.ways.forEach(function (w) { if (w.percent >= 50) result.push(w.term); });
    });
    return result;
  }

  function suggest(query, kept, filters) {
    var docs = [];
    if (query.missing) {
      query.dates.forEach(function (date) { docs = docs.concat(nearDates(date.value)); });
      query.numbers.forEach(function (number) { docs = docs.concat(nearNumbers(number)); });
    }
    docs = docs.filter(function (doc) { return keeps(rows[doc], filters); });
    var part = kept.filter(function (entry) { return entry.cover >= TUNING.maybe; }).slice(0, 5);
    docs = docs.concat(part.map(function (entry) { return entry.doc; }));
    return Array.from(new Set(docs)).slice(0, 5).map(function (doc) { return hitOf({ doc: doc, score: 0 }, new Set()); });
  }

  function days(value) {
    var parts = value.replace(/^--/, "").split("-").concat(["6", "15"]).slice(0, 3);
    return +parts[0] * 372 + +parts[1] * 31 + +parts[2];
  }

  function nearDates(value) {
    var wanted = days(value);
    return terms.filter(function (t) { return /^[sf]@[^-].{9}$/.test(t); }).sort(function (a, b) {
      return Math.abs(days(a.slice(2)) - wanted) - Math.abs(days(b.slice(2)) - wanted) || order(a, b);
    }).slice(0, 3).map(function (t) { return bestOf(t)[0]; });
  }

  function nearNumbers(found) {
    var docs = [];
    startingWith("#" + found.number + "|").forEach(function (t) { docs = docs.concat(bestOf(t)); });
    var ofKind = terms.filter(function (t) { return found.type && t[0] === "#" && t.endsWith("|" + found.type + "||"); });
    function gap(t) { return Math.abs(+t.slice(1).split("|")[0] - +found.number); }
    ofKind.sort(function (a, b) { return gap(a) - gap(b) || order(a, b); });
    return Array.from(new Set(docs)).slice(0, 3)
      .concat(ofKind.slice(0, 2).map(function (t) { return bestOf(t)[0]; }));
  }

  function bestOf(term) {
    var form = formsOf(term)[0], pairs = [];
    for (var k = form[1]; k < form[2]; k++) pairs.push([docsOf[k], weightsOf[k]]);
    return pairs.sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; }).slice(0, 2)
      .map(function (pair) { return pair[0]; });
  }

  root.cotmocSearch = { search: search, labels: data.labels, rows: rows };
})(typeof window === "undefined" ? globalThis : window);
