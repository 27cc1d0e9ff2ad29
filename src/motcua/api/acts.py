"""One operation per act on a dossier: `POST /dossiers/{code}/acts/{act}`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from ninja import Path, Router

from motcua.api.act_bodies import BODIES, Act, Call
from motcua.api.dossier_shapes import DossierOut, told
from motcua.api.dossiers import REFUSALS
from motcua.api.keys import actor
from motcua.api.words import Code
from motcua.dossiers import queries
from motcua.kit import clock

router = Router(tags=["acts"])


def _operation(kind: type[Act]) -> Callable[..., DossierOut]:
    def act(request: HttpRequest, code: Path[Code], body: kind) -> DossierOut:  # type: ignore[valid-type]
        by, now = actor(request), clock.now()
        call = Call(queries.number_of(code, actor=by), by, now)
        body.perform(call)  # type: ignore[attr-defined]
        return DossierOut(**told(queries.facts(call.id)))

    act.__annotations__.update(code=Path[Code], body=kind)
    act.__name__ = kind.verb
    return act


for _kind in BODIES:
    router.add_api_operation(
        f"/{_kind.verb.replace('_', '-')}", ["POST"], _operation(_kind), response={200: DossierOut, **REFUSALS},
        operation_id=_kind.verb, summary=_kind.summary,
    )  # fmt: skip
