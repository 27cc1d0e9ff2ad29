"""What was handed in for a procedure that opens later, as plain JSON and back. Pure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from motcua.dossiers.intake import ComponentInput, FeeInput, Intake, Submitter
from motcua.dossiers.rules.state import Channel
from motcua.people.queries import PersonFacts


def pack(intake: Intake) -> dict[str, Any]:
    """The intake as JSON."""
    packed = asdict(intake) | {"channel": intake.channel.value}
    packed["owner"]["born"] = intake.owner.born.isoformat() if intake.owner.born else None
    return packed


def unpack(packed: dict[str, Any]) -> Intake:
    """The intake that `pack` packed."""
    born = packed["owner"]["born"]
    return Intake(**{
        **packed,
        "channel": Channel(packed["channel"]),
        "owner": PersonFacts(**{**packed["owner"], "born": date.fromisoformat(born) if born else None}),
        "submitter": Submitter(**packed["submitter"]),
        "components": tuple(ComponentInput(**line) for line in packed["components"]),
        "fees": tuple(FeeInput(**line) for line in packed["fees"]),
    })  # fmt: skip
