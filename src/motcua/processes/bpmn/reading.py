"""BPMN 2.0 XML of the closed subset as steps. What a drawing cannot say (role, time) may be missing and is found later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn

from motcua.people.rules import Role
from motcua.processes.bpmn.errors import BpmnNotAProcess
from motcua.processes.bpmn.names import MODEL, OWN
from motcua.processes.bpmn.xml import Element, parse
from motcua.processes.rules import (
    Branch,
    Condition,
    OpinionPlan,
    Place,
    PlaceKind,
    RequiredAct,
    Stage,
    StepPlan,
    parse_condition,
)
from motcua.processes.rules.editing import normalised

UnitId = Callable[[str], int]
_NODES = ("startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway")
_MOST_HOURS = Decimal(99_999)


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    condition: str


@dataclass(slots=True)
class Graph:
    """The nodes by id in the order of the file, the flows that leave and reach each."""

    nodes: dict[str, Element] = field(default_factory=dict)
    leaving: dict[str, list[Flow]] = field(default_factory=dict)
    reaching: dict[str, list[Flow]] = field(default_factory=dict)

    def name(self, key: str) -> str:
        return self.nodes[key].attributes.get("name", "").strip() or key

    def only(self, kind: str) -> str:
        found = [key for key, node in self.nodes.items() if node.name == kind]
        if len(found) != 1:
            _refuse(f"phải có đúng một {kind}, tệp có {len(found)}")
        return found[0]


@dataclass(slots=True)
class Draft:
    """A step task with what stands around it: where it is entered and left, its opinions, where it leads."""

    task: str
    entry: str
    exit: str
    opinions: list[str] = field(default_factory=list)
    ways: list[tuple[str, Condition | None]] = field(default_factory=list)


def read(data: bytes, *, unit_id: UnitId) -> tuple[StepPlan, ...]:
    """The steps of the one process in `data`. `unit_id` finds a fixed unit by its code.

    Raises BpmnTooLarge, BpmnUnreadable, BpmnElementRefused, BpmnNotAProcess, ConditionUnreadable, ConditionValueWrong.
    """
    graph = _graph(parse(data))
    drafts = _drafts(graph)
    start, end = graph.only("startEvent"), graph.only("endEvent")
    entries = {draft.entry: draft.task for draft in drafts.values()}
    for draft in drafts.values():
        draft.ways = _ways(graph, draft, entries, end)
    first = _target(graph, _single(graph, start), entries, end)
    order = _ordered(graph, drafts, first, end)
    numbers = {task: number for number, task in enumerate(order, 1)}
    return normalised(tuple(_plan(graph, drafts[task], numbers, end, unit_id) for task in order))


def _refuse(reason: str) -> NoReturn:
    raise BpmnNotAProcess(reason=reason[:300])


def _graph(root: Element) -> Graph:
    processes = root.find(MODEL, "process") if (root.space, root.name) == (MODEL, "definitions") else []
    if len(processes) != 1:
        _refuse(f"tệp phải có đúng một process, tìm thấy {len(processes)}")
    graph = Graph()
    flows = []
    for element in processes[0].children:
        key = element.attributes.get("id", "")
        if element.name in _NODES:
            if not key or key in graph.nodes:
                _refuse(f"phần tử {element.name} thiếu id hoặc trùng id “{key}”")
            graph.nodes[key] = element
        elif element.name == "sequenceFlow":
            flows.append(_flow(element, key))
    for flow in flows:
        if flow.source not in graph.nodes or flow.target not in graph.nodes:
            _refuse(f"đường nối {flow.id} chỉ đến phần tử không có")
        graph.leaving.setdefault(flow.source, []).append(flow)
        graph.reaching.setdefault(flow.target, []).append(flow)
    return graph


def _flow(element: Element, key: str) -> Flow:
    told = element.find(MODEL, "conditionExpression")
    source, target = element.attributes.get("sourceRef", ""), element.attributes.get("targetRef", "")
    return Flow(key, source, target, told[0].text.strip() if told else "")


def _drafts(graph: Graph) -> dict[str, Draft]:
    """Every task that is a step; tasks between two parallel gateways are a step and its opinions."""
    found: dict[str, Draft] = {}
    aside: set[str] = set()
    for key, node in graph.nodes.items():
        if node.name == "parallelGateway" and len(graph.leaving.get(key, ())) > 1:
            draft = _parallel(graph, key)
            found[draft.task] = draft
            aside |= {draft.task, *draft.opinions}
    for key, node in graph.nodes.items():
        if node.name == "userTask" and key not in aside:
            found[key] = Draft(key, key, key)
    if not found:
        _refuse("không có bước nào (userTask)")
    return {key: found[key] for key in graph.nodes if key in found}


def _parallel(graph: Graph, fork: str) -> Draft:
    members = [flow.target for flow in graph.leaving[fork]]
    joins = {_single(graph, member).target for member in members if graph.nodes[member].name == "userTask"}
    join = next(iter(joins), "")
    proper = len(joins) == 1 and graph.nodes[join].name == "parallelGateway" and len(set(members)) == len(members)
    if not proper or any(graph.nodes[member].name != "userTask" for member in members):
        _refuse(f"các nhánh từ cổng song song {graph.name(fork)} phải là từng bước rồi gặp lại ở một cổng song song")
    if len(graph.reaching[join]) != len(members):
        _refuse(f"cổng song song {graph.name(join)} phải gom đúng các nhánh đã tách")
    steps = [member for member in members if not _extension(graph.nodes[member], "opinion")]
    if len(steps) != 1 and any(_extension(graph.nodes[member], kind) for member in members for kind in ("opinion", "step")):
        _refuse(f"giữa hai cổng song song phải có đúng một bước, còn lại là ý kiến ({graph.name(fork)})")
    return Draft(steps[0], fork, join, [member for member in members if member != steps[0]])


def _ways(graph: Graph, draft: Draft, entries: dict[str, str], end: str) -> list[tuple[str, Condition | None]]:
    flow = _single(graph, draft.exit)
    gateway = _past_merges(graph, flow.target)
    if graph.nodes[gateway].name != "exclusiveGateway":
        return [(_target(graph, flow, entries, end), None)]
    default = graph.nodes[gateway].attributes.get("default", "")
    told = sorted(graph.leaving[gateway], key=lambda way: way.id == default or not way.condition)
    return [
        (_target(graph, way, entries, end), parse_condition(way.condition) if way.condition and way.id != default else None)
        for way in told
    ]


def _target(graph: Graph, flow: Flow, entries: dict[str, str], end: str) -> str:
    """The step task, or the end event, a flow comes to."""
    key = _past_merges(graph, flow.target)
    if key in entries:
        return entries[key]
    if key != end:
        _refuse(f"đường nối {flow.id} đến {graph.name(key)}, không phải một bước hay sự kiện kết thúc")
    return end


def _past_merges(graph: Graph, key: str) -> str:
    """Behind exclusive gateways that only bring ways together."""
    for _passed in graph.nodes:
        if graph.nodes[key].name != "exclusiveGateway" or len(graph.leaving.get(key, ())) != 1:
            return key
        key = graph.leaving[key][0].target
    _refuse(f"các cổng rẽ nhánh nối vòng với nhau ({graph.name(key)})")


def _single(graph: Graph, key: str) -> Flow:
    flows = graph.leaving.get(key, [])
    if len(flows) != 1:
        what = "là ngõ cụt, không dẫn đến đâu" if not flows else "có nhiều đường đi ra, hãy đặt cổng rẽ nhánh"
        _refuse(f"“{graph.name(key)}” {what}")
    return flows[0]


def _ordered(graph: Graph, drafts: dict[str, Draft], first: str, end: str) -> list[str]:
    """Steps so that every way leads forward, in the order of the file where it is free. A loop has no such order."""
    waits = dict.fromkeys(drafts, 0)
    for draft in drafts.values():
        for task in {target for target, _ in draft.ways if target != end}:
            waits[task] += 1
    order: list[str] = []
    while len(order) < len(drafts):
        free = [task for task in drafts if task not in order and not waits[task]]
        if not free or (not order and first not in free):
            names = ", ".join(f"“{graph.name(task)}”" for task in drafts if task not in order)
            _refuse(f"các bước {names} tạo thành vòng lặp; muốn làm lại bước trước hãy dùng chuyển trả")
        task = first if not order else free[0]
        order.append(task)
        for target in {target for target, _ in drafts[task].ways if target != end}:
            waits[target] -= 1
    ending = [task for task in order if any(target == end for target, _ in drafts[task].ways)]
    if ending != order[-1:]:
        names = ", ".join(f"“{graph.name(task)}”" for task in ending if task != order[-1])
        _refuse(f"chỉ bước cuối cùng được dẫn đến sự kiện kết thúc, không phải {names or 'bước khác'}")
    return order


def _plan(graph: Graph, draft: Draft, numbers: dict[str, int], end: str, unit_id: UnitId) -> StepPlan:
    node, position, last = graph.nodes[draft.task], numbers[draft.task], len(numbers)
    told = (_extension(node, "step") or Element(OWN, "step", {})).attributes
    usual = Stage.RECEIVE if position == 1 else Stage.RETURN if position == last else Stage.SETTLE
    plan = StepPlan(
        position, _one_of(Stage, told.get("stage"), usual, graph.name(draft.task)), graph.name(draft.task)[:300],
        _role(told), _number(told.get("hours")), _share(told.get("share")), told.get("result", "")[:300],
        place=_place(told, unit_id, PlaceKind.COMPETENT),
        opinions=tuple(_opinion(graph, key, unit_id) for key in draft.opinions),
        requires=frozenset(_one_of(RequiredAct, act, None, "requires") for act in told.get("requires", "").split()),
        forms=tuple(
            form.attributes.get("name", "")[:300]
            for step in [_extension(node, "step")] if step for form in step.find(OWN, "form")
        ),
        back_to=_back_to(told.get("backTo", ""), numbers),
    )  # fmt: skip
    return replace(plan, branches=tuple(Branch(numbers[to], when) for to, when in draft.ways if to != end))


def _opinion(graph: Graph, key: str, unit_id: UnitId) -> OpinionPlan:
    told = (_extension(graph.nodes[key], "opinion") or Element(OWN, "opinion", {})).attributes
    hours = _number(told.get("hours")) or Decimal(0)
    return OpinionPlan(graph.name(key)[:300], _role(told), hours, _place(told, unit_id, PlaceKind.ABOVE))


def _extension(node: Element, kind: str) -> Element | None:
    return next((own for part in node.find(MODEL, "extensionElements") for own in part.find(OWN, kind)), None)


def _place(told: dict[str, str], unit_id: UnitId, usual: PlaceKind) -> Place:
    kind = _one_of(PlaceKind, told.get("place"), usual, "place")
    return Place(kind, unit_id(told.get("unit", "")) if kind is PlaceKind.FIXED else None)


def _role(told: dict[str, str]) -> str:
    return str(_one_of(Role, told.get("role"), "", "role"))


def _back_to(told: str, numbers: dict[str, int]) -> tuple[int, ...]:
    unknown = [key for key in told.split() if key not in numbers]
    if unknown:
        _refuse(f"bước được chuyển trả “{unknown[0]}” không có trong tệp")
    return tuple(sorted({numbers[key] for key in told.split()}))


def _one_of(kind: type[StrEnum], told: str | None, usual: Any, where: str) -> Any:
    if not told:
        return usual
    if told not in set(kind):
        _refuse(f"giá trị “{told}” của {where} không được nhận")
    return kind(told)


def _number(told: str | None) -> Decimal | None:
    if not told:
        return None
    try:
        hours = Decimal(told)
    except InvalidOperation:
        hours = Decimal(-1)
    if not hours.is_finite() or not 0 <= hours <= _MOST_HOURS:
        _refuse(f"số giờ “{told}” không đọc được")
    return hours.quantize(Decimal("0.01"))


def _share(told: str | None) -> int | None:
    if not told:
        return None
    if not told.isascii() or not told.isdigit() or int(told) > 100:
        _refuse(f"tỷ lệ “{told}” không đọc được")
    return int(told)
