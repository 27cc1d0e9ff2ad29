"""The measures of the settlement table, declared: population, ways in, outcomes. The SQL twin of `rules.classify`."""

from __future__ import annotations

from motcua.indicators.measures import REGISTRY, Measure, Partition
from motcua.indicators.rules import ENDED_EARLY, Outcome, WayIn

FACTS = "dossier_facts"
UNIT = "hồ sơ TTHC"
CITATION = "Biểu số II.06a/VPCP/KSTT, Thông tư 01/2020/TT-VPCP"

POPULATION = "f.accepted_at < %(period_end)s AND (f.ended_at IS NULL OR f.ended_at >= %(period_start)s)"
"""Accepted by the end of the period and not ended before it began."""

_EARLY_ENDS = ", ".join(f"'{kind}'" for kind in sorted(ENDED_EARLY))
_ENDED = "f.ended_at < %(period_end)s"


def _measure(column: str, name: str, condition: str, *bases: str) -> Measure:
    denominators = tuple(f"settlement.{base}" for base in bases)
    return Measure(f"settlement.{column}", name, UNIT, FACTS, condition, CITATION, denominators)


WAYS_IN = Partition(
    "way_in",
    (
        _measure(WayIn.CARRIED, "Từ kỳ trước chuyển qua", "f.accepted_at < %(period_start)s", "c3"),
        _measure(WayIn.ONLINE, "Tiếp nhận trực tuyến trong kỳ", "f.channel = 'online'", "c3"),
        _measure(WayIn.DIRECT_POST, "Tiếp nhận trực tiếp, qua dịch vụ bưu chính trong kỳ", "TRUE", "c3"),
    ),
)
OUTCOMES = Partition(
    "outcome",
    (
        _measure(
            Outcome.RETURNED,
            "Dừng giải quyết, trả lại hoặc rút hồ sơ (nằm trong cột 9)",
            f"{_ENDED} AND f.end_kind IN ({_EARLY_ENDS})",
            "c3",
            "c7",
        ),
        _measure(Outcome.EARLY, "Đã giải quyết trước hạn", f"{_ENDED} AND f.ended_on < f.due_on", "c7"),
        _measure(Outcome.LATE, "Đã giải quyết quá hạn", f"{_ENDED} AND f.ended_on > f.due_on", "c7"),
        _measure(Outcome.ON_DATE, "Đã giải quyết đúng hạn", _ENDED, "c7"),
        _measure(
            Outcome.OVERDUE,
            "Đang giải quyết quá hạn",
            "w.dossier_id IS NULL AND f.due_at < %(last_day)s",
            "c11",
        ),
        _measure(Outcome.WITHIN, "Đang giải quyết trong hạn", "TRUE", "c11"),
    ),
)
REGISTRY.add(
    (
        *WAYS_IN.classes,
        *OUTCOMES.classes,
        _measure("c3", "Tổng số hồ sơ tiếp nhận", "TRUE"),
        _measure("c7", "Tổng số hồ sơ đã giải quyết", _ENDED, "c3"),
        _measure("c11", "Tổng số hồ sơ đang giải quyết", f"({_ENDED}) IS NOT TRUE", "c3"),
    )
)


def facts_source(*, known: bool) -> str:
    """The rows to count: as they are, or as they were known at parameter `known_at`."""
    return "dossier_facts_known(%(known_at)s)" if known else FACTS


def waiting(known: str = "known_at") -> str:
    """Dossiers that wait when the last day ends (see `dossiers.facts`); `known` names the parameter of what was known when."""
    return f"""
        SELECT DISTINCT s.dossier_id FROM waiting_facts s
        WHERE s.started_at < %(period_end)s AND s.started_at <= %({known})s
          AND (s.ended_at IS NULL OR s.ended_at >= %(period_end)s OR s.ended_at > %({known})s)
          AND (s.retracted_at IS NULL OR s.retracted_at > %({known})s)
    """


def classified(*columns: str, source: str = FACTS, where: str = "", known: str = "known_at") -> str:
    """SQL of the population with `way_in` and `outcome` of each dossier, and `columns` of `f`."""
    picked = (*columns, f"{WAYS_IN.sql()} AS way_in", f"{OUTCOMES.sql()} AS outcome")
    return f"SELECT {', '.join(picked)} {_rows(source, where, known)}"


def decided(*columns: str, source: str = FACTS, where: str = "") -> str:
    """SQL of the population with the truth of each condition of the ways in (w0 …) and outcomes (o0 …)."""
    truths = [f"{condition} AS w{place}" for place, condition in enumerate(WAYS_IN.conditions)]
    truths += [f"{condition} AS o{place}" for place, condition in enumerate(OUTCOMES.conditions)]
    return f"SELECT {', '.join((*columns, *truths))} {_rows(source, where, 'known_at')}"


def _rows(source: str, where: str, known: str) -> str:
    return f"FROM {source} f LEFT JOIN ({waiting(known)}) w ON w.dossier_id = f.id WHERE {POPULATION} {where}"
