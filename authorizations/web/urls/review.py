"""Addresses of the desk: the queue, and everything about one request under review."""

from django.urls import path

from authorizations.web.views import (
    review_absence,
    review_case,
    review_correct,
    review_decide,
    review_division,
    review_drafts,
    review_judge,
    review_pins,
    review_questions,
    review_queue,
    review_reading,
    review_saved,
    review_search,
    review_second,
    review_teams,
)

CASE = "beoordelen/<reference:reference>/"

urlpatterns = [
    path("beoordelen/", review_queue.queue, name="review-queue"),
    path("beoordelen/volgende/", review_queue.claim_next, name="review-next"),
    path("beoordelen/besloten/", review_queue.decided, name="review-decided"),
    path("beoordelen/bsn/", review_queue.find_insured, name="review-bsn"),
    path("beoordelen/weergaven/", review_saved.saved, name="review-views"),
    path("beoordelen/werkgroepen/", review_teams.groups, name="review-teams"),
    path("beoordelen/kolommen/", review_saved.columns, name="review-columns"),
    path("beoordelen/afwezig/", review_absence.away, name="review-absence"),
    path("beoordelen/verdeling/", review_division.divide, name="review-division"),
    path(CASE, review_case.detail, name="review-detail"),
    path(f"{CASE}oppakken/", review_queue.claim, name="review-claim"),
    path(f"{CASE}teruggeven/", review_queue.release, name="review-release"),
    path(f"{CASE}toewijzen/", review_queue.assign, name="review-assign"),
    path(f"{CASE}criterium/<slug:code>/", review_judge.criterion, name="review-criterion"),
    path(f"{CASE}document/<int:document_id>/", review_judge.document, name="review-document"),
    path(f"{CASE}document/<int:document_id>/zoeken/", review_search.search, name="review-search"),
    path(f"{CASE}document/<int:document_id>/pagina/<int:number>/markeren/", review_pins.mark, name="review-pin"),
    path(f"{CASE}plaatsen/<int:pin_id>/verwijderen/", review_pins.unmark, name="review-pin-remove"),
    path(f"{CASE}plaatsen/<int:pin_id>/overnemen/", review_pins.adopt, name="review-pin-adopt"),
    path(f"{CASE}document/<int:document_id>/gelezen/", review_reading.answer, name="review-reading"),
    path(f"{CASE}concept/<slug:form>/", review_drafts.keep, name="review-draft"),
    path(f"{CASE}notitie/", review_judge.note, name="review-note"),
    path(f"{CASE}vragen/", review_questions.ask, name="review-ask"),
    path(f"{CASE}vragen/intrekken/", review_questions.close, name="review-close-questions"),
    path(f"{CASE}vragen/<int:item_id>/verlengen/", review_questions.extend, name="review-extend"),
    path(f"{CASE}wedervraag/<int:counter_id>/", review_questions.reply, name="review-reply"),
    path(f"{CASE}besluit/", review_decide.decide, name="review-decide"),
    path(f"{CASE}tweede-oordeel/", review_second.opinion, name="review-opinion"),
    path(f"{CASE}derde/", review_second.third, name="review-third"),
    path(f"{CASE}brief-herstellen/", review_correct.correct, name="review-correct"),
    path(f"{CASE}besluit/bevestigen/", review_decide.confirm, name="review-confirm"),
    path(f"{CASE}besluit/teruggeven/", review_decide.hand_back, name="review-return"),
]
