/* The draft checker: slips of the keyboard or scanner, ways of writing names. The same as
 * macros/proofing/wording.py.
 */
(function (root) {
  "use strict";

  var A = root.cotmocAnalysis, P = root.cotmocProof;
  var phraseAt = P.phraseAt, XEM = P.XEM, GOI_Y = P.GOI_Y;

  /* ---- wording ---- */

  var RUN = /(?:[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]*)+(?: [\u0300-\u036f]+)?/g;
  var LONE = /(?<![A-Za-z0-9\u00c0-\u1eff.,/-])([mn]) +((?:19|20)[0-9]{2})(?![0-9])/g;
  var LETTERS = /^[a-z\u0111\u00e0-\u1ef9]+$/;
  var OLD_TONE = /([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])$/;
  var ASCII = /^[\u0000-\u007f]*$/;

  P.checkWording = function (stream, kit, report) {
    marks(stream, report);
    if (!stream.bare) {
      phrases(stream, kit, report);
      strangeWords(stream, report);
      lost(stream, kit, report);
    }
    styleOfNames(stream, kit, report);
  };

  function each(pattern, text, visit) {
    var match;
    pattern.lastIndex = 0;
    while ((match = pattern.exec(text))) visit(match, match.index, match.index + match[0].length);
  }

  function marks(stream, report) {
    each(RUN, stream.text, function (match, start, end) {
      var found = match[0];
      if (ASCII.test(found)) return;
      var repaired = A.normalize(found);
      if (repaired === found.normalize("NFC")) return;
      report.add(GOI_Y, start, end, "marks", { expected: repaired }, { fix: repaired });
    });
  }

  function phrases(stream, kit, report) {
    var items = stream.items, at = 0;
    var also = new Set(kit.rules.spelling_also.map(function (phrase) {
      return phrase.map(function (pair) { return pair[0]; }).join(" ");
    }));
    while (at < items.length) {
      var hit = phraseAt(stream, at, items.length, kit.spelled, true);
      if (!hit) {
        at += 1;
        continue;
      }
      var length = hit[0], phrase = hit[1], first = at;
      var slips = P.range(0, length).filter(function (n) { return items[first + n].exact !== phrase[n][0]; });
      if (slips.length && slips.length < length && !isAllowed(stream, kit, at, length, also)) {
        slips.forEach(function (n) { slip(stream, first + n, phrase[n][0], report); });
      }
      at += slips.length ? 1 : length;
    }
  }

  function isAllowed(stream, kit, at, length, also) {
    var items = stream.items.slice(at, at + length);
    var found = items.map(function (item) { return item.exact; }).join(" ");
    var plain = items.map(function (item) { return item.folded; }).join(" ");
    var most = kit.rules.spelling_comma.indexOf(plain) >= 0 ? P.COMMA : 0;
    if (also.has(found) || items.slice(1).some(function (item) { return item.gap > most || item.quoted; })) return true;
    if (isOtherName(stream, kit, items, plain)) return true;
    var following = P.has(kit.rules.spelling_follow, found) ? kit.rules.spelling_follow[found] : null, next = stream.items[at + length];
    return following !== null && next !== undefined && following.indexOf(next.exact) >= 0;
  }

  function isOtherName(stream, kit, items, plain) {
    function written(item) { return stream.text.slice(item.start, item.end); }
    function isCapital(item) {
      var first = written(item).slice(0, 1);
      return first !== first.toLowerCase();
    }
    if (kit.rules.spelling_proper.indexOf(plain) >= 0) return !isCapital(items[0]);
    var shouted = items.every(function (item) { return written(item) === written(item).toUpperCase(); });
    return items.length > 1 && items.every(isCapital) && !shouted;
  }

  function slip(stream, n, word, report) {
    var item = stream.items[n];
    if (report.covered(item.start, item.end, [XEM, GOI_Y])) return;
    var expected = P.like(stream.text.slice(item.start, item.end), word);
    report.add(XEM, item.start, item.end, "spelling", { expected: expected }, { fix: expected });
  }

  function strangeWords(stream, report) {
    stream.items.forEach(function (item) {
      if (item.kind !== "word" || item.exact === item.folded) return;
      var found = stream.text.slice(item.start, item.end).normalize("NFC");
      if (!LETTERS.test(found.toLowerCase()) || (A.isSyllable(found) && toned(found.toLowerCase()) === toned(item.exact))) return;
      if (found === found.toUpperCase()) return;
      if (report.findings.some(function (f) { return f.start <= item.start && item.start < f.end && f.end <= item.end + 2; })) return;
      if (!A.isFoldedSyllable(item.folded)) return;
      report.add(XEM, item.start, item.end, "not_a_word", {}, { kind: "spelling" });
    });
  }

  function toned(word) {
    return word.normalize("NFD").replace(OLD_TONE, "$1$3$2").split("y").join("i");
  }

  function lost(stream, kit, report) {
    var items = stream.items;
    kit.rules.lost_words.forEach(function (entry) {
      var phrase = entry[0], heads = P.byHead([phrase]);
      for (var at = 0; at < items.length - phrase.length; at++) {
        var following = items[at + phrase.length];
        if (!phraseAt(stream, at, items.length, heads) || following.gap || following.kind !== "word") continue;
        if (entry[1].indexOf(following.exact) >= 0) continue;
        report.add(XEM, items[at].start, items[at + phrase.length - 1].end, "lost_letter", { expected: entry[2] },
          { kind: "spelling", fix: entry[2] });
      }
    });
    each(LONE, stream.text, function (match, start, end) {
      var expected = "năm " + match[2];
      report.add(XEM, start, end, "lost_letter", { expected: expected }, { kind: "spelling", fix: expected });
    });
  }

  function styleOfNames(stream, kit, report) {
    kit.rules.case_style.forEach(function (pair) {
      var at = stream.text.indexOf(pair[0]);
      while (at >= 0) {
        report.add(GOI_Y, at, at + pair[0].length, "name_style", { expected: pair[1] }, { fix: pair[1] });
        at = stream.text.indexOf(pair[0], at + 1);
      }
    });
    dashes(stream, report);
    commas(stream, kit, report);
  }

  function dashes(stream, report) {
    var units = stream.units, text = stream.text;
    for (var n = 0; n + 1 < units.length; n++) {
      var one = units[n], two = units[n + 1];
      if (one.code !== "@vn" || two.code[0] !== "@" || two.code === "@vn" || two.b - two.a > 2) continue;
      var between = text.slice(one.end, two.start);
      if (!/^ +$/.test(between) || stream.items[one.a].folded !== "viet" || one.b - one.a !== 2) continue;
      var expected = text.slice(one.start, one.end) + " - " + text.slice(two.start, two.end);
      report.add(GOI_Y, one.start, two.end, "dash", { expected: expected }, { kind: "name_style", fix: expected });
    }
  }

  function commas(stream, kit, report) {
    var items = stream.items;
    for (var at = 0; at < items.length; at++) {
      var hit = phraseAt(stream, at, items.length, kit.heads.no_comma);
      if (!hit || !items.slice(at + 1, at + hit[0]).some(function (item) { return item.gap === P.COMMA; })) continue;
      var expected = items.slice(at, at + hit[0]).map(function (item) { return stream.text.slice(item.start, item.end); }).join(" ");
      report.add(XEM, items[at].start, items[at + hit[0] - 1].end, "name_style", { expected: expected }, { fix: expected });
    }
  }
})(typeof window === "undefined" ? globalThis : window);
