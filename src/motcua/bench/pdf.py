"""A receipt with three papers and a fee as PDF/A, rendered as the counter does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from statistics import median

from motcua.base.time import VN
from motcua.bench.context import Context, Line, at_most
from motcua.slips.content import ComponentLine, FeeLine, Issuer, Party, ReceiptContent
from motcua.slips.rules import Purpose
from motcua.slips.services import render

ROUNDS = 100
BAR_MS = 30.0
FORM_SET = "TT03-2025"
_AT = datetime(2026, 2, 3, 16, 5, tzinfo=VN)


def run(context: Context) -> Iterator[Line]:
    """The median of a hundred receipts, each with another code and owner, after the first that reads the fonts."""
    render(Purpose.RECEIPT, FORM_SET, receipt(0))
    spent = []
    for number in range(1, ROUNDS + 1):
        begun = time.perf_counter()
        render(Purpose.RECEIPT, FORM_SET, receipt(number))
        spent.append((time.perf_counter() - begun) * 1000)
    context.say(f"phiếu nhanh nhất {min(spent):.1f} ms, chậm nhất {max(spent):.1f} ms")
    yield at_most("pdf", "receipt p50", median(spent), "ms", bar=BAR_MS)


def receipt(number: int) -> ReceiptContent:
    """A complete receipt of an invented owner."""
    owner = Party(
        name=f"Nguyễn Văn Thử {number}", identity=f"001090{number:06d}", phone="0900 000 000",
        address="Thôn Một, xã Thử Nghiệm, tỉnh Ví Dụ", email="nguyenvanthu@example.vn",
    )  # fmt: skip
    papers = ("Tờ khai đăng ký khai sinh theo mẫu", "Giấy chứng sinh", "Giấy chứng nhận kết hôn của cha mẹ")
    code = f"H99.04.12-260203-{number:04d}"
    return ReceiptContent(
        issuer=Issuer(
            superior="UBND tỉnh Ví Dụ", name="Trung tâm Phục vụ hành chính công", place="Ví Dụ",
            address="Số 1 đường Thử Nghiệm, phường Trung Tâm, tỉnh Ví Dụ", phone="0200 000 0000",
        ),
        issued_at=_AT, number=f"{number:02d}/TNHS", code=code, qr_payload=f"https://motcua.example.vn/h/{code}",
        lookup_url="https://motcua.example.vn/h", secret="K7M2P9QX", submitted_by=owner, owner=owner,
        channel="Trực tiếp", procedure_name="Đăng ký khai sinh", procedure_code="1.001193",
        components=tuple(ComponentLine(name=name, originals=1) for name in papers),
        fees=(FeeLine(name="Lệ phí đăng ký khai sinh quá hạn", amount=8_000, payer=owner.name, paid=True),),
        term_words="05 ngày làm việc", received_at=_AT, due_at=datetime(2026, 2, 10, 17, tzinfo=VN),
        officer_name="Phạm Thị Mẫu",
    )  # fmt: skip
