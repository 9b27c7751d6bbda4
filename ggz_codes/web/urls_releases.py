"""Addresses of releases of codes, for the beheerder of an insurer."""

from django.urls import path

from ggz_codes.web import releases

HERE = "beheer/codes/"
ONE = f"{HERE}<int:release_id>/"

app_name = "releases"
urlpatterns = [
    path(HERE, releases.listed, name="releases"),
    path(ONE, releases.detail, name="release"),
    path(f"{ONE}stand/", releases.progress, name="release-progress"),
    path(f"{ONE}verschil.csv", releases.difference, name="release-difference"),
    path(f"{ONE}activeren/", releases.activate, name="release-activate"),
    path(f"{ONE}stoppen/", releases.cancel, name="release-cancel"),
]
