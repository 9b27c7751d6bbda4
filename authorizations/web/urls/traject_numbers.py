"""Addresses of zorgtrajectnummers that changed."""

from django.urls import path

from authorizations.web.views import traject_numbers

NUMBERS = "zorgtrajecten/nummers/"

urlpatterns = [
    path(NUMBERS, traject_numbers.listed, name="traject-numbers"),
    path(f"{NUMBERS}omzetten/", traject_numbers.record, name="traject-number-record"),
    path(f"{NUMBERS}<int:changed_id>/intrekken/", traject_numbers.withdraw, name="traject-number-withdraw"),
    path(f"{NUMBERS}signalen/<int:signal_id>/nieuw/", traject_numbers.new_care, name="number-signal-new"),
]
