"""Addresses of what both sides do together: heroverweging, changes of a machtiging, overleg, privacyverklaring."""

from django.urls import path

from authorizations.web.views import (
    grant_changes,
    heroverweging,
    overleg,
    privacyverklaring,
    review_grant_changes,
    review_heroverweging,
    review_overleg,
    review_privacy,
)

CASE = "beoordelen/<reference:reference>/heroverweging/"

urlpatterns = [
    path("aanvragen/<reference:reference>/heroverweging/", heroverweging.ask, name="heroverweging"),
    path("beoordelen/heroverwegingen/", review_heroverweging.listed, name="review-heroverwegingen"),
    path(CASE, review_heroverweging.answer, name="review-heroverweging"),
    path(f"{CASE}vastleggen/", review_heroverweging.file, name="review-heroverweging-file"),
    path(f"{CASE}oppakken/", review_heroverweging.claim, name="review-heroverweging-claim"),
    path("aanvragen/<reference:reference>/machtiging-wijzigen/", grant_changes.ask, name="grant-change"),
    path("beoordelen/machtigingen-wijzigen/", review_grant_changes.listed, name="review-grant-changes"),
    path(
        "beoordelen/<reference:reference>/machtiging-wijzigen/", review_grant_changes.judge, name="review-grant-change"
    ),
    path("aanvragen/<reference:reference>/privacyverklaring/", privacyverklaring.give, name="privacyverklaring"),
    path(
        "aanvragen/<reference:reference>/privacyverklaring/intrekken/",
        privacyverklaring.withdraw,
        name="privacyverklaring-withdraw",
    ),
    path("beoordelen/<reference:reference>/privacyverklaring/", review_privacy.check, name="review-privacyverklaring"),
    path("aanvragen/<reference:reference>/overleg/", overleg.answer, name="overleg"),
    path("beoordelen/<reference:reference>/overleg/", review_overleg.overleg_at, name="review-overleg"),
    path(f"{CASE}teruggeven/", review_heroverweging.release, name="review-heroverweging-release"),
]
