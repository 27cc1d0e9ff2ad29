"""What stands on each paper: frozen values, stored with the slip so that a reprint is the same paper.

Moments are aware datetimes, money is whole VND, empty text means "not given" and prints as dots where
the statutory form has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The office in the head of the paper; `place` is the địa danh before the date."""

    superior: str
    name: str
    place: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A citizen or organisation; `identity` is the number of căn cước, passport or enterprise."""

    name: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    """One paper of the dossier with the number of originals, certified copies and photocopies handed in."""

    name: str
    originals: int = 0
    copies: int = 0
    photocopies: int = 0


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One charge in VND."""

    name: str
    amount: int
    payer: str = ""
    paid: bool = False


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing to supply or to correct."""

    content: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: `authority` such as "KT. Chủ tịch" (NĐ 30/2020 Phụ lục I), then position and name."""

    position: str
    name: str = ""
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class Handling:
    """One hand-over between two desks; `result` says trước hạn, đúng hạn or quá hạn for the part ended."""

    giver_office: str
    giver_name: str = ""
    receiver_office: str
    receiver_name: str = ""
    handed_at: datetime | None = None
    result: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One dossier in the register."""

    code: str
    procedure_name: str
    sets: int
    owner_name: str
    contact: str
    handling_office: str
    received_on: date
    due_on: date | None = None
    returned_on: date | None = None
    return_method: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoverLine:
    """One dossier or result passed from desk to desk. `papers`: "2 bản chính"; `confirmation`: what the receiver said."""

    code: str
    content: str
    papers: str = ""
    confirmation: str = ""
    result: str = ""
    owner_name: str = ""
    address: str = ""
    fee_due: bool = False
    by_post: bool = False


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What every paper carries. `number` is the "Số:" of the paper, `code` the mã hồ sơ.

    `qr_payload` is usually the address of the progress page; empty prints no QR.
    """

    issuer: Issuer
    issued_at: datetime
    number: str = ""
    code: str = ""
    qr_payload: str = ""
    lookup_url: str = ""


@dataclass(frozen=True, kw_only=True)
class AcknowledgementContent(Slip):
    """Submission is not receipt: a provisional code and no due date."""

    provisional_code: str
    submitted_by: Party
    owner: Party
    channel: str
    procedure_name: str
    procedure_code: str = ""
    components: tuple[ComponentLine, ...] = ()
    submitted_at: datetime
    secret: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptContent(Slip):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `clock_start_at` prints when it is another moment."""

    secret: str = ""
    submitted_by: Party
    owner: Party
    channel: str
    procedure_name: str
    procedure_code: str = ""
    components: tuple[ComponentLine, ...] = ()
    sets: int = 1
    fees: tuple[FeeLine, ...] = ()
    term_words: str
    received_at: datetime
    clock_start_at: datetime | None = None
    due_at: datetime | None = None
    return_place: str = ""
    officer_name: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementContent(Slip):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything at once, with the reason."""

    party: Party
    procedure_name: str
    requirements: tuple[Requirement, ...]
    reason: str
    submitted_at: datetime | None = None
    supply_by: datetime | None = None
    contact: str = ""
    contact_phone: str = ""
    officer_name: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusalContent(Slip):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ: the reason and the legal ground."""

    party: Party
    procedure_name: str
    reason: str
    legal_ground: str = ""
    submitted_at: datetime | None = None
    contact: str = ""
    contact_phone: str = ""
    officer_name: str = ""


@dataclass(frozen=True, kw_only=True)
class ApologyContent(Slip):
    """Apology for a late result. `extension_words` is the time asked for (form of 2025 only)."""

    party: Party
    procedure_name: str
    handling_office: str
    received_at: datetime
    due_at: datetime
    reason: str
    new_due_at: datetime
    extension_words: str = ""
    signatory: Signatory


@dataclass(frozen=True, kw_only=True)
class StopContent(Slip):
    """Thông báo dừng giải quyết hồ sơ."""

    party: Party
    procedure_name: str
    received_at: datetime
    stopped_at: datetime
    reason: str
    legal_ground: str = ""
    papers_return: str = ""
    fee_refund: str = ""
    signatory: Signatory


@dataclass(frozen=True, kw_only=True)
class ControlContent(Slip):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ; travels with the dossier."""

    book: str = ""
    entry: str = ""
    owner_name: str
    procedure_name: str
    received_at: datetime
    due_at: datetime | None = None
    lead_office: str
    supporting_offices: tuple[str, ...] = ()
    handlings: tuple[Handling, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterContent(Slip):
    """Sổ theo dõi hồ sơ of one unit and period."""

    book: str = ""
    from_day: date
    to_day: date
    lines: tuple[RegisterLine, ...]
    keeper_name: str = ""
    signatory: Signatory


@dataclass(frozen=True, kw_only=True)
class HandoverContent(Slip):
    """Phiếu bàn giao of dossiers or results. `taken_at`: when the receiver confirmed; empty while nobody has."""

    giver_office: str
    receiver_office: str
    giver_name: str = ""
    receiver_name: str = ""
    handed_at: datetime
    taken_at: datetime | None = None
    lines: tuple[HandoverLine, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WithdrawalContent(Slip):
    """Confirmation that the owner took the dossier back."""

    party: Party
    procedure_name: str
    received_at: datetime | None = None
    withdrawn_at: datetime
    reason: str
    papers: tuple[ComponentLine, ...] = ()
    fee_refund: str = ""
    officer_name: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnContent(Slip):
    """Giấy biên nhận trả kết quả."""

    owner: Party
    receiver: Party
    receiver_role: str = ""
    procedure_name: str
    result_kind: str
    result_number: str = ""
    result_summary: str = ""
    result_date: date | None = None
    returned_at: datetime
    method: str = ""
    officer_name: str = ""
    note: str = ""
