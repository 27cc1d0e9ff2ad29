"""What the public shell remembers: how often somebody guessed."""

from __future__ import annotations

from django.db import models


class Guess(models.Model):
    """Wrong tries against one target (a dossier code, a client address) since `since`. `key` is a keyed digest: neither
    codes nor addresses are kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    count = models.IntegerField()
