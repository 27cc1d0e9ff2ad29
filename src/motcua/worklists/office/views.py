"""Danh sách đã lưu: lists under a name, one's own and shared ones; rename, share, delete, begin with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import local_date
from motcua.dossiers.office.guard import works_on_dossiers
from motcua.dossiers.words import sentence_of
from motcua.kit import clock
from motcua.kit.access import requires
from motcua.kit.act_page import REFUSED
from motcua.kit.forms import Form
from motcua.organisation.queries import tree
from motcua.people.access import actor as actor_of
from motcua.people.rules import ROLE_NAMES, Role
from motcua.worklists import access, queries, services
from motcua.worklists.rules import NAME_LENGTH

_LIST = "worklists_office:list"


class Edit(Form):
    """A view's name and with whom it is shared."""

    name = forms.CharField(label=lazy("Tên danh sách"), max_length=NAME_LENGTH)
    unit = forms.ChoiceField(label=lazy("Chia sẻ với đơn vị"), required=False)
    role = forms.ChoiceField(
        label=lazy("Vai trò được dùng chung"), required=False,
        help_text=lazy("Người được chia sẻ chỉ thấy hồ sơ thuộc quyền của chính họ qua danh sách này."),
    )  # fmt: skip

    def offer(self, actor: Actor) -> Edit:
        """The units the officer covers, and every role that works on dossiers."""
        names = tree(local_date(clock.now()))
        reached = actor.units() | {duty.unit_id for duty in actor.duties}
        units = sorted(((n, names[n].name) for n in reached if n in names), key=lambda pair: pair[1])
        self.fields["unit"].choices = [("", _("Không chia sẻ")), *units]  # type: ignore[attr-defined]
        roles = [(role.value, _(ROLE_NAMES[role])) for role in Role if role is not Role.ADMIN]
        self.fields["role"].choices = [("", _("Mọi vai trò")), *roles]  # type: ignore[attr-defined]
        return self


@require_safe
@requires(works_on_dossiers)
def show(request: HttpRequest) -> HttpResponse:
    """Every view the officer has, with whom it is shared, and which the worklist begins with."""
    actor = actor_of(request)
    liked = queries.preference_of(actor).view
    return render(
        request,
        "worklists/views.html",
        {"views": queries.views_of(actor), "begins": liked.id if liked else 0},
    )


@require_POST
@requires(works_on_dossiers)
def save(request: HttpRequest) -> HttpResponse:
    """Keeps the list as it stands under a name, or lets a view of one's own show it from now on."""
    actor, now, query = actor_of(request), clock.now(), _kept(request)
    columns = QueryDict(query).getlist("cot")
    try:
        if replaced := _number(request.POST.get("replace", "")):
            services.replace_view(replaced, query=query, columns=columns, actor=actor, now=now)
            number = replaced
        else:
            number = services.save_view(
                name=request.POST.get("name", ""), query=query, columns=columns, actor=actor, now=now
            )
    except MotcuaError as error:
        messages.error(request, sentence_of(error))
        return redirect(f"{reverse(_LIST)}?{query}" if query else f"{reverse(_LIST)}?view=0")
    messages.success(request, _("Đã lưu danh sách."))
    return redirect(queries.current(queries.views_of(actor), str(number)).url)  # type: ignore[union-attr]


@requires(works_on_dossiers)
def edit(request: HttpRequest, view_id: int) -> HttpResponse:
    """Name and sharing of a view of one's own."""
    actor, now = actor_of(request), clock.now()
    view = access.own_view(actor, view_id)
    start = {"name": view.name, "unit": view.unit_id or "", "role": view.role}
    form = (Edit(request.POST) if request.method == "POST" else Edit(initial=start)).offer(actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                services.rename_view(view_id, name=data["name"], actor=actor, now=now)
                unit = _number(data["unit"]) or None
                services.share_view(view_id, unit_id=unit, role=data["role"], actor=actor, now=now)
        except MotcuaError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, _("Đã cập nhật danh sách “%(name)s”.") % {"name": data["name"]})
            return redirect("worklists_office:views")
    context: dict[str, Any] = {"form": form, "view": view}
    return render(request, "worklists/view.html", context, status=REFUSED if form.errors else 200)


@requires(works_on_dossiers)
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Asks once more, then removes the view."""
    actor = actor_of(request)
    view = access.own_view(actor, view_id)
    if request.method == "POST":
        services.delete_view(view_id, actor=actor, now=clock.now())
        messages.success(request, _("Đã xóa danh sách “%(name)s”.") % {"name": view.name})
        return redirect("worklists_office:views")
    return render(request, "worklists/delete_view.html", {"view": view})


@require_POST
@requires(works_on_dossiers)
def begin_with(request: HttpRequest) -> HttpResponse:
    """The view the worklist opens with, or the plain list."""
    services.open_with(_number(request.POST.get("view", "")) or None, actor=actor_of(request))
    messages.success(request, _("Đã ghi nhớ danh sách mở đầu."))
    return redirect("worklists_office:views")


def _kept(request: HttpRequest) -> str:
    """The query as it is kept: without page and view, in the order it was asked."""
    query = QueryDict(request.POST.get("query", "")[:2000], mutable=True)
    for name in ("page", "view"):
        query.pop(name, None)
    return query.urlencode()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
