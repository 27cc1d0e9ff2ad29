"""Every refusal has a code of its own and a sentence whose places its raisers fill."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from importlib import import_module

from motcua.base.errors import MotcuaError
from tests.house import module_of, name_of, python_files, tree

_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")


@cache
def _all_errors() -> list[type[MotcuaError]]:
    for path in python_files():
        if "MotcuaError" in path.read_text(encoding="utf-8"):
            import_module(module_of(path))
    found, queue = [], [MotcuaError]
    while queue:
        kind = queue.pop()
        found.append(kind)
        queue.extend(kind.__subclasses__())
    return [
        kind for kind in found if kind.__module__.startswith("motcua.") and ".tests." not in kind.__module__
    ]


def test_every_error_code_is_used_once():
    own = [kind for kind in _all_errors() if "code" in vars(kind)]
    twice = {code for code, times in Counter(kind.code for kind in own).items() if times > 1}
    assert {kind.__qualname__: kind.code for kind in own if kind.code in twice} == {}


def test_every_error_code_is_made_for_machines_and_every_sentence_for_people():
    bad = [
        kind.__qualname__
        for kind in _all_errors()
        if not _CODE.match(kind.code) or not _is_vietnamese(kind.sentence)
    ]
    assert bad == []


def _is_vietnamese(sentence: str) -> bool:
    """A sentence, or only places that the raiser fills with sentences."""
    words = re.sub(r"\{[^}]*\}|\W", "", sentence)
    return not words or (len(sentence) >= 10 and not sentence.isascii())


def _raised_with_names() -> list[tuple[str, str, frozenset[str]]]:
    """(place, error class, given names) of every `raise Error(name=…)` in the source."""
    raised = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            call = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and not call.args:
                names = [keyword.arg for keyword in call.keywords]
                if None not in names:
                    raised.append((f"{name_of(path)}:{node.lineno}", call.func.id, frozenset(names)))
    return raised


def test_every_raise_fills_all_places_of_its_sentence():
    missing = {
        where: sorted(_places(name, where) - given)
        for where, name, given in _raised_with_names()
        if _places(name, where) - given
    }
    assert missing == {}


def _places(name: str, where: str) -> set[str]:
    """The places in the sentence of the error called `name` at `where`; the room's own class goes first."""
    kinds = [kind for kind in _all_errors() if kind.__name__ == name and "__init__" not in vars(kind)]
    kinds.sort(key=lambda kind: kind.__module__.split(".")[1] != where.split("/")[2])
    return set(re.findall(r"\{(\w+)", kinds[0].sentence)) if kinds else set()


def test_statuses_are_refusals():
    assert [kind.__qualname__ for kind in _all_errors() if not 400 <= kind.status <= 599] == []
