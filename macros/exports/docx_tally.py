"""The sheet for counting a half-year's work, as a Word file to be filled in by hand."""

from __future__ import annotations

from macros import printed, references
from macros.exports.docx_paper import Paper
from macros.model import Library
from macros.tally import COUNTED, HEAD, MONTHS, NOTE


def build(library: Library) -> bytes:
    """One sheet across A4: channels down, six months and the sum across; then the deadlines on record."""
    paper = Paper(library, "Phiếu đếm công việc thông tin cơ sở", "phieu-dem-bao-cao", landscape=True)
    paper.title("Phiếu đếm sáu tháng", "công tác thông tin, tuyên truyền ở cơ sở")
    for line in HEAD:
        paper.say(line)
    rows = [
        (printed.capitalised(library.label("channel", channel)) if not number else "", unit, *[""] * (MONTHS + 1))
        for channel, units in COUNTED
        for number, unit in enumerate(units)
    ]
    months = [f"Tháng thứ {number}" for number in range(1, MONTHS + 1)]
    paper.table(("Kênh", "Đếm", *months, "Cộng"), rows, (5, 3, *[2] * MONTHS, 2))
    paper.say(NOTE)
    dues = [event for event in library.events if event.kind == "deadline" and event.dates.value]
    if dues:
        paper.heading("Hạn báo cáo ghi trong các văn bản của thư viện")
        for event in sorted(dues, key=lambda item: (item.dates.value[0], item.id)):
            who = f" ({references.plain(library, event.who)})" if event.who else ""
            paper.say(f"{printed.dates(event.dates.value)}: {event.title}{who}.", event.dates.sources, bullet=True)
    paper.sources()
    return paper.done()
