"""The example pages beside all pages of the site: a ROOT_URLCONF for tests."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from motcua.kit.pages.views import example


class Shell(StringConverter):
    regex = "office|portal"


register_converter(Shell, "shell")
urlpatterns = [
    path("components/<shell:shell>/<slug:name>/", example, name="component"),
    path("", include("motcua.site.urls")),
]
handler400 = "motcua.portal.errors.bad_request"
handler403 = "motcua.portal.errors.forbidden"
handler404 = "motcua.portal.errors.not_found"
handler500 = "motcua.portal.errors.server_error"
