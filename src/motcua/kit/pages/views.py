"""Shows a component in either shell."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.kit.access import public
from motcua.kit.pages.examples import EXAMPLES


@public
def example(request: HttpRequest, shell: str, name: str) -> HttpResponse:
    """The example page of component `name` in the shell "office" or "portal"."""
    if name not in EXAMPLES:
        raise Http404(name)
    context = {"shell_base": f"{shell}/base.html", "name": name, **EXAMPLES[name]()}
    return render(request, f"kit/examples/{name}.html", context)
