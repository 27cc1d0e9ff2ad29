"""Whole histories at once: told by the same pure rules as the verbs, written with COPY.

For the demonstration province, for loads of a whole province and for taking over an older system. What differs from the
verbs, on purpose: rights and gates are not asked (the past is told, not permitted), no delivery is owed for what
happened long ago, and the trail of row changes holds the last state only; the events tell the course.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motcua.base.actor import Actor
from motcua.base.codes import dossier_code
from motcua.base.time import local_date
from motcua.catalogue.queries import VersionFacts, in_force, version_facts
from motcua.deadlines import queries as deadlines
from motcua.dossiers.intake import Intake, case_of, check_components, new_dossier
from motcua.dossiers.quick_clock import QuickCalendar, QuickClock
from motcua.dossiers.routing import elsewhere, facts_from, place_among
from motcua.dossiers.rules import acts, endings, waiting, way
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.refusals import ComponentMissing
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.rules.way import Route
from motcua.dossiers.store import component_values
from motcua.organisation.queries import UnitFacts, change_days, services_on, tree
from motcua.people.queries import PersonFacts
from motcua.people.services import checked_person
from motcua.processes.queries import plan_of_version, versions_on


@dataclass(frozen=True, slots=True)
class Command:
    """One verb of `dossiers.services` by name, when and by whom, with the verb's own arguments.

    `answer_intake_supplement` names the completed papers by `received` positions instead of row numbers.
    """

    act: str
    at: datetime
    actor: Actor
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """A dossier as it was handed in and everything done to it; begins with `submit` or `receive_at_counter`."""

    intake: Intake
    commands: Sequence[Command]

    @property
    def accepted(self) -> tuple[int, datetime] | None:
        """The counter and moment of acceptance, which give the code its place in the day's sequence."""
        for command in self.commands:
            if command.act in ("receive_at_counter", "accept"):
                return self.intake.intake_unit_id, command.at
        return None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What holds on one day: units, published versions and processes by procedure code, counters, the clock."""

    units: Mapping[int, UnitFacts]
    versions: Mapping[str, int]
    processes: Mapping[str, int]
    services: frozenset[tuple[int, int]]
    clock: Clock

    def version(self, procedure_code: str) -> VersionFacts:
        return version_facts(self.versions[procedure_code])

    def process_version(self, procedure_code: str) -> int:
        return self.processes.get(procedure_code) or self.processes[""]


@dataclass(frozen=True, slots=True)
class World:
    """Everything the rules ask for, read beforehand: telling a history needs no database (nor does a forked process)."""

    days: Mapping[date, DayFacts]
    clocks: Mapping[str, Clock]
    officers: Mapping[int, str]

    @classmethod
    def read(cls, days: Iterable[date], *, officers: Mapping[int, str] | None = None) -> World:
        """Reads what holds on each of `days`; `officers`: names for the act of assigning."""
        calendar = QuickCalendar.like(deadlines.work_calendar())
        clocks = {rules.code: QuickClock(calendar, rules) for rules in deadlines.rulesets()}
        places = _Places(change_days())
        facts = {day: _day_facts(day, places, clocks) for day in set(days)}
        for version in {pk for day in facts.values() for pk in day.processes.values()}:
            plan_of_version(version)
        return cls(facts, clocks, officers or {})

    def clock_of(self, dossier: Dossier) -> Clock:
        return self.clocks[dossier.ruleset] if dossier.ruleset else self.days[local_date(dossier.submitted_at)].clock


@dataclass(slots=True)
class Told:
    """The end of a history: the dossier with its records and happenings, its papers and its clean owner."""

    dossier: Dossier
    intake: Intake
    owner: PersonFacts
    papers: list[dict[str, Any]]


def tell(history: History, *, world: World, sequence: int | None = None) -> Told:
    """Runs a history through the rules. `sequence`: the number of the day that its code gets on acceptance."""
    first = history.commands[0]
    dossier = _new(history.intake, world.days[local_date(first.at)], first.at)
    told = Told(dossier, history.intake, checked_person(history.intake.owner), [])
    told.papers = list(component_values(dossier, history.intake))
    if first.act == "submit":
        acts.submit(dossier, now=first.at, actor=first.actor)
    else:
        _receive_at_counter(told, first, world, sequence)
    for command in history.commands[1:]:
        _act(told, command, world, sequence)
        dossier.revision += 1
    return told


def _new(intake: Intake, day: DayFacts, now: datetime) -> Dossier:
    version = day.version(intake.procedure_code)
    process_version = day.process_version(version.code)
    return new_dossier(
        intake, version, unit=day.units[intake.unit_id], process_version_id=process_version,
        own_counter=(intake.intake_unit_id, intake.unit_id) in day.services,
        plan=plan_of_version(process_version), now=now,
    )  # fmt: skip


def _receive_at_counter(told: Told, command: Command, world: World, sequence: int | None) -> None:
    version = version_facts(told.dossier.version_id)
    check_components(version, case_of(version, told.intake), told.intake)
    _accept(told.dossier, command, command.at, world, sequence)


def _accept(dossier: Dossier, command: Command, at: datetime, world: World, sequence: int | None) -> None:
    on = local_date(at)
    day = world.days[on]
    code = dossier_code(day.units[dossier.intake_unit_id].code, on=on, sequence=sequence or 0)
    acts.accept(dossier, code=code, clock=day.clock, now=at, actor=command.actor)


_CLOCKED: dict[str, Callable[..., None]] = {
    "ask_supplement": waiting.ask_supplement, "answer_supplement": waiting.answer_supplement,
    "pause": waiting.pause, "resume": waiting.resume, "apologise": waiting.apologise, "decide": endings.decide,
    "stop": endings.stop, "reverse_return": endings.reverse_return,
}  # fmt: skip
_ROUTED: dict[str, Callable[..., None]] = {
    "forward": acts.forward, "receive": acts.receive, "advance": acts.advance, "send_back": acts.send_back,
    "reverse_end": endings.reverse_end,
}  # fmt: skip
_PLAIN: dict[str, Callable[..., None]] = {
    "ask_supplement_at_intake": acts.ask_supplement_at_intake, "refuse_at_intake": acts.refuse_at_intake,
    "give_back": endings.give_back, "give_late_cause": endings.give_late_cause, "void": endings.void,
}  # fmt: skip


def _act(told: Told, command: Command, world: World, sequence: int | None) -> None:
    dossier = told.dossier
    at = max(command.at, dossier.recorded_at)
    name, args, who = command.act, command.args, {"now": at, "actor": command.actor}
    if name in _CLOCKED:
        if name == "decide":
            args = {**args, "result": args.get("result") and replace(args["result"])}
        _CLOCKED[name](dossier, clock=world.clock_of(dossier), **who, **args)
    elif name in _ROUTED:
        _ROUTED[name](dossier, clock=world.clock_of(dossier), route=_route(told, world), **who, **args)
    elif name in _PLAIN:
        _PLAIN[name](dossier, **who, **args)
    elif name == "accept":
        _require_papers(told.papers)
        _accept(dossier, command, at, world, sequence)
    elif name == "assign":
        acts.assign(dossier, holder_name=world.officers[args["holder_id"]], **who, **args)
    elif name == "withdraw":
        endings.withdraw(dossier, form_set=world.clock_of(dossier).rules.form_set, **who, **args)
    else:
        _answer_intake_supplement(told, command, at)


def _route(told: Told, world: World) -> Route:
    """What `routing.route_of` reads, from what is in hand; linear processes at one unit ask for nothing."""
    dossier, places = told.dossier, elsewhere(told.dossier.plan)
    if not places and not way.branches(dossier):
        return way.PLAIN
    units = world.days[local_date(dossier.submitted_at)].units
    due = any(not fee.paid and fee.amount > 0 for fee in told.intake.fees)
    facts = facts_from(dossier, version_facts(dossier.version_id), told.owner.kind, told.papers, fee_due=due)
    return Route(facts, {plan.position: place_among(units, dossier, plan.place) for plan in places})


def _answer_intake_supplement(told: Told, command: Command, at: datetime) -> None:
    for paper in told.papers:
        if paper["position"] in command.args["received"]:
            paper["received"] = True
    acts.answer_intake_supplement(told.dossier, answer=command.args["answer"], now=at, actor=command.actor)


def _require_papers(papers: list[dict[str, Any]]) -> None:
    missing = [paper["name"] for paper in papers if paper["required"] and not paper["received"]]
    if missing:
        raise ComponentMissing(names="; ".join(missing))


class _Places:
    """Units and counters of a day, read once between two changes."""

    def __init__(self, changes: list[date]) -> None:
        self._changes = changes
        self._known: dict[int, tuple[Mapping[int, UnitFacts], frozenset[tuple[int, int]]]] = {}

    def on(self, day: date) -> tuple[Mapping[int, UnitFacts], frozenset[tuple[int, int]]]:
        stretch = bisect_right(self._changes, day)
        if stretch not in self._known:
            self._known[stretch] = tree(day), services_on(day)
        return self._known[stretch]


def _day_facts(day: date, places: _Places, clocks: Mapping[str, Clock]) -> DayFacts:
    units, services = places.on(day)
    versions = dict(in_force(day).values_list("procedure__code", "pk"))
    return DayFacts(units, versions, versions_on(day), services, clocks[deadlines.ruleset_on(day).code])


def days_of(histories: Iterable[History]) -> Iterator[date]:
    """The days on which something was handed in or accepted: the days a `World` has to know."""
    for history in histories:
        yield local_date(history.commands[0].at)
        if history.accepted:
            yield local_date(history.accepted[1])
