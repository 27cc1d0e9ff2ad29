"""The public REST API, version 1."""

from __future__ import annotations

from ninja import NinjaAPI

api = NinjaAPI(title="motcua", version="1.0.0", urls_namespace="api")
