"""Reads of the catalogue. What was published never changes, so the facts of a version are kept in memory by its id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from motcua.base.codes import national_procedure_code
from motcua.base.text import clean, fold
from motcua.catalogue.errors import CompetenceUnclear, ProcedureNotInForce, ProcedureUnknown
from motcua.catalogue.models import Competence, Field, Procedure, ProcedureCase, ProcedureVersion
from motcua.catalogue.rules import SENTENCES, FindingKind
from motcua.deadlines.rules import Term, TermUnit
from motcua.journal.remembered import remembered
from motcua.organisation import queries as organisation

State = ProcedureVersion.State
CACHED_VERSIONS = 4096


@dataclass(frozen=True)
class CaseFacts:
    """A case as intake needs it. `term` is None where amount or unit is missing: no date can be promised."""

    id: int
    name: str
    channels: tuple[str, ...]
    term: Term | None
    term_text: str
    after_15h: bool
    is_default: bool


@dataclass(frozen=True)
class ComponentFacts:
    """A paper; `case_id` None: every case asks for it. `kind`: submit, present or note. `held_by`: see `Component`."""

    id: int
    case_id: int | None
    code: str
    name: str
    originals: int
    copies: int
    required: bool
    kind: str
    group: str
    form_name: str
    held_by: str = ""


@dataclass(frozen=True)
class TariffFacts:
    """A fee or charge; `amount` in VND, None where only words say it; `channel` empty: any."""

    id: int
    case_id: int | None
    kind: str
    name: str
    amount: int | None
    per_unit: str
    text: str
    channel: str


@dataclass(frozen=True)
class ResultFacts:
    id: int
    code: str
    name: str
    is_document: bool


@dataclass(frozen=True)
class VersionFacts:
    """All that a dossier is received under."""

    version_id: int
    number: int
    procedure_id: int
    code: str
    name: str
    field_id: int | None
    field_code: str
    field_name: str
    sector: str
    levels: tuple[str, ...]
    channels: tuple[str, ...]
    after_15h: bool
    decision_number: str
    cases: tuple[CaseFacts, ...]
    components: tuple[ComponentFacts, ...]
    tariffs: tuple[TariffFacts, ...]
    results: tuple[ResultFacts, ...]

    def case(self, case_id: int) -> CaseFacts | None:
        """The case with this id, if the version has it."""
        return next((case for case in self.cases if case.id == case_id), None)

    def components_of(self, case_id: int) -> tuple[ComponentFacts, ...]:
        """The papers that a dossier of this case consists of."""
        return tuple(paper for paper in self.components if paper.case_id in (None, case_id))


def in_force(on: date) -> QuerySet[ProcedureVersion]:
    """The versions that hold on a day: by validity, whatever happened to them later."""
    return ProcedureVersion.objects.filter(valid__contains=on).exclude(state=State.DRAFT)


def version_for_intake(procedure_code: str, on: date) -> VersionFacts:
    """The facts of the version in force on the day of receipt.

    `procedure_code` may carry a place suffix or be an alias. Raises ProcedureUnknown, ProcedureNotInForce.
    """
    version_id = _version_in_force(procedure_code, on)
    if version_id is not None:
        return version_facts(version_id)
    code = national_procedure_code(procedure_code) or procedure_code
    if not Procedure.objects.filter(Q(code=code) | Q(aliases__code=procedure_code)).exists():
        raise ProcedureUnknown(procedure=procedure_code)
    raise ProcedureNotInForce(procedure=procedure_code, on=on)


@remembered
def _version_in_force(procedure_code: str, on: date) -> int | None:
    """The number of the version in force; asked for at every intake, changed by few verbs."""
    code = national_procedure_code(procedure_code) or procedure_code
    matches = Q(procedure__code=code) | Q(procedure__aliases__code=procedure_code)
    return in_force(on).filter(matches).values_list("pk", flat=True).first()


@lru_cache(maxsize=CACHED_VERSIONS)
def version_facts(version_id: int) -> VersionFacts:
    """The facts of a published version, from memory after the first time (five queries then)."""
    return read_version(version_id)


def read_version(version_id: int) -> VersionFacts:
    """The facts of any version, drafts too, always from the database."""
    version = ProcedureVersion.objects.select_related("procedure__field").get(pk=version_id)
    field = version.procedure.field or Field(code="", name="")
    return VersionFacts(
        version_id=version.pk,
        number=version.number,
        procedure_id=version.procedure_id,
        code=version.procedure.code,
        name=version.name,
        field_id=field.pk,
        field_code=field.code,
        field_name=field.name,
        sector=field.sector,
        levels=tuple(version.levels),
        channels=tuple(version.channels),
        after_15h=version.after_15h,
        decision_number=version.decision_number,
        cases=tuple(_case(row, after_15h=version.after_15h) for row in version.cases.all()),
        components=_rows(version.components, ComponentFacts),
        tariffs=_rows(version.tariffs, TariffFacts),
        results=_rows(version.results, ResultFacts),
    )


def _rows(manager: Any, kind: Any) -> tuple[Any, ...]:
    names = kind.__dataclass_fields__
    return tuple(kind(**row) for row in manager.order_by("position").values(*names))


def _case(row: ProcedureCase, *, after_15h: bool) -> CaseFacts:
    term = Term(row.term_amount, TermUnit(row.term_unit)) if row.term_unit and row.term_amount else None
    return CaseFacts(row.pk, row.name, tuple(row.channels), term, row.term_text, after_15h, row.is_default)


@dataclass(frozen=True)
class Hit:
    """A procedure found by a search or offered by a unit."""

    version_id: int
    code: str
    name: str
    field_code: str
    field_name: str
    levels: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Hits:
    total: int
    hits: tuple[Hit, ...]


def search(
    text: str,
    *,
    on: date,
    level: str | None = None,
    field: str | None = None,
    limit: int = 20,
    offset: int = 0,
    internal: bool = False,
) -> Hits:
    """Procedures in force whose name has all words of `text`, accents or not, or whose code begins with it.

    Exact accents come first, then the words in their order, then the rest. `field` is a field code. Internal
    procedures (TTHC nội bộ) are not shown to citizens.
    """
    found = in_force(on).filter(procedure__is_internal=internal)
    found = found.filter(words_filter(text)) if text.strip() else found
    found = found.filter(levels__contains=[level]) if level else found
    found = found.filter(procedure__field__code=field) if field else found
    rows = found.annotate(rank=_rank(text)).order_by("rank", "folded_name", "procedure__code")
    return Hits(found.count(), _hits(rows[offset : offset + limit]))


def words_filter(text: str) -> Q:
    """The condition of the search: all words of `text`, accents or not, or the beginning of the code."""
    words = Q()
    for word in fold(text).split():
        words &= Q(folded_name__contains=word)
    return words | Q(procedure__code__startswith=clean(text))


def _rank(text: str) -> Case:
    return Case(
        When(procedure__code=clean(text), then=Value(0)),
        When(name__icontains=clean(text), then=Value(1)),
        When(folded_name__contains=fold(text), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _hits(versions: QuerySet[ProcedureVersion]) -> tuple[Hit, ...]:
    rows = versions.values_list(
        "pk",
        "procedure__code",
        "name",
        "procedure__field__code",
        "procedure__field__name",
        "levels",
        "channels",
    )
    return tuple(
        Hit(pk, code, name, field or "", field_name or "", tuple(levels), tuple(channels))
        for pk, code, name, field, field_name, levels, channels in rows
    )


@dataclass(frozen=True)
class ProcedurePage:
    """A procedure as citizens see it on a day, with its history and the remarks on the record."""

    facts: VersionFacts
    texts: dict[str, str]
    legal_bases: tuple[tuple[str, str], ...]
    versions: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, str], ...]
    applicants: tuple[str, ...] = ()


def procedure_page(procedure_code: str, on: date) -> ProcedurePage:
    """Raises ProcedureUnknown, ProcedureNotInForce."""
    facts = version_for_intake(procedure_code, on)
    version = ProcedureVersion.objects.get(pk=facts.version_id)
    return ProcedurePage(
        facts=facts,
        texts=version.texts,
        legal_bases=tuple(version.legal_bases.values_list("number", "title")),
        versions=versions_of(facts.code),
        findings=findings_of(version.pk),
        applicants=tuple(version.applicants),
    )


def versions_of(procedure_code: str) -> tuple[dict[str, Any], ...]:
    """All versions of a procedure, newest first."""
    names = ("id", "number", "source", "state", "name", "decision_number", "decision_date", "valid")
    rows = ProcedureVersion.objects.filter(procedure__code=procedure_code).order_by("-number")
    return tuple(rows.values(*names))


def public_versions(procedure_code: str) -> tuple[dict[str, Any], ...]:
    """What citizens may know of: the published versions with validity, newest first; none of an internal procedure."""
    code = national_procedure_code(procedure_code) or procedure_code
    rows = ProcedureVersion.objects.filter(procedure__code=code, procedure__is_internal=False, valid__isnull=False)
    names = ("id", "number", "name", "decision_number", "decision_date", "valid")
    return tuple(rows.exclude(state=State.DRAFT).order_by("-number").values(*names))


def is_public_code(code: str) -> bool:
    """Whether `code` is the national code of a procedure that citizens may see."""
    return Procedure.objects.filter(code=code, is_internal=False).exists()


def fields_in_use(on: date) -> tuple[tuple[str, str], ...]:
    """Code and name of the fields in which citizens find a procedure on a day, by name."""
    found = in_force(on).filter(procedure__is_internal=False, procedure__field__isnull=False)
    rows = found.values_list("procedure__field__code", "procedure__field__name").distinct()
    return tuple(rows.order_by("procedure__field__name"))


def findings_of(version_id: int) -> tuple[dict[str, str], ...]:
    """The remarks on a version: kind, sentence, field, words."""
    rows = ProcedureVersion.objects.get(pk=version_id).findings.order_by("pk").values("kind", "field", "text")
    return tuple({**row, "sentence": SENTENCES[FindingKind(row["kind"])]} for row in rows)


def competent_unit(procedure_code: str, *, level: str, place_unit: int, on: date) -> int | None:
    """The unit at or below `place_unit` (a province, a commune) that settles a procedure at `level` on a day.

    A rule for the procedure is narrower than one for its field. None when nobody is competent.
    Raises CompetenceUnclear when several units are.
    """
    within = organisation.subtree(place_unit, on=on)
    rows = Competence.objects.filter(unit__in=within, level=level, valid__contains=on)
    mine = rows.filter(procedure__code=procedure_code)
    units = set(mine.values_list("unit_id", flat=True)) or set(
        rows.filter(field__procedures__code=procedure_code).values_list("unit_id", flat=True)
    )
    if len(units) > 1:
        raise CompetenceUnclear(count=len(units), procedure=procedure_code)
    return units.pop() if units else None


def hits_of(procedure_codes: Collection[str], *, on: date) -> dict[str, Hit]:
    """The named procedures in force on a day, by code."""
    found = in_force(on).filter(procedure__code__in=procedure_codes, procedure__is_internal=False)
    return {hit.code: hit for hit in _hits(found)}


def competent_units(procedure_codes: Collection[str], *, on: date) -> dict[str, list[tuple[int, str]]]:
    """For each procedure the units that settle it on a day, with level.

    At each level its own rules replace those of its field, as in `competent_unit`.
    """
    rows = Competence.objects.filter(valid__contains=on).order_by("unit__code")
    own = rows.filter(procedure__code__in=procedure_codes).values_list("procedure__code", "unit_id", "level")
    by_field = rows.filter(field__procedures__code__in=procedure_codes)
    found: dict[str, list[tuple[int, str]]] = {}
    for code, unit_id, level in own:
        found.setdefault(code, []).append((unit_id, level))
    narrow = {(code, level) for code, rules in found.items() for _, level in rules}
    for code, unit_id, level in by_field.values_list("field__procedures__code", "unit_id", "level"):
        if code in procedure_codes and (code, level) not in narrow:
            found.setdefault(code, []).append((unit_id, level))
    return found


@remembered
def is_competent(unit_id: int, procedure_code: str, *, level: str, on: date) -> bool:
    """Whether the unit may settle the procedure at `level`. Where nobody was named for it, the level alone decides."""
    named = {unit for unit, at in competent_units((procedure_code,), on=on).get(procedure_code, []) if at == level}
    return not named or unit_id in named


def procedures_offered(unit_id: int, on: date) -> tuple[Hit, ...]:
    """What a unit settles on a day, by name."""
    rules = Competence.objects.filter(unit=unit_id, valid__contains=on).values(
        "procedure_id", "field_id", "level"
    )
    asked = Q(pk__in=[])
    for rule in rules:
        target = (
            {"procedure": rule["procedure_id"]}
            if rule["procedure_id"]
            else {"procedure__field": rule["field_id"]}
        )
        asked |= Q(**target, levels__contains=[rule["level"]])
    found = in_force(on).filter(asked, procedure__is_internal=False)
    return _hits(found.order_by("folded_name", "procedure__code"))


def fields() -> tuple[tuple[str, str, str], ...]:
    """Code, name and sector of every field, by name."""
    return tuple(Field.objects.order_by("name").values_list("code", "name", "sector"))


@remembered
def field_names() -> dict[int, tuple[str, str]]:
    """Code and name of every field by its number, for reports that count by field."""
    return {number: (code, name) for number, code, name in Field.objects.values_list("id", "code", "name")}


@dataclass(frozen=True)
class Counts:
    """Distinct procedures in force, and per level: one of several levels counts in each, so these may exceed
    the total.
    """

    total: int
    central: int
    local: int
    internal: int
    by_level: dict[str, int]
    of_several_levels: int


def counts(on: date) -> Counts:
    """Counters of the catalogue on a day (TTHC do trung ương, địa phương quy định)."""
    versions = list(in_force(on).values_list("levels", "procedure__origin", "procedure__is_internal"))
    shown = [(levels, origin) for levels, origin, is_internal in versions if not is_internal]
    by_level: dict[str, int] = {}
    for levels, _ in shown:
        for level in levels:
            by_level[level] = by_level.get(level, 0) + 1
    local = sum(origin == Procedure.Origin.LOCAL for _, origin in shown)
    several = sum(len(levels) > 1 for levels, _ in shown)
    return Counts(len(shown), len(shown) - local, local, len(versions) - len(shown), by_level, several)


def finding_counts(version_ids: Iterable[int] | None = None) -> dict[str, int]:
    """How many remarks of each kind the latest imports left, or only those on the given versions."""
    versions = ProcedureVersion.objects.exclude(state=State.CLOSED)
    versions = versions if version_ids is None else versions.filter(pk__in=version_ids)
    return dict(versions.filter(findings__isnull=False).values_list("findings__kind").annotate(n=Count("findings")))
