"""The fee cell of a way to submit: amount, currency, note in brackets."""

from __future__ import annotations

import re

from motcua.catalogue.findings import FindingKind, Findings
from motcua.catalogue.parsing.texts import NOTHING, one_line
from motcua.catalogue.rules import Channel, FeeKind, ParsedFee

CURRENCY = r"(?:VNĐ|VND|Việt Nam Đồng|USD)"
_AMOUNT = re.compile(rf"\s*(\d{{1,3}}(?:,\d{{3}}){{0,4}}|\d{{1,12}})\s*({CURRENCY})")
_IN_WORDS = re.compile(
    r"(\d{1,3}(?:[.,]\d{3}){1,4}|\d{4,12})\s*(?:/|đồng|đ\b|VNĐ|vnđ|Việt Nam Đồng)"
    r"|\d{1,6}\s*(?:triệu|nghìn|ngàn)\b",
    re.I,
)
_PER_UNIT = re.compile(r"(?:^\(*|đồng|đ|VNĐ|vnđ)\s*/\s*([^\W\d_][\w ]{0,30}?)(?=[\W\d_]|$)")
_NO_RULE = re.compile(
    r"\W*(?:không(?: có| quy định| thu| có quy định)?|miễn phí|miễn|0)\W*"
    r"(?:phí|lệ phí|lệ phí, phí|phí, lệ phí)?\W*",
    re.I,
)
SMALLEST_AMOUNT = 1000
LONGEST_NO_RULE = 60
MOST_FEES = 50
NEARBY = 2000


def read_fees(cell: str, *, channel: Channel, findings: Findings) -> tuple[tuple[ParsedFee, ...], str]:
    """The fee lines at the start of `cell` and what follows them (the description of the row)."""
    if cell.startswith("Miễn phí"):
        fee, rest = _free(cell[len("Miễn phí") :], channel=channel, findings=findings)
        return (fee,), rest
    if cell.startswith(NOTHING):
        findings.note(FindingKind.NO_FEE_INFORMATION)
        return (), cell[len(NOTHING) :]
    return _amounts(cell, channel=channel, findings=findings)


def _free(cell: str, *, channel: Channel, findings: Findings) -> tuple[ParsedFee, str]:
    note, rest = bracketed(cell)
    trusted = _says_nothing(note) and not _IN_WORDS.search(rest)
    if not trusted:
        findings.note(FindingKind.FREE_BESIDE_TEXT, note or rest)
    amount = 0 if trusted else None
    return ParsedFee(channel, _kind(note), amount, "Miễn phí", one_line(note), _per_unit(note)), rest


def _says_nothing(note: str) -> bool:
    """Whether a note beside "Miễn phí" adds nothing to it: none, or "không", "không quy định", "miễn phí"."""
    return not note.strip() or (len(note) < LONGEST_NO_RULE and bool(_NO_RULE.fullmatch(note)))


def _amounts(cell: str, *, channel: Channel, findings: Findings) -> tuple[tuple[ParsedFee, ...], str]:
    fees = []
    while len(fees) < MOST_FEES and (match := _AMOUNT.match(cell)):
        note, rest = bracketed(cell[match.end() :])
        fees.append(_amount_line(match, note, channel=channel, findings=findings))
        _other_amounts(f"{note} {rest[:NEARBY]}", fees[-1].amount, findings=findings)
        cell = rest
    return tuple(fees), cell


def _amount_line(match: re.Match[str], note: str, *, channel: Channel, findings: Findings) -> ParsedFee:
    value: int | None = int(match[1].replace(",", ""))
    if match[2] == "USD":
        findings.note(FindingKind.FOREIGN_CURRENCY, match[0])
        value = None
    elif value and value < SMALLEST_AMOUNT:
        findings.note(FindingKind.AMOUNT_TOO_SMALL, match[0] + note)
        value = None
    kind = _kind(note)
    if kind is FeeKind.UNCLEAR and value:
        findings.note(FindingKind.FEE_KIND_UNCLEAR, match[0] + note)
    return ParsedFee(channel, kind, value, one_line(match[0]), one_line(note), _per_unit(note))


def _other_amounts(text: str, amount: int | None, *, findings: Findings) -> None:
    for match in _IN_WORDS.finditer(text):
        digits = re.sub(r"\D", "", match[1] or "")
        if not digits or int(digits) != amount:
            findings.note(FindingKind.AMOUNT_IN_TEXT, text[max(0, match.start() - 60) : match.end() + 60])
            return


def bracketed(text: str) -> tuple[str, str]:
    """The content of the bracket that opens `text`, and the rest; an unclosed bracket takes everything."""
    if not text.startswith("("):
        return "", text
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:index], text[index + 1 :]
    return text[1:], ""


def _kind(note: str) -> FeeKind:
    words = note.lower()
    charge = "lệ phí" in words
    fee = bool(re.search(r"(?<!lệ )\bphí\b", words.replace("phí, lệ phí", "").replace("phí và lệ phí", "")))
    if charge == fee:
        return FeeKind.UNCLEAR
    return FeeKind.CHARGE if charge else FeeKind.FEE


def _per_unit(note: str) -> str:
    match = _PER_UNIT.search(note)
    return one_line(match[1]) if match else ""
