"""Names, sizes and refusals of the officers' lists. Pure."""

from __future__ import annotations

from motcua.base.errors import MotcuaError

CHOSEN_AT_MOST = 1_000
AT_ONCE = 50
"""Up to so many dossiers are done while the officer waits; more become a job."""
EXPORTED_AT_ONCE = 2_000
"""Up to so many lines are sent while the officer waits; more become a job."""
VIEWS_AT_MOST = 50
NAME_LENGTH = 80


class NothingChosen(MotcuaError):
    """A bulk act on no dossier."""

    code = "bulk_nothing_chosen"
    sentence = "Hãy chọn ít nhất một hồ sơ trong danh sách rồi bấm lại."


class TooManyChosen(MotcuaError):
    """More dossiers than one bulk act may hold."""

    code = "bulk_too_many"
    sentence = (
        "Mỗi lần chỉ xử lý tối đa {limit} hồ sơ; bạn đang chọn {number}. Hãy lọc hẹp lại rồi làm nhiều lần."
    )


class UnknownAct(MotcuaError):
    """An act that is not safe in bulk, or none at all."""

    code = "bulk_unknown_act"
    sentence = "Việc này không làm hàng loạt được. Hãy mở từng hồ sơ để thực hiện."
    status = 404


class HolderElsewhere(MotcuaError):
    """The officer chosen does not hold the role of the step at its unit."""

    code = "bulk_holder_elsewhere"
    sentence = (
        "Cán bộ được chọn không giữ vai trò của bước này tại đơn vị đang giữ hồ sơ. Hãy chọn người khác."
    )


class AlreadyMarked(MotcuaError):
    """The dossier is already on the list of what is to be digitised."""

    code = "digitise_already_marked"
    sentence = "Hồ sơ đã có trong danh sách cần số hóa."


class NotMarked(MotcuaError):
    """The dossier is not on the list of what is to be digitised."""

    code = "digitise_not_marked"
    sentence = "Hồ sơ không có trong danh sách cần số hóa."


class ViewNameMissing(MotcuaError):
    """A view without a name."""

    code = "view_name_missing"
    sentence = "Hãy đặt tên cho danh sách muốn lưu."


class ViewNameTaken(MotcuaError):
    """Two views of one officer with the same name."""

    code = "view_name_taken"
    sentence = "Bạn đã có danh sách tên “{name}”. Hãy đặt tên khác."


class TooManyViews(MotcuaError):
    """More views than anybody finds their way in."""

    code = "view_too_many"
    sentence = "Mỗi người lưu tối đa {limit} danh sách. Hãy xóa danh sách không còn dùng."


class NotYourView(MotcuaError):
    """Only its owner changes a view."""

    code = "view_not_yours"
    sentence = "Danh sách này do {owner} lưu; chỉ người lưu được đổi tên, chia sẻ hoặc xóa. Bạn có thể lưu một bản riêng."
    status = 403


class CannotShareThere(MotcuaError):
    """Sharing with a unit where the owner has no position."""

    code = "view_cannot_share_there"
    sentence = "Bạn chỉ chia sẻ được danh sách trong các đơn vị thuộc phạm vi công tác của mình."


class ExportNotYours(MotcuaError):
    """The rights under which the export was asked for are gone."""

    code = "export_rights_gone"
    sentence = "Bạn không còn vị trí công tác nào được xem danh sách này, nên tệp không được lập."
