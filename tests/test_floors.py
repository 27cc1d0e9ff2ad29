"""Rooms import only downward, rules are pure, tables are written by their own room."""

from __future__ import annotations

from importlinter import cli

from tests.house import REPO


def test_floors_purity_and_tables_hold(monkeypatch, capsys):
    monkeypatch.chdir(REPO)
    code = cli.lint_imports(config_filename=str(REPO / "pyproject.toml"), cache_dir=None)
    assert code == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out
