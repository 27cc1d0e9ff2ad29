"""One plainly invented, complete content per purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from motcua.base.time import VN
from motcua.slips import content as papers
from motcua.slips.rules import Purpose


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VN)


ISSUER = papers.Issuer(
    superior="UBND tỉnh Ví Dụ",
    name="Trung tâm Phục vụ hành chính công",
    place="Ví Dụ",
    address="Số 1 đường Thử Nghiệm, phường Trung Tâm, tỉnh Ví Dụ",
    phone="0200 000 0000",
)
PARTY = papers.Party(
    name="Nguyễn Văn Thử",
    identity="001090000001",
    address="Thôn Một, xã Thử Nghiệm, tỉnh Ví Dụ",
    phone="0900 000 000",
    email="nguyenvanthu@example.vn",
)
OWNER = papers.Party(
    name="Trần Thị Ví Dụ", identity="001192000002", address="Thôn Hai, xã Thử Nghiệm, tỉnh Ví Dụ"
)
SIGNATORY = papers.Signatory(authority="KT. Giám đốc", position="Phó Giám đốc", name="Lê Thị Mẫu")
COMMON = {
    "issuer": ISSUER,
    "issued_at": at(2026, 2, 3, 16, 5),
    "number": "07/TNHS",
    "code": "H99.04.12-260203-0007",
    "qr_payload": "https://motcua.example.vn/h/H99.04.12-260203-0007",
    "lookup_url": "https://motcua.example.vn/h",
}
PROCEDURE = "Đăng ký khai sinh"
COMPONENTS = (
    papers.ComponentLine(name="Tờ khai đăng ký khai sinh theo mẫu", originals=1),
    papers.ComponentLine(name="Giấy chứng sinh", originals=1),
    papers.ComponentLine(name="Giấy chứng nhận kết hôn của cha mẹ", copies=1, photocopies=2),
)

ACKNOWLEDGEMENT = papers.AcknowledgementContent(
    **(COMMON | {"code": "", "number": ""}),
    provisional_code="T-260203-9K4M",
    submitted_by=PARTY,
    owner=OWNER,
    channel="Trực tuyến",
    procedure_name=PROCEDURE,
    procedure_code="1.001193",
    components=COMPONENTS,
    submitted_at=at(2026, 2, 3, 20, 15),
    secret="482915",
)
RECEIPT = papers.ReceiptContent(
    **COMMON,
    secret="482915",
    submitted_by=PARTY,
    owner=OWNER,
    channel="Trực tiếp",
    procedure_name=PROCEDURE,
    procedure_code="1.001193",
    components=COMPONENTS,
    sets=1,
    fees=(
        papers.FeeLine(
            name="Lệ phí đăng ký khai sinh quá hạn", amount=8_000, payer="Nguyễn Văn Thử", paid=True
        ),
        papers.FeeLine(name="Cấp bản sao trích lục", amount=1_250_000, payer="Nguyễn Văn Thử"),
    ),
    term_words="05 ngày làm việc",
    received_at=at(2026, 2, 3, 16, 5),
    clock_start_at=at(2026, 2, 4, 7, 0),
    due_at=at(2026, 2, 11, 17, 0),
    return_place="Trung tâm Phục vụ hành chính công tỉnh Ví Dụ",
    officer_name="Phạm Thị Cán Bộ",
)
SUPPLEMENT = papers.SupplementContent(
    **COMMON,
    party=PARTY,
    procedure_name=PROCEDURE,
    requirements=(
        papers.Requirement(content="Giấy chứng sinh bản chính", note="Bản đã nộp bị mờ số"),
        papers.Requirement(content="Ghi đủ nơi cư trú của người mẹ trong tờ khai"),
    ),
    reason="Thành phần hồ sơ chưa đủ theo quy định của thủ tục.",
    submitted_at=at(2026, 2, 3, 9, 30),
    supply_by=at(2026, 3, 5, 17, 0),
    contact="Bộ phận Tư pháp",
    contact_phone="0200 000 0001",
    officer_name="Phạm Thị Cán Bộ",
)
REFUSAL = papers.RefusalContent(
    **COMMON,
    party=PARTY,
    procedure_name=PROCEDURE,
    reason="Việc không thuộc thẩm quyền của cơ quan tiếp nhận.",
    legal_ground="Điều 17 Nghị định số 61/2018/NĐ-CP",
    contact="Bộ phận Tư pháp",
    contact_phone="0200 000 0001",
    officer_name="Phạm Thị Cán Bộ",
)
APOLOGY = papers.ApologyContent(
    **COMMON,
    party=PARTY,
    procedure_name=PROCEDURE,
    handling_office="Sở Tư pháp",
    received_at=at(2026, 1, 20, 8, 0),
    due_at=at(2026, 2, 2, 17, 0),
    reason="Cơ quan phối hợp chưa có văn bản trả lời.",
    new_due_at=at(2026, 2, 11, 17, 0),
    extension_words="07 ngày làm việc",
    signatory=SIGNATORY,
)
STOP = papers.StopContent(
    **COMMON,
    party=PARTY,
    procedure_name=PROCEDURE,
    received_at=at(2026, 1, 20, 8, 0),
    stopped_at=at(2026, 2, 3, 16, 5),
    reason="Quá thời hạn đã thông báo mà hồ sơ không được bổ sung.",
    legal_ground="Nghị định số 118/2025/NĐ-CP",
    papers_return="Trả lại toàn bộ giấy tờ tại nơi tiếp nhận.",
    fee_refund="Không có phí phải hoàn.",
    signatory=SIGNATORY,
)
CONTROL = papers.ControlContent(
    **COMMON,
    book="01",
    entry="0007",
    owner_name=OWNER.name,
    procedure_name=PROCEDURE,
    received_at=at(2026, 2, 3, 16, 5),
    due_at=at(2026, 2, 11, 17, 0),
    lead_office="Sở Tư pháp",
    supporting_offices=("Công an tỉnh", "Sở Y tế"),
    handlings=(
        papers.Handling(
            giver_office="Trung tâm Phục vụ hành chính công",
            giver_name="Phạm Thị Cán Bộ",
            receiver_office="Sở Tư pháp",
            receiver_name="Hoàng Văn Chuyên Viên",
            handed_at=at(2026, 2, 4, 7, 0),
            result="Đúng hạn",
        ),
        papers.Handling(giver_office="Sở Tư pháp", receiver_office="Trung tâm Phục vụ hành chính công"),
    ),
)
REGISTER_LINE = papers.RegisterLine(
    code="H99.04.12-260203-0007",
    procedure_name=PROCEDURE,
    sets=1,
    owner_name=OWNER.name,
    contact="Thôn Hai, xã Thử Nghiệm; 0900 000 000",
    handling_office="Sở Tư pháp",
    received_on=date(2026, 2, 3),
    due_on=date(2026, 2, 11),
    returned_on=date(2026, 2, 10),
    return_method="Trực tiếp",
)
REGISTER = papers.RegisterContent(
    **(COMMON | {"code": "", "number": "01/STD", "qr_payload": ""}),
    book="01",
    from_day=date(2026, 1, 1),
    to_day=date(2026, 6, 30),
    lines=(REGISTER_LINE, replace(REGISTER_LINE, returned_on=None, return_method="")),
    keeper_name="Phạm Thị Cán Bộ",
    signatory=SIGNATORY,
)
HANDOVER = papers.HandoverContent(
    **(COMMON | {"code": "", "number": "12/PBG"}),
    giver_office="Sở Tư pháp",
    receiver_office="Trung tâm Phục vụ hành chính công",
    giver_name="Hoàng Văn Chuyên Viên",
    receiver_name="Phạm Thị Cán Bộ",
    handed_at=at(2026, 2, 10, 14, 30),
    taken_at=at(2026, 2, 10, 16, 5),
    lines=(
        papers.HandoverLine(
            code="H99.04.12-260203-0007",
            content=PROCEDURE,
            papers="1 bản chính",
            confirmation="Đã nhận",
            result="Giấy khai sinh",
            owner_name=OWNER.name,
            address=OWNER.address,
            fee_due=True,
            by_post=True,
        ),
    ),
)
WITHDRAWAL = papers.WithdrawalContent(
    **COMMON,
    party=PARTY,
    procedure_name=PROCEDURE,
    received_at=at(2026, 2, 3, 16, 5),
    withdrawn_at=at(2026, 2, 5, 9, 0),
    reason="Người yêu cầu chuyển sang nộp tại nơi cư trú mới.",
    papers=COMPONENTS[:2],
    officer_name="Phạm Thị Cán Bộ",
)
RETURN = papers.ReturnContent(
    **COMMON,
    owner=OWNER,
    receiver=PARTY,
    receiver_role="Người được ủy quyền",
    procedure_name=PROCEDURE,
    result_kind="Giấy khai sinh",
    result_number="15/2026",
    result_summary="Giấy khai sinh của Trần Văn Ví Dụ",
    result_date=date(2026, 2, 10),
    returned_at=at(2026, 2, 10, 15, 0),
    method="Trực tiếp",
    officer_name="Phạm Thị Cán Bộ",
)
SAMPLES = {purpose: globals()[purpose.value] for purpose in Purpose}
