"""The words of the pages of imports."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.kit.columns import Column, choice_filter
from motcua.kit.templatetags.kit import tag_of
from motcua.onboarding.models import Import, ImportRow
from motcua.onboarding.rules.fields import Kind
from motcua.onboarding.rules.mapping import letter
from motcua.onboarding.rules.states import IMPORT_STATE_NAMES, ROW_STATE_NAMES, ImportState, RowState

KIND_WORDS = {Kind.UNITS: _("Đơn vị"), Kind.OFFICERS: _("Cán bộ"), Kind.DOSSIERS: _("Hồ sơ đang giải quyết")}
STATE_TONES = {
    ImportState.UPLOADED: "",
    ImportState.CHECKED: "caution",
    ImportState.RUNNING: "info",
    ImportState.DONE: "good",
    ImportState.UNDOING: "info",
    ImportState.UNDONE: "",
}
ROW_TONES = {
    RowState.READ: "",
    RowState.READY: "info",
    RowState.SAME: "",
    RowState.WRONG: "alarm",
    RowState.DONE: "good",
    RowState.FAILED: "alarm",
    RowState.UNDONE: "",
    RowState.KEPT: "caution",
}
TOLD = {
    "onboarding.uploaded": _("Tải lên tệp %(file)s."),
    "onboarding.header_moved": _("Chọn dòng %(line)s làm dòng tiêu đề."),
    "onboarding.checked": _("Ghép cột và kiểm tra từng dòng."),
    "onboarding.confirmed": _("Xác nhận nhập %(lines)s dòng."),
    "onboarding.applied": _("Nhập xong."),
    "onboarding.rolled_back": _("Không nhập dòng nào vì dòng %(line)s không nhập được."),
    "onboarding.undo_asked": _("Yêu cầu hoàn tác %(lines)s dòng."),
    "onboarding.undone": _("Hoàn tác xong, %(kept)s dòng được giữ lại."),
    "onboarding.passwords_handed_out": _("Cấp mật khẩu lần đầu cho %(accounts)s tài khoản."),
    "onboarding.discarded": _("Bỏ tệp %(file)s."),
}
"""What happened to an import, in sentences."""


def state_words(found: Import) -> str:
    """The state of an import in the reader's language."""
    return gettext(IMPORT_STATE_NAMES[ImportState(found.state)])


def row_columns(found: Import) -> tuple[Column, ...]:
    """Line, state, what comes of it, and what is wrong where."""
    states = [(state.value, _(ROW_STATE_NAMES[state])) for state in RowState if state is not RowState.READ]
    return (
        Column("line", _("Dòng"), lambda row: row.line, sort="line"),
        Column(
            "state", _("Kết quả"), lambda row: (gettext(ROW_STATE_NAMES[RowState(row.state)]), ROW_TONES[RowState(row.state)]),
            draw=_draw_state, filter=choice_filter("state", states),
        ),
        Column("action", _("Nội dung"), lambda row: row.action or row.key or _first_cells(row), row_header=True),
        Column("problems", _("Cần sửa"), lambda row: _problems(row, found), draw=_draw_problems),
    )  # fmt: skip


def _draw_state(row: ImportRow, value: Any) -> Any:
    return tag_of(*value)


def _draw_problems(row: ImportRow, value: Any) -> Any:
    """A list of sentences, each with the letters and the head of its column."""
    if not value:
        return ""
    lines = format_html_join("", "<li>{}{}</li>", ((_where(problem), problem["text"]) for problem in value))
    return format_html('<ul class="ob-problems">{}</ul>', lines)


def _where(problem: dict[str, Any]) -> Any:
    if not problem["column"]:
        return ""
    head = f" ({problem['head']})" if problem["head"] else ""
    return format_html("<strong>{} {}{}:</strong> ", gettext("Cột"), problem["column"], head)


def _first_cells(row: ImportRow) -> str:
    return "; ".join(cell for cell in row.cells if cell)[:120]


def _problems(row: ImportRow, found: Import) -> list[dict[str, Any]]:
    """Each with the letters and the head of its column."""
    told = []
    for problem in row.problems:
        place = problem["column"]
        head = found.header[place] if place is not None and place < len(found.header) else ""
        told.append(
            {"text": problem["text"], "column": letter(place) if place is not None else "", "head": head}
        )
    return told
