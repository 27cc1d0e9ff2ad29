"""Files: stored once by content, with name, kind and who brought them."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A file on the storage. `digest` is the SHA-256 of its bytes; `path` is where the storage keeps it."""

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
