"""Addresses of policies: their versions, what is being written, its replay, and publishing it."""

from django.urls import path

from authorizations.web.views import policies

DRAFT = "beheer/beleid/concept/<int:draft_id>/"

urlpatterns = [
    path("beheer/beleid/", policies.overview, name="policies"),
    path("beheer/beleid/<int:version_id>/", policies.version, name="policy-version"),
    path("beheer/beleid/<int:version_id>/concept/", policies.begin, name="policy-draft-begin"),
    path(DRAFT, policies.draft, name="policy-draft"),
    path(f"{DRAFT}onderdeel/<slug:part>/<int:number>/", policies.part, name="policy-draft-part"),
    path(f"{DRAFT}verwijderen/", policies.discard, name="policy-draft-discard"),
    path(f"{DRAFT}naspelen/", policies.replay, name="policy-replay"),
    path(f"{DRAFT}publiceren/", policies.publish, name="policy-publish"),
]
