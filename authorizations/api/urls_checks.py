"""The address of the checks for programs: open to everybody, without a key."""

from django.urls import path

from authorizations.api import checks

app_name = "checks-api"
urlpatterns = [path("toetsen/<str:name>", checks.judge, name="judge")]
