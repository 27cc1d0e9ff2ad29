#!/usr/bin/env python3
"""Brings `src/motcua/locale/<language>/LC_MESSAGES/django.po` up to the words that the source uses.

    tools/make_messages.py [--check]

Words are: arguments of gettext calls, tags of templates, and two things that are translated where they are shown:
the sentence of every error, and tables of words in modules that know no Django. Translations that are there stay;
new words come in empty, unused ones go. `--check` writes nothing and ends with 1 if something would change.
Neither order nor places are kept, so a moved line changes nothing here.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.template.base import DebugLexer, TokenType
from django.utils.translation import trim_whitespace

SOURCE = Path(__file__).resolve().parents[1] / "src" / "motcua"
HEADER = {
    "Project-Id-Version": "motcua",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
_FUNCTIONS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
_QUOTED = r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'"""
_TRANSLATE = re.compile(rf"^(?:translate|trans)\s+(?:{_QUOTED})")
_MARKED = re.compile(rf"_\((?:{_QUOTED})\)")
_PLURAL = re.compile(r"^plural$")


@dataclass(frozen=True, order=True)
class Message:
    """What a translator sees: the words, and their plural where a number decides."""

    words: str
    plural: str = ""


def messages(root: Path = SOURCE) -> set[Message]:
    """Every message below `root`, tests left out."""
    found: set[Message] = set()
    for path in sorted(root.rglob("*.py")):
        if not {"tests", "testing", "migrations"} & set(path.relative_to(root).parts):
            found |= set(_of_module(path, root))
    for path in sorted(root.rglob("*.html")):
        found |= set(of_template(path.read_text(encoding="utf-8")))
    return {message for message in found if message.words}


# --- modules ---


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _of_module(path: Path, root: Path) -> Iterator[Message]:
    tree = _tree(path)
    names = marking(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _sentences(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in names:
                yield from _of_call(node, names[node.func.id], path, root)
            elif node.func.id == "map" and isinstance(node.args[0], ast.Name) and node.args[0].id in names:
                yield from (Message(words) for words in _strings(node.args[1]))


def marking(tree: ast.Module) -> dict[str, str]:
    """The module's own names of Django's functions."""
    imports = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
    )
    return {a.asname or a.name: a.name for node in imports for a in node.names if a.name in _FUNCTIONS}


def _sentences(node: ast.ClassDef) -> Iterator[Message]:
    for line in node.body:
        if isinstance(line, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "sentence" for t in line.targets
        ):
            yield from (Message(words) for words in _strings(line.value))


def _of_call(node: ast.Call, function: str, path: Path, root: Path) -> Iterator[Message]:
    words = _folded(node.args[0])
    if words is None:
        yield from (Message(found) for found in _of_tables(node.args[0], path, root))
    elif function.startswith("ngettext"):
        yield Message(words, _folded(node.args[1]) or "")
    else:
        yield Message(words)


def _folded(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _of_tables(node: ast.expr, path: Path, root: Path) -> Iterator[str]:
    """`_(WEEKDAYS[i])`: the strings of the constant, here or in the module it is imported from."""
    for name in (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id.lstrip("_").isupper()):
        home = _home_of(name, path, root)
        for line in _tree(home).body:
            target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
            if isinstance(target, ast.Name) and target.id == name and line.value:
                yield from _strings(line.value)


def _home_of(name: str, path: Path, root: Path) -> Path:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and any(a.name == name for a in node.names):
            return root.parent / (node.module.replace(".", "/") + ".py")
    return path


def _strings(node: ast.expr) -> Iterable[str]:
    """The strings of a constant, tuple or dict (its values)."""
    if isinstance(node, ast.Dict):
        return [words for value in node.values for words in _strings(value)]
    if isinstance(node, ast.Tuple | ast.List):
        return [words for value in node.elts for words in _strings(value)]
    words = _folded(node)
    return [] if words is None else [words]


# --- templates ---


def of_template(text: str) -> Iterator[Message]:
    """The messages of one template's source."""
    block: list[str] | None = None
    singular, trimmed = "", False
    for token in DebugLexer(text).tokenize():
        tag = token.contents.strip()
        if block is not None:
            if token.token_type is TokenType.TEXT:
                block.append(token.contents.replace("%", "%%"))
            elif token.token_type is TokenType.VAR:
                block.append(f"%({tag.split('|')[0]})s")
            elif _PLURAL.match(tag):
                singular, block = "".join(block), []
            elif tag.startswith("endblocktrans"):
                yield _of_block(singular, "".join(block), trimmed=trimmed)
                block = None
        elif token.token_type is TokenType.BLOCK and tag.startswith("blocktrans"):
            block, singular, trimmed = [], "", " trimmed" in tag
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            found = _TRANSLATE.match(tag)
            yield from (Message(_percent(match)) for match in ([found] if found else _MARKED.finditer(tag)))


def _of_block(singular: str, last: str, *, trimmed: bool) -> Message:
    first, plural = (singular, last) if singular else (last, "")
    return Message(trim_whitespace(first), trim_whitespace(plural)) if trimmed else Message(first, plural)


def _percent(match: re.Match[str]) -> str:
    """A template's literal as Django looks it up: percent signs doubled."""
    return (match[1] if match[1] is not None else match[2]).replace("%", "%%")


# --- catalogues ---


def renewed(old: Iterable[polib.POEntry], wanted: Iterable[Message]) -> polib.POFile:
    """A catalogue of exactly `wanted`, with the translations of `old`."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in old}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = dict(HEADER)
    for message in sorted(wanted):
        before = known.get((message.words, message.plural))
        entry = polib.POEntry(msgid=message.words, msgid_plural=message.plural)
        if message.plural:
            entry.msgstr_plural = dict(before.msgstr_plural) if before else {0: "", 1: ""}
        else:
            entry.msgstr = before.msgstr if before else ""
        catalogue.append(entry)
    return catalogue


def main() -> int:
    """0 when every catalogue is as the source wants it, 1 with --check when one is not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    wanted, changed = messages(), False
    for path in sorted((SOURCE / "locale").glob("*/LC_MESSAGES/django.po")):
        catalogue = renewed(polib.pofile(str(path)), wanted)
        empty = len(catalogue.untranslated_entries())
        print(
            f"{path.parents[1].name}: {len(catalogue)} messages, {empty} without translation", file=sys.stderr
        )
        if str(catalogue) + "\n" != path.read_text(encoding="utf-8"):
            changed = True
            if not check:
                path.write_text(f"{catalogue}\n", encoding="utf-8")
    return 1 if check and changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
