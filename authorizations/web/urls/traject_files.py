"""Addresses of files of dbc's and of changed zorgtrajectnummers."""

from django.urls import path

from authorizations.web.views import traject_files

FILES = "zorgtrajecten/bestanden/"
FILE = f"{FILES}<int:file_id>/"

urlpatterns = [
    path(f"{FILES}<slug:subject>/", traject_files.listed, name="traject-files"),
    path(f"{FILES}<slug:subject>/voorbeeld.csv", traject_files.example, name="traject-file-example"),
    path(f"{FILE}uitkomst/", traject_files.detail, name="traject-file"),
    path(f"{FILE}fouten.csv", traject_files.faults, name="traject-file-faults"),
    path(f"{FILE}verwerken/", traject_files.apply, name="traject-file-apply"),
    path(f"{FILE}stoppen/", traject_files.cancel, name="traject-file-cancel"),
]
