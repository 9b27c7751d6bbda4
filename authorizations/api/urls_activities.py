"""The addresses where programs of a zorgaanbieder register and look, with their key."""

from django.urls import path

from authorizations.api import activities

app_name = "activities-api"
urlpatterns = [
    path("activiteiten", activities.register, name="register"),
    path("zorgtrajecten/<int:traject_id>", activities.traject, name="traject"),
]
