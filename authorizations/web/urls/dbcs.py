"""Addresses of zorgtrajecten in the GGZ and their dbc's."""

from django.urls import path

from authorizations.web.views import dbcs

DBCS = "zorgtrajecten/<int:traject_id>/dbcs/"

urlpatterns = [
    path("zorgtrajecten/ggz/nieuw/", dbcs.begin, name="ggz-traject-begin"),
    path(f"{DBCS}nieuw/", dbcs.add, name="dbc-add"),
    path(f"{DBCS}<int:dbc_id>/sluiten/", dbcs.close, name="dbc-close"),
    path(f"{DBCS}<int:dbc_id>/verwijderen/", dbcs.remove, name="dbc-remove"),
]
