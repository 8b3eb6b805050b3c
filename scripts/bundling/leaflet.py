"""The two pages beside the site: one opens it, the other is to be printed and put with the disc."""

from __future__ import annotations

import html
import re

from scripts.bundling.files import SITE
from scripts.devenv.console import Stop

OPENER = "MO-THU-VIEN.html"
HOW_TO = "CACH-MO.html"
_ARTICLE = re.compile(r'<article class="cm-article">(.*?)</article>', re.DOTALL)
_RELATIVE = re.compile(r'(\s(?:href|src)=")(?![A-Za-z][A-Za-z0-9+.-]*:|#|/)')

_HEAD = """<!doctype html>
<html lang="vi">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title}</title>
  <link rel="icon" href="{site}/assets/img/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="{site}/assets/css/fonts.css">
  <link rel="stylesheet" href="{site}/assets/css/tokens.css">
  <link rel="stylesheet" href="{site}/assets/css/base.css">
  <link rel="stylesheet" href="{site}/assets/css/leaflet.css">
{extra}</head>
<body class="cm-leaflet">
<main>
"""

# The script is beside the site: where only this page was taken out of the zip, nothing happens
# and the words stay. A refresh in the head would show "file not found" there.
_OPEN = """  <script src="{site}/assets/js/open.js" defer></script>
  <noscript><meta http-equiv="refresh" content="0; url={site}/index.html"></noscript>
"""


def opener(name: str) -> str:
    """MO-THU-VIEN.html: opens the home page, or says why it cannot."""
    title = html.escape(name)
    return (
        _HEAD.format(title=f"Mở thư viện {title}", site=SITE, extra=_OPEN.format(site=SITE))
        + f"""<h1>Mở thư viện {title}</h1>
<p><a href="{SITE}/index.html">Bấm vào đây để mở thư viện</a> nếu trang chủ không tự hiện ra.</p>
<h2>Bấm rồi mà trình duyệt báo không tìm thấy tệp?</h2>
<p>Tệp nén chưa được giải nén. Đóng trang này, bấm chuột phải vào tệp .zip, chọn
<strong>Giải nén tất cả</strong> (Extract All), rồi mở {OPENER} trong thư mục vừa giải nén.</p>
<p>Cách chép vào máy, vào đĩa, lên mạng nội bộ: <a href="{HOW_TO}">{HOW_TO}</a>.</p>
</main>
</body>
</html>
"""
    )


def how_to(name: str, page: str, line: str) -> str:
    """CACH-MO.html: the article of the site's page cach-mo.html on one printed sheet.

    ``page`` is that page's HTML, ``line`` says which copy this is. The text has one home,
    docs/cach-mo.md. Raises Stop when the page has no article.
    """
    article = _ARTICLE.search(page)
    if article is None:
        raise Stop("Trang cach-mo.html không có nội dung.", "xem lại docs/cach-mo.md và khung trang.")
    body = _RELATIVE.sub(rf"\g<1>{SITE}/", article[1]).replace("¶", "")
    head = _HEAD.format(title=f"Cách mở – {html.escape(name)}", site=SITE, extra="")
    return f'{head}{body.strip()}\n<p class="cm-leaflet__line">{html.escape(line)}</p>\n</main>\n</body>\n</html>\n'
