"""Where everybody begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Show the public front page."""
    return render(request, "portal/home.html")
