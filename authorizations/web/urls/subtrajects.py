"""Addresses of zorgtrajecten: lists, one of them, and what is told of it."""

from django.urls import path

from authorizations.web.views import subtrajects, subtrajects_lists, subtrajects_telling, traject_imports

ONE = "zorgtrajecten/<int:traject_id>/"
SUBTRAJECT = f"{ONE}subtrajecten/<int:subtraject_id>/"
ACTIVITY = f"{ONE}activiteiten/<int:activity_id>/"
FILES = "zorgtrajecten/inlezen/"
FILE = f"{FILES}<int:import_id>/"

urlpatterns = [
    path("zorgtrajecten/", subtrajects_lists.listed, name="trajects"),
    path("zorgtrajecten/dreigt-te-sluiten/", subtrajects_lists.near, name="trajects-near"),
    path("zorgtrajecten/nieuw/", subtrajects_telling.begin, name="traject-begin"),
    path(FILES, traject_imports.listed, name="traject-imports"),
    path(f"{FILES}voorbeeld.csv", traject_imports.example, name="traject-import-example"),
    path(FILE, traject_imports.detail, name="traject-import"),
    path(f"{FILE}stand/", traject_imports.progress, name="traject-import-progress"),
    path(f"{FILE}fouten.csv", traject_imports.faults, name="traject-import-faults"),
    path(f"{FILE}verwerken/", traject_imports.apply, name="traject-import-apply"),
    path(f"{FILE}stoppen/", traject_imports.cancel, name="traject-import-cancel"),
    path(f"{FILE}opnieuw/", traject_imports.check_again, name="traject-import-check-again"),
    path(ONE, subtrajects.detail, name="traject"),
    path(f"{ONE}activiteiten/nieuw/", subtrajects_telling.register, name="activity-register"),
    path(f"{ACTIVITY}verbeteren/", subtrajects_telling.correct, name="activity-correct"),
    path(f"{ACTIVITY}verwijderen/", subtrajects_telling.remove, name="activity-remove"),
    path(f"{ONE}afronden/", subtrajects_telling.finish, name="traject-finish"),
    path(f"{ONE}overlijden/", subtrajects_telling.died, name="traject-died"),
    path(f"{SUBTRAJECT}afronding/", subtrajects_telling.correct_finish, name="subtraject-finish"),
    path(f"{SUBTRAJECT}machtiging/", subtrajects_telling.link, name="subtraject-grant"),
    path(f"{SUBTRAJECT}gedeclareerd/", subtrajects_telling.declare, name="subtraject-declare"),
    path(f"{SUBTRAJECT}terugnemen/", subtrajects_telling.take_back, name="subtraject-take-back"),
    path(f"{SUBTRAJECT}vervolg/", subtrajects_telling.follow_up, name="subtraject-follow-up"),
]
