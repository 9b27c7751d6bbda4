"""Addresses of zorgtrajecten: lists, one of them, and what is told of it."""

from django.urls import path

from authorizations.web.views import subtrajects, subtrajects_lists, subtrajects_telling

ONE = "zorgtrajecten/<int:traject_id>/"
SUBTRAJECT = f"{ONE}subtrajecten/<int:subtraject_id>/"
ACTIVITY = f"{ONE}activiteiten/<int:activity_id>/"

urlpatterns = [
    path("zorgtrajecten/", subtrajects_lists.listed, name="trajects"),
    path("zorgtrajecten/dreigt-te-sluiten/", subtrajects_lists.near, name="trajects-near"),
    path("zorgtrajecten/nieuw/", subtrajects_telling.begin, name="traject-begin"),
    path(ONE, subtrajects.detail, name="traject"),
    path(f"{ONE}activiteiten/nieuw/", subtrajects_telling.register, name="activity-register"),
    path(f"{ACTIVITY}verbeteren/", subtrajects_telling.correct, name="activity-correct"),
    path(f"{ACTIVITY}verwijderen/", subtrajects_telling.remove, name="activity-remove"),
    path(f"{ONE}afronden/", subtrajects_telling.finish, name="traject-finish"),
    path(f"{SUBTRAJECT}gedeclareerd/", subtrajects_telling.declare, name="subtraject-declare"),
    path(f"{SUBTRAJECT}terugnemen/", subtrajects_telling.take_back, name="subtraject-take-back"),
    path(f"{SUBTRAJECT}vervolg/", subtrajects_telling.follow_up, name="subtraject-follow-up"),
]
