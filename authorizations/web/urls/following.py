"""Addresses of the lists of requests, the status of one, and what anybody may read."""

from django.urls import path

from authorizations.web.views import amendments, answering, bsn, following, information, simulator

urlpatterns = [
    path("aanvragen/", following.dashboard, name="dashboard"),
    path("aanvragen/nodig/", information.needed, name="needed-check"),
    path("aanvragen/nodig/verklaring/", information.state, name="needed-state"),
    path("aanvragen/nodig/verklaring/<slug:statement>/", information.statement, name="needed-statement"),
    path("aanvragen/verloop/", simulator.simulator, name="simulator"),
    path("aanvragen/verloop/agenda/", simulator.calendar, name="simulator-agenda"),
    path("aanvragen/documenten-opsturen/", following.send_documents, name="send-documents"),
    path("aanvragen/<reference:reference>/", following.detail, name="request-detail"),
    path("aanvragen/<reference:reference>/intrekken/", following.withdraw, name="request-withdraw"),
    path("aanvragen/<reference:reference>/wijzigingen/", amendments.changes, name="request-changes"),
    path("aanvragen/<reference:reference>/wijzigen/", following.amend, name="request-amend"),
    path("aanvragen/<reference:reference>/bsn/", bsn.reveal, name="bsn"),
    path("aanvragen/<reference:reference>/vragen/", answering.questions, name="answer-questions"),
    path("aanvragen/<reference:reference>/vragen/bewaren/", answering.autosave, name="answers-autosave"),
    path("informatie/", information.index, name="information"),
    path("informatie/<slug:slug>/", information.policy, name="information-policy"),
]
