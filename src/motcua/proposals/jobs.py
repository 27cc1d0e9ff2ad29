"""What is done again and again: overdue opinions are told. Joined in `site/wiring.py`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from motcua.jobs.running import Run
from motcua.kit import clock
from motcua.proposals import opinions


def overdue(run: Run) -> dict[str, Any]:
    """Tells each lead agency, once, of an opinion that is overdue; safe to repeat."""
    return {"sentence": _("%(n)s ý kiến quá hạn mới.") % {"n": opinions.tell_overdue(now=clock.now())}}
