"""Where each shell hangs. Rooms bring their own addresses."""

from __future__ import annotations

from django.urls import include, path

from motcua.api.v1 import api
from motcua.site import health, language, metrics

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.page, name="metrics"),
    path("ngon-ngu/", language.choose, name="language"),
    path("api/v1/", api.urls),
    path("office/bao-cao/", include("motcua.reports.urls")),
    path("office/viec-can-lam/", include("motcua.worklists.office_urls")),
    path("office/", include("motcua.dossiers.office.urls")),
    path("office/danh-muc/", include("motcua.catalogue.office.urls")),
    path("office/quy-trinh/", include("motcua.processes.office_urls")),
    path("office/don-vi/", include("motcua.organisation.office_urls")),
    path("office/can-bo/", include("motcua.people.office_urls")),
    path("office/lich/", include("motcua.deadlines.office_urls")),
    path("office/hop-thu-di/", include("motcua.journal.office_urls")),
    path("office/cong-viec-nen/", include("motcua.jobs.office_urls")),
    path("office/de-xuat/", include("motcua.proposals.office_urls")),
    path("office/canh-bao/", include("motcua.alerts.office_urls")),
    path("office/ban-giao/", include("motcua.transfers.old_urls")),
    path("office/luan-chuyen/", include("motcua.transfers.office_urls")),
    path("office/nhom-ho-so/", include("motcua.groups.office_urls")),
    path("office/nhap-du-lieu/", include("motcua.onboarding.office_urls")),
    path("office/", include("motcua.office.urls")),
    path("", include("motcua.portal.urls")),
]
handler400 = "motcua.portal.errors.bad_request"
handler403 = "motcua.portal.errors.forbidden"
handler404 = "motcua.portal.errors.not_found"
handler500 = "motcua.portal.errors.server_error"
