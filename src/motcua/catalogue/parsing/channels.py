"""The table of ways to submit (cách thức thực hiện): channel, term, fee, description, printed without
separators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.base.text import fold
from motcua.catalogue.findings import FindingKind, Findings
from motcua.catalogue.parsing.fees import CURRENCY, read_fees
from motcua.catalogue.parsing.texts import NOTHING, one_line, readable
from motcua.catalogue.rules import Channel, ParsedCase, ParsedFee, ParsedTerm, TermUnit

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
CHANNELS = {"Trực tuyến": Channel.ONLINE, "Dịch vụ bưu chính": Channel.POST, "Trực tiếp": Channel.DIRECT}
CHANNEL_NAMES = {channel: name for name, channel in CHANNELS.items()}
UNITS = {
    "Ngày làm việc": TermUnit.WORKING_DAY,
    "Ngày": TermUnit.DAY,
    "Tháng": TermUnit.MONTH,
    "Giờ làm việc": TermUnit.WORKING_HOUR,
    "Giờ": TermUnit.HOUR,
}
LARGEST_TERM = 9_999
_NAMES = "|".join(CHANNELS)
_ROW = re.compile(rf"(?:\A|(?<!nộp )(?<!hình thức ))({_NAMES})(?=\d|Không)|\A({_NAMES})(?=[A-ZÀ-Ỵ])")
_WITH_UNIT = re.compile(rf"(\d+)\s*({'|'.join(UNITS)})(?![a-zà-ỹ])")
_GLUED = re.compile(rf"(\d[\d,]*)(?=\s*{CURRENCY})")
_BARE = re.compile(rf"(\d+)(?=Miễn phí|{NOTHING}|\Z)")
_WORDS = re.compile(rf"(.{{1,400}}?)(?=Miễn phí|{NOTHING}|\d{{1,3}}(?:,\d{{3}})+\s*{CURRENCY})", re.S)
_AMOUNT_FORM = re.compile(r"[1-9]\d{0,2}(?:,\d{3})*\Z")
IN_TEXT = re.compile(
    r"(\d{1,6})\s*(?:\([^)]{1,30}\)\s*)?(ngày làm việc|ngày|tháng|giờ làm việc|giờ)(?!\s*(?:\d|/|đầu))", re.I
)


@dataclass(frozen=True)
class Row:
    channel: Channel
    term: ParsedTerm
    fees: tuple[ParsedFee, ...]
    description: str


def read_channels(text: str, findings: Findings) -> tuple[Row, ...]:
    """The rows of the table as printed, in their order."""
    body = readable(text)
    body = body.removeprefix(HEADER)
    marks = list(_ROW.finditer(body))
    if not marks:
        findings.note(FindingKind.NO_CHANNEL, body)
        return ()
    if marks[0].start():
        findings.note(FindingKind.CHANNEL_TEXT_UNREAD, body[: marks[0].start()])
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    return tuple(_row(mark, body[mark.end() : end], findings) for mark, end in zip(marks, ends, strict=True))


def _row(mark: re.Match[str], cell: str, findings: Findings) -> Row:
    channel = CHANNELS[mark[1] or mark[2]]
    term, rest = _term(cell, findings)
    fees, description = read_fees(rest, channel=channel, findings=findings)
    description = description.strip()
    _compare(term, description, findings)
    return Row(channel, term, fees, description)


def _term(cell: str, findings: Findings) -> tuple[ParsedTerm, str]:
    if match := _WITH_UNIT.match(cell):
        return _with_unit(match, findings), cell[match.end() :]
    if cell.startswith(NOTHING):
        return ParsedTerm(None, None, NOTHING), cell[len(NOTHING) :]
    if match := _BARE.match(cell):
        findings.note(FindingKind.TERM_UNIT_MISSING, match[1])
        return ParsedTerm(int(match[1][:6]), None, match[1]), cell[match.end() :]
    if match := _GLUED.match(cell):
        return _unglue(match[1], cell, findings)
    if match := _WORDS.match(cell):
        findings.note(FindingKind.TERM_FREE_TEXT, match[1])
        return ParsedTerm(None, None, one_line(match[1])), cell[match.end() :]
    findings.note(FindingKind.TERM_FREE_TEXT, cell)
    return ParsedTerm(None, None, one_line(cell)), ""


def _with_unit(match: re.Match[str], findings: Findings) -> ParsedTerm:
    amount = int(match[1][:6])
    if not 0 < amount <= LARGEST_TERM:
        findings.note(FindingKind.TERM_FREE_TEXT if amount else FindingKind.TERM_ZERO, match[0])
        return ParsedTerm(None, None, match[0])
    return ParsedTerm(amount, UNITS[match[2]], match[0])


def _unglue(run: str, cell: str, findings: Findings) -> tuple[ParsedTerm, str]:
    """`1100,000` is "1" and "100,000", since no amount is written 1100,000; `1250,000` could be "12" and
    "50,000" too.
    """
    splits = [(run[:i], run[i:]) for i in range(1, min(len(run), 5)) if _possible(run[:i], run[i:])]
    if len(splits) != 1:
        findings.note(FindingKind.GLUED_NUMBERS, cell[:120])
        match = re.match(rf"[\d,]+\s*{CURRENCY}", cell)
        return ParsedTerm(None, None, run), cell[match.end() :] if match else ""
    days, amount = splits[0]
    findings.note(FindingKind.TERM_UNIT_MISSING, days)
    return ParsedTerm(int(days), None, days), amount + cell[len(run) :]


def _possible(days: str, amount: str) -> bool:
    return days.isdigit() and not days.startswith("0") and bool(_AMOUNT_FORM.match(amount))


def _compare(term: ParsedTerm, description: str, findings: Findings) -> None:
    """Notes where the words beside a term say another number or another unit."""
    stated = [(int(number[:6]), UNITS[unit.capitalize()]) for number, unit in IN_TEXT.findall(description)]
    if not stated:
        return
    if term.amount is None:
        findings.note(FindingKind.TERM_TEXT_ONLY, description)
    elif term.unit and (term.amount, term.unit) not in stated:
        findings.note(FindingKind.TERM_TEXT_DIFFERS, f"{term.text} / {description}")
    units = {unit for _, unit in stated} | {term.unit}
    if {TermUnit.DAY, TermUnit.WORKING_DAY} <= units:
        findings.note(FindingKind.DAYS_BESIDE_WORKING_DAYS, f"{term.text} / {description}")


def cases_of(rows: tuple[Row, ...], findings: Findings) -> tuple[ParsedCase, ...]:
    """Rows with the same term (and, where one channel has several terms, the same words) make one case."""
    several = _several_terms(rows)
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        key = (row.term.amount, row.term.unit, row.term.text if row.term.amount is None else "")
        groups.setdefault((*key, fold(row.description)) if several else key, []).append(row)
    _note_differences(rows, several=several, findings=findings)
    return tuple(_case(group, alone=len(groups) == 1, several=several) for group in groups.values())


def _several_terms(rows: tuple[Row, ...]) -> bool:
    terms: dict[Channel, set[tuple[object, object]]] = {}
    for row in rows:
        terms.setdefault(row.channel, set()).add((row.term.amount, row.term.unit))
    return any(len(found) > 1 for found in terms.values())


def _case(group: list[Row], *, alone: bool, several: bool) -> ParsedCase:
    channels = tuple(dict.fromkeys(row.channel for row in group))
    fees = tuple(dict.fromkeys(fee for row in group for fee in row.fees))
    description = next((row.description for row in group if row.description), "")
    return ParsedCase(_name(group, alone=alone, several=several), channels, group[0].term, fees, description)


def _name(group: list[Row], *, alone: bool, several: bool) -> str:
    if alone:
        return "Trường hợp chung"
    words = one_line(re.split(r"[:\n]", group[0].description.strip("-+* "))[0])
    if several and words:
        return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…"
    channels = dict.fromkeys(CHANNEL_NAMES[row.channel].lower() for row in group)
    return "Nộp qua hình thức " + ", ".join(channels) + (f" ({group[0].term.text})" if several else "")


def _note_differences(rows: tuple[Row, ...], *, several: bool, findings: Findings) -> None:
    terms = {(row.term.amount, row.term.unit): row.term.text for row in rows}
    if several:
        findings.note(FindingKind.SEVERAL_TERMS, "; ".join(terms.values()))
    elif len(terms) > 1:
        findings.note(FindingKind.TERMS_DIFFER_BETWEEN_CHANNELS, "; ".join(terms.values()))
    if {TermUnit.DAY, TermUnit.WORKING_DAY} <= {row.term.unit for row in rows}:
        findings.note(FindingKind.DAYS_BESIDE_WORKING_DAYS, "; ".join(terms.values()))
    if rows and all(row.term.amount is None and row.term.text == NOTHING for row in rows):
        findings.note(FindingKind.NO_TERM)
    amounts: dict[Channel, set[int | None]] = {}
    for row in rows:
        amounts.setdefault(row.channel, set()).update(fee.amount for fee in row.fees)
    if len({frozenset(found) for found in amounts.values()}) > 1:
        findings.note(FindingKind.AMOUNTS_DIFFER_BETWEEN_CHANNELS)
