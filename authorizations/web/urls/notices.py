"""Addresses of what a provider tells an insurer beside its requests."""

from django.urls import path

from authorizations.web.views import notices, review_notices

urlpatterns = [
    path("mijn-meldingen/", notices.told, name="notices"),
    path("mijn-meldingen/omzetplafond/", notices.tell, name="ceiling-tell"),
    path("mijn-meldingen/omzetplafond/<int:notice_id>/", notices.detail, name="ceiling"),
    path("beoordelen/meldingen/", review_notices.listed, name="review-notices"),
    path("beoordelen/meldingen/omzetplafond/<int:notice_id>/", review_notices.handle, name="review-ceiling"),
]
