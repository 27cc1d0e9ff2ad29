"""From a plan (what was handed in where, what became of it and when) to the commands that lead there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.deadlines.rules import PauseKind, WorkCalendar
from motcua.demo.people_names import citizen, enterprise
from motcua.demo.places import Desk, Offer
from motcua.demo.timing import BEFORE, OPEN, RETURNED, SETTLED, Times, Wish
from motcua.dossiers.bulk import Command, History
from motcua.dossiers.intake import Intake, Submitter
from motcua.dossiers.rules.state import Channel, EndKind, LateCause, ResultRecord
from motcua.people.queries import PersonFacts

PORTAL = Actor("system", "Cổng Dịch vụ công quốc gia (dữ liệu trình diễn)")
_ASKED = [{"name": "Bản sao giấy tờ chứng minh nhân thân", "note": "Bản đã nộp bị mờ, không đọc được số."}]
_GROUND = "Khoản 2 Điều 17 Nghị định 118/2025/NĐ-CP"
_REASONS = {
    Wish.STOPPED: "Quá thời hạn bổ sung mà chủ hồ sơ không bổ sung.",
    Wish.SENT_BACK: "Hồ sơ không thuộc đối tượng giải quyết; trả lại kèm hướng dẫn.",
    Wish.WITHDRAWN: "Chủ hồ sơ không còn nhu cầu.",
}
_KINDS = {Wish.STOPPED: EndKind.STOPPED, Wish.SENT_BACK: EndKind.SENT_BACK}


@dataclass(frozen=True, slots=True)
class Plan:
    """One dossier to be told. `counter`: where it is handed in when that is not the unit's own counter."""

    number: int
    wish: Wish
    desk: Desk
    offer: Offer
    channel: Channel
    times: Times
    until: datetime
    counter: Desk | None = None
    file_id: int | None = None

    @property
    def accepted(self) -> tuple[int, datetime] | None:
        if self.wish in BEFORE:
            return None
        return (self.counter or self.desk).counter, self.times.accepted


class Story:
    """Collects the commands of one plan."""

    def __init__(self, plan: Plan, calendar: WorkCalendar) -> None:
        self.plan, self.calendar = plan, calendar
        self.rng = Random(plan.number)
        self.owner = _owner(plan)
        self.commands: list[Command] = []
        intake_desk = plan.counter or plan.desk
        self.alice = intake_desk.somebody("counter", plan.number)
        self.bob = plan.desk.somebody("specialist", plan.number)
        self.charlie = plan.desk.somebody("leader", plan.number)

    def tell(self) -> History:
        plan = self.plan
        self._hand_in()
        if plan.wish in (*SETTLED, *RETURNED, *OPEN, Wish.VOIDED):
            self._handle()
        if plan.wish in SETTLED:
            self._decide_and_return()
        elif plan.wish in RETURNED:
            self._end_early()
        elif plan.wish is Wish.VOIDED and plan.times.ended:
            self.do("void", plan.times.ended, self.alice, reason="Nhập nhầm thủ tục; đã tiếp nhận lại bằng hồ sơ khác.")
        self.commands.sort(key=lambda command: command.at)
        return History(_intake(plan, self.owner), self.commands)

    def do(self, act: str, moment: datetime, actor: Actor, **args: Any) -> None:
        self.commands.append(Command(act, moment, actor, args))

    def _hand_in(self) -> None:
        plan, accepted = self.plan, self.plan.times.accepted
        before = accepted - timedelta(hours=self.rng.choice((1, 2, 5, 14)), minutes=self.rng.randrange(60))
        if plan.accepted is None:
            self._before_acceptance(before)
        elif plan.channel is Channel.ONLINE:
            self.do("submit", before, PORTAL)
            if self.rng.random() < 0.02:
                self._complete_at_intake(before, accepted)
            self.do("accept", accepted, self.alice)
        else:
            self.do("receive_at_counter", accepted, self.alice)

    def _complete_at_intake(self, submitted: datetime, accepted: datetime) -> None:
        middle = submitted + (accepted - submitted) / 2
        self.do("ask_supplement_at_intake", middle, self.alice, items=_ASKED, reason="Thiếu giấy tờ", ground=_GROUND)
        ready = middle + (accepted - middle) / 2
        self.do("answer_intake_supplement", ready, self.alice, answer="Đã nộp đủ giấy tờ.", received=())

    def _before_acceptance(self, submitted: datetime) -> None:
        plan = self.plan
        self.do("submit", submitted, PORTAL if plan.channel is Channel.ONLINE else self.alice)
        if plan.wish is Wish.AT_INTAKE:
            self.do(
                "ask_supplement_at_intake", plan.times.accepted, self.alice, items=_ASKED, reason="Thiếu giấy tờ",
                ground=_GROUND,
            )  # fmt: skip
        elif plan.wish is Wish.REFUSED_AT_INTAKE:
            self.do(
                "refuse_at_intake", plan.times.accepted, self.alice,
                reason="Hồ sơ không thuộc phạm vi tiếp nhận của cơ quan.", ground="Khoản 4 Điều 17 Nghị định 61/2018/NĐ-CP",
            )  # fmt: skip

    def _handle(self) -> None:
        """Forwarding, the steps, the supplement: as far as the time until the end (or the present) reaches."""
        times, handled = self.plan.times, self.plan.offer.roles
        first = times.received if self.plan.counter is None else times.accepted
        last = times.ended or self.plan.until
        reach = 1.0 if times.ended else self._how_far()
        self._forward(first, last, reach)
        if reach < 0.15:
            return
        begin, split = times.received, times.asked or last
        steps = len(handled) - 1
        share = 0.4 if times.asked else 0.85
        for i, (position, role) in enumerate(handled[:-1], 1):
            fraction = 0.15 + share * i / (steps + 1)
            if fraction < reach:
                moment = self._between(begin, split, fraction)
                self.do("advance", moment, self._who(role), position=position, **self._next_holder(i))
        self._wait()
        self._apologise()

    def _forward(self, first: datetime, last: datetime, reach: float) -> None:
        if reach < 0.05:
            return
        if self.plan.counter is None:
            self.do("forward", self._between(first, self.plan.times.asked or last, 0.06), self.alice)
            return
        self.do("forward", self._between(first, self.plan.times.received, 0.5), self.alice)
        if reach >= 0.1:
            self.do("receive", self.plan.times.received, self.charlie)

    def _how_far(self) -> float:
        """How much of the way an open dossier has come: some are not even forwarded yet."""
        if self.plan.wish in (Wish.WAITING, Wish.PAUSED) or self.plan.times.asked:
            return 1.0
        if self.plan.counter:
            return self.rng.choice((0.07, 1.0))
        return self.rng.choice((0.02, 0.2, 0.5, 0.6, 0.8, 1.0))

    def _wait(self) -> None:
        times, wish = self.plan.times, self.plan.wish
        if times.asked and times.answered:
            self._ask(times.asked)
            self.do("answer_supplement", times.answered, self.alice, answer="Đã bổ sung đủ.")
        elif wish is Wish.WAITING:
            self._ask(self._between(times.received, self.plan.until, self.rng.uniform(0.87, 0.99)))
        elif wish is Wish.PAUSED:
            self.do(
                "pause", self._between(times.received, self.plan.until, 0.9), self.charlie, kind=PauseKind.FINANCIAL_OBLIGATION,
                reason="Chờ chủ hồ sơ thực hiện nghĩa vụ tài chính.", ground="Thông báo thuế số 01/TB-MẪU",
            )  # fmt: skip

    def _ask(self, moment: datetime) -> None:
        self.do("ask_supplement", moment, self.charlie, items=_ASKED, reason="Giấy tờ chưa đủ căn cứ.", ground=_GROUND)

    def _apologise(self) -> None:
        times, wish = self.plan.times, self.plan.wish
        if wish not in (Wish.LATE, Wish.OVERDUE) or times.due is None or self.rng.random() < 0.4:
            return
        latest = times.ended or self.plan.until
        moment = max(times.answered or times.received, min(times.due, latest) - timedelta(hours=2))
        new_date = self.calendar.closing(self.calendar.add_working_days(local_date(max(times.due, moment)), 4))
        self.do("apologise", moment, self.charlie, reason="Hồ sơ cần xác minh thêm; xin lỗi ông/bà.", new_date=new_date)

    def _decide_and_return(self) -> None:
        plan, ended = self.plan, self.plan.times.ended
        assert ended is not None
        late = {"late_cause": self.rng.choice(list(LateCause)), "late_note": ""} if plan.wish is Wish.LATE else {}
        if self.rng.random() < 0.02:
            self.do(
                "decide", ended, self.charlie, granted=False, reason="Không đủ điều kiện theo quy định.",
                ground="Điều 5 của văn bản quy định thủ tục", **late,
            )  # fmt: skip
        else:
            result = ResultRecord(f"{plan.number}/KQ-MẪU", plan.offer.result, plan.file_id, self.charlie.label, ended)
            self.do("decide", ended, self.charlie, granted=True, result=result, **late)
        self._give_back(ended)

    def _give_back(self, ended: datetime) -> None:
        moment = self.calendar.consume(ended, timedelta(minutes=self.rng.choice((20, 60, 300, 900, 2400))))
        if moment < self.plan.until:
            method = "online" if self.plan.channel is Channel.ONLINE else self.plan.channel.value
            number = self.owner.number if self.owner.kind == "citizen" else ""
            self.do("give_back", moment, self.alice, receiver=self.owner.name, receiver_number=number, method=method)

    def _end_early(self) -> None:
        wish, ended = self.plan.wish, self.plan.times.ended
        assert ended is not None
        if wish is Wish.WITHDRAWN:
            request = f"RUT-{self.plan.number:06d}"
            self.do("withdraw", ended, self.alice, request=request, reason=_REASONS[wish])
        else:
            self.do("stop", ended, self.charlie, kind=_KINDS[wish], reason=_REASONS[wish], ground=_GROUND)

    def _next_holder(self, index: int) -> dict[str, Any]:
        _, role = self.plan.offer.roles[index]
        return {"holder_id": self.bob.id} if role == "specialist" else {}

    def _who(self, role: str) -> Actor:
        return self.bob if role == "specialist" else self.charlie

    def _between(self, a: datetime, b: datetime, share: float) -> datetime:
        return self.calendar.consume(a, self.calendar.session_time_between(a, b) * share) if b > a else a


def tell(plan: Plan, calendar: WorkCalendar) -> History:
    """The history of a plan; the same plan gives the same history."""
    return Story(plan, calendar).tell()


def _owner(plan: Plan) -> PersonFacts:
    number = plan.number * 7919 % 900_000
    return enterprise(number) if plan.offer.sector == "tai_chinh" and plan.number % 3 else citizen(number)


def _intake(plan: Plan, owner: PersonFacts) -> Intake:
    complete = plan.wish is not Wish.AT_INTAKE
    return Intake(
        plan.offer.code, plan.desk.unit, (plan.counter or plan.desk).counter, plan.channel, owner,
        case_id=plan.offer.case_id, submitter=Submitter(owner.name) if plan.number % 20 == 0 else Submitter(),
        components=plan.offer.papers if complete else plan.offer.papers[:-1], fees=plan.offer.fees,
    )  # fmt: skip
