"""What programs may ask of this portal, as they read it: GET /api/v1/openapi.json. Open to everybody."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from authorizations.api import activities_described, checks_described, claims_described, codes_described
from authorizations.api.openapi_parts import composed

DOORS = (checks_described.part, activities_described.part, claims_described.part, codes_described.part)
"""Each tells its own part: a door for programs that is added, adds its row."""


@require_safe
def document(request: HttpRequest) -> JsonResponse:
    """Hand out the description of all addresses for programs."""
    return JsonResponse(composed(tell() for tell in DOORS), json_dumps_params={"ensure_ascii": False})
