"""Bulk writing of parsed procedures. Called by the import verbs inside their transaction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from motcua.base.text import fold
from motcua.catalogue.models import (
    Component,
    Field,
    Finding,
    ImportRun,
    LegalBasis,
    Procedure,
    ProcedureAlias,
    ProcedureCase,
    ProcedureVersion,
    ResultType,
    Tariff,
)
from motcua.catalogue.parsing.fields import field_code
from motcua.catalogue.parsing.texts import storable
from motcua.catalogue.reading import CHANGED, NEW, UNCHANGED
from motcua.catalogue.rules import ParsedCase, ParsedProcedure, missing_to_publish

ALWAYS = DateRange(None, None)
State, Source = ProcedureVersion.State, ProcedureVersion.Source


@dataclass(frozen=True)
class Incoming:
    """One record to be stored: the facts, the record itself and its fingerprint."""

    parsed: ParsedProcedure
    raw: dict[str, Any]
    content_hash: str


def store(records: Sequence[Incoming], *, run: ImportRun) -> dict[str, str]:
    """Writes the new and changed records of a batch with distinct codes; gives code → status.

    The first version of a procedure is published with open validity when the record has all that publishing
    needs: a
    ministry has published it by the decision it names. A later, different record becomes a draft, because it
    does not
    say from which day it holds; a person publishes it. An older draft that nobody published is closed by it.
    """
    procedures = Procedure.objects.in_bulk([r.parsed.code for r in records], field_name="code")
    hashes = _latest_hashes(procedures.values())
    status = {r.parsed.code: _status(r, procedures, hashes) for r in records}
    fresh = [r for r in records if status[r.parsed.code] != UNCHANGED]
    _close_older_drafts(procedures[r.parsed.code] for r in fresh if r.parsed.code in procedures)
    procedures.update(_new_procedures(r.parsed for r in fresh if r.parsed.code not in procedures))
    _write_versions(fresh, procedures, run)
    return status


def _latest_hashes(procedures: Iterable[Procedure]) -> dict[int, str]:
    latest = ProcedureVersion.objects.filter(procedure__in=list(procedures), source=Source.IMPORT)
    latest = latest.order_by("procedure_id", "-number").distinct("procedure_id")
    return dict(latest.values_list("procedure_id", "content_hash"))


def _status(record: Incoming, procedures: dict[str, Procedure], hashes: dict[int, str]) -> str:
    procedure = procedures.get(record.parsed.code)
    if procedure is None:
        return NEW
    return UNCHANGED if hashes.get(procedure.pk) == record.content_hash else CHANGED


def _close_older_drafts(procedures: Iterable[Procedure]) -> None:
    older = ProcedureVersion.objects.filter(
        procedure__in=list(procedures), source=Source.IMPORT, state=State.DRAFT
    )
    older.update(state=State.CLOSED)


def _new_procedures(found: Iterable[ParsedProcedure]) -> dict[str, Procedure]:
    new = list(found)
    fields = _fields({(parsed.field, parsed.sector) for parsed in new if parsed.field})
    created = Procedure.objects.bulk_create(_procedure(parsed, fields) for parsed in new)
    by_code = {procedure.code: procedure for procedure in created}
    aliases = {p.full_code[:60]: by_code[p.code] for p in new if p.full_code != p.code}
    ProcedureAlias.objects.bulk_create(
        (ProcedureAlias(procedure=procedure, code=code) for code, procedure in aliases.items()),
        ignore_conflicts=True,
    )
    return by_code


def _procedure(parsed: ParsedProcedure, fields: dict[str, Field]) -> Procedure:
    local = parsed.full_code != parsed.code
    return Procedure(
        code=parsed.code,
        field=fields.get(field_code(parsed.field)),
        origin=Procedure.Origin.LOCAL if local else Procedure.Origin.CENTRAL,
        is_internal=parsed.is_internal,
    )


def _fields(named: set[tuple[str, str]]) -> dict[str, Field]:
    rows = {field_code(name): Field(code=field_code(name), name=name[:300], sector=sector, valid=ALWAYS)
            for name, sector in sorted(named)}  # fmt: skip
    Field.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return Field.objects.in_bulk(list(rows), field_name="code")


def _write_versions(records: list[Incoming], procedures: dict[str, Procedure], run: ImportRun) -> None:
    known = ProcedureVersion.objects.filter(procedure__in=list(procedures.values()))
    last = dict(known.values("procedure_id").annotate(last=Max("number")).values_list("procedure_id", "last"))
    versions = ProcedureVersion.objects.bulk_create(
        _version(record, procedures[record.parsed.code], last, run) for record in records
    )
    pairs = list(zip(versions, (record.parsed for record in records), strict=True))
    cases = _write_cases(pairs)
    Component.objects.bulk_create(row for pair in pairs for row in _components(*pair, cases))
    Tariff.objects.bulk_create(row for pair in pairs for row in _tariffs(*pair, cases))
    ResultType.objects.bulk_create(row for pair in pairs for row in _results(*pair))
    LegalBasis.objects.bulk_create(row for pair in pairs for row in _bases(*pair))
    Finding.objects.bulk_create(row for pair in pairs for row in _findings(*pair))


def _version(
    record: Incoming, procedure: Procedure, last: dict[int, int], run: ImportRun
) -> ProcedureVersion:
    parsed = record.parsed
    number = last.get(procedure.pk, 0) + 1
    published = number == 1 and not missing_to_publish(parsed)
    return ProcedureVersion(
        procedure=procedure,
        number=number,
        source=Source.IMPORT,
        state=State.PUBLISHED if published else State.DRAFT,
        valid=ALWAYS if published else None,
        import_run=run,
        raw=_storable(record.raw),
        content_hash=record.content_hash,
        name=parsed.name,
        folded_name=fold(parsed.name),
        levels=[level.value for level in parsed.levels],
        channels=[channel.value for channel in parsed.channels],
        applicants=[applicant.value for applicant in parsed.applicants],
        category=parsed.category,
        decision_number=parsed.decision_number,
        after_15h=bool(parsed.after_15h),
        texts={name: text for name, text in parsed.texts.items() if text},
    )


def _storable(value: Any) -> Any:
    """`value` as jsonb can hold it: no NUL, no lone surrogates, no infinite number."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


Pairs = list[tuple[ProcedureVersion, ParsedProcedure]]
Cases = dict[int, list[ProcedureCase]]


def _write_cases(pairs: Pairs) -> Cases:
    rows = [
        _case(version, case, position)
        for version, parsed in pairs
        for position, case in enumerate(parsed.cases, start=1)
    ]
    by_version: Cases = {}
    for row in ProcedureCase.objects.bulk_create(rows):
        by_version.setdefault(row.version_id, []).append(row)
    return by_version


def _case(version: ProcedureVersion, case: ParsedCase, position: int) -> ProcedureCase:
    return ProcedureCase(
        version=version,
        position=position,
        name=case.name,
        channels=[channel.value for channel in case.channels],
        term_amount=case.term.amount,
        term_unit=case.term.unit or "",
        term_text=case.term.text,
        description=case.description,
        is_default=position == 1,
    )


def _components(version: ProcedureVersion, parsed: ParsedProcedure, cases: Cases) -> Iterable[Component]:
    rows = cases.get(version.pk, [])
    case_of = {c.component_group: row for c, row in zip(parsed.cases, rows, strict=True) if c.component_group}
    for position, paper in enumerate(parsed.components, start=1):
        yield Component(
            version=version,
            case=case_of.get(paper.group),
            position=position,
            code=f"TP{position:02d}",
            group=paper.group,
            kind=paper.kind.value,
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            required=paper.required,
            form_name=paper.form_name,
            text=paper.text,
        )


def _tariffs(version: ProcedureVersion, parsed: ParsedProcedure, cases: Cases) -> Iterable[Tariff]:
    """Fees that all cases share belong to the version, others to their case."""
    shared = len({case.fees for case in parsed.cases}) == 1
    owners = [None] if shared else cases.get(version.pk, [])
    lines = [(owner, fee) for owner, case in zip(owners, parsed.cases, strict=False) for fee in case.fees]
    for position, (owner, fee) in enumerate(lines, start=1):
        yield Tariff(
            version=version,
            case=owner,
            position=position,
            kind=fee.kind.value,
            name=fee.description or fee.text,
            amount=fee.amount,
            per_unit=fee.per_unit,
            text=fee.text,
            channel=fee.channel.value,
        )


def _results(version: ProcedureVersion, parsed: ParsedProcedure) -> Iterable[ResultType]:
    for position, result in enumerate(parsed.results, start=1):
        yield ResultType(
            version=version,
            position=position,
            code=result.code,
            name=result.name,
            is_document=result.is_document,
        )


def _bases(version: ProcedureVersion, parsed: ParsedProcedure) -> Iterable[LegalBasis]:
    for position, basis in enumerate(parsed.legal_bases, start=1):
        yield LegalBasis(version=version, position=position, number=basis.number, title=basis.title)


def _findings(version: ProcedureVersion, parsed: ParsedProcedure) -> Iterable[Finding]:
    for found in parsed.findings:
        yield Finding(version=version, kind=found.kind.value, field=found.field, text=found.text)
