"""The addresses of the checks for programs, and what tells of all addresses for programs: open, without a key."""

from django.urls import path

from authorizations.api import checks, codes, openapi

app_name = "checks-api"
urlpatterns = [
    path("openapi.json", openapi.document, name="openapi"),
    path("codes", codes.listed, name="codes"),
    path("codes/<str:soort>/<str:kode>", codes.one, name="code"),
    path("toetsen/<str:toets>", checks.judge, name="judge"),
]
