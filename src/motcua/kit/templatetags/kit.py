"""The components of the house as template tags: `{% load kit %}`. Each has an example page in kit/pages.

Tones are the five meanings of colour, everywhere the same: "" neutral, "info" at work, "good" done, "caution"
soon or waiting for the citizen, "alarm" late or refused. The words always say it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from motcua.kit.widgets import classes_of

register = template.Library()

URGENCY = {
    "overdue": (_("Quá hạn"), "alarm"),
    "today": (_("Đến hạn hôm nay"), "caution"),
    "week": (_("Đến hạn trong tuần"), "info"),
    "later": (_("Còn hạn"), ""),
    "paused": (_("Đang dừng tính thời gian"), ""),
}
"""The five groups of the worklist: words and tone."""


def _component(name: str) -> Any:
    return register.inclusion_tag(f"kit/components/{name}.html", name=name)


@register.simple_tag(name="tag")
def tag_of(words: str, tone: str = "") -> SafeString:
    """A state in a few words (an adjective or a participle); never a link."""
    return format_html('<span class="mc-tag{}">{}</span>', f" mc-tag--{tone}" if tone else "", words)


@register.simple_tag
def urgency(group: str, words: str = "") -> SafeString:
    """The tag of one urgency group; `words` replaces the standard words ("quá hạn 2 ngày làm việc")."""
    standard, tone = URGENCY[group]
    return tag_of(words or standard, tone)


@_component("button")
def button(words: str, kind: str = "", name: str = "", value: str = "", form: str = "") -> dict[str, Any]:
    """Submits its form. kind: "" the one primary act, "second", "danger", "text"."""
    return {"words": words, "kind": kind, "name": name, "value": value, "form": form}


@_component("banner")
def banner(text: str, tone: str = "info", title: str = "") -> dict[str, Any]:
    """Something to know on this page; `tone` "alarm" is announced at once."""
    return {"text": text, "tone": tone, "title": title}


@_component("empty_state")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """Why there is nothing here and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action}


@_component("confirmation")
def confirmation(title: str, code: str = "", text: str = "") -> dict[str, Any]:
    """The panel of a permanent confirmation page: what was done and its code."""
    return {"title": title, "code": code, "text": text}


@_component("summary_list")
def summary_list(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Questions and answers.

    Row: label, value; change_url adds a "Sửa" link that names the row; note: source of the value.
    """
    return {"rows": rows}


@_component("dossier_head")
def dossier_head(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The fixed head of a dossier page. Item: label, value, optionally tone (then shown as a tag)."""
    return {"items": items}


@_component("error_summary")
def error_summary(errors: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """What must be put right, each line a link to its field.

    Error: text, field_id ("" when it belongs to no field).
    """
    return {"errors": errors}


@_component("form_errors")
def form_errors(form: Any) -> dict[str, Any]:
    """The error summary of a Django form, same words as at the fields. `{{ form }}` already contains it."""
    lines = [{"text": text, "field_id": ""} for text in form.non_field_errors()]
    for field in form:
        lines += [{"text": text, "field_id": first_control(field)} for text in field.errors]
    return {"errors": lines}


def first_control(field: BoundField) -> str:
    """The id to jump to: the first choice of a group, else the control itself."""
    widget = field.field.widget
    if getattr(widget, "use_fieldset", False) and hasattr(widget, "choices"):
        return f"{field.auto_id}_0"
    return widget.id_for_label(field.auto_id) or field.auto_id


@_component("field")
def field(bound: BoundField) -> dict[str, Any]:
    """One field of a Django form: label or legend, hint, error, control."""
    return {"field": bound, "widget": bound.field.widget, **kind_of(bound)}


def kind_of(bound: BoundField) -> dict[str, bool]:
    """Whether the control is a group of choices, or a single box with its label behind it."""
    kind = getattr(bound.field.widget, "input_type", "")
    group = bool(getattr(bound.field.widget, "use_fieldset", False))
    return {"group": group, "tick": kind == "checkbox" and not group}


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The bare control of a field with the house's classes; Django adds aria-describedby and aria-invalid."""
    return bound.as_widget(attrs=classes_of(bound.field.widget))


@_component("history")
def history(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, newest first, in sentences. Event: at (aware datetime), text; optionally by, note."""
    return {"events": events}


@_component("step_list")
def step_list(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A way with steps done, now and next.

    Step: name, state ("done", "now", "next"); optionally date, holder, note.
    """
    return {"steps": steps}


@_component("panel")
def panel(title: str, text: str = "", url: str = "", action: str = "", level: int = 2) -> dict[str, Any]:
    """A boxed part of a page. A room's own panel uses the class mc-card around its own markup."""
    return {"title": title, "text": text, "url": url, "action": action, "level": level}


@_component("breadcrumbs")
def breadcrumbs(*trail: str) -> dict[str, Any]:
    """Where we are: words and addresses in turn, the last words without an address."""
    pairs = [{"label": label, "url": url} for label, url in zip(trail[0:-1:2], trail[1::2], strict=False)]
    return {"trail": pairs, "here": trail[-1]}


@_component("back_link")
def back_link(url: str, words: str = "") -> dict[str, Any]:
    """Top left of a page that is one of several."""
    return {"url": url, "words": words or _("Quay lại")}


@_component("file_list")
def file_list(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Papers with a link each.

    File: name, url; optionally size (bytes), kind, note, tone and state for a tag.
    """
    return {"files": files}


@_component("figure")
def figure(data: Mapping[str, Any]) -> dict[str, Any]:
    """A headline number, never without comparison.

    Data: label, value, unit, comparison (a sentence), url, as_of; tone and state for a tag.
    """
    return data  # type: ignore[return-value]


@_component("progress")
def progress(label: str, done: int, total: int, identity: str = "progress") -> dict[str, Any]:
    """How far something has come, in words and as a bar."""
    return {"label": label, "done": done, "total": total, "identity": identity}


@_component("table")
def table(table: Any) -> dict[str, Any]:
    """A `motcua.kit.columns.Table`: caption, sortable heads, rows, groups, empty state; paging below."""
    return {"table": table}


@_component("pagination")
def pagination(page: Any) -> dict[str, Any]:
    """Previous and next in words.

    page: number, previous_url, next_url, first, last, total (None when not counted).
    """
    return {"page": page}


@_component("filter_bar")
def filter_bar(table: Any) -> dict[str, Any]:
    """The filters of a table as a GET form; active ones can be taken away one by one."""
    return {"table": table}


@_component("confirm")
def confirm(title: str, consequence: str, words: str, cancel_url: str, csrf: str) -> dict[str, Any]:
    """Asks once more before an act that cannot be undone.

    The consequence in a sentence, the act in the button.
    """
    return {
        "title": title,
        "consequence": consequence,
        "words": words,
        "cancel_url": cancel_url,
        "csrf": csrf,
    }


@register.simple_tag
def table_rows(columns: Iterable[Any], rows: Iterable[Any]) -> SafeString:
    """The rows of a list under `columns`. In Python: a list has hundreds of cells, and a loop of a template is slow."""
    shape = [(column, *_around(column)) for column in columns]
    lines = ("".join(f"{a}{conditional_escape(column.render(row))}{b}" for column, a, b in shape) for row in rows)
    return mark_safe("".join(f"<tr>{line}</tr>\n" for line in lines))  # every value was escaped above


def _around(column: Any) -> tuple[str, str]:
    if column.row_header:
        return '<th scope="row">', "</th>"
    return '<td class="mc-num">' if column.numeric else "<td>", "</td>"
