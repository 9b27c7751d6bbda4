"""Addresses of the insured: the link that shows how a request stands, and making it."""

from django.urls import path

from authorizations.web.views import insured_links

urlpatterns = [
    path("aanvragen/<reference:reference>/link-verzekerde/", insured_links.link, name="insured-link"),
    path("stand/", insured_links.typed, name="insured-status-code"),
    path("stand/<str:secret>/", insured_links.status, name="insured-status"),
]
