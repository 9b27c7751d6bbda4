"""Addresses of what is kept: holding requests, and what was deleted."""

from django.urls import path

from authorizations.web.views import retention

urlpatterns = [
    path("beheer/bewaren/", retention.overview, name="retention"),
    path("beheer/bewaren/<reference:reference>/vrijgeven/", retention.lift, name="retention-lift"),
]
