"""Addresses of what the insurer manages: its standard texts, holding requests, and what was deleted."""

from django.urls import path

from authorizations.web.views import paragraphs, retention

urlpatterns = [
    path("beheer/alineas/", paragraphs.paragraphs, name="paragraphs"),
    path("beheer/bewaren/", retention.overview, name="retention"),
    path("beheer/bewaren/<reference:reference>/vrijgeven/", retention.lift, name="retention-lift"),
]
