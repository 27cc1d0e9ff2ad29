"""What is wrong with a field, said in Vietnamese. Keys are the validator's own names of faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

_SENTENCES = {
    "missing": noop("bắt buộc phải có."),
    "extra_forbidden": noop("không có trường này."),
    "string_type": noop("phải là chuỗi ký tự."),
    "string_too_long": noop("dài quá {max_length} ký tự."),
    "string_too_short": noop("phải có ít nhất {min_length} ký tự."),
    "string_pattern_mismatch": noop("có ký tự không được phép."),
    "string_unicode": noop("có ký tự không hợp lệ."),
    "int_type": noop("phải là số nguyên."),
    "int_parsing": noop("phải là số nguyên."),
    "int_from_float": noop("phải là số nguyên."),
    "bool_type": noop("phải là true hoặc false."),
    "bool_parsing": noop("phải là true hoặc false."),
    "enum": noop("phải là một trong các giá trị: {expected}."),
    "literal_error": noop("phải là một trong các giá trị: {expected}."),
    "greater_than_equal": noop("phải từ {ge} trở lên."),
    "less_than_equal": noop("không được quá {le}."),
    "list_type": noop("phải là danh sách."),
    "too_long": noop("không được quá {max_length} phần tử."),
    "too_short": noop("phải có ít nhất {min_length} phần tử."),
    "model_type": noop("phải là một đối tượng."),
    "model_attributes_type": noop("phải là một đối tượng."),
    "dict_type": noop("phải là một đối tượng."),
    "date_type": noop("phải là ngày dạng YYYY-MM-DD."),
    "date_parsing": noop("phải là ngày dạng YYYY-MM-DD."),
    "date_from_datetime_parsing": noop("phải là ngày dạng YYYY-MM-DD."),
    "datetime_type": noop("phải là thời điểm dạng YYYY-MM-DDTHH:MM:SS+07:00."),
    "datetime_parsing": noop("phải là thời điểm dạng YYYY-MM-DDTHH:MM:SS+07:00."),
    "timezone_aware": noop("phải kèm múi giờ, ví dụ +07:00."),
}
_OTHERWISE = noop("giá trị không dùng được.")


def sentence_of_fault(fault: Mapping[str, Any]) -> str:
    """The sentence for one fault of the validator; it never repeats what the client sent."""
    sentence = _(_SENTENCES.get(fault["type"], _OTHERWISE))
    return sentence.format_map(fault.get("ctx") or {})
