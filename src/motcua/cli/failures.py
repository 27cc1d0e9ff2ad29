"""How a command ends when something goes wrong: one Vietnamese sentence on stderr, the details in a log, exit code 1."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from motcua.base.errors import MotcuaError
from motcua.cli.bootstrap.places import SetupError, say, state


def guarded(work: Callable[[], int]) -> int:
    """The exit code of `work`; refusals and failures become a sentence, never a traceback on the screen."""
    try:
        return work()
    except (MotcuaError, SetupError) as error:
        say(str(error))
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:
        say(
            f"Lệnh không hoàn thành do lỗi ngoài dự kiến ({type(error).__name__}). Chi tiết: {_keep_details()}"
        )
    return 1


def _keep_details() -> str:
    """Writes the traceback where the administrator can read it; on the screen if even that fails."""
    path = state() / "errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(traceback.format_exc() + "\n")
    except OSError:
        traceback.print_exc()
        return "các dòng trên"
    return str(path)
