"""Addresses of the checks as pages."""

from django.urls import path

from authorizations.web.views import check_runs, checks, crisis

RUN = "controles/bestanden/<int:run_id>/"
urlpatterns = [
    path("controles/", checks.index, name="checks"),
    path("controles/crisiszorgtype/", crisis.choose, name="crisis-zorgtype"),
    path("controles/bestanden/", check_runs.listed, name="check-runs"),
    path(RUN, check_runs.detail, name="check-run"),
    path(f"{RUN}kolommen/", check_runs.columns, name="check-run-columns"),
    path(f"{RUN}stand/", check_runs.progress, name="check-run-progress"),
    path(f"{RUN}uitkomst.csv", check_runs.result, name="check-run-result"),
    path(f"{RUN}uitkomst.xlsx", check_runs.workbook, name="check-run-workbook"),
    path(f"{RUN}rapport.pdf", check_runs.report, name="check-run-report"),
    path(f"{RUN}stoppen/", check_runs.stop, name="check-run-stop"),
    path(f"{RUN}hervatten/", check_runs.go_on, name="check-run-go-on"),
    path(f"{RUN}verwijderen/", check_runs.discard, name="check-run-discard"),
    path("controles/<str:toets>/", checks.check, name="check"),
    path("controles/<str:toets>/bestand/", checks.check_file, name="check-file"),
]
