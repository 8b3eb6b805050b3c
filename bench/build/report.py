"""The page with the results of ``cotmoc bench build``: tables, the bars, and a plot as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from bench.build.run import Row
from macros.printed import number

NAMES = {
    "pages": "Cột Mốc, chỉ trang",
    "whole": "Cột Mốc, cả tệp tải về",
    "material": "MkDocs Material (chuẩn)",
    "zensical": "Zensical",
    "hugo": "Hugo",
}
COLOURS = {"pages": "#8a1c1c", "whole": "#c05a2b", "material": "#2b5fc0", "zensical": "#5a2bc0", "hugo": "#1c7a4a"}


def report(rows: list[Row], facts: Mapping[str, str]) -> str:
    """The page in Markdown."""
    return "\n".join(
        [
            _HEAD.format(**facts),
            *_times(rows),
            "",
            "![Thời gian dựng theo số bản ghi](assets/img/do-luong-dung-trang.svg)",
            "",
            "## Các mức đã đặt",
            "",
            *_bars(rows),
            "",
            "## Từng phần của Cột Mốc",
            "",
            *_parts(rows),
            _TAIL,
        ]
    )


_HEAD = """\
---
title: Đo lường dựng trang
description: Thư viện lớn gấp mười thì kiểm tra, dựng trang, sửa một bản ghi mất bao lâu, đặt cạnh ba công cụ khác.
page_id: trang/do-luong-dung-trang
search: false
---
# Đo lường dựng trang

Đo ngày {day} bằng lệnh `make bench`. Máy: {machine}. {load}Mỗi số là trung vị của ba lần chạy, các công cụ \
chạy xen kẽ nhau.

Thư viện để đo do máy tạo từ dữ liệu thật (`bench/build/synthetic.py`, hạt giống cố định): cùng loại, cùng độ dài, \
cùng quan hệ, nhân lên tới số bản ghi cần đo. Các công cụ khác nhận đúng những trang ấy viết bằng Markdown thường, \
để ngoài `nav`, không có mã của thư viện. “Chỉ trang” là phần so được với chúng: trang, tìm kiếm, dữ liệu mở, \
bộ soát dự thảo. “Cả tệp tải về” thêm Word, Excel, CSV, lịch, là thứ các công cụ kia không làm. \
Trang dài quá 15.000 từ được để ngoài ô tìm kiếm của Material và Zensical, vì Zensical không nhận; ô tìm kiếm của \
Cột Mốc có đủ.

## Thời gian dựng (giây)

“CPU” là tổng thời gian của các nhân, ít phụ thuộc vào việc máy đang bận.
"""

_TAIL = """
“Sửa một bản ghi” là thời gian từ lúc `serve` nhận tệp sửa tới lúc mọi trang, tìm kiếm, dữ liệu mở đã theo bản mới \
(trung vị của năm lần sửa ngày ký một điều ước); tệp tải về làm lại sau, khi ngừng sửa ba giây.
"""


def busy(loads: list[float]) -> str:
    """A sentence about what else the machine was doing (mean number of waiting processes), or nothing."""
    if not loads:
        return ""
    low, high = min(loads), max(loads)
    return f"Tải trung bình của máy lúc bắt đầu và lúc xong: từ {_n(low)} tới {_n(high)}. "


def _times(rows: list[Row]) -> Iterator[str]:
    shown = [name for name in NAMES if any(name in row.runs for row in rows)]
    yield "| Bản ghi | Trang | " + " | ".join(f"{NAMES[name]} | CPU" for name in shown) + " |"
    yield "| ---: | ---: |" + " ---: | ---: |" * len(shown)
    for row in rows:
        cells = [f"{_n(row.runs[n].seconds)} | {_n(row.runs[n].cpu)}" if n in row.runs else "– | –" for n in shown]
        yield f"| {number(row.records)} | {number(row.pages)} | " + " | ".join(cells) + " |"


def _parts(rows: list[Row]) -> Iterator[str]:
    yield (
        "| Bản ghi | Kiểm tra (giây) | Trang mỗi giây | Bộ nhớ cao nhất (MB) | Cả tệp tải về (MB) | "
        "Chỉ mục tìm kiếm (kB) | Trang và dữ liệu (MB) | Sửa một bản ghi (giây) | Nhanh hơn dựng cả |"
    )
    yield "|" + " ---: |" * 9
    for row in rows:
        pages, whole = row.runs["pages"], row.runs["whole"]
        yield (
            f"| {number(row.records)} | {_n(row.runs['check'].seconds)} | {_n(row.pages / pages.seconds)} | "
            f"{_n(pages.memory, 0)} | {_n(whole.memory, 0)} | {_n(row.index_kb, 0)} | {_n(row.size_mb)} | "
            f"{_n(row.edit['edit'], 2)} | {_n(whole.seconds / row.edit['edit'], 0)} lần |"
        )


def _bars(rows: list[Row]) -> Iterator[str]:
    """Each bar with what was measured, whether it is met or not."""
    yield "| Mức | Đo được | Đạt |"
    yield "| --- | --- | --- |"
    large = [row for row in rows if row.records >= 900]
    if not large:
        yield "| (cần ít nhất 1.000 bản ghi) | – | – |"
        return
    for name, factor in (("material", 2.5), ("zensical", 2.5)):
        if all(name in row.runs for row in large):
            ratios = [(row.records, row.runs[name].seconds / row.runs["pages"].seconds) for row in large]
            yield _bar(f"nhanh hơn {NAMES[name]} ít nhất 2,5 lần", ratios, [r >= factor for _, r in ratios])
    if all("hugo" in row.runs for row in large):
        ratios = [(row.records, row.runs["pages"].seconds / row.runs["hugo"].seconds) for row in large]
        yield _bar("chậm hơn Hugo không quá 2,5 lần", ratios, [ratio <= 2.5 for _, ratio in ratios])
    by_size = {round(row.records, -3): row for row in large}
    if {1000, 10000} <= by_size.keys():
        ratio = by_size[10000].runs["whole"].seconds / by_size[1000].runs["whole"].seconds
        yield _bar("10.000 bản ghi lâu không quá 11 lần 1.000 bản ghi", [(10000, ratio)], [ratio <= 11])
        most = by_size[10000].runs["whole"].memory
        yield f"| dưới 600 MB ở 10.000 bản ghi | {_n(most, 0)} MB | {_yes(most < 600)} |"
    ratios = [(row.records, row.runs["whole"].seconds / row.edit["edit"]) for row in large]
    yield _bar("sửa một bản ghi nhanh hơn dựng cả ít nhất 10 lần", ratios, [ratio >= 10 for _, ratio in ratios])


def _bar(words: str, ratios: list[tuple[int, float]], met: list[bool]) -> str:
    said = "; ".join(f"{_n(ratio)} lần ở {number(records)}" for records, ratio in ratios)
    return f"| {words} | {said} | {_yes(all(met))} |"


def _yes(met: bool) -> str:
    return "đạt" if met else "chưa đạt"


def _n(value: float, decimals: int = 1) -> str:
    return number(round(value, decimals) if decimals else round(value))


def plot(rows: list[Row]) -> str:
    """Seconds over records, both axes logarithmic, one line a generator; SVG with its own words."""
    from math import log10

    names = [name for name in NAMES if all(name in row.runs for row in rows)]
    values = [row.runs[name].seconds for row in rows for name in names]
    low, high = log10(min(values)) - 0.05, log10(max(values)) + 0.05
    first, last = log10(rows[0].records), log10(rows[-1].records)

    def x(records: float) -> float:
        return 60 + 420 * (log10(records) - first) / ((last - first) or 1)

    def y(seconds: float) -> float:
        return 300 - 260 * (log10(seconds) - low) / (high - low)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 340" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>Thời gian dựng theo số bản ghi (hai trục chia theo lũy thừa)</title>",
        '<rect width="720" height="340" fill="#ffffff"/>',
    ]
    for row in rows:
        parts.append(f'<path d="M{x(row.records):.0f} 40V300" stroke="#dddddd"/>')
        parts.append(f'<text x="{x(row.records):.0f}" y="320" text-anchor="middle">{number(row.records)}</text>')
    for tick in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500):
        if low <= log10(tick) <= high:
            parts.append(f'<path d="M60 {y(tick):.0f}H480" stroke="#dddddd"/>')
            parts.append(f'<text x="52" y="{y(tick) + 4:.0f}" text-anchor="end">{number(tick)} giây</text>')
    for place, name in enumerate(sorted(names, key=lambda n: -rows[-1].runs[n].seconds)):
        points = " ".join(f"{x(row.records):.1f},{y(row.runs[name].seconds):.1f}" for row in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2.5"/>')
        parts.append(f'<path d="M500 {56 + 24 * place}h24" stroke="{COLOURS[name]}" stroke-width="4"/>')
        parts.append(f'<text x="530" y="{60 + 24 * place}">{escape(NAMES[name])}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
