"""BPMN 2.0 in and out: the same process comes back; everything outside the closed subset is refused by name."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from motcua.base.errors import MotcuaError
from motcua.processes.bpmn.errors import BpmnElementRefused, BpmnNotAProcess, BpmnTooLarge, BpmnUnreadable
from motcua.processes.bpmn.names import MODEL
from motcua.processes.bpmn.reading import read
from motcua.processes.bpmn.writing import write
from motcua.processes.rules import Branch, ConditionUnreadable, Stage
from motcua.processes.tests.steps import ONLINE, line, processes, step

HEAD = f'<definitions xmlns="{MODEL}" xmlns:x="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'


def xml(*inner: str) -> bytes:
    return f'{HEAD}<process id="p">{"".join(inner)}</process></definitions>'.encode()


def flows(*pairs: str) -> str:
    """ "a>b" as sequence flows."""
    told = (pair.split(">") for pair in pairs)
    return "".join(f'<sequenceFlow id="f{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in told)


TASKS = (
    '<startEvent id="s"/><userTask id="a" name="Nhận"/><userTask id="b" name="Xét"/><userTask id="c" name="Trả"/>'
    '<endEvent id="e"/>'
)


def out(steps):
    return write(steps, code="QT-1", name="Quy trình <thử> & 'khó'", unit_code=str)


@settings(deadline=None)
@given(processes())
def test_a_process_comes_back_as_it_went_out(steps):
    assert read(out(steps).encode(), unit_id=int) == steps


def test_every_node_and_flow_is_drawn_for_other_tools():
    root = ET.fromstring(out(line(s2=step(2, branches=(Branch(4, ONLINE), Branch(3))))))
    process = root.find(f"{{{MODEL}}}process")
    elements = {element.get("id") for element in process}
    drawn = {shape.get("bpmnElement") for shape in root.iter() if re.search("BPMN(Shape|Edge)$", shape.tag)}
    assert elements == drawn
    assert process.get("isExecutable") == "false"


def test_a_plain_drawing_of_another_tool_is_taken_in_without_roles():
    steps = read(xml(TASKS, flows("s>a", "a>b", "b>c", "c>e")), unit_id=int)
    assert [(s.name, s.stage, s.role, s.hours) for s in steps] == [
        ("Nhận", Stage.RECEIVE, "", None), ("Xét", Stage.SETTLE, "", None), ("Trả", Stage.RETURN, "", None),
    ]  # fmt: skip


def test_a_parallel_opinion_of_another_tool_stands_beside_the_first_task():
    tasks = TASKS + '<parallelGateway id="f"/><parallelGateway id="j"/><userTask id="o" name="Ý kiến xã"/>'
    steps = read(xml(tasks, flows("s>a", "a>f", "f>b", "f>o", "b>j", "o>j", "j>c", "c>e")), unit_id=int)
    assert [s.name for s in steps] == ["Nhận", "Xét", "Trả"]
    assert [o.name for o in steps[1].opinions] == ["Ý kiến xã"]


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("<scriptTask id='x'><script>os.system('x')</script></scriptTask>", "scriptTask, script"),
        ("<serviceTask id='x'/>", "serviceTask"),
        ("<businessRuleTask id='x'/>", "businessRuleTask"),
        ("<boundaryEvent id='x'><timerEventDefinition/></boundaryEvent>", "boundaryEvent, timerEventDefinition"),
        ("<subProcess id='x'/>", "subProcess"),
        ("<inclusiveGateway id='x'/>", "inclusiveGateway"),
        ("<x:formData/>", "formData"),
        ("<userTask id='x' x:assignee='${a}'/>", "userTask/@assignee"),
        ("<userTask id='x'><extensionElements><x:executionListener/></extensionElements></userTask>", "executionListener"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><script/></html>", "html, script"),
    ],
)
def test_what_is_outside_the_subset_is_refused_by_its_name(element, name):
    with pytest.raises(BpmnElementRefused, match=re.escape(name)):
        read(xml(TASKS, element, flows("s>a", "a>b", "b>c", "c>e")), unit_id=int)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"khong phai xml", b"<a>", b"\x00\x01",
        b'<!DOCTYPE d [<!ENTITY a "b">]>' + xml(TASKS), b'<!DOCTYPE d SYSTEM "file:///etc/passwd">' + xml(TASKS),
        b'<?xml-stylesheet href="http://example.vn/x.xsl"?>' + xml(TASKS),
        xml("<documentation>" * 40 + "</documentation>" * 40),
    ],
)  # fmt: skip
def test_what_is_no_plain_xml_is_refused(data):
    with pytest.raises(BpmnUnreadable):
        read(data, unit_id=int)


def test_five_megabytes_are_refused_before_they_are_read():
    with pytest.raises(BpmnTooLarge, match="5,0 MB"):
        read(b"<" * 5_000_000, unit_id=int)


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        (TASKS + flows("s>a", "a>b", "b>a", "c>e"), "vòng lặp"),
        (TASKS + flows("s>a", "a>b", "b>c"), "“Trả” là ngõ cụt"),
        (TASKS + flows("s>a", "a>b", "a>c", "b>c", "c>e"), "nhiều đường đi ra"),
        (TASKS + flows("s>a", "a>e", "b>c", "c>e"), "chỉ bước cuối cùng"),
        (TASKS + flows("s>a", "a>zz", "b>c", "c>e"), "không có"),
        (TASKS + '<userTask id="a"/>' + flows("s>a"), "trùng id"),
        ("<startEvent id='s'/><endEvent id='e'/>" + flows("s>e"), "không có bước nào"),
        (TASKS + "<endEvent id='e2'/>" + flows("s>a", "a>b", "b>c", "c>e"), "đúng một endEvent"),
        (TASKS + '<parallelGateway id="f"/>' + flows("s>a", "a>f", "f>b", "f>c", "b>e", "c>e"), "cổng song song"),
        (
            TASKS + '<exclusiveGateway id="g"/><exclusiveGateway id="h"/>' + flows("s>a", "a>g", "g>h", "h>g", "b>c", "c>e"),
            "vòng",
        ),
    ],
)
def test_a_drawing_that_is_no_process_is_refused_with_the_reason(inner, reason):
    with pytest.raises(BpmnNotAProcess, match=reason):
        read(xml(inner), unit_id=int)


def test_an_expression_is_refused_and_never_evaluated():
    told = (
        TASKS + '<exclusiveGateway id="g"/>' + flows("s>a", "a>g", "g>c", "b>c", "c>e")
        + '<sequenceFlow id="q" sourceRef="g" targetRef="b"><conditionExpression>${amount &gt; 5}</conditionExpression>'
        + "</sequenceFlow>"
    )  # fmt: skip
    with pytest.raises(ConditionUnreadable):
        read(xml(told), unit_id=int)


@pytest.mark.parametrize(
    "words", ['stage="S9"', 'role="king"', 'hours="NaN"', 'share="200"', 'place="moon"', 'backTo="zz"', 'requires="dance"']
)
def test_values_outside_the_closed_lists_are_refused(words):
    text = out(line()).replace("<motcua:step ", f"<motcua:step {words} ", 1)
    text = re.sub(rf'({words.split("=")[0]}="[^"]*")(.*?) {words.split("=")[0]}="[^"]*"', r"\1\2", text, count=1)
    with pytest.raises(MotcuaError, match="nhận|đọc|tệp"):
        read(text.encode(), unit_id=int)
