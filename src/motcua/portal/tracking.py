"""Following a dossier: stage by code for anybody, the owner's details behind the secret printed on the slip."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.base.time import local
from motcua.dossiers import portal as dossiers
from motcua.dossiers import portal_details as details
from motcua.groups import portal as groups
from motcua.kit import clock
from motcua.kit.access import View, public
from motcua.kit.forms import Form
from motcua.portal import guessing

OPEN_FOR = timedelta(minutes=30)
_SESSION = "opened_dossiers"


class CodeForm(Form):
    """The code on the slip; in the address it is `ma`."""

    ma = forms.CharField(
        label=gettext_lazy("Mã hồ sơ"), max_length=80,
        help_text=gettext_lazy("Ghi trên giấy tiếp nhận, ví dụ H99.40-260310-0001, hoặc mã tạm bắt đầu bằng TN."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_ma(self) -> str:
        code = dossiers.normal_code(self.cleaned_data["ma"])
        if not code:
            raise forms.ValidationError(_("Mã hồ sơ chỉ gồm chữ, số, dấu chấm và gạch ngang. Hãy xem lại trên giấy tiếp nhận."))
        return code


class SecretForm(Form):
    """The secret on the slip."""

    secret = forms.CharField(
        label=gettext_lazy("Mã bảo mật trên giấy tiếp nhận"), max_length=80,
        help_text=gettext_lazy("8 chữ và số, viết hoa hay thường đều được."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "mc-input--short"}
        ),
    )  # fmt: skip


def unlisted(view: View) -> View:
    """Neither kept by browsers and proxies nor found by search engines."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


@public
@unlisted
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Asks for the code."""
    form = CodeForm(request.GET if "ma" in request.GET else None)
    if form.is_valid():
        return HttpResponseRedirect(reverse("portal:progress", args=[form.cleaned_data["ma"]]))
    return render(request, "dossiers/portal_track.html", {"form": form}, status=422 if form.is_bound else 200)


@public
@unlisted
@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Code and stage. An unknown code counts as a guess of the client's address."""
    code, now, client = _well_formed(code), clock.now(), guessing.address(request)
    if until := guessing.closed_until(client, now=now):
        return _closed(request, until)
    found = dossiers.progress_of(code, now=now)
    if found is None and (group := groups.progress_of(code, now=now)):
        opened = _is_open(request, f"g{group.id}", now)
        context = {"progress": group, "form": SecretForm(), "opened": opened, "code": code}
        return render(request, "groups/portal_progress.html", context)
    if found is None:
        guessing.count(client, now=now)
        return render(request, "dossiers/portal_unknown.html", {"code": code}, status=404)
    opened = _is_open(request, str(found.id), now)
    context = {"progress": found, "form": SecretForm(), "opened": opened, "code": code}
    return render(request, "dossiers/portal_progress.html", context)


@public
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, code: str) -> HttpResponse:
    """Details after the secret. Unknown code and wrong secret get the same answer."""
    code, now = _well_formed(code), clock.now()
    if request.method == "POST":
        return _try(request, code, now)
    if _session(request) and (key := groups.key_of(code)) and _is_open(request, key, now):
        return _group(request, code, key, now)
    number = _opened(request, code, now)
    if number is None:
        return _ask(request, code, SecretForm())
    context = {"details": details.details_of(number, code=code), "code": code, "until": _session(request)[str(number)]}
    context["until"] = f"{local(datetime.fromisoformat(context['until'])):%H:%M}"
    return render(request, "dossiers/portal_details.html", context)


@public
@unlisted
@require_safe
def slip(request: HttpRequest, code: str, slug: str, number: int = 1) -> HttpResponse:
    """One of the owner's slips as PDF, after the secret."""
    code, now = _well_formed(code), clock.now()
    dossier = _opened(request, code, now)
    if dossier is None:
        return HttpResponseRedirect(reverse("portal:owner", args=[code]))
    response = HttpResponse(details.slip_pdf(dossier, slug, number, now=now), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{slug}-{code}.pdf")
    return response


def _try(request: HttpRequest, code: str, now: datetime) -> HttpResponse:
    form = SecretForm(request.POST)
    if not form.is_valid():
        return _ask(request, code, form)
    targets = (guessing.dossier(code), guessing.address(request))
    closed = [until for target in targets if (until := guessing.count(target, now=now))]
    keys = _unlocked(code, dossiers.normal_secret(form.cleaned_data["secret"]))
    if closed:
        return _closed(request, max(closed))
    if not keys:
        form.add_error("secret", _("Mã hồ sơ hoặc mã bảo mật không đúng. Hãy xem lại trên giấy tiếp nhận."))
        return _ask(request, code, form)
    for target in targets:
        guessing.take_back(target)
    _open(request, keys, now)
    return HttpResponseRedirect(reverse("portal:owner", args=[code]))


def _unlocked(code: str, secret: str) -> tuple[str, ...]:
    """What the secret opens: a dossier, or a group with all its dossiers."""
    number = dossiers.knows_secret(code, secret)
    return (str(number),) if number is not None else groups.unlocked(code, secret)


def _group(request: HttpRequest, code: str, key: str, now: datetime) -> HttpResponse:
    """The owner's page of a group; dossiers opened since the secret was given are open too, no longer than the group."""
    until = _session(request)[key]
    request.session[_SESSION] = _session(request) | dict.fromkeys(groups.keys_behind(code), until)
    closing = f"{local(datetime.fromisoformat(until)):%H:%M}"
    context = {"details": groups.details_of(code, now=now), "code": code, "until": closing}
    return render(request, "groups/portal_details.html", context)


def _ask(request: HttpRequest, code: str, form: SecretForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "dossiers/portal_secret.html", {"form": form, "code": code}, status=status)


def _closed(request: HttpRequest, until: datetime) -> HttpResponse:
    response = render(request, "dossiers/portal_closed.html", {"until": f"{local(until):%H:%M ngày %d/%m/%Y}"}, status=429)
    response["Retry-After"] = str(max(1, int((until - clock.now()).total_seconds())))
    return response


def _well_formed(code: str) -> str:
    normal = dossiers.normal_code(code)
    if not normal:
        raise Http404("code")
    return normal


def _session(request: HttpRequest) -> dict[str, str]:
    kept: dict[str, str] = request.session.get(_SESSION, {})
    return kept


def _is_open(request: HttpRequest, key: str, now: datetime) -> bool:
    until = _session(request).get(key)
    return until is not None and now < datetime.fromisoformat(until)


def _opened(request: HttpRequest, code: str, now: datetime) -> int | None:
    """The dossier of this code if the secret was given within the last half hour; asks the tables only then."""
    if not _session(request):
        return None
    number = dossiers.number_of(code)
    return number if number is not None and _is_open(request, str(number), now) else None


def _open(request: HttpRequest, keys: tuple[str, ...], now: datetime) -> None:
    """A new session key, so that nobody who planted the old one comes in with the owner."""
    kept = {key: until for key, until in _session(request).items() if now < datetime.fromisoformat(until)}
    request.session.cycle_key()
    request.session[_SESSION] = kept | dict.fromkeys(keys, (now + OPEN_FOR).isoformat())
