"""The light edition: the same site without Word and Excel files and without the pictures of the
handbook, for slow lines and small discs."""

from __future__ import annotations

import re
from collections.abc import Mapping

OFFICE = (".docx", ".xlsx")
PICTURES = "assets/img/so-tay/"
"""Only editors look at them, and the words beside each say the same."""
_LINK = re.compile(
    rb'<a\b(?=[^>]*?\shref="[^"]*\.(?:docx|xlsx)(?:[?#][^"]*)?")[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE
)
_PICTURE = re.compile(
    rb'<img\b(?=[^>]*?\ssrc="[^"]*' + PICTURES.encode() + rb'[^"]*")(?=[^>]*?\salt="([^"]*)")[^>]*>', re.IGNORECASE
)
_SAID = '<span class="cm-absent">{} (có trong bản đầy đủ)</span>'.encode().partition(b"{}")


def light(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """``site`` without these files; a link or picture becomes its text and says where the file is."""
    return {
        name: _without(data) if name.endswith(".html") else data
        for name, data in site.items()
        if not name.endswith(OFFICE) and not name.startswith(PICTURES)
    }


def _without(page: bytes) -> bytes:
    page = _LINK.sub(lambda m: _SAID[0] + m[1] + _SAID[2], page)
    return _PICTURE.sub(lambda m: _SAID[0] + "Hình: ".encode() + m[1] + _SAID[2], page)
