"""Addresses of the figures: those of the own desk, and those for everybody."""

from django.urls import path

from authorizations.web.views import figures

urlpatterns = [
    path("beoordelen/cijfers/", figures.dashboard, name="figures"),
    path("beoordelen/cijfers/bestand/", figures.export, name="figures-file"),
    path("cijfers/", figures.public, name="figures-public"),
]
