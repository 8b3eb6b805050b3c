/* Vietnamese text analysis in the browser: the same rules as macros/analysis (Python).
 *
 * Reads its table from window.cotmocTable (written by the build from
 * macros/tables/vietnamese.json) and offers window.cotmocAnalysis. Offsets are UTF-16 units.
 * Function by function this mirrors letters.py, keystrokes.py and recognise.py; the tests prove
 * both equal on every record, every query and 100,000 generated strings.
 */
(function (root) {
  "use strict";

  var table = root.cotmocTable;
  var MARK = /[\u0300-\u036f]/;
  var MARKS = /[\u0300-\u036f]/g;
  var RUN = /(?:[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]*)+(?: [\u0300-\u036f]+)?/g;
  var ASCII = /^[\u0000-\u007f]*$/;
  var VOWELS = "aeiouyAEIOUY";
  var CIRCUMFLEX = { a: "â", e: "ê", o: "ô" };
  var toneOfMark = {};
  Object.keys(table.tones).forEach(function (key) { toneOfMark[table.tones[key]] = key; });

  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }

  /* ---- letters ---- */

  function normalize(text) {
    return reattachMarks(Array.from(text, function (char) {
      return has(table.lookalikes, char) ? table.lookalikes[char] : char;
    }).join(""));
  }

  function reattachMarks(text) {
    var composed = text.normalize("NFC");
    if (ASCII.test(composed)) return composed;
    return composed.replace(RUN, repair).normalize("NFC");
  }

  var folds = new Map();

  function foldChar(char) {
    var bare = char.normalize("NFD").replace(MARKS, "");
    return Array.from(bare, function (letter) {
      if (letter.length > 1) return " ";
      var lower = letter.toLowerCase();
      if (lower.length !== letter.length) lower = letter;
      return has(table.fold, lower) ? table.fold[lower] : lower;
    }).join("");
  }

  function shadow(text) {
    var chars = [], starts = [], ends = [], index = 0;
    for (var char of text) {
      var folded = folds.get(char);
      if (folded === undefined) { folded = foldChar(char); folds.set(char, folded); }
      var next = index + char.length;
      if (!folded && ends.length) ends[ends.length - 1] = next;
      for (var k = 0; k < folded.length; k++) {
        chars.push(folded[k]); starts.push(index); ends.push(next);
      }
      index = next;
    }
    return { text: chars.join(""), starts: starts, ends: ends };
  }

  function fold(text) { return shadow(text).text; }

  function join(bases, kept) {
    return bases.map(function (base, i) { return base + kept[i].join(""); }).join("").normalize("NFC");
  }

  function repair(run) {
    if (ASCII.test(run)) return run;
    var parts = sortMarks(run.normalize("NFD"));
    if (!parts.stray.length) return run;
    for (var item of parts.stray) {
      var target = targetOf(parts.bases, parts.kept, item[0], item[1], parts.stray.length === 1);
      if (target === null) return run;
      if (parts.kept[target].indexOf(item[1]) < 0) parts.kept[target].push(item[1]);
    }
    var repaired = join(parts.bases, parts.kept);
    return isSyllable(repaired.trim()) ? repaired : run;
  }

  function sortMarks(decomposed) {
    var bases = [], kept = [], stray = [];
    for (var char of decomposed) {
      var last = bases.length - 1;
      if (!MARK.test(char)) {
        bases.push(char); kept.push([]);
      } else if ((has(toneOfMark, char) && VOWELS.indexOf(bases[last]) < 0) ||
          (has(table.qualities, char) && table.qualities[char].indexOf(bases[last].toLowerCase()) < 0)) {
        stray.push([last, char]);
      } else {
        kept[last].push(char);
      }
    }
    return { bases: bases, kept: kept, stray: stray };
  }

  function targetOf(bases, kept, position, mark, alone) {
    var fits = [];
    if (has(toneOfMark, mark)) {
      var toned = -1;
      for (var i = 0; i < kept.length && toned < 0; i++) {
        if (kept[i].some(function (m) { return has(toneOfMark, m); })) toned = i;
      }
      if (toned >= 0) return alone && kept[toned].indexOf(mark) >= 0 ? toned : null;
      if (alone) {
        var place = tonePosition(join(bases, kept).trim().toLowerCase());
        if (place !== null) return place;
      }
      bases.forEach(function (base, i) { if (VOWELS.indexOf(base) >= 0) fits.push(i); });
    } else {
      bases.forEach(function (base, i) {
        var taken = kept[i].some(function (m) { return has(table.qualities, m); });
        if (!taken && table.qualities[mark].indexOf(base.toLowerCase()) >= 0) fits.push(i);
      });
    }
    var left = fits.filter(function (i) { return i < position; });
    if (left.length) return left[left.length - 1];
    return fits.length ? fits[0] : null;
  }

  function stripTone(word) {
    var found = "", rest = "";
    for (var char of word.normalize("NFD")) {
      if (has(toneOfMark, char)) found = found ? "?" : toneOfMark[char];
      else rest += char;
    }
    return [rest.normalize("NFC"), found];
  }

  var rhymes = new Set(table.rhymes);
  var foldedRhymes = new Set(table.rhymes.map(fold));

  function splitSyllable(toneless) {
    for (var initial of table.initials) {
      if (toneless.startsWith(initial) && rhymes.has(toneless.slice(initial.length))) {
        return [initial, toneless.slice(initial.length)];
      }
    }
    return null;
  }

  function isSyllable(word) {
    var bare = stripTone(word.normalize("NFC").toLowerCase());
    var parts = splitSyllable(bare[0]);
    if (!parts || bare[1] === "?") return false;
    if (bare[1] === "s" || bare[1] === "j") return true;
    return !table.stop_finals.some(function (final) { return parts[1].endsWith(final); });
  }

  function isFoldedSyllable(word) {
    return table.initials.some(function (initial) {
      return initial !== "đ" && word.startsWith(initial) && foldedRhymes.has(word.slice(initial.length));
    });
  }

  function tonePosition(toneless, old) {
    var parts = splitSyllable(toneless);
    if (!parts) return null;
    var start = parts[0].length, letters = Array.from(parts[1]), marked = -1, vowels = 0;
    letters.forEach(function (letter, i) {
      if ("aeiouy".indexOf(letter) < 0 && "aeou".indexOf(fold(letter)) >= 0) marked = i;
      if (VOWELS.indexOf(letter) >= 0) vowels += 1;
    });
    if (marked >= 0) return start + marked;
    if (vowels === 1) return start;
    if (vowels < letters.length || vowels === 3) return start + (vowels === 3 ? 1 : vowels - 1);
    return start + (table.second_vowel_tone.indexOf(parts[1]) >= 0 && !old ? 1 : 0);
  }

  function placeTone(toneless, tone, old) {
    var position = tonePosition(toneless, old);
    if (position === null) return null;
    var mark = has(table.tones, tone) ? table.tones[tone] : "";
    return (toneless.slice(0, position + 1) + mark + toneless.slice(position + 1)).normalize("NFC");
  }

  function exactKey(word) {
    var bare = stripTone(normalize(word).toLowerCase());
    var toneless = foldedKey(bare[0]), tone = bare[1];
    if (tone === "?") return word.toLowerCase().normalize("NFC");
    return placeTone(toneless, tone) || (toneless + (has(table.tones, tone) ? table.tones[tone] : "")).normalize("NFC");
  }

  function foldedKey(word) {
    if (/^0[0-9]*$/.test(word)) return word.replace(/^0+/, "") || "0";
    return has(table.y_as_i, word) ? table.y_as_i[word] : word;
  }

  /* ---- keystrokes ---- */

  var WORD = new RegExp(table.word, "g");

  function spans(mirror) {
    var result = [], match;
    WORD.lastIndex = 0;
    while ((match = WORD.exec(mirror.text))) {
      var from = match.index, to = from + match[0].length;
      result.push({ text: match[0], from: from, to: to, start: mirror.starts[from], end: mirror.ends[to - 1] });
    }
    return result;
  }

  function decodeTyped(text, known) {
    var pieces = [], last = 0;
    spans(shadow(text)).forEach(function (span) {
      if (known && known(span.text)) return;
      var decoded = decodeWord(text.slice(span.start, span.end));
      if (decoded !== null) {
        pieces.push(text.slice(last, span.start), decoded);
        last = span.end;
      }
    });
    return pieces.join("") + text.slice(last);
  }

  function decodeWord(word) {
    var keys = word.normalize("NFC").toLowerCase();
    if (Array.from(keys).length > 12 || table.telex.keep.indexOf(keys) >= 0) return null;
    if (isFoldedSyllable(fold(keys)) && keys.indexOf("oo") < 0) return null;
    if (keys.indexOf("dd") >= 0 && !/[aeiouy]/.test(fold(keys))) return keys.replace(/dd/g, "đ");
    for (var spelled of [telex(keys, true), telex(keys, false), vni(keys)]) {
      if (spelled !== null && spelled !== keys && isSyllable(spelled)) return spelled;
    }
    return null;
  }

  function finish(letters, tone) {
    var toneless = letters.join("").replace(/ưo/g, "ươ");
    if (!splitSyllable(toneless)) toneless = toneless.replace(/ươ/g, "uơ");
    return tone ? placeTone(toneless, tone) : toneless;
  }

  function telex(keys, delayed) {
    var rules = table.telex, letters = [], tone = "";
    for (var key of keys) {
      var hasVowel = letters.some(function (letter) { return "aeiouy".indexOf(fold(letter)) >= 0; });
      if (has(rules.tones, key) && hasVowel) {
        if (tone) return null;
        tone = rules.tones[key];
      } else if (key === "d" && letters[0] === "d") {
        letters[0] = "đ";
      } else if (rules.circumflex.indexOf(key) >= 0 &&
          (delayed ? letters.indexOf(key) >= 0 : letters[letters.length - 1] === key)) {
        letters[letters.lastIndexOf(key)] = CIRCUMFLEX[key];
      } else if (key === rules.hook) {
        hook(letters);
      } else {
        letters.push(key);
      }
    }
    return finish(letters, tone);
  }

  function vni(keys) {
    var rules = table.vni, letters = [], tone = "";
    for (var key of keys) {
      if (has(rules.tones, key) && letters.length) {
        if (tone) return null;
        tone = rules.tones[key];
      } else if (key === rules.stroke && letters[0] === "d") {
        letters[0] = "đ";
      } else if (key === rules.circumflex) {
        var last = letters.filter(function (letter) { return has(CIRCUMFLEX, letter); }).pop();
        if (!last) return null;
        letters[letters.lastIndexOf(last)] = CIRCUMFLEX[last];
      } else if (key === rules.breve && letters.indexOf("a") >= 0) {
        letters[letters.lastIndexOf("a")] = "ă";
      } else if (key === rules.horn && horn(letters)) {
        continue;
      } else if (/[0-9]/.test(key)) {
        return null;
      } else {
        letters.push(key);
      }
    }
    return finish(letters, tone);
  }

  function hook(letters) {
    var end = letters.length - 1, afterQ = letters[0] === "q" && letters[1] === "u" ? 2 : 0;
    if (end >= 0 && letters[end] === "a" && end - 1 >= afterQ && letters[end - 1] === "u") letters[end - 1] = "ư";
    else if (letters.indexOf("a") >= 0) letters[letters.lastIndexOf("a")] = "ă";
    else if (!horn(letters)) letters.push("ư");
  }

  function horn(letters) {
    var first = letters[0] === "q" && letters[1] === "u" ? 2 : 0;
    for (var i = letters.length - 1; i >= first; i--) {
      if (letters[i] === "o") {
        letters[i] = "ơ";
        if (i > first && letters[i - 1] === "u") letters[i - 1] = "ư";
        return true;
      }
      if (letters[i] === "u") {
        letters[i > first && letters[i - 1] === "u" ? i - 1 : i] = "ư";
        return true;
      }
    }
    return false;
  }

  /* ---- dates, numbers, words ---- */

  function alternatives(list) {
    return list.slice().sort(function (a, b) {
      return b.length - a.length || (a < b ? -1 : a > b ? 1 : 0);
    }).map(function (word) { return word.replace(/ /g, " +"); }).join("|");
  }

  function compile(rule, parts) {
    var pattern = rule.pattern;
    Object.keys(parts).forEach(function (name) { pattern = pattern.split(name).join(parts[name]); });
    return { name: rule.name, groups: rule.groups, pattern: new RegExp(pattern, "g") };
  }

  var typeOfForm = {};
  Object.keys(table.document_types).forEach(function (code) {
    table.document_types[code].forEach(function (form) { typeOfForm[form] = code; });
  });
  var forms = Object.keys(typeOfForm);
  var codes = forms.filter(function (form) { return form.indexOf(" ") < 0 && form !== "luat"; });
  var numberParts = {
    "{types}": alternatives(forms.filter(function (form) { return form !== "luat"; })),
    "{words}": alternatives(forms.filter(function (form) { return codes.indexOf(form) < 0; })),
    "{codes}": alternatives(codes),
    "{issuers}": alternatives(table.issuers)
  };
  var dateRules = table.dates.map(function (rule) { return compile(rule, {}); });
  var numberRules = table.numbers.map(function (rule) { return compile(rule, numberParts); });

  function overlaps(taken, start, end) {
    return taken.some(function (span) { return span[0] < end && start < span[1]; });
  }

  function eachMatch(rules, text, taken, visit) {
    rules.forEach(function (rule) {
      var match;
      rule.pattern.lastIndex = 0;
      while ((match = rule.pattern.exec(text))) {
        var span = [match.index, match.index + match[0].length];
        if (overlaps(taken, span[0], span[1])) continue;
        var values = match.slice(1).map(function (group) { return group || ""; })
          .filter(function (group) { return group !== "/" && group !== "-" && group !== "."; });
        var groups = {};
        values.forEach(function (value, i) { groups[rule.groups[i]] = value; });
        visit(rule, groups, span);
      }
    });
  }

  function isPeriod(rule, groups) {
    return rule.name.startsWith("type-") && groups.n.length === 4 && +groups.n >= 1800 && +groups.n <= 2099;
  }

  function byStart(a, b) { return a.start - b.start; }

  function numbersIn(mirror) {
    var taken = [], found = [];
    eachMatch(numberRules, mirror.text, taken, function (rule, groups, span) {
      if (isPeriod(rule, groups)) return;
      taken.push(span);
      var type = (groups.t || "").split(" ").filter(Boolean).join(" ");
      found.push({
        start: mirror.starts[span[0]], end: mirror.ends[span[1] - 1],
        number: groups.n.replace(/^0+/, "") || "0", year: groups.y || null,
        type: has(typeOfForm, type) ? typeOfForm[type] : null,
        issuer: (groups.i || "").toUpperCase() || null, form: rule.name
      });
    });
    found.forEach(function (match) {
      var head = match.year ? match.number + "/" + match.year : match.number;
      match.value = [head, match.type, match.issuer].filter(Boolean).join("/");
    });
    return found.sort(byStart);
  }

  function daysIn(year, month) {
    if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
    return [4, 6, 9, 11].indexOf(month) >= 0 ? 30 : 31;
  }

  function isoOf(groups) {
    var year = groups.y || (groups.Y && (+groups.Y >= 30 ? "19" : "20") + groups.Y) || "";
    if (groups.d && (+groups.d < 1 || +groups.d > daysIn(+(year || 2000), +groups.m))) return null;
    var parts = [year || "-"];
    [groups.m, groups.d].forEach(function (part) { if (part) parts.push(("0" + (+part)).slice(-2)); });
    return parts.join("-");
  }

  function datesIn(mirror) {
    var taken = [], found = [];
    eachMatch(numberRules, mirror.text, [], function (rule, groups, span) {
      if (!isPeriod(rule, groups)) taken.push(span);
    });
    eachMatch(dateRules, mirror.text, taken, function (rule, groups, span) {
      var value = isoOf(groups);
      if (value === null) return;
      taken.push(span);
      found.push({ start: mirror.starts[span[0]], end: mirror.ends[span[1] - 1], value: value });
    });
    return found.sort(byStart);
  }

  function words(text) {
    var repaired = normalize(text), right = shadow(repaired);
    return spans(shadow(text)).map(function (span) {
      var exact = repaired.slice(right.starts[span.from], right.ends[span.to - 1]);
      return { kind: "word", exact: exactKey(exact), folded: foldedKey(span.text), start: span.start, end: span.end };
    });
  }

  function tokens(text) {
    var mirror = shadow(text), found = [];
    function keep(kind) {
      return function (m) { found.push({ kind: kind, exact: m.value, folded: m.value, start: m.start, end: m.end }); };
    }
    numbersIn(mirror).forEach(keep("number"));
    datesIn(mirror).forEach(keep("date"));
    var taken = found.map(function (token) { return [token.start, token.end]; });
    words(text).forEach(function (word) { if (!overlaps(taken, word.start, word.end)) found.push(word); });
    return found.sort(byStart);
  }

  root.cotmocAnalysis = {
    normalize: normalize, reattachMarks: reattachMarks, fold: fold, shadow: shadow,
    isSyllable: isSyllable, isFoldedSyllable: isFoldedSyllable, placeTone: placeTone,
    exactKey: exactKey, foldedKey: foldedKey, decodeTyped: decodeTyped, decodeWord: decodeWord,
    findDates: function (text) { return datesIn(shadow(text)); },
    findNumbers: function (text) { return numbersIn(shadow(text)); },
    words: words, tokens: tokens
  };
})(typeof window === "undefined" ? globalThis : window);
