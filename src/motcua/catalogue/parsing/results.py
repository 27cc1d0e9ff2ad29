"""Results with their codes, and the numbers of legal bases, out of text without separators."""

from __future__ import annotations

import re

from motcua.base.text import fold
from motcua.catalogue.findings import FindingKind, Findings
from motcua.catalogue.parsing.texts import nothing, one_line, readable, unbulleted
from motcua.catalogue.rules import CHROME_START, ParsedLegalBasis, ParsedResult

KEYWORDS, MARK = "Từ khóa", "Mã: "
BASIS_HEADER = "Tên văn bản pháp lýMã văn bản"
_CODE = re.compile(r"KQ\.[GH]\d\d\.\d{6}|[A-Z0-9][A-Za-z0-9.\-]{0,38}\d(?![a-zà-ỹ])|(?=\S)")
_REGULAR = re.compile(r"KQ[.-][A-Z]\d\d[.-]\d{6}\Z")
_NUMBER = re.compile(
    r"(?<=/)(?:19|20)\d\d(?=\d{1,4}/\d{4}/)"
    r"|\d{1,5}(?:\.\d{1,3})?/\d{4}/(?:QH\d{2}|UBTVQH\d{2}|QĐ ?- ?TTg"
    r"|[A-ZĐ]{1,12}(?:-[A-ZĐ]{1,12}){0,3}(?![a-zà-ỹ]))"
    r"|\d{1,5}/(?:VBHN|QĐ|QD|CT|NQ|HĐ|SL|L)-[A-ZĐ]{1,12}(?![a-zà-ỹ])"
    r"|\d{1,5}[-/][A-ZĐ]{1,10}/(?:HĐNN|QH|UBTVQH)\d*"
)
_NO_PAPER = re.compile("khong co ket qua|khong phai tra|khong tra ket qua|khong co$")
_PAPER = re.compile(
    "giay|van ban|quyet dinh|chung chi|the |thong bao|ban sao|trich luc|bien ban|bang "
    "|so |phieu|cong van|hop dong"
    "|danh sach|ke hoach|to khai|xac nhan|cong nhan|chap thuan|phe duyet|bao cao"
    "|lenh|chung nhan|phuong an|ban |van bang|ho so"
)


def read_results(text: str, findings: Findings) -> tuple[ParsedResult, ...]:
    """Each result named before its "Mã: …"; what follows the last code is keywords, description and portal
    chrome.
    """
    body = readable(text)
    if CHROME_START in body:
        findings.note(FindingKind.PORTAL_CHROME, body[body.index(CHROME_START) :])
    body = body.partition(KEYWORDS)[0].partition(CHROME_START)[0]
    if nothing(body):
        findings.note(FindingKind.NO_RESULT)
        return ()
    if re.search(r"\d bản chính", body) or "Tên giấy tờ" in body:
        findings.note(FindingKind.MISPLACED_TEXT, body)
    name, *parts = body.split(MARK)
    results = []
    for part in parts:
        code = _CODE.match(part)
        results.append(_result(name, code[0] if code else "", findings))
        name = part[code.end() :] if code else part
    if not parts or unbulleted(name):
        results.append(_result(name, "", findings))
    return tuple(results)


def _result(name: str, code: str, findings: Findings) -> ParsedResult:
    if not code:
        findings.note(FindingKind.RESULT_CODE_MISSING, name)
    elif not _REGULAR.match(code):
        findings.note(FindingKind.RESULT_CODE_IRREGULAR, code)
    name = unbulleted(name)
    folded = fold(name)
    is_document = not _NO_PAPER.search(folded)
    if is_document and not _PAPER.search(folded):
        findings.note(FindingKind.RESULT_KIND_UNCLEAR, name)
    return ParsedResult(code, name, is_document)


def read_legal_bases(text: str, findings: Findings) -> tuple[ParsedLegalBasis, ...]:
    """Title and number, glued; a number inside a title has a space before it, the number cell has not."""
    body = readable(text).removeprefix(BASIS_HEADER)
    if nothing(body):
        findings.note(FindingKind.NO_LEGAL_BASIS)
        return ()
    found: dict[str, ParsedLegalBasis] = {}
    start = 0
    for match in _NUMBER.finditer(body):
        if match[0].isdigit() or not _is_cell(body, match, start=start):
            continue
        _keep(found, match[0], one_line(body[start : match.start()]))
        start = match.end()
    _rest(found, body[start:], findings)
    return tuple(found.values())


def _keep(found: dict[str, ParsedLegalBasis], number: str, title: str) -> None:
    known = found.get(number)
    if known is None or not known.title:
        found[number] = ParsedLegalBasis(number, title)


def _is_cell(body: str, match: re.Match[str], *, start: int) -> bool:
    before, after = body[max(start, match.start() - 1) : match.start()], body[match.end() : match.end() + 2]
    if before and not before.isspace() and before not in "(/":
        return True
    return not after or (after[0].isupper() and after != "QH")


def _rest(found: dict[str, ParsedLegalBasis], rest: str, findings: Findings) -> None:
    number = next((match for match in _NUMBER.finditer(rest) if not match[0].isdigit()), None)
    if number:
        _keep(found, number[0], one_line(rest))
    elif one_line(rest):
        findings.note(FindingKind.LEGAL_BASIS_UNREAD, rest)
