"""Office files are zip archives that carry the minute of their making; here they lose it.

The same library must give the same bytes on every machine and every day, so that a copy can be
checked against its published hash.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile


def midnight(day: dt.date) -> dt.datetime:
    """The stamp of every file made from data of ``day``: midnight, without a time zone."""
    return dt.datetime.combine(day, dt.time())


def settled(data: bytes, day: dt.date) -> bytes:
    """The zip archive ``data`` with the same entries in the same order, all dated ``day``.

    Office programs ask that ``[Content_Types].xml`` comes first, so the order is kept.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise the system and the rights of the machine at hand get into the file.
            entry.create_system = 0
            entry.external_attr = 0
            new.writestr(entry, old.read(name), compresslevel=6)
    return out.getvalue()
