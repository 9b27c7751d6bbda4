"""Addresses of everything about machtigingen, one list per topic."""

from django.urls import register_converter

from authorizations.web import converters

register_converter(converters.Reference, "reference")

# The lists need the converter.
from authorizations.web.urls import (  # noqa: E402
    checks,
    dbcs,
    declarations,
    documents,
    figures,
    following,
    heroverweging,
    insured,
    intake,
    letters,
    notices,
    paper,
    policies,
    retention,
    review,
    subtrajects,
    taken_over,
    traject_files,
    traject_numbers,
)

app_name = "authorizations"
urlpatterns = [
    *intake.urlpatterns,
    *following.urlpatterns,
    *documents.urlpatterns,
    *letters.urlpatterns,
    *retention.urlpatterns,
    *figures.urlpatterns,
    *heroverweging.urlpatterns,
    *insured.urlpatterns,
    *notices.urlpatterns,
    *policies.urlpatterns,
    *paper.urlpatterns,
    *declarations.urlpatterns,
    *review.urlpatterns,
    *taken_over.urlpatterns,
    *traject_files.urlpatterns,
    *traject_numbers.urlpatterns,
    *dbcs.urlpatterns,
    *subtrajects.urlpatterns,
    *checks.urlpatterns,
]
