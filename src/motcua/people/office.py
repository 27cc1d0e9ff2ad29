"""The administrators' pages of officers: accounts, positions with validity, passwords, API keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base.text import fold
from motcua.base.time import day_end, local_date
from motcua.kit import clock
from motcua.kit.access import acting, administrator, requires
from motcua.kit.act_page import REFUSED, Page, ask, bound
from motcua.kit.columns import Column, Filter, Table, choice_filter, text_filter
from motcua.organisation import queries as units
from motcua.people import queries, services
from motcua.people.leaving import WorkLeft
from motcua.people.models import Officer
from motcua.people.office_forms import EndOfPosition, NewKey, NewOfficer, NewPassword, NewPosition
from motcua.people.rules import ROLE_NAMES, Role


def _held(officer: Officer) -> str:
    today = local_date(clock.now())
    held = [a for a in officer.assignments.all() if today in a.valid]
    return "; ".join(f"{_(ROLE_NAMES[Role(a.role)])}, {units.latest(a.unit_id).name}" for a in held)


def _by_name(rows: Any, text: str) -> Any:
    ids = [o.pk for o in rows if fold(text) in fold(f"{o.full_name} {o.username}")]
    return rows.filter(pk__in=ids)



COLUMNS = (
    Column(
        "name", lazy("Họ và tên"), lambda o: o.full_name, sort="full_name", row_header=True,
        url=lambda o: reverse("people_office:officer", args=[o.pk]),
        filter=Filter(text_filter("full_name").field, _by_name),
    ),
    Column("username", lazy("Tên đăng nhập"), lambda o: o.username, sort="username"),
    Column("positions", lazy("Vị trí hôm nay"), _held),
    Column(
        "state", lazy("Tài khoản"), lambda o: _("Đang dùng") if o.is_active else _("Đã khóa"),
        filter=choice_filter("is_active", [(True, lazy("Đang dùng")), (False, lazy("Đã khóa"))]),
    ),
    Column("login", lazy("Đăng nhập gần nhất"), lambda o: o.last_login, sort="last_login"),
)  # fmt: skip


@require_safe
@requires(administrator)
def listing(request: HttpRequest) -> HttpResponse:
    """Every account within the administrator's reach."""
    table = Table(
        COLUMNS, rows=queries.officers(acting(request).units(Role.ADMIN)), params=request.GET, path=request.path,
        caption=_("Cán bộ"), default_sort="full_name", empty_title=_("Không có cán bộ nào"),
    )  # fmt: skip
    return render(request, "people/officers.html", {"table": table})


@require_safe
@requires(administrator)
def show(request: HttpRequest, officer_id: int) -> HttpResponse:
    """One account with its positions and keys."""
    officer = _managed(request, officer_id)
    now = clock.now()
    today = local_date(now)
    positions = [
        {"held": held, "unit": units.latest(held.unit_id), "role": _(ROLE_NAMES[Role(held.role)]), "now": held.on(today),
         "ended": held.until is not None and held.until <= today}
        for held in queries.positions_of(officer_id)
    ]  # fmt: skip
    keys = [
        {"key": key, "live": key.revoked_at is None and (key.expires_at is None or key.expires_at > now)}
        for key in queries.keys_of(officer_id)
    ]
    context = {"person": officer, "positions": positions, "keys": keys}
    return render(request, "people/officer.html", context)


@requires(administrator)
def create(request: HttpRequest) -> HttpResponse:
    """Opens an account; its first password must be changed."""
    page = Page(_("Thêm cán bộ"), _("Tạo tài khoản"), reverse("people_office:list"))

    def do(data: dict[str, Any]) -> str:
        number = services.create_officer(**data, actor=acting(request), now=clock.now())
        return _address(number)

    done = _("Đã tạo tài khoản. Hãy phân công vị trí công tác để cán bộ có việc trên hệ thống.")
    return ask(request, page, bound(request, NewOfficer), do=do, done=done)


@requires(administrator)
def position(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Gives a position at a unit within the administrator's reach."""
    officer = _managed(request, officer_id)
    page = Page(_("Phân công vị trí công tác"), _("Phân công"), _address(officer_id), caption=officer.full_name)
    allowed = acting(request).units(Role.ADMIN)

    def do(data: dict[str, Any]) -> str:
        data |= {"unit_id": int(data.pop("unit")), "role": Role(data["role"])}
        services.assign(officer_id=officer_id, **data, actor=acting(request), now=clock.now())
        return _address(officer_id)

    form = bound(request, NewPosition, allowed=allowed, on=local_date(clock.now()))
    return ask(request, page, form, do=do, done=_("Đã phân công vị trí."))


@requires(administrator)
def end_position(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Ends a position on a day."""
    officer_id = queries.officer_of_position(assignment_id)
    officer = _managed(request, officer_id)
    page = Page(_("Kết thúc vị trí công tác"), _("Kết thúc vị trí"), _address(officer_id), caption=officer.full_name)

    def do(data: dict[str, Any]) -> str:
        services.end_assignment(assignment_id=assignment_id, **data, actor=acting(request), now=clock.now())
        return _address(officer_id)

    return ask(request, page, bound(request, EndOfPosition), do=do, done=_("Đã ghi ngày kết thúc vị trí."))


@requires(administrator)
def password(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Sets a temporary password."""
    officer = _managed(request, officer_id)
    page = Page(_("Cấp lại mật khẩu"), _("Đặt mật khẩu tạm"), _address(officer_id), caption=officer.full_name)

    def do(data: dict[str, Any]) -> str:
        services.set_password(
            username=officer.username, password=data["password"], must_change=True, actor=acting(request), now=clock.now()
        )
        return _address(officer_id)

    done = _("Đã đặt mật khẩu tạm. Cán bộ phải đổi mật khẩu ở lần đăng nhập tới.")
    return ask(request, page, bound(request, NewPassword), do=do, done=done)


@require_POST
@requires(administrator)
def activity(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Closes or reopens an account; one with open work first says how much, and offers to hand it over."""
    officer = _managed(request, officer_id)
    active, knowingly = request.POST.get("active") == "1", request.POST.get("leave_work") == "1"
    try:
        services.set_active(
            officer_id=officer_id, active=active, actor=acting(request), now=clock.now(), leave_work=knowingly
        )
    except WorkLeft as left:
        return render(request, "people/work_left.html", {"person": officer, "count": left.data["count"]}, status=REFUSED)
    messages.success(request, _("Đã mở lại tài khoản.") if active else _("Đã khóa tài khoản."))
    return redirect(_address(officer_id))


@requires(administrator)
def issue_key(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Makes an API key and shows it this once."""
    officer = _managed(request, officer_id)
    form = bound(request, NewKey)
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["expires_on"]
        secret = services.issue_token(
            officer_id=officer_id, label=form.cleaned_data["label"], expires_at=day_end(last) if last else None,
            actor=acting(request), now=clock.now(),
        )  # fmt: skip
        answer = render(request, "people/key.html", {"person": officer, "secret": secret, "label": form.cleaned_data["label"]})
        answer["Cache-Control"] = "no-store"
        return answer
    note = _("Khóa cho phép phần mềm làm việc với đúng quyền của cán bộ này. Khóa chỉ hiện một lần, ngay sau khi cấp.")
    page = Page(_("Cấp khóa API"), _("Cấp khóa"), _address(officer_id), note=note, caption=officer.full_name)
    return ask(request, page, form, do=lambda data: "", done="")


@require_POST
@requires(administrator)
def revoke_key(request: HttpRequest, token_id: int) -> HttpResponse:
    """Ends an API key at once."""
    officer_id = queries.officer_of_key(token_id)
    _managed(request, officer_id)
    services.revoke_token(token_id=token_id, actor=acting(request), now=clock.now())
    messages.success(request, _("Đã thu hồi khóa API."))
    return redirect(_address(officer_id))


def _managed(request: HttpRequest, officer_id: int) -> queries.OfficerFacts:
    officer = queries.officer(officer_id)
    services.check_manages(acting(request), officer_id)
    return officer


def _address(officer_id: int) -> str:
    return reverse("people_office:officer", args=[officer_id])
