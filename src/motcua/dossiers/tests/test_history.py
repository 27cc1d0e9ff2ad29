"""Every event the rules emit has its sentence, and none is kept for an event that nobody emits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motcua.dossiers import history, rules
from motcua.dossiers.rules.state import EndKind, LateCause

EMITTED = {
    f"dossier.{name}"
    for name in re.findall(
        r'record\(\s*dossier, "(\w+)"',
        "\n".join(p.read_text() for p in Path(rules.__file__).parent.glob("*.py")),
    )
} | {f"dossier.{kind.value}" for kind in (EndKind.STOPPED, EndKind.SENT_BACK)}
SAMPLE = {
    "channel": "direct",
    "provisional": "TN1",
    "code": "H99-260310-0001",
    "due": "2026-03-17T17:00:00+07:00",
    "before": "2026-03-16T17:00:00+07:00",
    "to": 7,
    "late": True,
    "items": 2,
    "done": 2,
    "step": "Thẩm định",
    "holder_name": "Trần Văn Mẫu",
    "kind": "other",
    "new_date": None,
    "cause": LateCause.OTHER.value,
    "method": "trực tiếp",
    "granted": True,
    "timing": "late",
    "late_cause": LateCause.OTHER.value,
    "evidence": "Đơn 10/3",
    "papers": 2,
    "names": "Lệ phí",
    "amount": 50_000,
    "system": "iGate",
    "old_code": "000.01.H99-1",
}


def test_the_search_for_events_finds_them() -> None:
    assert len(EMITTED) > 20


def test_sentences_and_events_are_the_same_set() -> None:
    assert set(history.SENTENCES) == EMITTED


@pytest.mark.parametrize("name", sorted(history.SENTENCES))
def test_a_sentence_is_filled_and_ends(name: str) -> None:
    told = history.sentence(name, SAMPLE, units={7: "Sở Mẫu"})
    assert told[0].isupper() or told[0] == "“"
    assert told.endswith(".")
    assert "%" not in told
    assert "None" not in told


def test_reason_and_ground_stand_below() -> None:
    assert (
        history.note({"reason": "Thiếu chữ ký.", "ground": "Điều 17"})
        == "Lý do: Thiếu chữ ký. Căn cứ: Điều 17."
    )
