"""Where the files to take away stand in the site: one place, for builders and for links."""

from __future__ import annotations

FOLDER = "tai-ve"

TABLE_OF = {
    "treaties": "dieu-uoc",
    "borders": "tuyen",
    "topics": "chu-de",
    "documents": "van-ban",
    "events": "su-kien",
    "agencies": "co-quan",
    "glossary": "thuat-ngu",
    "sources": "nguon",
    "talking_points": "y-chinh",
    "questions": "hoi-dap",
}
"""Kind of record -> name of its table, also the name of the files that hold it."""

WHOLE_WORKBOOK = f"{FOLDER}/cot-moc.xlsx"
TALLY = f"{FOLDER}/phieu-dem-bao-cao.docx"


def csv(table: str) -> str:
    """Address of a table as CSV."""
    return f"{FOLDER}/{table}.csv"


def workbook(table: str) -> str:
    """Address of the workbook of a kind: its table and those of its parts."""
    return f"{FOLDER}/{table}.xlsx"


def calendar(of: int | str) -> str:
    """Address of the calendar file of a year, a line or a topic."""
    return f"{FOLDER}/lich-{of}.ics"


def outline(record_id: str) -> str:
    """Address of the Word outline of a topic or a line."""
    return f"{FOLDER}/de-cuong-{record_id}.docx"


def fact_sheet(record_id: str) -> str:
    """Address of the Word fact sheet of a treaty."""
    return f"{FOLDER}/phieu-{record_id}.docx"


def word_table(table: str) -> str:
    """Address of a table as a Word file."""
    return f"{FOLDER}/bang-{table}.docx"
