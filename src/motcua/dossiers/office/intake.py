"""The counter takes a dossier in: first the procedure, then one dense page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.codes import card_disagreements, parse_card_qr
from motcua.base.errors import MotcuaError, NotAllowed, NotFound
from motcua.base.time import local_date
from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.dossiers import page_queries, services
from motcua.dossiers.office import uploads
from motcua.dossiers.office.intake_form import IntakeForm, answers_of
from motcua.dossiers.words import sentence_of
from motcua.journal.services import take_in
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.organisation import queries as organisation
from motcua.people import queries as people
from motcua.people.access import actor as actor_of
from motcua.people.access import roles
from motcua.people.rules import PersonKind, Role

at_a_counter = roles(Role.COUNTER, Role.POST)
access_log = structlog.get_logger("motcua.access")
FREQUENT_DAYS = 30
HITS = 25


@requires(at_a_counter)
def choose(request: HttpRequest) -> HttpResponse:
    """Which procedure: a search that forgives accents, over what somebody in the province may settle."""
    actor, now = actor_of(request), clock.now()
    counters = counters_of(actor, local_date(now))
    counter = chosen_counter(request, counters)
    text = request.GET.get("q", "")
    hits = _hits(text, counter, now)
    context = {
        "query": text,
        "hits": hits,
        "counters": counters,
        "counter": counter,
        "frequent": not text.strip(),
    }
    return render(request, "dossiers/intake_choose.html", context)


@requires(at_a_counter)
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """One page with everything; buttons to look a person up, to note a submission, to accept."""
    actor, now = actor_of(request), clock.now()
    on = local_date(now)
    counter = chosen_counter(request, counters_of(actor, on))
    version = catalogue.version_for_intake(code, on)
    form_of = _former(version, counter, on)
    if request.method != "POST":
        return _page(request, form_of(), version, counter)
    data = request.POST.copy()
    refused = uploads.take_in(data, request.FILES, form_of().upload_names, actor=actor, now=now)
    if data.get("act") not in ("receive", "submit"):
        warnings = look_up(data, actor)
        return _page(
            request, form_of(initial=answers_of(data, form_of())), version, counter, warnings=warnings
        )
    form = form_of(data, request.FILES, accepting=data["act"] == "receive")
    for field, sentence in refused.items():
        form.add_error(field, sentence)
    dossier_id = _take_in(form, counter, actor, now) if form.is_valid() else None
    if dossier_id is None:
        return _page(request, form, version, counter, status=422)
    return redirect("dossiers:received", dossier_id)


def counters_of(actor: Actor, on: date) -> dict[int, str]:
    """The counters where the officer sits today, by number."""
    places = {duty.unit_id for duty in actor.duties if duty.role in (Role.COUNTER, Role.POST)}
    return {number: unit.name for number, unit in organisation.as_on(places, on=on).items()}


def chosen_counter(request: HttpRequest, counters: dict[int, str]) -> int:
    """The counter named in the address, or the officer's first one; another's is refused."""
    asked = request.GET.get("quay", "")
    if not asked:
        return next(iter(counters))
    if not asked.isdecimal() or int(asked) not in counters:
        raise NotAllowed(reason=_("bạn không làm việc tại quầy này."))
    return int(asked)


def _hits(text: str, counter: int, now: datetime) -> list[dict[str, Any]]:
    on = local_date(now)
    found = catalogue.search(text, on=on, limit=HITS * 2).hits
    if not text.strip():
        frequent = page_queries.frequent_procedures(counter, since=now - timedelta(days=FREQUENT_DAYS))
        known = catalogue.hits_of(frequent, on=on)
        found = (
            *(known[code] for code in frequent if code in known),
            *(hit for hit in found if hit.code not in known),
        )
    competent = catalogue.competent_units([hit.code for hit in found], on=on)
    served = organisation.served_units(counter, on=on)
    rows = [
        {"hit": hit, "here": bool(served & {unit for unit, _level in competent[hit.code]})}
        for hit in found
        if hit.code in competent
    ]
    return rows[:HITS]


def _former(version: catalogue.VersionFacts, counter: int, on: date) -> Any:
    """Makes the form of this procedure at this counter; the counter's own unit comes first."""
    units = competent_here(version, counter, on)
    if not units:
        raise NotFound(
            what=_("cơ quan có thẩm quyền giải quyết thủ tục này trong danh mục; hãy báo quản trị danh mục")
        )
    return lambda *args, **kwargs: IntakeForm(*args, version=version, units=units, **kwargs)


def competent_here(version: catalogue.VersionFacts, counter: int, on: date) -> list[tuple[int, str]]:
    """The open units that may settle a procedure, those this counter works for first."""
    numbers = [
        unit for unit, _level in catalogue.competent_units([version.code], on=on).get(version.code, [])
    ]
    served = organisation.served_units(counter, on=on)
    found = organisation.tree(on)
    open_units = [found[number] for number in dict.fromkeys(numbers) if number in found]
    return [(unit.id, unit.name) for unit in sorted(open_units, key=lambda u: (u.id not in served, u.name))]


@transaction.atomic
def _once(form: IntakeForm, counter: int, actor: Actor, now: datetime) -> int | None:
    """Takes the page in once, however often its button was pressed; None for a repetition."""
    verb = services.receive_at_counter if form.accepting else services.submit
    made: list[int] = []
    take_in(
        source="office.intake",
        external_id=f"{actor.id}:{form.cleaned_data['ticket']}",
        payload={},
        at=now,
        handle=lambda _: made.append(verb(form.intake(counter=counter, actor=actor), actor=actor, now=now)),
    )
    return made[0] if made else None


def _take_in(form: IntakeForm, counter: int, actor: Actor, now: datetime) -> int | None:
    try:
        dossier_id = _once(form, counter, actor, now)
    except MotcuaError as error:
        form.add_error(None, sentence_of(error))
        return None
    if dossier_id is None:
        form.add_error(
            None, _("Trang này đã được gửi trước đó và hồ sơ đã được ghi nhận; xem trong Việc cần làm.")
        )
    return dossier_id


def look_up(data: QueryDict, actor: Actor) -> list[str]:
    """Fills in what a card or an earlier dossier says; gives warnings about numbers that disagree."""
    card = parse_card_qr(data.get("qr", ""))
    warnings = []
    if data.get("qr", "").strip() and card is None:
        warnings.append(_("Không đọc được dữ liệu mã QR. Hãy quét lại hoặc nhập tay."))
    if card:
        data["owner_kind"] = PersonKind.CITIZEN.value
        _fill(
            data,
            number=card.number,
            name=card.name,
            sex=card.sex,
            address=card.address,
            born=card.born,
            over=True,
        )
        data["qr"] = ""
    number, kind = data.get("owner_number", "").replace(" ", "").replace(".", ""), data.get("owner_kind", "")
    known = people.person(kind, number) if number else None
    access_log.info("identity looked up", officer=actor.id, found=known is not None)
    if known:
        _fill(
            data,
            name=known.name,
            sex=known.sex,
            address=known.address,
            born=known.born,
            phone=known.phone,
            email=known.email,
            over=False,
        )
    elif not card and number:
        warnings.append(_("Chưa có thông tin của số này. Hãy nhập theo giấy tờ."))
    return warnings + card_disagreements(
        number, born=_day(data.get("owner_born", "")), sex=data.get("owner_sex", "")
    )


def _fill(data: QueryDict, *, over: bool, **values: Any) -> None:
    for name, value in values.items():
        words = f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""
        if words and (over or not data.get(f"owner_{name}", "").strip()):
            data[f"owner_{name}"] = words


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007 only the date is read
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    form: IntakeForm,
    version: catalogue.VersionFacts,
    counter: int,
    *,
    warnings: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "version": version,
        "counter": counter,
        "warnings": warnings or [],
        "kept": _kept_files(form, actor_of(request)),
        "paper_rows": form.paper_rows,
        "fee_rows": form.fee_rows,
    }
    return render(request, "dossiers/intake_form.html", context, status=status)


def _kept_files(form: IntakeForm, actor: Actor) -> dict[str, str]:
    """Names of the files uploaded so far, by the paper's hidden field."""
    tokens = {name: form[uploads.kept_name(name)].value() or "" for name in form.upload_names}
    numbers = {name: uploads.number_of(token, actor=actor) for name, token in tokens.items() if token}
    names = documents.names([number for number in numbers.values() if number])
    return {name: names[number] for name, number in numbers.items() if number in names}
