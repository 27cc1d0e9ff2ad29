"""Rules every source file keeps."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house import REPO, SOURCE, name_of, python_files, tree

LONGEST_FILE = 420
"""Lines. The aim is 300; a table of data may be longer in data files, not in code."""
LONGEST_FUNCTION = 45
_CLOCK_READERS = {"now", "today", "utcnow", "localtime", "localdate"}
_CLOCK_OWNERS = {"datetime", "date", "timezone"}
_VAGUE = re.compile(r"(^|_)(utils?|helpers?|misc|common)$")
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
_ADDRESSES = re.compile(r"https?://|\"resolved\":|--index-url|--find-links")


def _calls_of_a_clock(path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _CLOCK_READERS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in _CLOCK_OWNERS
    ]


def test_only_the_clock_at_the_edge_reads_the_time():
    readers = {name_of(path): lines for path in python_files() if (lines := _calls_of_a_clock(path))}
    assert set(readers) == {"src/motcua/kit/clock.py"}, readers


def test_rules_never_ask_even_our_clock():
    rules = [*SOURCE.glob("*/rules.py"), *SOURCE.glob("*/rules/**/*.py"), *SOURCE.glob("base/*.py")]
    assert rules
    assert [name_of(path) for path in rules if "kit.clock" in path.read_text(encoding="utf-8")] == []


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in python_files() if _VAGUE.search(path.stem)] == []


def test_files_keep_a_readable_size():
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_functions_keep_a_readable_size():
    long = {
        f"{name_of(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_nothing_is_left_for_later_in_the_code():
    found = [name_of(path) for path in python_files() if _UNFINISHED.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "package-lock.json"])
def test_locks_carry_no_registry_addresses(name):
    assert _ADDRESSES.search((REPO / name).read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_package_has_a_hash(name):
    text = (REPO / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_migration_room_has_two_ends(db):
    from django.db.migrations.loader import MigrationLoader

    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}


def test_models_and_migrations_agree(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
