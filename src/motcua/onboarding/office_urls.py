"""Addresses of this room in the office, below `/office/nhap-du-lieu/`."""

from __future__ import annotations

from django.urls import path

from motcua.onboarding import office

app_name = "onboarding_office"
urlpatterns = [
    path("", office.listing, name="list"),
    path("tep/<slug:kind>/", office.upload, name="upload"),
    path("mau/<slug:kind>.xlsx", office.template, name="template"),
    path("<int:number>/", office.show, name="show"),
    path("<int:number>/ghep-cot/", office.mapping, name="mapping"),
    path("<int:number>/dong-tieu-de/", office.header, name="header"),
    path("<int:number>/xac-nhan/", office.confirm, name="confirm"),
    path("<int:number>/hoan-tac/", office.undo, name="undo"),
    path("<int:number>/bo/", office.discard, name="discard"),
    path("<int:number>/dong-can-sua.xlsx", office.to_correct, name="to_correct"),
    path("<int:number>/mat-khau/", office.hand_out, name="hand_out"),
]
