"""The periodic work of this room as background jobs; joined in `site/wiring.py`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from motcua.alerts import services
from motcua.jobs.running import Run
from motcua.kit import clock


def look(run: Run) -> dict[str, Any]:
    """Looks through the open dossiers. Taken up again after a kill it begins anew: what is stored is not written twice."""

    def told(done: int, total: int) -> None:
        with run.batch(place={"done": done}, done=done, total=total):
            pass

    found = services.warn(clock.now(), progress=told)
    words = _(
        "%(alerts)s cảnh báo mới, %(drafts)s dự thảo thư xin lỗi, %(escalations)s báo cáo, %(stuck)s hồ sơ vướng."
    )
    return {"sentence": words % found}


def morning(run: Run) -> dict[str, Any]:
    """Makes the morning's messages that are due."""
    number = services.send_digests(clock.now())
    return {"sentence": _("%(n)s thư buổi sáng.") % {"n": number}}
