"""Addresses of everything about machtigingen, one list per topic."""

from django.urls import register_converter

from authorizations.web import converters

register_converter(converters.Reference, "reference")

from authorizations.web.urls import documents, following, letters, review  # noqa: E402 (the lists need the converter)

app_name = "authorizations"
urlpatterns = [*following.urlpatterns, *documents.urlpatterns, *letters.urlpatterns, *review.urlpatterns]
