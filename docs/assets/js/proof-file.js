/* A dropped or chosen file as text: .txt, .md and .docx. Nothing leaves the browser. Limits and
 * messages as in scripts/reading.py; the unpacking is fflate's (Firefox ESR 102 has none of its own).
 */
(function (root) {
  "use strict";

  var MEGABYTE = 1024 * 1024;
  var LONGEST_TEXT = 5 * MEGABYTE, LARGEST_FILE = 60 * MEGABYTE, LARGEST_PART = 40 * MEGABYTE;
  var W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  var FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006";
  var PARTS = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];
  var SIGNS = { tab: "\t", br: "\n", cr: "\n", noBreakHyphen: "-" };

  function Unreadable(what, remedy) {
    var error = new Error(what + " Cách sửa: " + remedy);
    error.isUnreadable = true;
    return error;
  }

  function bytesOf(file) {
    return new Promise(function (resolve, reject) {
      var reader = new FileReader();
      reader.onload = function () { resolve(new Uint8Array(reader.result)); };
      reader.onerror = function () { reject(Unreadable("Không mở được " + file.name + ".", "chọn lại tệp.")); };
      reader.readAsArrayBuffer(file);
    });
  }

  function checked(text, name) {
    if (text.length > LONGEST_TEXT) {
      throw Unreadable(name + " có hơn " + LONGEST_TEXT / MEGABYTE + " triệu chữ.", "tách nhỏ rồi soát từng phần.");
    }
    return text;
  }

  function plain(bytes, name) {
    var wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (!wide && bytes.subarray(0, MEGABYTE).indexOf(0) >= 0) {
      throw Unreadable(name + " không phải tệp chữ.", "dùng .txt, .md hoặc .docx.");
    }
    var coding = !wide ? "utf-8" : bytes[0] === 0xff ? "utf-16le" : "utf-16be";
    try {
      return new TextDecoder(coding, { fatal: true }).decode(bytes).replace(/\r\n/g, "\n");
    } catch (error) {
      throw Unreadable(name + " không phải chữ Unicode (UTF-8); có thể dùng bảng mã cũ (TCVN3, VNI).",
        "đổi sang Unicode (UniKey, Ctrl+Shift+F6) rồi lưu lại dạng UTF-8.");
    }
  }

  function unpack(bytes, name) {
    var tooLarge = false, found;
    try {
      found = root.fflate.unzipSync(bytes, {
        filter: function (entry) {
          if (PARTS.indexOf(entry.name) < 0) return false;
          if (entry.originalSize > LARGEST_PART) tooLarge = true;
          return !tooLarge;
        }
      });
    } catch (error) {
      throw Unreadable(name + " bị hỏng hoặc có mật khẩu.", "mở bằng Word, lưu lại rồi soát lại.");
    }
    if (tooLarge) throw Unreadable(name + " giải nén ra quá lớn.", "mở bằng Word, chép phần chữ sang tệp mới.");
    if (!found[PARTS[0]]) throw Unreadable(name + " không phải tệp Word (.docx).", "mở bằng Word rồi lưu lại.");
    return PARTS.filter(function (part) { return found[part]; }).map(function (part) { return found[part]; });
  }

  function parse(bytes, name) {
    var text = new TextDecoder("utf-8").decode(bytes);
    if (text.slice(0, 4096).indexOf("<!DOCTYPE") >= 0 || text.indexOf("<!ENTITY") >= 0) {
      throw Unreadable(name + " có nội dung lạ (khai báo DOCTYPE).", "mở bằng Word rồi lưu lại.");
    }
    var xml = new DOMParser().parseFromString(text, "application/xml");
    if (xml.getElementsByTagName("parsererror").length) {
      throw Unreadable(name + " bị hỏng.", "mở bằng Word, lưu lại rồi soát lại.");
    }
    return xml.documentElement;
  }

  function isFallback(node) { return node.namespaceURI === FALLBACK && node.localName === "Fallback"; }

  function paragraphs(node, found) {
    for (var child = node.firstElementChild; child; child = child.nextElementSibling) {
      if (isFallback(child)) continue;
      if (child.namespaceURI === W && child.localName === "p") found.push(child);
      paragraphs(child, found);
    }
    return found;
  }

  function line(node) {
    var text = "";
    for (var child = node.firstElementChild; child; child = child.nextElementSibling) {
      var name = child.namespaceURI === W ? child.localName : "";
      if (name === "t") text += child.textContent;
      else if (Object.prototype.hasOwnProperty.call(SIGNS, name)) text += SIGNS[name];
      else if (name !== "p" && name !== "pPr" && !isFallback(child)) text += line(child);
    }
    return text;
  }

  function word(bytes, name) {
    var lines = [];
    unpack(bytes, name).forEach(function (part) {
      paragraphs(parse(part, name), []).forEach(function (node) { lines.push(line(node)); });
    });
    return lines.join("\n") + "\n";
  }

  root.cotmoc = root.cotmoc || {};

  /** A promise of the file's text; it is rejected with an error whose message can be shown. */
  root.cotmoc.readDraft = function (file) {
    var kind = (/\.[^.]*$/.exec(file.name.toLowerCase()) || [""])[0];
    if (file.size > LARGEST_FILE) {
      return Promise.reject(Unreadable(file.name + " lớn quá " + LARGEST_FILE / MEGABYTE + " MB.", "tách nhỏ rồi soát từng phần."));
    }
    if (kind === ".doc") {
      return Promise.reject(Unreadable(file.name + " là tệp Word cũ (.doc).", "mở bằng Word rồi lưu lại dạng .docx."));
    }
    if ([".txt", ".md", ".docx"].indexOf(kind) < 0) {
      return Promise.reject(Unreadable(file.name + ": trang này chưa đọc được loại tệp này.", "dùng .txt, .docx, hoặc chép chữ rồi dán vào ô."));
    }
    return bytesOf(file).then(function (bytes) {
      return checked(kind === ".docx" ? word(bytes, file.name) : plain(bytes, file.name), file.name);
    });
  };

  root.cotmoc.longestDraft = LONGEST_TEXT;
})(window);
