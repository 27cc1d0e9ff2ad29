"""Files into accepted records and refused lines, with the report of one import. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.catalogue.parsing import parse_record
from motcua.catalogue.parsing.files import DEFAULT_LIMITS, Limits, Line, Progress, read_lines
from motcua.catalogue.rules import ParsedProcedure, content_hash

NEW, CHANGED, UNCHANGED, REJECTED = "new", "changed", "unchanged", "rejected"
NO_CODE = "Bản ghi không có mã thủ tục hợp lệ (d.dddddd)."
REPEATED = "Mã {code} đã có ở {place} với nội dung khác."


@dataclass(frozen=True)
class Accepted:
    """A record with a usable code. `repeated` when an earlier line says exactly the same."""

    raw: dict[str, Any]
    parsed: ParsedProcedure
    content_hash: str
    repeated: bool = False


@dataclass
class Report:
    """What an import found. `failed` when some file or line could not be taken; the rest was."""

    files: int = 0
    lines: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    by_record: dict[str, dict[str, Any]] = field(default_factory=dict)
    failed: bool = False

    def refuse(self, line: Line, sentence: str, *, on_refusal: Callable[[str], None] | None = None) -> None:
        """Counts `line` as rejected (or its file as unreadable) and says where and why."""
        self.failed = True
        kind = "line_rejected" if line.number else "file_unreadable"
        self.counts[REJECTED] += bool(line.number)
        self.findings[kind] += 1
        finding = {"kind": kind, "field": "", "text": sentence}
        self.by_record[line.place] = {"status": REJECTED, "findings": [finding]}
        if on_refusal:
            on_refusal(
                f"{line.path}:{line.number}: {sentence}" if line.number else f"{line.path}: {sentence}"
            )

    def take(self, record: Accepted, status: str) -> None:
        """Counts an accepted record under its status with its findings."""
        self.counts[status] += 1
        if record.repeated:
            return
        self.findings.update(finding.kind.value for finding in record.parsed.findings)
        found = [{"kind": f.kind.value, "field": f.field, "text": f.text} for f in record.parsed.findings]
        self.by_record[record.parsed.code] = {"status": status, "findings": found}

    def as_dict(self) -> dict[str, Any]:
        """The report file: `files, lines, records, new, changed, unchanged, rejected, findings, by_record`.

        `lines` counts the non-empty lines; each is a record (new, changed or unchanged) or rejected.
        """
        done = {status: self.counts[status] for status in (NEW, CHANGED, UNCHANGED)}
        head = {"files": self.files, "lines": self.lines, "records": sum(done.values()), **done}
        findings = dict(sorted(self.findings.items()))
        return {**head, "rejected": self.counts[REJECTED], "findings": findings, "by_record": self.by_record}


def accepted_records(
    paths: Sequence[Path],
    *,
    report: Report,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    on_refusal: Callable[[str], None] | None = None,
) -> Iterator[Accepted]:
    """The usable records of all files in order; everything else goes to `report` and `on_refusal`.

    A code seen before is repeated when the content is the same, refused when it is not: nobody knows which
    one holds.
    """
    seen: dict[str, tuple[str, str]] = {}
    for line in _lines(paths, report, limits, progress):
        if line.record is None:
            report.refuse(line, line.problem, on_refusal=on_refusal)
            continue
        parsed = parse_record(line.record)
        fingerprint = content_hash(line.record)
        known, place = seen.get(parsed.code, (fingerprint, line.place))
        if not parsed.code:
            report.refuse(line, NO_CODE, on_refusal=on_refusal)
        elif known != fingerprint:
            report.refuse(line, REPEATED.format(code=parsed.code, place=place), on_refusal=on_refusal)
        else:
            repeated = parsed.code in seen
            seen[parsed.code] = (fingerprint, place)
            yield Accepted(line.record, parsed, fingerprint, repeated)


def _lines(
    paths: Iterable[Path], report: Report, limits: Limits, progress: Progress | None
) -> Iterator[Line]:
    for path in paths:
        report.files += 1
        for line in read_lines(path, limits=limits, progress=progress):
            report.lines += bool(line.number)
            yield line


def check_files(
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    on_refusal: Callable[[str], None] | None = None,
) -> Report:
    """Reads files without any database: every first record counts as new."""
    report = Report()
    for record in accepted_records(paths, report=report, progress=progress, on_refusal=on_refusal):
        report.take(record, UNCHANGED if record.repeated else NEW)
    return report
