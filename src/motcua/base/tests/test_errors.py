"""Refusals carry their sentence and data, also between processes."""

from __future__ import annotations

import pickle

from motcua.base.errors import NotAllowed, NotFound


def test_a_refusal_fills_its_sentence() -> None:
    assert str(NotFound(what="hồ sơ này")) == "Không tìm thấy hồ sơ này."


def test_a_refusal_arrives_whole_in_another_process() -> None:
    sent = NotAllowed(reason="thử")
    got = pickle.loads(pickle.dumps(sent))
    assert (type(got), got.data, str(got)) == (NotAllowed, {"reason": "thử"}, str(sent))
