"""The one list of who listens to what, which gates hold acts back, and what adapters stand behind ports."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from motcua.alerts import jobs as alert_jobs
from motcua.alerts import letters as alert_letters
from motcua.alerts import mail as alert_mail
from motcua.alerts import words as alert_words
from motcua.alerts.panel import panel as alerts_panel
from motcua.catalogue.process_port import Catalogue
from motcua.dossiers import access, arrivals, gates, panels, reassignment, routing
from motcua.dossiers.access import ALSO_VISIBLE, Visibility
from motcua.dossiers.arrivals import ENTERED
from motcua.dossiers.history import ALSO_TOLD
from motcua.dossiers.listeners import CALENDAR_CHANGES, calendar_changed
from motcua.dossiers.panels import PANELS
from motcua.groups import panels as groups
from motcua.groups.listeners import ENDS, result_came
from motcua.jobs import housekeeping, registry, schedule
from motcua.journal.registry import listen
from motcua.notifications import mail
from motcua.notifications.rules import TO_APPLICANT, TO_UNIT
from motcua.onboarding import working as onboarding
from motcua.onboarding.panel import origin
from motcua.people.leaving import OPEN_WORK
from motcua.processes import ports as processes
from motcua.proposals import history as proposals_history
from motcua.proposals import jobs as proposals_jobs
from motcua.proposals import listeners as proposals_listeners
from motcua.proposals import opinion_panel, opinion_queries, opinions
from motcua.proposals import panel as proposals_panel
from motcua.transfers import access as transfer_access
from motcua.transfers import arrivals as transfer_legs
from motcua.transfers import panel as transfer_panel
from motcua.transfers import sentences as transfer_sentences
from motcua.worklists import bulk, export, printing
from motcua.worklists.panel import new_since_last_visit


def wire() -> None:
    """Joins the rooms. Called once, when the applications are ready."""
    processes.join(Catalogue())
    listen("email.applicant", mail.to_applicant, to=tuple(TO_APPLICANT))
    listen("email.unit", mail.to_unit, to=tuple(TO_UNIT))
    listen("dossiers.recompute", calendar_changed, to=CALENDAR_CHANGES)
    PANELS.append(groups.siblings)
    listen("groups.continue", result_came, to=ENDS)
    registry.work("onboarding.apply", onboarding.apply, title=_("Nhập dữ liệu từ tệp"))
    registry.work("onboarding.take_back", onboarding.take_back, title=_("Hoàn tác nhập dữ liệu từ tệp"))
    PANELS.append(origin)
    schedule.daily("jobs.clear", housekeeping.clear, title=_("Dọn tệp kết quả cũ của việc nền"), hour=time(2))
    listen("email.digest", alert_mail.digest, to=alert_mail.DIGESTS)
    listen("alerts.letters", alert_letters.letter_went_out, to=alert_letters.SENT)
    schedule.every("alerts.look", alert_jobs.look, title=_("Quét cảnh báo, hồ sơ vướng"), span=timedelta(minutes=15))
    schedule.every("alerts.morning", alert_jobs.morning, title=_("Thư buổi sáng"), span=timedelta(minutes=30))
    panels.PANELS.append(alerts_panel)
    OPEN_WORK.append(reassignment.open_by_name)
    ALSO_TOLD.update(alert_words.SENTENCES)
    listen("proposals.ended", proposals_listeners.dossier_ended, to=proposals_listeners.ENDS)
    panels.PANELS.append(proposals_panel.shown)
    panels.PANELS.append(opinion_panel.shown)
    gates.GATES.append(opinion_queries.gate)
    routing.ANSWERS.append(opinion_queries.answers_of)
    arrivals.ENTERED.append(opinions.open_planned)
    asked = "Đơn vị được hỏi ý kiến về hồ sơ này và chưa trả lời."
    access.ALSO_VISIBLE.append(
        access.Visibility(
            opinion_queries.also_seen, opinion_queries.seen_for_an_opinion, asked, opinion_queries.asked_units
        )
    )
    schedule.every("proposals.opinions", proposals_jobs.overdue, title=_("Quét ý kiến quá hạn"), span=timedelta(minutes=15))
    ALSO_TOLD.update(proposals_history.SENTENCES)
    _wire_transfers()
    _lists()


def _wire_transfers() -> None:
    """Legs follow the steps; who was handed a dossier may read it; its history and page tell the way."""
    ENTERED.append(transfer_legs.entered)
    listen("transfers.ended", transfer_legs.dossier_ended, to=transfer_legs.ENDED_EARLY)
    by_transfer = "Hồ sơ được bàn giao, luân chuyển đến đơn vị này."
    ALSO_VISIBLE.append(
        Visibility(lambda actor: None, transfer_access.reads_as_receiver, by_transfer, transfer_access.receivers)
    )
    ALSO_TOLD.update(transfer_sentences.SENTENCES)
    PANELS.append(transfer_panel.panel)


def _lists() -> None:
    """Long work of the officers' lists, and what is new on a dossier's page."""
    for act in bulk.ACTS.values():
        registry.work(bulk.kind_of(act.name), bulk.work, title=act.words, line_url=bulk.dossier_page)
    registry.work(printing.KIND, printing.work, title=_("In phiếu"), line_url=bulk.dossier_page)
    registry.work(export.KIND, export.work, title=_("Xuất danh sách ra tệp"))
    PANELS.append(new_since_last_visit)
