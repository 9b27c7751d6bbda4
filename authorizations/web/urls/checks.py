"""Addresses of the checks as pages."""

from django.urls import path

from authorizations.web.views import checks, crisis

urlpatterns = [
    path("controles/", checks.index, name="checks"),
    path("controles/crisiszorgtype/", crisis.choose, name="crisis-zorgtype"),
    path("controles/<str:toets>/", checks.check, name="check"),
    path("controles/<str:toets>/bestand/", checks.check_file, name="check-file"),
]
