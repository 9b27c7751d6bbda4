"""A portal with nothing but the page of all parts, and answers for uploads and kept drafts."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from audit.web.log import Unlogged
from kit import style

seen: dict[str, Any] = {}
nothing_of_a_dossier = dict.fromkeys(
    ("style", "upload", "keep", "draft"), Unlogged("de onderdelen alleen, zonder aanvraag")
)


@csrf_protect
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; one with "virus" in its name is refused, one with "stuk" fails the first time."""
    file = request.FILES["file"]
    seen.setdefault("uploads", []).append((request.POST["item"], file.name, file.size))
    if "virus" in file.name:
        return JsonResponse({"message": f'In "{file.name}" zit een virus. Wij hebben het niet bewaard.'}, status=422)
    if "stuk" in file.name and not seen.get("failed_once"):
        seen["failed_once"] = True
        return HttpResponse("storing", status=503)
    row = render(request, "components/_file_row.html", {"name": file.name, "state": "Gecontroleerd"})
    row.write('<template data-replace="stand"><span id="stand">Compleet</span></template>')
    return row


@csrf_protect
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a draft, unless another tab was first."""
    if int(request.POST["draft_version"]) != seen.setdefault("version", 1):
        return JsonResponse({"message": "S. Verhoeven wijzigde dit concept om 10.44 uur.", "url": "/nu/"}, status=409)
    seen["version"] += 1
    seen["kept"] = request.POST.dict()
    return JsonResponse({"draft_version": seen["version"], "saved_at": "10.42"})


@csrf_protect
def draft(request: HttpRequest) -> HttpResponse:
    """Show a step with a box for files and a draft that is kept; posted, show what came in."""
    if request.method == "POST":
        return HttpResponse(json.dumps({**request.POST.dict(), "version": seen.get("version")}))
    return render(request, "kit/draft.html", {"version": seen.setdefault("version", 1)})


urlpatterns = [
    path("", style.style, name="style"),
    path("upload/", upload, name="upload"),
    path("bewaar/", keep, name="keep"),
    path("concept/", draft, name="draft"),
]
