"""Addresses of heroverweging, of both sides."""

from django.urls import path

from authorizations.web.views import heroverweging, review_heroverweging

CASE = "beoordelen/<reference:reference>/heroverweging/"

urlpatterns = [
    path("aanvragen/<reference:reference>/heroverweging/", heroverweging.ask, name="heroverweging"),
    path("beoordelen/heroverwegingen/", review_heroverweging.listed, name="review-heroverwegingen"),
    path(CASE, review_heroverweging.answer, name="review-heroverweging"),
    path(f"{CASE}vastleggen/", review_heroverweging.file, name="review-heroverweging-file"),
    path(f"{CASE}oppakken/", review_heroverweging.claim, name="review-heroverweging-claim"),
    path(f"{CASE}teruggeven/", review_heroverweging.release, name="review-heroverweging-release"),
]
