"""What the bulk writer leaves in the tables is what the verbs leave when given the same commands."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from motcua.base.actor import Actor
from motcua.base.time import VN, local_date
from motcua.deadlines.rules import PauseKind
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, Cast, Place, small_province
from motcua.demo.people_names import citizen, enterprise
from motcua.documents.services import store as store_file
from motcua.dossiers import models, services
from motcua.dossiers.bulk import Command, History, World, days_of
from motcua.dossiers.bulk_copy import Batch, write
from motcua.dossiers.intake import Intake
from motcua.dossiers.rules.state import Channel, EndKind, LateCause, ResultRecord
from motcua.kit.sql import rows

pytestmark = pytest.mark.django_db
SAMPLE = int(os.environ.get("MOTCUA_BULK_SAMPLE", "60"))
START = datetime(2026, 3, 2, 7, 30, tzinfo=VN)
ITEMS = [{"name": "Bản sao giấy tờ", "note": "mờ\tchữ\\không đọc được"}]
PORTAL = Actor("system", "Cổng Dịch vụ công")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
RANDOM = {"provisional_code", "secret"}
TABLES = (
    models.Applicant, models.Component, models.FeeLine, models.StepRecord, models.PauseRecord, models.SupplementRecord,
    models.DueRecord, models.SlipRecord, models.ResultRecord,
)  # fmt: skip


class Writer:
    """Makes random histories of the cast with moments that only go forward."""

    def __init__(self, cast: Cast, rng: Random, file_id: int) -> None:
        self.cast, self.rng, self.file_id = cast, rng, file_id

    def history(self, number: int) -> History:
        self.at = START + timedelta(minutes=self.rng.randrange(20 * 24 * 60))
        self.commands: list[Command] = []
        procedure = self.rng.choice((LICENCE, LICENCE, BIRTH, NO_TERM))
        self.place = self.cast.commune if procedure == BIRTH else self.rng.choice((self.cast.justice, self.cast.land))
        if procedure == LICENCE and number % 5 == 0:
            self.place = self.cast.commune
        far = self.place is not self.cast.commune and number % 7 == 0
        self.desk: Place = self.cast.commune if far else self.place
        owner = enterprise(number % 9) if number % 4 == 0 else citizen(number % 30)
        intake = self.cast.intake(
            procedure, place=self.place, counter=self.desk.counter, owner=owner, channel=self.rng.choice(list(Channel))
        )
        self._tell(intake, far)
        return History(intake, self.commands)

    def do(self, act: str, actor: Actor, **args: Any) -> None:
        self.commands.append(Command(act, self.at, actor, args))
        self.at += timedelta(minutes=self.rng.choice((3, 45, 400, 1500, 4000)))

    def _tell(self, intake: Intake, far: bool) -> None:
        alice = PORTAL if far else self.desk.alice
        if not self._hand_in(intake, alice):
            return None
        if self.rng.random() < 0.05:
            return self.do("void", self.desk.alice, reason="Nhập nhầm")
        self.do("forward", self.desk.alice, note="Chuyển\nhồ sơ")
        if far:
            self.do("receive", self.place.charlie)
        self._handle()
        return None

    def _hand_in(self, intake: Intake, alice: Actor) -> bool:
        if intake.channel is not Channel.ONLINE:
            self.do("receive_at_counter", alice)
            return True
        self.do("submit", PORTAL)
        if self.rng.random() < 0.3:
            self.do("ask_supplement_at_intake", self.desk.alice, items=ITEMS, reason="Thiếu", ground="Điều 17")
            self.do("answer_intake_supplement", self.desk.alice, answer="Đủ", received=[1])
        if self.rng.random() < 0.1:
            self.do("refuse_at_intake", self.desk.alice, reason="Không thuộc phạm vi", ground="Điều 17")
            return False
        self.do("accept", self.desk.alice)
        return True

    def _handle(self) -> None:
        bob, charlie = self.place.bob, self.place.charlie
        self.do("assign", charlie, holder_id=charlie.id)
        self.do("advance", charlie, position=2, holder_id=bob.id)
        if self.rng.random() < 0.4:
            self._wait()
        if self.rng.random() < 0.2:
            self.do("apologise", charlie, reason="Chậm do xác minh", new_date=self.at + timedelta(days=90))
        end = self.rng.random()
        if end < 0.1:
            self.do("stop", charlie, kind=self.rng.choice((EndKind.STOPPED, EndKind.SENT_BACK)), reason="Hết hạn", ground="Đ1")
        elif end < 0.2:
            self.do("withdraw", self.desk.alice, request="YC-1", reason="Không còn nhu cầu")
        elif end < 0.9:
            self.do("advance", bob, position=3)
            self._decide(charlie)

    def _wait(self) -> None:
        if self.rng.random() < 0.5:
            self.do("ask_supplement", self.place.charlie, items=ITEMS, reason="Chưa đủ", ground="Điều 19")
            self.do("answer_supplement", self.desk.alice, answer="Đã bổ sung")
        else:
            kind = PauseKind.FINANCIAL_OBLIGATION
            self.do("pause", self.place.charlie, kind=kind, reason="Nộp thuế", ground="TB 1")
            self.do("resume", self.place.charlie, note="Đã nộp")

    def _decide(self, charlie: Actor) -> None:
        late = {"late_cause": LateCause.OVERLOAD, "late_note": "Nhiều hồ sơ"}
        result = ResultRecord("12/QĐ", "Quyết định", self.file_id, charlie.label, self.at)
        if self.rng.random() < 0.2:
            self.do("decide", charlie, granted=False, reason="Không đủ điều kiện", ground="Điều 3", **late)
        else:
            self.do("decide", charlie, granted=True, result=result, **late)
        if self.rng.random() < 0.1:
            self.do("reverse_end", charlie, reason="Nhập nhầm")
            self.do("decide", charlie, granted=True, result=result, **late)
        if self.rng.random() < 0.8:
            self.do("give_back", self.desk.alice, receiver="Người Nhận Mẫu", method="direct")
            if self.rng.random() < 0.1:
                self.do("reverse_return", self.desk.alice, reason="Nhầm người")


def drive(history: History) -> None:
    """The same history through the verbs."""
    first, *rest = history.commands
    number = getattr(services, first.act)(history.intake, actor=first.actor, now=first.at)
    for command in rest:
        args = dict(command.args)
        if command.act == "answer_intake_supplement":
            papers = models.Component.objects.filter(dossier_id=number, position__in=args.pop("received"))
            args["received_components"] = list(papers.values_list("pk", flat=True))
        if "result" in args:
            given = args["result"]
            args["result"] = ResultRecord(given.number, given.title, given.file_id, given.signed_by, given.at)
        getattr(services, command.act)(number, actor=command.actor, now=command.at, **args)


def told_apart(histories: Sequence[History]) -> list[History]:
    """In order of first moments, acceptances in the same order: so both ways give the same codes."""
    return sorted(histories, key=lambda h: (h.commands[0].at, (h.accepted or (0, h.commands[0].at))[1]))


def snapshot(first: int) -> dict[str, list[Any]]:
    """Everything that was written from dossier number `first` on, with numbers counted from there."""
    def without(row: dict[str, Any]) -> dict[str, Any]:
        kept = {k: v for k, v in row.items() if k not in RANDOM and k != "id"}
        if "dossier_id" in kept:
            kept["dossier_id"] -= first
        return kept

    found = {"dossier": [without(r) for r in models.Dossier.objects.filter(pk__gte=first).order_by("pk").values()]}
    for table in TABLES:
        order = ("dossier_id", "pk") if table is not models.Applicant else ("pk",)
        found[table.__name__] = [
            without(r) for r in table.objects.filter(dossier_id__gte=first).order_by(*order).values()
        ]
    found["event"] = _events(first)
    found["trail"] = _last_trail(first)
    found["sequence"] = list(models.DailySequence.objects.order_by("unit", "day").values("unit", "day", "kind", "last"))
    found["person"] = rows("SELECT kind, number, name, folded_name, born, sex, phone, email, address, updated_at FROM "
                           "people_person ORDER BY kind, number")
    return found


def _events(first: int) -> list[dict[str, Any]]:
    return rows(
        "SELECT stream_id::bigint - %(first)s AS dossier, name, version, at, actor_kind, actor_id, actor_label, actor_unit, "
        "data - 'provisional' AS data FROM journal_event WHERE stream = 'dossier' AND stream_id::bigint >= %(first)s "
        "ORDER BY stream_id::bigint, id", {"first": first},
    )  # fmt: skip


def _last_trail(first: int) -> list[dict[str, Any]]:
    found = rows(
        "SELECT DISTINCT ON (pgh_obj_id) * FROM dossiers_dossierevent WHERE pgh_obj_id >= %(first)s "
        "ORDER BY pgh_obj_id, pgh_id DESC", {"first": first},
    )  # fmt: skip
    own = {"id", "pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id", *RANDOM}
    return [{k: v for k, v in row.items() if k not in own} for row in found]


def test_the_bulk_writer_leaves_row_for_row_what_the_verbs_leave():
    cast = small_province()
    file_id = store_file("kq.pdf", [PDF], actor=cast.admin, now=START)
    writer = Writer(cast, Random(8), file_id)
    histories = _accepted_in_order([writer.history(number) for number in range(SAMPLE)])
    first = write(Batch.of(histories), world=_world(cast, histories))
    written = snapshot(first)
    _wipe()
    for history in histories:
        drive(history)
    driven = snapshot(models.Dossier.objects.order_by("pk").values_list("pk", flat=True)[0])
    for table in written:
        assert len(written[table]) == len(driven[table]), table
        for one, other in zip(written[table], driven[table], strict=True):
            assert one == other, table


def test_codes_have_no_gaps_and_follow_the_order_of_acceptance():
    cast = small_province()
    file_id = store_file("kq.pdf", [PDF], actor=cast.admin, now=START)
    writer = Writer(cast, Random(9), file_id)
    histories = [writer.history(number) for number in range(40)]
    write(Batch.of(histories), world=_world(cast, histories))
    coded = models.Dossier.objects.filter(code__isnull=False).order_by("accepted_at").values_list("code", flat=True)
    days: dict[str, list[int]] = {}
    for code in coded:
        day, number = code.rsplit("-", 1)
        days.setdefault(day, []).append(int(number))
    assert days
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in days.values())


def test_two_processes_write_what_one_writes():
    cast = small_province()
    file_id = store_file("kq.pdf", [PDF], actor=cast.admin, now=START)
    writer = Writer(cast, Random(10), file_id)
    histories = [writer.history(number) for number in range(20)]
    world = _world(cast, histories)
    alone = snapshot(write(Batch.of(histories), world=world))
    _wipe()
    assert snapshot(write(Batch.of(histories), world=world, processes=2)) == alone


def test_nothing_is_owed_to_anybody_for_what_is_told():
    cast = small_province()
    file_id = store_file("kq.pdf", [PDF], actor=cast.admin, now=START)
    histories = [Writer(cast, Random(11), file_id).history(1)]
    write(Batch.of(histories), world=_world(cast, histories))
    assert rows("SELECT count(*) AS n FROM journal_delivery WHERE stream = 'dossier'") == [{"n": 0}]


def _world(cast: Cast, histories: Sequence[History]) -> World:
    names = {a.id: a.label.rsplit(" (", 1)[0] for p in (cast.justice, cast.land, cast.commune) for a in (p.bob, p.charlie)}
    return World.read(days_of(histories), officers=names)


def _accepted_in_order(histories: Sequence[History]) -> list[History]:
    """Verbs give codes in the order they are called: history by history, so acceptances must follow that order."""
    ordered = sorted(histories, key=lambda h: h.accepted[1] if h.accepted else h.commands[0].at)
    assert len({local_date(h.commands[0].at) for h in ordered}) > 1
    return ordered


def _wipe() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE dossiers_dossier, dossiers_dailysequence, people_person CASCADE")
        cursor.execute("TRUNCATE journal_event CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
