"""Codes fixed by law: dossier (mã hồ sơ), procedure (mã TTHC), person (CCCD), tax (MST), agency (QĐ 20/2020)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

UNIT_CODE = re.compile(r"[A-Z]\d{2}(\.\d{2,3})*\Z")
PROCEDURE_CODE = re.compile(r"(\d\.\d{6})(?:\.[0-9A-Z.]+)?\Z")
DOSSIER_CODE = re.compile(r"[A-Z]\d{2}(\.\d{2,3})*-(\d{6}|\d{8})-\d{4,7}\Z")
OLD_DOSSIER_CODE = re.compile(r"\d{3}(\.\d{2,3}){1,3}\.[A-Z]\d{2}-\d{6}-\d{4,7}\Z")
CCCD = re.compile(r"\d{12}\Z")
CMND = re.compile(r"\d{9}\Z")
_MST_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def dossier_code(unit_code: str, *, on: date, sequence: int) -> str:
    """Mã hồ sơ `{unit}-{yyMMdd}-{sequence}`: at least four digits, growing past 9999 (NĐ 61/2018 Đ26; TT 01/2018 Đ19)."""
    return f"{unit_code}-{on:%y%m%d}-{sequence:04d}"


def is_dossier_code(text: str) -> bool:
    """Whether `text` has the form of a dossier code, of today's or of the older right-to-left pattern."""
    return bool(DOSSIER_CODE.match(text) or OLD_DOSSIER_CODE.match(text))


def is_unit_code(text: str) -> bool:
    """Whether `text` is an agency identification code: groups split by dots, at most 35 characters (QĐ 20/2020/QĐ-TTg)."""
    return len(text) <= 35 and bool(UNIT_CODE.match(text))


def national_procedure_code(text: str) -> str | None:
    """The national part `d.dddddd` of a procedure code, without the place suffix; None if it has none."""
    match = PROCEDURE_CODE.match(text.strip())
    return match.group(1) if match else None


def is_mst(text: str) -> bool:
    """Whether `text` is a valid tax code of an enterprise: 10 digits with check digit, branch `-001`…`-999`, or 12 digits of a person."""
    digits, _, branch = text.partition("-")
    if CCCD.match(text):
        return True
    if branch and not (re.fullmatch(r"\d{3}", branch) and branch != "000"):
        return False
    if not re.fullmatch(r"\d{10}", digits) or digits[2:9] == "0000000" or ("-" in text and not branch):
        return False
    return 10 - sum(w * int(d) for w, d in zip(_MST_WEIGHTS, digits, strict=False)) % 11 == int(digits[9])


@dataclass(frozen=True)
class CitizenCard:
    """What the QR code on a citizen card says."""

    number: str
    old_number: str
    name: str
    born: date | None
    sex: str
    address: str


def parse_card_qr(payload: str) -> CitizenCard | None:
    """Reads the QR payload of a CCCD: `number|old number|name|ddmmyyyy|sex|address|issued ddmmyyyy`; None if it is not one."""
    parts = [part.strip() for part in payload.strip().split("|")]
    if len(parts) < 6 or not CCCD.match(parts[0]) or not parts[2]:
        return None
    return CitizenCard(parts[0], parts[1], parts[2], _ddmmyyyy(parts[3]), parts[4], parts[5])


def _ddmmyyyy(text: str) -> date | None:
    match = re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def card_disagreements(number: str, *, born: date | None, sex: str) -> list[str]:
    """Sentences on what in `number` disagrees with birth date or sex. Warnings only: the card may be right and the entry wrong."""
    if not CCCD.match(number):
        return []
    century, female = divmod(int(number[3]), 2)
    warnings = []
    if born and (1900 + 100 * century + int(number[4:6])) != born.year:
        warnings.append("Năm sinh không khớp với số định danh cá nhân; hãy kiểm tra lại thẻ.")
    if sex in ("Nam", "Nữ") and (sex == "Nữ") != bool(female):
        warnings.append("Giới tính không khớp với số định danh cá nhân; hãy kiểm tra lại thẻ.")
    return warnings
