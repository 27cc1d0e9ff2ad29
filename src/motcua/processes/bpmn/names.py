"""The names of BPMN 2.0 this room writes and reads; everything else is refused by its name."""

from __future__ import annotations

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
OWN = "urn:motcua:bpmn:1"
"""Our extension: what BPMN has no word for (role, time, place, required acts). Closed data like the rest."""

ALLOWED: dict[str, frozenset[str]] = {
    MODEL: frozenset(
        {
            "definitions", "process", "startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway",
            "sequenceFlow", "conditionExpression", "extensionElements", "incoming", "outgoing", "documentation",
        }
    ),
    DIAGRAM: frozenset({"BPMNDiagram", "BPMNPlane", "BPMNShape", "BPMNEdge", "BPMNLabel"}),
    BOUNDS: frozenset({"Bounds"}),
    LINES: frozenset({"waypoint"}),
    OWN: frozenset({"step", "opinion", "form"}),
}  # fmt: skip
ATTRIBUTE_SPACES = frozenset({"", INSTANCE, DIAGRAM})
"""Where attributes may come from: those without a prefix, the type of an expression, the drawing."""
MOST_BYTES = 1_000_000
MOST_ELEMENTS = 20_000
MOST_DEPTH = 24
