"""What this room does for itself every night."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from motcua.jobs import services
from motcua.jobs.running import Run
from motcua.kit.clock import now


def clear(run: Run) -> dict[str, Any]:
    """Removes results that are of no more use."""
    with run.batch(place={"cleared": True}, done=1, total=1):
        number = services.clear_old(now())
    return {"sentence": _("Đã xóa %(n)s tệp kết quả cũ.") % {"n": number}}
