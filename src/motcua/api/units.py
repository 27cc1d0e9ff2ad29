"""Units as they are on a day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from motcua.base.time import local_date
from motcua.kit import clock
from motcua.organisation import queries as organisation
from motcua.organisation.rules import Level, UnitKind

router = Router(tags=["units"])


class UnitOut(BaseModel):
    """A unit with its identification code (QĐ 20/2020/QĐ-TTg)."""

    code: str
    name: str
    kind: UnitKind
    level: Level
    parent: str | None


@router.get("", response=list[UnitOut], auth=None, summary="Các đơn vị vào một ngày", operation_id="list_units")
def list_units(request: HttpRequest, on: date | None = None) -> list[UnitOut]:
    """Mọi đơn vị đang hoạt động vào ngày `on` (mặc định hôm nay)."""
    tree = organisation.tree(on or local_date(clock.now()))
    codes = {number: unit.code for number, unit in tree.items()}
    return [
        UnitOut(
            code=unit.code, name=unit.name, kind=UnitKind(unit.kind), level=Level(unit.level),
            parent=codes.get(unit.parent_id) if unit.parent_id else None,
        )
        for unit in tree.values()
    ]  # fmt: skip
