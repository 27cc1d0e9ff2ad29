"""Where an import and its lines stand. Pure."""

from __future__ import annotations

from enum import StrEnum


class ImportState(StrEnum):
    """uploaded → checked → running → done → undoing → undone; nothing is written before running."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowState(StrEnum):
    """`read` not checked; `ready` will be done; `same` is there already; `wrong` told at the preview; `failed` refused when
    it was done; `kept` could not be taken back."""

    READ = "read"
    READY = "ready"
    SAME = "same"
    WRONG = "wrong"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept"


IMPORT_STATE_NAMES = {
    ImportState.UPLOADED: "Đã tải lên, chờ ghép cột",
    ImportState.CHECKED: "Đã kiểm tra, chờ xác nhận",
    ImportState.RUNNING: "Đang nhập",
    ImportState.DONE: "Đã nhập",
    ImportState.UNDOING: "Đang hoàn tác",
    ImportState.UNDONE: "Đã hoàn tác",
}
ROW_STATE_NAMES = {
    RowState.READ: "Chưa kiểm tra",
    RowState.READY: "Sẽ nhập",
    RowState.SAME: "Đã có, bỏ qua",
    RowState.WRONG: "Có lỗi",
    RowState.DONE: "Đã nhập",
    RowState.FAILED: "Không nhập được",
    RowState.UNDONE: "Đã hoàn tác",
    RowState.KEPT: "Không hoàn tác được",
}
ENDED_BADLY = (RowState.WRONG, RowState.FAILED)
