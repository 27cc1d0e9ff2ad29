#!/usr/bin/env python3
"""Writes the shipped catalogue (facts only) from files of national records.

    tools/make_catalogue.py FILE.jsonl.gz… > src/motcua/catalogue/data/catalogue.jsonl

Kept: provincial and communal procedures that citizens see, whose every case has a term with a unit, at most
`PER_FIELD` of a field, those with the fewest remarks first. Descriptive texts are left out, long names cut.
Terms are completed here only where the record's own words or its law say them; the remark ("thiếu đơn vị",
"không ghi thời hạn") stays on the record:
- a bare "1" beside a "sau 15 giờ" rule for every dossier is "trong ngày": that rule promises the same day;
- a bare number in the field Hộ tịch is in working days (Luật Hộ tịch 2014; NĐ 123/2015/NĐ-CP);
- certification (Chứng thực) has the terms of NĐ 23/2015/NĐ-CP Đ7 and Đ37, see `BY_LAW`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from motcua.catalogue.parsing.fields import field_code
from motcua.catalogue.reading import Report, accepted_records
from motcua.catalogue.rules import (
    ComponentKind,
    FeeKind,
    Level,
    ParsedCase,
    ParsedProcedure,
    ParsedTerm,
    TermUnit,
    missing_to_publish,
)
from motcua.catalogue.shipped import facts_of

PER_FIELD = 8
ALL_OF = {"ho-tich", "chung-thuc"}
SAME_DAY, TWO_DAYS = (
    ParsedTerm(1, TermUnit.SAME_DAY, "NĐ 23/2015/NĐ-CP Đ7"),
    ParsedTerm(2, TermUnit.WORKING_DAY, "NĐ 23/2015/NĐ-CP Đ37"),
)
BY_LAW = {
    **dict.fromkeys(("2.000815", "2.000884", "2.000942"), SAME_DAY),
    **dict.fromkeys(("2.000913", "2.001035", "2.001019", "2.001406", "2.001016"), TWO_DAYS),
}
FOR_EVERYBODY = "nếu tiếp nhận hồ sơ sau 15 giờ"
LOCAL = {Level.PROVINCE, Level.COMMUNE}
NOT_OF_A_PROVINCE = {"hai_quan", "thue", "kho_bac", "bao_hiem_xa_hoi", "thi_hanh_an", ""}
LONGEST_NAME = 260
MOST_COMPONENTS = 50


def main(paths: list[str]) -> int:
    report = Report()
    records = [record.parsed for record in accepted_records([Path(path) for path in paths], report=report)]
    kept = chosen([complete(parsed) for parsed in records])
    for parsed in sorted(kept, key=lambda p: p.code):
        print(json.dumps(facts_of(shortened(parsed)), ensure_ascii=False, separators=(",", ":")))
    fields = Counter(parsed.field for parsed in kept)
    print(f"{len(kept)} procedures of {len(fields)} fields", file=sys.stderr)
    return int(report.failed)


def complete(parsed: ParsedProcedure) -> ParsedProcedure:
    """`parsed` with the terms whose unit its own words or its law give."""
    same_day = BY_LAW.get(parsed.code) is SAME_DAY
    cases = tuple(_with_unit(case, parsed) for case in parsed.cases)
    return replace(parsed, cases=cases, after_15h=parsed.after_15h or ("sau 15 giờ" if same_day else ""))


def _with_unit(case: ParsedCase, parsed: ParsedProcedure) -> ParsedCase:
    if parsed.code in BY_LAW:
        return replace(case, term=BY_LAW[parsed.code])
    if case.term.unit or not case.term.amount:
        return case
    if case.term.amount == 1 and parsed.after_15h:
        everybody = FOR_EVERYBODY in parsed.after_15h
        return replace(case, term=ParsedTerm(1, TermUnit.SAME_DAY, case.term.text)) if everybody else case
    if field_code(parsed.field) == "ho-tich":
        return replace(case, term=ParsedTerm(case.term.amount, TermUnit.WORKING_DAY, case.term.text))
    return case


def chosen(records: list[ParsedProcedure]) -> list[ParsedProcedure]:
    """The usable procedures, the best of each field first."""
    taken: Counter[str] = Counter()
    kept = []
    for parsed in sorted(filter(usable, records), key=lambda p: (len(p.kinds()), p.code)):
        key = field_code(parsed.field)
        if taken[key] < PER_FIELD or key in ALL_OF:
            taken[key] += 1
            kept.append(parsed)
    return kept


def usable(parsed: ParsedProcedure) -> bool:
    """Whether a province can receive dossiers of it as it stands."""
    return (
        bool(LOCAL & set(parsed.levels))
        and parsed.sector not in NOT_OF_A_PROVINCE
        and not parsed.is_internal
        and not missing_to_publish(parsed)
        and bool(parsed.cases)
        and all(case.term.unit for case in parsed.cases)
        and 0 < sum(paper.kind is not ComponentKind.NOTE for paper in parsed.components) <= MOST_COMPONENTS
        and bool(parsed.results)
    )


def shortened(parsed: ParsedProcedure) -> ParsedProcedure:
    """`parsed` without long wording: names cut at a word, notes on fees kept only beside an amount."""
    cases = tuple(
        replace(
            case,
            name=cut(case.name),
            component_group=cut(case.component_group),
            fees=tuple(
                replace(
                    fee, description=cut(fee.description, 100) if fee.amount else "", text=cut(fee.text, 60)
                )
                for fee in case.fees
                if fee.amount is not None or fee.kind is not FeeKind.UNCLEAR
            ),
        )
        for case in parsed.cases
    )
    papers = tuple(
        replace(paper, group=cut(paper.group), name=cut(paper.name), form_name=cut(paper.form_name, 80))
        for paper in parsed.components
    )
    results = tuple(replace(result, name=cut(result.name)) for result in parsed.results)
    return replace(parsed, cases=cases, components=papers, results=results)


def cut(text: str, longest: int = LONGEST_NAME) -> str:
    """`text`, or its beginning up to a whole word."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
