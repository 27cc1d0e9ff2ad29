"""Who settles what, and who works there: read from the rooms on one day, as far as the stories need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.base.actor import SYSTEM, Actor, Duty
from motcua.catalogue.queries import VersionFacts, in_force, version_facts
from motcua.deadlines.rules import Term
from motcua.dossiers.intake import ComponentInput, FeeInput, required_components
from motcua.organisation.queries import services_on, tree
from motcua.people.queries import positions_on
from motcua.processes.queries import plan_of_version, versions_on
from motcua.processes.rules import Stage


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure in one case, ready to be handed in."""

    code: str
    field: str
    sector: str
    case_id: int
    term: Term | None
    after_15h: bool
    is_document: bool
    papers: tuple[ComponentInput, ...]
    fees: tuple[FeeInput, ...]
    roles: tuple[tuple[int, str], ...]
    result: str

    @property
    def term_unit(self) -> str:
        return self.term.unit.value if self.term else ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A competent unit, the counter where its dossiers come in, and the officers of both."""

    unit: int
    code: str
    level: str
    counter: int
    staff: Mapping[str, tuple[Actor, ...]]

    def somebody(self, role: str, number: int) -> Actor:
        """An officer of the role; the leader where a small place has none."""
        people = self.staff.get(role) or self.staff.get("leader") or (SYSTEM,)
        return people[number % len(people)]


def offers(on: date, *, level: str) -> list[Offer]:
    """What can be handed in at `level` on a day: every case that has a term, or says in words that there is none."""
    processes = versions_on(on)
    found = in_force(on).filter(levels__contains=[level]).order_by("procedure__code")
    versions = [version_facts(pk) for pk in found.values_list("pk", flat=True)]
    return [_offer(v, index, processes) for v in versions if v.field_id for index in _usable_cases(v)]


def _usable_cases(version: VersionFacts) -> Iterable[int]:
    for index, case in enumerate(version.cases):
        if case.term is not None and case.term.amount <= 60:
            yield index


def _offer(version: VersionFacts, index: int, processes: Mapping[str, int]) -> Offer:
    case = version.cases[index]
    plan = plan_of_version(processes.get(version.code) or processes[""])
    handled = [(s.position, s.role) for s in plan if s.stage not in (Stage.RECEIVE, Stage.RETURN)]
    papers = tuple(
        ComponentInput(c.id, received=True, originals=c.originals or 1, copies=c.copies)
        for c in required_components(version, case)
    )
    fees = tuple(
        FeeInput(t.kind, t.name[:200] or "Phí, lệ phí", t.amount, "Chủ hồ sơ", paid=True)
        for t in version.tariffs
        if t.amount and t.case_id in (None, case.id)
    )[:1]
    documents = [result.name for result in version.results if result.is_document]
    return Offer(
        version.code, version.field_code, version.sector, case.id, case.term, case.after_15h, bool(documents), papers,
        fees, tuple(handled), (documents or ["Kết quả giải quyết"])[0][:300],
    )  # fmt: skip


def desks(on: date, *, kinds: Sequence[str] = ("ubnd", "so", "ban", "nganh_doc", "phong")) -> list[Desk]:
    """Every competent unit that a counter serves on a day, with that counter and today's officers."""
    units = tree(on)
    staff = _staff(on)
    found: dict[int, Desk] = {}
    for counter, unit in sorted(services_on(on)):
        facts = units.get(unit)
        if facts is None or facts.kind not in kinds or unit in found:
            continue
        people = {**staff[unit], **{r: staff[counter][r] for r in ("counter", "post") if staff[counter].get(r)}}
        found[unit] = Desk(unit, facts.code, facts.level, counter, people)
    return list(found.values())


def _staff(on: date) -> Mapping[int, dict[str, tuple[Actor, ...]]]:
    served = defaultdict(set)
    for counter, unit in services_on(on):
        served[counter].add(unit)
    staff: dict[int, dict[str, tuple[Actor, ...]]] = defaultdict(dict)
    for p in positions_on(on):
        reach = frozenset({p.unit_id} | (served[p.unit_id] if p.role in ("counter", "post") else set()))
        actor = Actor("officer", p.label, p.officer_id, p.unit_code, (Duty(p.role, p.unit_id, reach),))
        staff[p.unit_id][p.role] = (*staff[p.unit_id].get(p.role, ()), actor)
    return staff
