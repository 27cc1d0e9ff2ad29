"""What an officer leaves behind: rooms above say how much open work is still in the officer's name."""

from __future__ import annotations

from collections.abc import Callable

from motcua.base.errors import MotcuaError

OpenWork = Callable[[int], int]
OPEN_WORK: list[OpenWork] = []
"""Each gives how many open things an officer holds by name. Filled in `site/wiring.py`."""


class WorkLeft(MotcuaError):
    """An account cannot be closed silently while dossiers lie in its name."""

    code = "work_left"
    sentence = "Cán bộ còn giữ {count} hồ sơ chưa xong. Hãy bàn giao công việc cho người khác trước khi khóa tài khoản."


def work_left(officer_id: int) -> int:
    """How many open things are still in the officer's name."""
    return sum(count(officer_id) for count in OPEN_WORK)


def require_handed_over(officer_id: int) -> None:
    """Refuses while open work is left. Raises WorkLeft."""
    count = work_left(officer_id)
    if count:
        raise WorkLeft(count=count)
