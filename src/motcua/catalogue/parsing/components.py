"""The tables of components (thành phần hồ sơ): groups, papers, forms, counts, without separators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from motcua.catalogue.findings import FindingKind, Findings
from motcua.catalogue.parsing.texts import nothing, one_line, readable, unbulleted
from motcua.catalogue.rules import ComponentKind, ParsedComponent

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_QUANTITY = re.compile(r"(\d{1,9}) bản chính(?:,(\d{1,4}) bản sao)?")
_GOES_ON = re.compile(r"[,;.:)/]")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png|odt|rtf)(?=\s*$|[A-ZĐÀ-Ỵ0-9a-z])", re.I)
_FILE_START = re.compile(
    r"(?<=[^\s(/\-])(?=Mẫu|Mau|mau |Phụ lục|Phu luc|PHỤ LỤC|Phlc|Mus|PL|TP-|TK|Biểu|BM)"
    r"|(?<=[^\s(/\-])(?=Tờ khai|To khai|Đơn|ĐƠN|Don)"
    r"|(?<=[a-zà-ỹ0-9;.):”\"])(?=[A-ZĐÀ-Ỵ])"
)
_ONLY_SOME = re.compile(r"nếu có|nếu |trường hợp|đối với|trừ |hoặc khi", re.I)
_NOTE_GROUP = re.compile(r"lưu ý|ghi chú|số lượng hồ sơ", re.I)
_CASE_GROUP = re.compile(r"trường hợp|đối với", re.I)
FORM_REACH = 160


@dataclass(frozen=True)
class Group:
    name: str
    components: tuple[ParsedComponent, ...]

    @property
    def is_case(self) -> bool:
        """Whether the group lists the dossier of one case rather than a kind of paper."""
        return bool(_CASE_GROUP.search(self.name)) and not _NOTE_GROUP.search(self.name)


def read_components(text: str, findings: Findings) -> tuple[Group, ...]:
    """The groups of papers in their printed order."""
    body = readable(text)
    parts = body.split(HEADER)
    if len(parts) == 1 or nothing(body.strip("- ")):
        findings.note(FindingKind.NO_COMPONENTS, "" if nothing(body.strip("- ")) else body)
        return ()
    groups = []
    title = parts[0]
    for index, part in enumerate(parts[1:], start=1):
        components, rest = _papers(part, group=_title(title), findings=findings)
        groups.append(Group(_title(title), components))
        title = rest
        if index == len(parts) - 1 and one_line(rest.strip("- ")):
            findings.note(FindingKind.COMPONENT_TEXT_UNREAD, rest)
    _note_counts(groups, findings)
    return tuple(group for group in groups if group.components)


def _title(text: str) -> str:
    return unbulleted(text.strip("- ")).rstrip(":").strip()


def _papers(part: str, *, group: str, findings: Findings) -> tuple[tuple[ParsedComponent, ...], str]:
    """The papers of one table, and the title of the next table printed right after the last quantity."""
    papers, start = [], 0
    for match in _cells(part):
        papers.append(_paper(part, start=start, match=match, group=group, findings=findings))
        start = match.end()
    return tuple(paper for paper in papers if paper), part[start:]


def _cells(part: str) -> list[re.Match[str]]:
    """Quantities that are table cells; "01 bản chính" inside a name is followed by a sentence or by its own
    cell.
    """
    found = list(_QUANTITY.finditer(part))
    ends = len(part.rstrip())
    return [
        match
        for match, following in zip_longest(found, found[1:])
        if match.end() >= ends or _is_cell(part, match, following)
    ]


def _is_cell(part: str, match: re.Match[str], following: re.Match[str] | None) -> bool:
    if _in_sentence(part, match):
        return False
    if following and following.start() == match.end():
        return _in_sentence(part, following)
    return True


def _in_sentence(part: str, match: re.Match[str]) -> bool:
    after, before = part[match.end() : match.end() + 1], part[max(0, match.start() - 1) : match.start()]
    return bool(_GOES_ON.match(after)) or (after.isspace() and (before.isspace() or before in "(:"))


def _paper(
    part: str, *, start: int, match: re.Match[str], group: str, findings: Findings
) -> ParsedComponent | None:
    digits, name_end = _count_digits(part, match, start=start, findings=findings)
    original = part[start : match.end()]
    name, form = _name_and_form(part[start:name_end], findings)
    if not name and not form:
        findings.note(FindingKind.COMPONENT_TEXT_UNREAD, original)
        return None
    originals, copies = int(digits), int(match[2] or 0)
    kind = _kind(group, counted=bool(originals or copies))
    required = kind is ComponentKind.SUBMIT and not _for_some(name) and not _for_some(group)
    return ParsedComponent(group, name or form, originals, copies, required, kind, form, original)


def _for_some(words: str) -> bool:
    """Whether the first clause is conditional: "Giấy chứng sinh; trường hợp không có …" is asked of
    everybody.
    """
    return bool(_ONLY_SOME.search(re.split(r"[;.]", words, maxsplit=1)[0]))


def _count_digits(part: str, match: re.Match[str], *, start: int, findings: Findings) -> tuple[str, int]:
    """`31/12/20251 bản chính` ends a date and counts one: the last digit is the count unless a word stands
    before.
    """
    run = match[1]
    before = part[start : match.start()][-1:]
    if len(run) == 1 or (len(run) <= 2 and before and not re.match(r"[\s/.\-,\d]", before)):
        return run, match.start()
    findings.note(FindingKind.COMPONENT_COUNT_GLUED, part[max(start, match.start() - 60) : match.end()])
    return run[-1], match.start(1) + len(run) - 1


def _name_and_form(text: str, findings: Findings) -> tuple[str, str]:
    first = _FILE.search(text)
    if not first:
        return unbulleted(text), ""
    reach = max(0, first.start() - FORM_REACH)
    starts = [match.start() + reach for match in _FILE_START.finditer(text[reach : first.start()])]
    named = [
        i for i in starts if re.match(r"M[ẫa]u|mau|Ph|PL|Mus|TP-|TK|Bi|BM|T[ờo]|Đơn|ĐƠN|Don|PHỤ", text[i:])
    ]
    cut = (named or starts or [None])[-1]
    if cut is None:
        if len(text) > FORM_REACH or "\n" in text:
            findings.note(FindingKind.FORM_NAME_GLUED, text[-200:])
            return unbulleted(text), ""
        return "", one_line(text)
    return unbulleted(text[:cut]), one_line(text[cut:])


def _kind(group: str, *, counted: bool) -> ComponentKind:
    if not counted or _NOTE_GROUP.search(group):
        return ComponentKind.NOTE
    return ComponentKind.PRESENT if "xuất trình" in group.lower() else ComponentKind.SUBMIT


def _note_counts(groups: list[Group], findings: Findings) -> None:
    papers = [paper for group in groups for paper in group.components]
    if not papers:
        findings.note(FindingKind.NO_COMPONENTS)
    for paper in papers:
        if not (paper.originals or paper.copies):
            findings.note(FindingKind.COMPONENT_COUNT_MISSING, paper.name)
