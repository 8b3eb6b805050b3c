"""The benchmark's tables in Markdown, Vietnamese."""

from __future__ import annotations

import html

from bench.search.engines import ENGINES
from bench.search.measure import SAMPLE, Result, quality
from tests.search.queries import Query

FORM_LABELS = {
    "full": "có dấu", "plain": "không dấu", "nfd": "dấu rời (NFD)", "tone": "kiểu đặt dấu, i/y, dấu lạc",
    "telex": "phím Telex thô", "vni": "phím VNI thô", "typo": "gõ sai", "prefix": "đang gõ dở",
    "abbreviation": "chữ tắt", "alias": "tên gọi khác", "date": "ngày", "number": "số văn bản",
    "question": "câu hỏi", "nothing": "không được ra gì", "": "mọi câu có đáp án",
}  # fmt: skip
HEAD = """---
title: Đo lường tìm kiếm
description: Kết quả đo ô tìm kiếm của thư viện, đặt cạnh ba công cụ tìm kiếm khác trên cùng bản ghi và cùng câu hỏi.
page_id: trang/do-luong-tim-kiem
search: false
---
# Đo lường tìm kiếm

Đo ngày {day} bằng lệnh `make bench-search`. Máy: {machine}. Trình duyệt: Chromium {browser}, chạy không màn hình.
Tải trung bình của máy trong lúc đo: {load}.

Có {known} câu hỏi viết tay có đáp án và {nothing} câu không được ra kết quả nào
(tệp `tests/search/queries.yaml`). Mọi công cụ tìm trên cùng {size} bản ghi, cùng chữ.
“Đúng ngay” là bản ghi đúng đứng đầu (success@1), “trong 3” là đứng trong ba kết quả đầu
(success@3), MRR@10 là trung bình của 1 chia cho thứ hạng, tính trong mười kết quả đầu;
cả ba tính bằng phần trăm.
"""


def number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [" | ".join(head), " | ".join(["---", *["---:"] * (len(head) - 1)])]
    return "\n".join(f"| {line} |" for line in [*lines, *(" | ".join(row) for row in rows)])


def report(results: list[Result], queries: tuple[Query, ...], facts: dict[str, str]) -> str:
    """The whole page. The first result is at the real size. ``facts``: day, machine, browser, load."""
    size = results[0].size
    real = [result for result in results if result.size == size]
    known = sum(bool(query.first) for query in queries)
    head = HEAD.format(known=known, nothing=len(queries) - known, size=size, **facts)
    ours = next(result for result in real if result.engine == "ours")
    return "\n\n".join([
        head.rstrip(), "## Cột Mốc theo từng cách gõ", _own(ours, queries),
        "## Đúng ngay, cạnh các công cụ khác", bars(real, queries), _beside(real, queries),
        "## Cỡ chỉ mục và thời gian", _sizes(results),
        *_decision(results, queries),
        _notes(results),
    ]) + "\n"  # fmt: skip


def _own(ours: Result, queries: tuple[Query, ...]) -> str:
    rows = []
    for form, q in quality(queries, ours.found).items():
        third = "–" if form == "nothing" else number(q.third)
        mrr = "–" if form == "nothing" else number(q.reciprocal)
        rows.append([FORM_LABELS[form], str(q.count), number(q.first), third, mrr])
    rows.sort(key=lambda row: row[0] == FORM_LABELS[""])
    return table(["Cách gõ", "Số câu", "Đúng ngay", "Trong 3", "MRR@10"], rows)


def _beside(real: list[Result], queries: tuple[Query, ...]) -> str:
    found = {result.engine: quality(queries, result.found) for result in real}
    forms = [form for form in FORM_LABELS if form in found["ours"]]
    rows = [[FORM_LABELS[f], *(number(found[r.engine][f].first) for r in real)] for f in forms]
    return table(["Cách gõ", *(ENGINES[result.engine][0] for result in real)], rows)


BAR = 300
"""Width of a whole bar, and of the picture: that of a narrow screen."""


def bars(real: list[Result], queries: tuple[Query, ...]) -> str:
    """The same figures as a picture: for each engine a bar of known items and one of what is not there."""
    parts, y = [], 0
    for result in real:
        found = quality(queries, result.found)
        parts.append(f'<text x="0" y="{y + 14}">{html.escape(ENGINES[result.engine][0])}</text>')
        for form, name in (("", "first"), ("nothing", "second")):
            share = found[form].first if form in found else 0.0
            top = y + (20 if name == "first" else 36)
            parts.append(f'<rect class="cm-bars__rail" x="0" y="{top}" width="{BAR}" height="13" fill="currentColor"/>')
            parts.append(
                f'<rect class="cm-bars__{name}" x="0" y="{top}" width="{BAR * share / 100:.1f}" height="13" '
                f'fill="currentColor"/><text x="{BAR + 6}" y="{top + 11}">{number(share)}</text>'
            )
        y += 64
    head = f'<svg viewBox="0 0 {BAR + 44} {y}" role="img" aria-label="Đúng ngay, phần trăm; số ở bảng dưới">'
    caption = "Phần trăm đúng ngay. Thanh đậm: mọi câu có đáp án; thanh nhạt: câu không được ra gì."
    lines = ['<figure class="cm-bars">', head, *parts, "</svg>", f"<figcaption>{caption}</figcaption>", "</figure>"]
    return "\n".join(lines)


def _sizes(results: list[Result]) -> str:
    rows = [
        [
            ENGINES[r.engine][0], thousands(r.size), number(r.raw / 1000, 0),
            number(r.packed / 1000, 0), number(r.load, 0), number(r.p50, 2), number(r.p95, 2),
        ]
        for r in sorted(results, key=lambda r: (list(ENGINES).index(r.engine), r.size))
    ]  # fmt: skip
    head = ["Công cụ", "Bản ghi", "Chỉ mục, kB", "nén gzip, kB", "nạp, ms", "p50, ms", "p95, ms"]
    return table(head, rows)


def _decision(results: list[Result], queries: tuple[Query, ...]) -> list[str]:
    """The figures that decided against lunr, measured in the same run."""
    lunr = [result for result in results if result.engine == "lunr"]
    if not lunr:
        return []
    first = quality(queries, lunr[0].found)[""].first
    text = (
        "Ban đầu thư viện định dùng lunr: lập chỉ mục bằng Python từ chính bộ phân tích của Cột Mốc, "
        "tra trong trình duyệt theo ba bước (đúng chữ; phần đầu của chữ cuối; gần đúng). "
        f"Đo được: đúng ngay {number(first)}% (mức đặt ra: ít nhất 97%); chỉ mục "
        f"{number(lunr[0].packed / 1000, 0)} kB nén gzip ở {lunr[0].size} bản ghi (dưới 250 kB); "
        f"p95 {number(lunr[-1].p95, 0)} ms ở {thousands(lunr[-1].size)} bản ghi (dưới 100 ms). "
        + "Vì vậy thư viện dùng bộ tính điểm riêng, trọng số là số nguyên, cho Python và trình duyệt cùng một kết quả."
    )
    return ["## Vì sao không dùng lunr", text]


def _notes(results: list[Result]) -> str:
    missing = [title for name, (title, _, _) in ENGINES.items() if name not in {r.engine for r in results}]
    lines = [
        "Bản ghi ngoài số thật là bản ghi giả lập, sinh từ một số gieo cố định, chỉ để đo cỡ và thời gian.",
        f"Mỗi câu hỏi hai lượt, lấy lượt nhanh hơn. Ở cỡ lớn hơn số thật chỉ hỏi khoảng {SAMPLE} câu, đủ mọi cách gõ "
        "(chỉ để đo thời gian) và nạp một lần; ở số thật nạp ba lần, lấy số giữa.",
        "Thời gian của mỗi câu tính từ lúc hỏi đến lúc có mười kết quả; với Material kể cả đường đi tới worker, "
        "với Pagefind kể cả việc tải mười hàng kết quả. MiniSearch tải bản ghi rồi lập chỉ mục trong trình duyệt, "
        "nên cột chỉ mục là cỡ của bản ghi. Pagefind chỉ tải một phần chỉ mục cho mỗi câu.",
    ]
    if missing:
        lines.append("Lần này không đo được: " + ", ".join(missing) + ".")
    return "## Ghi chú\n\n" + "\n".join(f"- {line}" for line in lines)
