"""Events this room appends to the journal. Stream "procedure", stream id the national code; imports have
their own.
"""

from __future__ import annotations

STREAM = "procedure"
IMPORT_STREAM = "catalogue-import"

IMPORTED = "catalogue.imported"
DRAFTED = "catalogue.version_drafted"
CHANGED = "catalogue.draft_changed"
DISCARDED = "catalogue.draft_discarded"
PUBLISHED = "catalogue.version_published"
CLOSED = "catalogue.procedure_closed"
COMPETENCE_GIVEN = "catalogue.competence_given"
MERGED = "catalogue.procedures_merged"
