"""One page for one act: GET asks, POST does it once and goes on; a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.base.errors import MotcuaError

REFUSED = 422


@dataclass(frozen=True)
class Page:
    """How the page of an act reads.

    title: the heading; words: the verb on the button; back: where "quay lại" leads; note: what the act
    brings about; danger: the act cannot be undone.
    """

    title: Any
    words: Any
    back: str
    note: Any = ""
    caption: Any = ""
    danger: bool = False
    template: str = "office/act.html"


def ask(
    request: HttpRequest, page: Page, form: BaseForm, *, do: Callable[[dict[str, Any]], str], done: Any, **context: Any
) -> HttpResponse:
    """Shows the form or runs `do(cleaned data)`, which gives the address to go to.

    A `MotcuaError` becomes a sentence above the form; `done` is said on the next page.
    """
    if request.method == "POST" and form.is_valid():
        try:
            target = do(form.cleaned_data)
        except MotcuaError as error:
            form.add_error(None, error.render(gettext(error.sentence)))
        else:
            if done:
                messages.success(request, done)
            return redirect(target)
    status = REFUSED if form.errors else 200
    return render(request, page.template, {"page": page, "form": form, **context}, status=status)


def bound(request: HttpRequest, form: type[BaseForm], **options: Any) -> BaseForm:
    """The form filled with what was sent, or empty with its `initial`."""
    return form(request.POST, request.FILES, **options) if request.method == "POST" else form(**options)
