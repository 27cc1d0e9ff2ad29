"""The dossier page tells that its dossier is one of a group, and how the others stand."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.base.actor import SYSTEM
from motcua.base.time import local_date
from motcua.dossiers.rules.state import Dossier
from motcua.groups import access, queries, words
from motcua.groups.office.show import child_rows
from motcua.kit import clock
from motcua.people.access import actor


def siblings(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """The other procedures of the group, without a word of what only their own units may see."""
    number = queries.group_of(dossier.id or 0)
    if number is None:
        return None
    who = actor(request)
    seen = access.sees(who, number)
    group = queries.group(number, actor=who if seen else SYSTEM, today=local_date(clock.now()))
    context = {
        "group": group, "rows": child_rows(group, current=dossier.id), "state": words.state_words(group.state),
        "late": words.lateness_words(group.state), "tone": words.GROUP_TONES.get(group.state.stage, ""), "seen": seen,
    }  # fmt: skip
    return render_to_string("groups/panel.html", context, request=request)
