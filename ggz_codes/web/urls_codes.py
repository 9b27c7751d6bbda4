"""Addresses of the codes: open to everybody."""

from django.urls import path

from ggz_codes.web import codes, estimates

app_name = "codes"
urlpatterns = [
    path("codes/", codes.listed, name="codes"),
    path("codes/codes.csv", codes.file, name="codes-file"),
    path("codes/schatting/", estimates.estimate, name="estimate"),
    path("codes/<str:soort>/<str:kode>/", codes.one, name="code"),
]
