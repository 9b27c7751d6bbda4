"""Addresses of what came by post, and of the telephone."""

from django.urls import path

from authorizations.web.views import paper

urlpatterns = [
    path("beoordelen/papier/", paper.listed, name="paper"),
    path("beoordelen/papier/nieuw/", paper.register, name="paper-register"),
    path("beoordelen/papier/telefoon/", paper.phone, name="phone"),
]
