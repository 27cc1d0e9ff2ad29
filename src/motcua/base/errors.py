"""One shape for everything that can be refused: a code for machines, a sentence for people, the data of the case."""

from __future__ import annotations

from datetime import date
from typing import Any


class MotcuaError(Exception):
    """Base of all refusals. Subclasses set `code` and `sentence`; `sentence` is Vietnamese with `{named}` places.

    The sentence says what is wrong and what to do. A raised error changed nothing.
    """

    code = "error"
    sentence = "Không thực hiện được yêu cầu."
    status = 422

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels between processes with its data, so that a refusal in a worker process is told and not lost."""
        return _again, (type(self), self.data)

    @property
    def message(self) -> str:
        """The sentence in Vietnamese with its places filled."""
        return self.render(self.sentence)

    def render(self, template: str) -> str:
        """`template` (the sentence, perhaps translated) with this error's data."""
        return template.format(**self.data)


def _again(kind: type[MotcuaError], data: dict[str, Any]) -> MotcuaError:
    return kind(**data)


class NotAllowed(MotcuaError):
    code = "not_allowed"
    sentence = "Bạn không có quyền thực hiện việc này: {reason}"
    status = 403


class NotFound(MotcuaError):
    code = "not_found"
    sentence = "Không tìm thấy {what}."
    status = 404


class Conflict(MotcuaError):
    """Somebody else changed the record in between; nothing of either is lost."""

    code = "conflict"
    sentence = "Hồ sơ vừa được người khác cập nhật lúc {at}. Hãy tải lại trang để xem thay đổi rồi thực hiện lại."
    status = 409


class InvalidInput(MotcuaError):
    """One field of an input cannot be used; `field` names it."""

    code = "invalid_input"
    sentence = "{field}: {reason}"


class ValidityReversed(MotcuaError):
    """A span of validity that ends on or before the day it begins."""

    code = "validity_reversed"
    sentence = "Ngày kết thúc ({until:%d/%m/%Y}) phải sau ngày bắt đầu ({since:%d/%m/%Y})."


def check_span(since: date, until: date | None) -> None:
    """Refuses a span [since, until) without any day."""
    if until is not None and until <= since:
        raise ValidityReversed(since=since, until=until)
