"""What is counted for the half-year report, channel by channel; a proposal of the library.

No form is prescribed by the guidance texts that the library holds, so the sheet says that it is
ours and that the form of the receiving body goes first. The counts stay on paper.
"""

from __future__ import annotations

COUNTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("truyen_thanh", ("bản tin đã phát", "lần phát")),
    ("bang_tin", ("lần niêm yết",)),
    ("ban_tin", ("tin, bài",)),
    ("tai_lieu", ("loại tài liệu", "bản đã phát")),
    ("truyen_mieng", ("buổi", "lượt người nghe")),
    ("trang_dien_tu", ("tin, bài", "lượt xem")),
    ("mang_xa_hoi", ("bài đăng", "lượt chia sẻ")),
    ("tin_nhan", ("lượt tin gửi",)),
)
"""Term of the vocabulary ``channel`` -> what is counted for it."""

MONTHS = 6
NOTE = (
    "Mẫu này do thư viện gợi ý. Cơ quan nhận báo cáo có mẫu riêng thì dùng mẫu đó. "
    "Số liệu do người làm tự ghi và giữ tại cơ quan; thư viện không thu thập."
)
HEAD = ("Đơn vị: ……………………………………", "Kỳ báo cáo: từ ngày …………… đến ngày ……………", "Người ghi: ……………………………………")
