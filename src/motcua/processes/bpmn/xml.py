"""XML without document types, entities or anything to fetch, with a bound on size, depth and number of elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from motcua.processes.bpmn.errors import BpmnElementRefused, BpmnTooLarge, BpmnUnreadable
from motcua.processes.bpmn.names import ALLOWED, ATTRIBUTE_SPACES, MOST_BYTES, MOST_DEPTH, MOST_ELEMENTS

_TOLD = 8


@dataclass(slots=True)
class Element:
    """One element: its name without namespace, which one it is from, attributes, children and own text."""

    space: str
    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def find(self, space: str, name: str) -> list[Element]:
        """The children of this name."""
        return [child for child in self.children if child.space == space and child.name == name]


def parse(data: bytes) -> Element:
    """The root of `data`. Raises BpmnTooLarge, BpmnUnreadable, BpmnElementRefused."""
    if len(data) > MOST_BYTES:
        raise BpmnTooLarge(size=f"{len(data) / 1_000_000:.1f} MB".replace(".", ","))
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BpmnUnreadable(reason=f"lỗi ở dòng {error.lineno}") from error
    if builder.refused:
        names = list(dict.fromkeys(builder.refused))
        raise BpmnElementRefused(names=", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else ""))
    if builder.root is None:
        raise BpmnUnreadable(reason="tệp rỗng")
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.refused: list[str] = []
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._forbid
        self.parser.EntityDeclHandler = self._forbid
        self.parser.UnparsedEntityDeclHandler = self._forbid
        self.parser.ExternalEntityRefHandler = self._forbid
        self.parser.ProcessingInstructionHandler = self._forbid
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda name: self.open.pop()
        self.parser.CharacterDataHandler = self._text

    def _forbid(self, *told: Any) -> None:
        raise BpmnUnreadable(reason="tệp khai báo DOCTYPE, thực thể hoặc lệnh xử lý, những thứ này không được nhận")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= MOST_DEPTH:
            raise BpmnUnreadable(reason="tệp có quá nhiều phần tử hoặc lồng quá sâu")
        space, _, local = name.rpartition(" ")
        if local not in ALLOWED.get(space, ()):
            self.refused.append(local[:60])
        for attribute in attributes:
            prefix, _, own = attribute.rpartition(" ")
            if prefix not in ATTRIBUTE_SPACES:
                self.refused.append(f"{local[:60]}/@{own[:60]}")
        element = Element(space, local, attributes)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _text(self, text: str) -> None:
        self.open[-1].text += text
