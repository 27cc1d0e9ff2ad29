"""The verbs of the catalogue, the only writers; one transaction each, the actor named, an event appended."""

from __future__ import annotations

from motcua.catalogue.drafting import (
    add_case,
    add_component,
    add_result,
    add_tariff,
    amend,
    correct,
    discard,
    set_term,
)
from motcua.catalogue.importing import import_files, load_shipped
from motcua.catalogue.merging import load_example_mergers, merge
from motcua.catalogue.publishing import close, give_competence, publish
from motcua.catalogue.rewriting import rewrite

__all__ = [
    "add_case",
    "add_component",
    "add_result",
    "add_tariff",
    "amend",
    "close",
    "correct",
    "discard",
    "give_competence",
    "import_files",
    "load_example_mergers",
    "load_shipped",
    "merge",
    "publish",
    "rewrite",
    "set_term",
]
