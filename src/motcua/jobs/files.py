"""The private folder of a job: what it puts aside on the way, and its result.

It lies beside the stored files but is no document: nobody reaches it but the asker through the page of the job, and it is
removed when it is of no more use.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

_ROOT = "cong-viec-nen"
RESULT = "ket-qua"


def folder(job_id: int) -> Path:
    """The folder of this job, made when it is not there."""
    place = Path(settings.MEDIA_ROOT) / _ROOT / str(job_id)
    place.mkdir(parents=True, exist_ok=True)
    return place


def result(job_id: int) -> Path:
    """Where the job's result lies when it is finished."""
    return folder(job_id) / RESULT


def keep_only_result(job_id: int) -> None:
    """Removes what was put aside on the way."""
    for path in folder(job_id).iterdir():
        if path.name != RESULT:
            path.unlink()


def remove(job_id: int) -> None:
    """Removes everything of this job; nothing there is no error."""
    shutil.rmtree(Path(settings.MEDIA_ROOT) / _ROOT / str(job_id), ignore_errors=True)
