"""A line of a sheet as the verbs take it, or what is wrong with it, each in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from motcua.base.codes import is_mst, is_unit_code
from motcua.onboarding.rules.choices import LABELS, WORDS
from motcua.onboarding.rules.fields import FIELDS, Kind
from motcua.onboarding.rules.mapping import Plan
from motcua.onboarding.rules.values import read_choice, read_moment, read_money

Moment = tuple[date, time | None]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field of a line ("" when it concerns the whole line)."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    counter: str
    place: str
    address: str
    phone: str
    email: str
    since: date
    citation: str


@dataclass(frozen=True, slots=True)
class OfficerRow:
    username: str
    full_name: str
    unit: str
    role: str
    since: date
    until: date | None
    title: str
    decision: str
    email: str


@dataclass(frozen=True, slots=True)
class DossierRow:
    """Days keep their time where the sheet has one; `fee` in VND, None when nothing was told."""

    system: str
    old_code: str
    procedure: str
    unit: str
    counter: str
    accepted: Moment
    promised: Moment | None
    stage: str
    ended: Moment | None
    holder: str
    channel: str
    owner_kind: str
    owner_number: str
    owner_name: str
    born: date | None
    phone: str
    email: str
    address: str
    fee: int | None
    note: str


Row = UnitRow | OfficerRow | DossierRow


class Reader:
    """Reads the fields of one line and collects what is wrong, so that all of it is told at once."""

    def __init__(self, kind: Kind, told: Mapping[str, str], plan: Plan) -> None:
        self.told, self.plan = told, plan
        self.fields = {field.key: field for field in FIELDS[kind]}
        self.problems: list[Problem] = []

    def text(self, key: str, limit: int) -> str:
        text = self.told.get(key, "")
        if not text and self.fields[key].required:
            self.refuse(key, f"Thiếu {self.label(key)}.")
        if len(text) > limit:
            self.refuse(key, f"{self.fields[key].label} dài {len(text)} ký tự, quá {limit} ký tự cho phép.")
        return text[:limit]

    def moment(self, key: str) -> Moment | None:
        text = self.text(key, 60)
        read = read_moment(text) if text else None
        if text and read is None:
            how = "Hãy ghi ngày/tháng/năm đủ bốn chữ số năm, ví dụ 31/01/2026."
            self.refuse(key, f"{self.fields[key].label} “{text}” không phải ngày. {how}")
        return read

    def day(self, key: str) -> date | None:
        read = self.moment(key)
        return read[0] if read else None

    def choice(self, key: str, default: str = "") -> str:
        text = self.text(key, 200)
        if not text:
            return default
        value = read_choice(text, WORDS[key], self.plan.values.get(key, {}))
        if value is None:
            known = "; ".join(LABELS[key].values())
            self.refuse(
                key, f"{self.fields[key].label} “{text}” chưa hiểu được. Các giá trị dùng được: {known}."
            )
        return value or default

    def unit(self, key: str) -> str:
        code = self.text(key, 35).upper()
        if code and not is_unit_code(code):
            self.refuse(
                key, f"{self.fields[key].label} “{code}” không đúng dạng mã định danh (ví dụ H02.04.12)."
            )
        return code

    def money(self, key: str) -> int | None:
        text = self.text(key, 40)
        amount = read_money(text) if text else None
        if text and amount is None:
            self.refuse(key, f"{self.fields[key].label} “{text}” không phải số tiền bằng đồng, ví dụ 50.000.")
        return amount

    def email(self, key: str) -> str:
        text = self.text(key, 254)
        if text and ("@" not in text or " " in text or text.startswith("@") or text.endswith("@")):
            self.refuse(key, f"Thư điện tử “{text}” không đúng dạng, ví dụ ten@example.vn.")
        return text

    def label(self, key: str) -> str:
        label = self.fields[key].label
        return label if label[:2].isupper() else label[0].lower() + label[1:]

    def refuse(self, key: str, text: str) -> None:
        self.problems.append(Problem(key, text))


def read_row(kind: Kind, cells: Sequence[str], plan: Plan) -> tuple[Row | None, list[Problem]]:
    """The line as data, or None with everything that is wrong with it."""
    reader = Reader(kind, plan.read(cells), plan)
    row = _READERS[kind](reader)
    return (None if reader.problems else row), reader.problems


def _unit(read: Reader) -> UnitRow:
    return UnitRow(
        code=read.unit("code"), name=read.text("name", 200), short_name=read.text("short_name", 80),
        kind=read.choice("kind"), level=read.choice("level"), parent=read.unit("parent"), counter=read.unit("counter"),
        place=read.text("place", 100), address=read.text("address", 200), phone=read.text("phone", 30),
        email=read.email("email"), since=read.day("since") or date.min, citation=read.text("citation", 200),
    )  # fmt: skip


def _officer(read: Reader) -> OfficerRow:
    row = OfficerRow(
        username=read.text("username", 60), full_name=read.text("full_name", 120), unit=read.unit("unit"),
        role=read.choice("role"), since=read.day("since") or date.min, until=read.day("until"),
        title=read.text("title", 120), decision=read.text("decision", 120), email=read.email("email"),
    )  # fmt: skip
    if " " in row.username:
        read.refuse("username", f"Tên đăng nhập “{row.username}” có khoảng trắng. Hãy viết liền.")
    if row.until is not None and row.until <= row.since:
        read.refuse("until", "Ngày kết thúc phải sau ngày giữ vị trí.")
    return row


def _dossier(read: Reader) -> DossierRow:
    number = read.text("owner_number", 40).replace(" ", "").replace(".", "")
    kind = read.choice("owner_kind") or _kind_of(number)
    if _lost_zeros(number, kind, told=bool(read.told.get("owner_kind"))):
        read.refuse(
            "owner_number",
            f"Số định danh “{number}” thiếu chữ số, thường do ô kiểu số làm mất số 0 đầu. "
            "Hãy định dạng cột là văn bản và nhập đủ.",
        )
    return DossierRow(
        system=read.text("system", 60), old_code=read.text("old_code", 80), procedure=read.text("procedure", 40),
        unit=read.unit("unit"), counter=read.unit("counter"), accepted=read.moment("accepted") or (date.min, None),
        promised=read.moment("promised"), stage=read.choice("stage"), ended=read.moment("ended"),
        holder=read.text("holder", 60), channel=read.choice("channel", "direct"), owner_kind=kind, owner_number=number,
        owner_name=read.text("owner_name", 300), born=read.day("born"), phone=read.text("phone", 30),
        email=read.email("email"), address=read.text("address", 300), fee=read.money("fee"), note=read.text("note", 1000),
    )  # fmt: skip


def _kind_of(number: str) -> str:
    """Who bears such a number: nobody told otherwise, 10 digits with or without a branch are a tax code."""
    if not number:
        return "other"
    return "enterprise" if len(number.partition("-")[0]) == 10 else "citizen"


def _lost_zeros(number: str, kind: str, *, told: bool) -> bool:
    """Whether it looks like a citizen's number whose first zeros a sheet of numbers has dropped."""
    short = number.isdigit() and len(number) in (10, 11)
    return short and (kind == "citizen" or (not told and not is_mst(number)))


_READERS: dict[Kind, Callable[[Reader], Row]] = {
    Kind.UNITS: _unit,
    Kind.OFFICERS: _officer,
    Kind.DOSSIERS: _dossier,
}


def strange_words(kind: Kind, rows: Sequence[Sequence[str]], plan: Plan) -> dict[str, list[str]]:
    """Field of choice → the words of the sheet nobody understands yet, so that an administrator can tell them."""
    found: dict[str, list[str]] = {}
    for key in (field.key for field in FIELDS[kind] if field.key in WORDS):
        said = {plan.read(cells).get(key, "") for cells in rows}
        strange = sorted(
            word for word in said if word and read_choice(word, WORDS[key], plan.values.get(key, {})) is None
        )
        if strange:
            found[key] = strange
    return found
