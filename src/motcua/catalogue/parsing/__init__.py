"""Reading of published procedure records: tables flattened into text, taken apart without guessing."""

from __future__ import annotations

from motcua.catalogue.parsing.record import parse_record

__all__ = ["parse_record"]
