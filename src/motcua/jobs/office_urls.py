"""Addresses of this room in the office."""

from __future__ import annotations

from django.urls import path

from motcua.jobs import office

app_name = "jobs_office"
urlpatterns = [
    path("", office.show, name="list"),
    path("<int:job_id>/", office.job, name="job"),
    path("<int:job_id>/dung/", office.stop, name="stop"),
    path("<int:job_id>/lam-tiep/", office.resume, name="resume"),
    path("<int:job_id>/tep/", office.download, name="file"),
]
