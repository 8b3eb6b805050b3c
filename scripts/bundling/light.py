"""The light edition: the same site without Word and Excel files, for slow lines and small discs."""

from __future__ import annotations

import re
from collections.abc import Mapping

OFFICE = (".docx", ".xlsx")
_LINK = re.compile(
    rb'<a\b(?=[^>]*?\shref="[^"]*\.(?:docx|xlsx)(?:[?#][^"]*)?")[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE
)
_SAID = '<span class="cm-absent">{} (có trong bản đầy đủ)</span>'.encode().partition(b"{}")


def light(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """``site`` without office files; a link to one becomes its text and says where the file is."""
    return {
        name: _LINK.sub(lambda m: _SAID[0] + m[1] + _SAID[2], data) if name.endswith(".html") else data
        for name, data in site.items()
        if not name.endswith(OFFICE)
    }
