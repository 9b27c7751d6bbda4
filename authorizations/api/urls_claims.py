"""The addresses where programs of a zorgaanbieder keep their claims, with their key."""

from django.urls import path

from authorizations.api import claims

app_name = "claims-api"
urlpatterns = [
    path("declaraties", claims.claims, name="claims"),
    path("declaraties/<int:declaration_id>", claims.one, name="claim"),
]
