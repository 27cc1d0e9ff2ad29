"""Where each shell hangs. Rooms bring their own addresses."""

from __future__ import annotations

from django.urls import include, path

from motcua.api.v1 import api
from motcua.site import health, metrics

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.page, name="metrics"),
    path("api/v1/", api.urls),
    path("office/", include("motcua.dossiers.office.urls")),
    path("office/", include("motcua.office.urls")),
    path("", include("motcua.portal.urls")),
]
handler400 = "motcua.portal.errors.bad_request"
handler403 = "motcua.portal.errors.forbidden"
handler404 = "motcua.portal.errors.not_found"
handler500 = "motcua.portal.errors.server_error"
