"""When a counter has too few people for what comes in (OSS-16). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class CounterWeek:
    """A counter's last week: arrivals, working days, staff present, and how many a day one person should have at most."""

    unit_id: int
    arrivals: int
    days: int
    staff: int
    limit: int | None

    @property
    def a_day(self) -> float:
        """Arrivals a working day."""
        return self.arrivals / self.days if self.days else 0.0

    @property
    def each(self) -> float | None:
        """Arrivals a working day for each person; None when nobody is there."""
        return self.a_day / self.staff if self.staff else None

    @property
    def needed(self) -> int | None:
        """How many people the limit asks for; None without a limit."""
        return None if self.limit is None else ceil(self.a_day / self.limit)

    @property
    def short(self) -> int:
        """How many people are missing; 0 where there are enough or no limit is set."""
        return max(0, (self.needed or 0) - self.staff)

    @property
    def spare(self) -> int:
        """How many could help elsewhere: never the last one, only where a limit is set."""
        return max(0, self.staff - max(self.needed, 1)) if self.needed is not None else 0


@dataclass(frozen=True, slots=True)
class Help:
    """`count` people of one counter could help at another for a week."""

    giver: int
    taker: int
    count: int


def helpers(weeks: list[CounterWeek]) -> list[Help]:
    """Who could help whom: the shortest counter first, from the one with the most to spare."""
    spare = {week.unit_id: week.spare for week in weeks if week.spare}
    found: list[Help] = []
    for week in sorted((w for w in weeks if w.short), key=lambda w: (-w.short, w.unit_id)):
        missing = week.short
        while missing and spare:
            giver = max(spare, key=lambda unit: (spare[unit], -unit))
            count = min(missing, spare[giver])
            found.append(Help(giver, week.unit_id, count))
            missing -= count
            spare[giver] -= count
            if not spare[giver]:
                del spare[giver]
    return found
