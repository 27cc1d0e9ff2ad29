"""Rules of the shell's own pages."""

from __future__ import annotations

from django.http import HttpRequest


def any_officer(request: HttpRequest) -> None:
    """Mọi cán bộ đã đăng nhập."""
