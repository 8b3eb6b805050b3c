"""Checks of dates against each other. Imprecise dates are only compared as far as they are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from macros.checks.finding import Finding
from macros.model import Document, Fact, Library, PartialDate, Source, Treaty


def _surely_after(early: PartialDate | None, late: PartialDate | None) -> bool:
    """True when ``early`` cannot lie before or on ``late``, whatever days the two really are."""
    return early is not None and late is not None and early.first() > late.last()


def signed_before_in_force(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A treaty is signed before it enters into force, and approved in between or after signing."""
    for treaty in library.treaties:
        signed, begun = treaty.signed.value, treaty.entered_into_force.value
        if _surely_after(signed, begun):
            what = f"có hiệu lực {begun.official()} trước khi ký {signed.official()}"
            yield Finding(treaty.id, ("entered_into_force",), what, "xem lại hai ngày với nguồn")
        for index, approval in enumerate(treaty.approvals):
            if _surely_after(treaty.signed.value, approval.date.value):
                yield Finding(
                    treaty.id, ("approvals", index, "date"), "phê chuẩn trước khi ký", "xem lại ngày với nguồn"
                )


def terminated_after_in_force(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Nothing ends before it has begun."""
    for treaty in library.treaties:
        if _surely_after(treaty.entered_into_force.value, treaty.terminated.value):
            yield Finding(
                treaty.id, ("terminated",), "hết hiệu lực trước khi có hiệu lực", "xem lại hai ngày với nguồn"
            )
    for agency in library.agencies:
        if _surely_after(agency.established.value, agency.dissolved.value):
            yield Finding(
                agency.id, ("dissolved",), "kết thúc hoạt động trước khi thành lập", "xem lại hai ngày với nguồn"
            )


def issued_before_in_force(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A document is issued before or on the day it takes effect."""
    for document in library.documents:
        if _surely_after(document.issued.value, document.entered_into_force.value):
            yield Finding(
                document.id, ("entered_into_force",), "có hiệu lực trước khi ban hành", "xem lại hai ngày với nguồn"
            )


def nothing_from_the_future(library: Library, today: dt.date) -> Iterator[Finding]:
    """What has happened (signing, issuing, reviewing, checking) did not happen after today."""
    for _, record in library.records():
        past = [(("reviewed_on",), record.reviewed_on)]
        if isinstance(record, Treaty):
            past.append((("signed",), record.signed.value))
        if isinstance(record, Document):
            past.append((("issued",), record.issued.value))
        if isinstance(record, (Treaty, Document)):
            past.append((("status", "checked_on"), record.status.checked_on))
        if isinstance(record, Source):
            past.append((("date",), record.date))
        for path, value in past:
            if value is not None and value.year >= today.year and value.first() > today:
                yield Finding(record.id, path, f"{path[-1]}: {value.official()} chưa tới", "sửa ngày, hoặc để trống")


def status_fits_dates(library: Library, today: dt.date) -> Iterator[Finding]:
    """The status agrees with the dates: not in force has no such date, an ended phase has ended."""
    for record in (*library.treaties, *library.documents):
        status, begun, period = record.status.value, record.entered_into_force.value, record.period.value
        ended = getattr(record, "terminated", Fact()).value
        if status == "chua_hieu_luc" and begun is not None and begun.last() <= today:
            yield Finding(
                record.id,
                ("status",),
                f"ghi chưa có hiệu lực nhưng ngày có hiệu lực là {begun.official()}",
                "sửa một trong hai",
            )
        if status == "hieu_luc" and ended is not None and ended.last() < today:
            yield Finding(
                record.id, ("status",), f"ghi còn hiệu lực nhưng đã chấm dứt {ended.official()}", "sửa một trong hai"
            )
        if status == "het_giai_doan" and period is not None and period.last() >= today:
            yield Finding(
                record.id,
                ("status",),
                f"ghi giai đoạn đã kết thúc nhưng giai đoạn tới {period.last().year}",
                "sửa một trong hai",
            )
        if status == "hieu_luc" and period is not None and period.last() < today:
            yield Finding(
                record.id,
                ("status",),
                "giai đoạn ghi trong văn bản đã qua",
                "đổi thành het_giai_doan, hoặc ghi nguồn nói còn hiệu lực",
            )


def successor_starts_after_establishment(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A body hands over after it was established."""
    for agency in library.agencies:
        for index, succession in enumerate(agency.successors):
            if _surely_after(agency.established.value, succession.on.value):
                yield Finding(
                    agency.id, ("successors", index, "on"), "bàn giao trước khi thành lập", "xem lại ngày với nguồn"
                )
            if succession.agency == agency.id:
                yield Finding(agency.id, ("successors", index, "agency"), "tự kế tục chính mình", "sửa agency")
