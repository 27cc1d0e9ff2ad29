"""Some proposals of the demonstration, waiting and decided, and an opinion asked of another agency; through the verbs."""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.base.time import local_date
from motcua.demo import units as plan
from motcua.dossiers import desks
from motcua.dossiers.rules.state import EndKind, State
from motcua.organisation.queries import by_code
from motcua.people.queries import actor_of_officer, by_username
from motcua.proposals import opinions, services
from motcua.proposals.opinion_rules import Asking, OpinionKind
from motcua.proposals.rules import Draft, Kind

_DEPARTMENT = "H99.10"
_STOP = Draft(
    Kind.STOP, "ineligible", "Chủ hồ sơ đã được cấp kết quả theo hồ sơ khác, hồ sơ này không còn đối tượng giải quyết.",
    "Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP", end_kind=EndKind.STOPPED.value,
)  # fmt: skip
_REFUSE = Draft(
    Kind.REFUSE, "ineligible", "Nội dung đề nghị chưa đáp ứng điều kiện sau thẩm định.",
    "Khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP",
)  # fmt: skip
_DRAFTS = (_STOP, _REFUSE, _REFUSE)


def load(*, now: datetime) -> None:
    """Two proposals wait for the head, one was not agreed to; on a small load there may be fewer."""
    today = local_date(now)
    known = by_username(["chuyenvien.so", "lanhdao.so"])
    officer, head = (actor_of_officer(known[name].id, on=today) for name in ("chuyenvien.so", "lanhdao.so"))
    rows = desks.at_work(officer, by_code(_DEPARTMENT)).filter(state=State.PROCESSING, unit_id=by_code(_DEPARTMENT))
    numbers = list(rows.order_by("-pk").values_list("pk", flat=True)[:4])
    made = [
        services.propose(number, draft=draft, actor=officer, now=now - timedelta(minutes=20))
        for number, draft in zip(numbers, _DRAFTS, strict=False)
    ]
    if len(made) == len(_DRAFTS):
        services.reject(made[-1], reason="Hãy kiểm tra thực địa trước khi kết luận.", actor=head, now=now)
    for number in numbers[len(_DRAFTS) :]:
        asking = Asking(OpinionKind.OPINION, "Sự phù hợp với chủ trương của tỉnh", 16, unit_id=by_code(plan.OFFICE))
        opinions.ask(number, asking=asking, actor=officer, now=now)
