"""Addresses of what a provider tells an insurer beside its requests."""

from django.urls import path

from authorizations.web.views import coulance, coulance_papers, notices, review_coulance, review_notices

PAPER = "mijn-meldingen/coulance/stukken/<int:paper_id>/"

urlpatterns = [
    path("mijn-meldingen/", notices.told, name="notices"),
    path("mijn-meldingen/omzetplafond/", notices.tell, name="ceiling-tell"),
    path("mijn-meldingen/omzetplafond/<int:notice_id>/", notices.detail, name="ceiling"),
    path("beoordelen/meldingen/", review_notices.listed, name="review-notices"),
    path("beoordelen/meldingen/omzetplafond/<int:notice_id>/", review_notices.handle, name="review-ceiling"),
    path("mijn-meldingen/coulance/", coulance.begin, name="coulance-begin"),
    path("mijn-meldingen/coulance/voorbeeld/", coulance.example, name="coulance-example"),
    path("mijn-meldingen/coulance/<int:coulance_id>/", coulance.detail, name="coulance"),
    path("mijn-meldingen/coulance/<int:coulance_id>/verwijderen/", coulance.discard, name="coulance-discard"),
    path("mijn-meldingen/coulance/<int:coulance_id>/brief/", coulance_papers.letter, name="coulance-letter"),
    path(PAPER, coulance_papers.view, name="coulance-paper"),
    path(f"{PAPER}origineel/", coulance_papers.original, name="coulance-paper-original"),
    path(f"{PAPER}<int:number>/", coulance_papers.page, name="coulance-paper-page"),
    path("beoordelen/meldingen/coulance/", review_coulance.listed, name="review-coulances"),
    path("beoordelen/meldingen/coulance/<int:coulance_id>/", review_coulance.judge, name="review-coulance"),
]
