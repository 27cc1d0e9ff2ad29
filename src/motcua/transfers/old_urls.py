"""Addresses below `/office/ban-giao/` that existed before this room did."""

from __future__ import annotations

from django.urls import path

from motcua.transfers.office import old_addresses

urlpatterns = [
    path("", old_addresses.give),
    path("<int:slip_id>/", old_addresses.slip),
    path("<int:slip_id>/phieu/", old_addresses.printed),
]
