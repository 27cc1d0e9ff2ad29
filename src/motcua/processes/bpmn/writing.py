"""A process as BPMN 2.0 XML with its drawing, so that other tools can read and show it.

A step is a user task; opinions stand beside it between two parallel gateways; branches leave an exclusive gateway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from motcua.processes.bpmn.names import BOUNDS, DIAGRAM, INSTANCE, LINES, MODEL, OWN
from motcua.processes.rules import OpinionPlan, Place, PlaceKind, StepPlan, after

UnitCode = Callable[[int], str]
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROW, _ASIDE, _TOP = 220, 110, 90


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node with its place in the drawing."""

    id: str
    xml: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    condition: str = ""


@dataclass(slots=True)
class Model:
    """Nodes and flows; `step` writes itself into it and moves on to the right."""

    unit_code: UnitCode
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    x: int = 100

    def node(self, kind: str, key: str, *, y: int, size: tuple[int, int], name: str = "", inner: str = "") -> None:
        label = f" name={_quoted(name)}" if name else ""
        xml = f"<bpmn:{kind} id={_quoted(key)}{label}>{inner}</bpmn:{kind}>"
        self.nodes[key] = Node(key, xml, self.x, y - size[1] // 2, *size)

    def flow(self, source: str, target: str, condition: str = "") -> str:
        key = f"flow_{len(self.flows) + 1}"
        self.flows.append(Flow(key, source, target, condition))
        return key


def write(steps: Sequence[StepPlan], *, code: str, name: str, unit_code: UnitCode) -> str:
    """The XML document. `unit_code` names a fixed unit as other installations know it."""
    model = Model(unit_code)
    model.node("startEvent", "start", y=_ROW, size=(36, 36))
    model.x += 90
    for step in steps:
        _step(model, step)
    model.node("endEvent", "end", y=_ROW, size=(36, 36))
    if steps:
        model.flow("start", _entry(steps[0]))
    for step in steps:
        _onward(model, step, steps)
    return _document(model, code, name)


def _step(model: Model, step: StepPlan) -> None:
    if step.opinions:
        model.node("parallelGateway", f"fork_{step.position}", y=_ROW, size=(50, 50))
        model.x += 90
    model.node("userTask", f"step_{step.position}", y=_ROW, size=(140, 80), name=step.name, inner=_step_words(model, step))
    for number, opinion in enumerate(step.opinions, 1):
        key, inner = f"opinion_{step.position}_{number}", _opinion_words(model, opinion)
        model.node("userTask", key, y=_ROW + number * _ASIDE, size=(140, 80), name=opinion.name, inner=inner)
    model.x += 190
    if step.opinions:
        model.node("parallelGateway", f"join_{step.position}", y=_ROW, size=(50, 50))
        model.x += 90
        for key in (f"step_{step.position}", *(f"opinion_{step.position}_{n}" for n in range(1, len(step.opinions) + 1))):
            model.flow(f"fork_{step.position}", key)
            model.flow(key, f"join_{step.position}")
    if step.branches:
        model.node("exclusiveGateway", f"choice_{step.position}", y=_ROW, size=(50, 50))
        model.x += 90


def _onward(model: Model, step: StepPlan, steps: Sequence[StepPlan]) -> None:
    """The flows that leave a step; the gateway names the flow taken otherwise as its default."""
    entries = {other.position: _entry(other) for other in steps}
    leaving = f"join_{step.position}" if step.opinions else f"step_{step.position}"
    nxt = after(step.position, steps)
    if not step.branches:
        model.flow(leaving, entries[nxt.position] if nxt else "end")
        return
    gateway = f"choice_{step.position}"
    model.flow(leaving, gateway)
    for branch in step.branches:
        if branch.to not in entries:
            continue
        key = model.flow(gateway, entries[branch.to], branch.when.text() if branch.when else "")
        if branch.when is None:
            known = model.nodes[gateway]
            xml = known.xml.replace("<bpmn:exclusiveGateway ", f"<bpmn:exclusiveGateway default={_quoted(key)} ", 1)
            model.nodes[gateway] = Node(known.id, xml, known.x, known.y, known.width, known.height)


def _entry(step: StepPlan) -> str:
    return f"fork_{step.position}" if step.opinions else f"step_{step.position}"


def _step_words(model: Model, step: StepPlan) -> str:
    told = {
        "stage": step.stage.value, "role": step.role, "hours": "" if step.hours is None else str(step.hours),
        "share": "" if step.share is None else str(step.share), "result": step.result,
        "requires": " ".join(sorted(step.requires)), "backTo": " ".join(f"step_{n}" for n in step.back_to),
        **_place(model, step.place),
    }  # fmt: skip
    forms = "".join(f"<motcua:form name={_quoted(form)}/>" for form in step.forms)
    return f"<bpmn:extensionElements><motcua:step{_attributes(told)}>{forms}</motcua:step></bpmn:extensionElements>"


def _opinion_words(model: Model, opinion: OpinionPlan) -> str:
    told = {"role": opinion.role, "hours": str(opinion.hours), **_place(model, opinion.place)}
    return f"<bpmn:extensionElements><motcua:opinion{_attributes(told)}/></bpmn:extensionElements>"


def _place(model: Model, place: Place) -> dict[str, str]:
    fixed = place.kind is PlaceKind.FIXED and place.unit_id is not None
    return {"place": place.kind.value, "unit": model.unit_code(place.unit_id) if fixed and place.unit_id else ""}


def _attributes(told: dict[str, str]) -> str:
    return "".join(f" {key}={_quoted(value)}" for key, value in told.items() if value)


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _document(model: Model, code: str, name: str) -> str:
    spaces = f'xmlns:bpmn="{MODEL}" xmlns:bpmndi="{DIAGRAM}" xmlns:dc="{BOUNDS}" xmlns:di="{LINES}" xmlns:xsi="{INSTANCE}"'
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions {spaces} xmlns:motcua="{OWN}" id="definitions" targetNamespace="{OWN}" exporter="motcua">',
        f'<bpmn:process id="process" name={_quoted(f"{code} {name}".strip())} isExecutable="false">',
        *(node.xml for node in model.nodes.values()),
        *(_flow(flow) for flow in model.flows),
        '</bpmn:process><bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="process">',
        *(_shape(node) for node in model.nodes.values()),
        *(_edge(flow, model.nodes) for flow in model.flows),
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>",
    ]
    return "\n".join(parts) + "\n"


def _flow(flow: Flow) -> str:
    head = f'<bpmn:sequenceFlow id="{flow.id}" sourceRef="{flow.source}" targetRef="{flow.target}"'
    if not flow.condition:
        return head + "/>"
    text = escape(_NOT_XML.sub("", flow.condition))
    condition = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{text}</bpmn:conditionExpression>'
    return f"{head}>{condition}</bpmn:sequenceFlow>"


def _shape(node: Node) -> str:
    bounds = f'<dc:Bounds x="{node.x}" y="{node.y}" width="{node.width}" height="{node.height}"/>'
    return f'<bpmndi:BPMNShape id="{node.id}_shape" bpmnElement="{node.id}">{bounds}</bpmndi:BPMNShape>'


def _edge(flow: Flow, nodes: dict[str, Node]) -> str:
    """From the right side to the left one; a leap over other nodes goes round above them."""
    source, target = nodes[flow.source], nodes[flow.target]
    begin, end = (source.x + source.width, source.y + source.height // 2), (target.x, target.y + target.height // 2)
    points = [begin, end]
    if any(begin[0] < node.x < end[0] and node.y < _ROW < node.y + node.height for node in nodes.values()):
        points = [begin, (begin[0] + 15, _TOP), (end[0] - 15, _TOP), end]
    line = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge id="{flow.id}_edge" bpmnElement="{flow.id}">{line}</bpmndi:BPMNEdge>'
