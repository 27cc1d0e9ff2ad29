"""The project's own facts-only catalogue: `data/catalogue.jsonl`, one procedure a line, no descriptive texts.
Pure.

`tools/make_catalogue.py` writes it from the national records with `facts_of`; `records` reads it back.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any

from motcua.catalogue.findings import Finding, FindingKind
from motcua.catalogue.reading import Accepted
from motcua.catalogue.rules import (
    Applicant,
    Channel,
    ComponentKind,
    FeeKind,
    Level,
    ParsedCase,
    ParsedComponent,
    ParsedFee,
    ParsedLegalBasis,
    ParsedProcedure,
    ParsedResult,
    ParsedTerm,
    TermUnit,
    content_hash,
)

FILE_NAME = "catalogue.jsonl"
LAND_FILE, LINKED_FILE = "land.jsonl", "linked.jsonl"
MERGED_FILE = "merged_land.toml"


def example_mergers() -> list[dict[str, Any]]:
    """Thirteen example mergers of twenty-six land procedures: code, name, first, second, term rule, citation."""
    text = (files("motcua.catalogue") / "data" / MERGED_FILE).read_text("utf-8")
    told = tomllib.loads(text)
    return [{"citation": told["citation"], **pair} for pair in told["merged"]]


def records(file_name: str = FILE_NAME) -> list[Accepted]:
    """All procedures of a shipped file."""
    text = (files("motcua.catalogue") / "data" / file_name).read_text("utf-8")
    facts = [json.loads(line) for line in text.splitlines()]
    return [Accepted(raw, procedure_of(raw), content_hash(raw)) for raw in facts]


def facts_of(parsed: ParsedProcedure) -> dict[str, Any]:
    """The line for one procedure: codes, names, levels, terms, fees, counts. Notes among the components are
    left out.
    """
    return {
        "code": parsed.code,
        "name": parsed.name,
        "decision": parsed.decision_number,
        "levels": list(parsed.levels),
        "field": parsed.field,
        "sector": parsed.sector,
        "category": parsed.category,
        "applicants": list(parsed.applicants),
        "channels": list(parsed.channels),
        "after_15h": bool(parsed.after_15h),
        "cases": [_case_facts(case) for case in parsed.cases],
        "components": [
            [c.group, c.name, c.originals, c.copies, c.required, c.kind, c.form_name]
            for c in parsed.components
            if c.kind is not ComponentKind.NOTE
        ],
        "results": [[r.code, r.name, r.is_document] for r in parsed.results],
        "bases": [basis.number for basis in parsed.legal_bases],
        "findings": [list(pair) for pair in sorted({(f.kind.value, f.field) for f in parsed.findings})],
    }


def _case_facts(case: ParsedCase) -> dict[str, Any]:
    return {
        "name": case.name,
        "channels": list(case.channels),
        "term": [case.term.amount, case.term.unit, case.term.text],
        "fees": [[f.channel, f.kind, f.amount, f.text, f.description, f.per_unit] for f in case.fees],
        "group": case.component_group,
    }


def procedure_of(facts: dict[str, Any]) -> ParsedProcedure:
    """The procedure that a line says."""
    return ParsedProcedure(
        code=facts["code"],
        full_code=facts["code"],
        name=facts["name"],
        decision_number=facts["decision"],
        levels=tuple(Level(level) for level in facts["levels"]),
        field=facts["field"],
        sector=facts["sector"],
        category=facts["category"],
        is_internal=False,
        applicants=tuple(Applicant(applicant) for applicant in facts["applicants"]),
        channels=tuple(Channel(channel) for channel in facts["channels"]),
        cases=tuple(_case(case) for case in facts["cases"]),
        components=tuple(_component(values) for values in facts["components"]),
        results=tuple(ParsedResult(*values) for values in facts["results"]),
        legal_bases=tuple(ParsedLegalBasis(number, "") for number in facts["bases"]),
        competent="",
        after_15h="sau 15 giờ" if facts["after_15h"] else "",
        texts={},
        findings=tuple(Finding(FindingKind(kind), field=field) for kind, field in facts["findings"]),
    )


def _case(facts: dict[str, Any]) -> ParsedCase:
    amount, unit, text = facts["term"]
    return ParsedCase(
        name=facts["name"],
        channels=tuple(Channel(channel) for channel in facts["channels"]),
        term=ParsedTerm(amount, TermUnit(unit) if unit else None, text),
        fees=tuple(ParsedFee(Channel(c), FeeKind(k), *rest) for c, k, *rest in facts["fees"]),
        component_group=facts["group"],
    )


def _component(values: list[Any]) -> ParsedComponent:
    group, name, originals, copies, required, kind, form = values
    return ParsedComponent(group, name, originals, copies, required, ComponentKind(kind), form)
