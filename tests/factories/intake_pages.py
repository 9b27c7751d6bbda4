"""What the tests of writing a request share."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.test import Client

from accounts.models import Organization
from authorizations.models import AuthorizationRequest
from tests.factories import authorizations as make

Browser = Callable[[Any], Client]
START = "/aanvragen/nieuw/"


def step_url(authorization: AuthorizationRequest, step: str) -> str:
    return f"/aanvragen/{authorization.reference}/stap/{step}/"


def text_of(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def start_data(insurer: Organization, **changes: Any) -> dict[str, Any]:
    make.policy_version(insurer)
    return {
        "policy": "zilveren-kruis-msr",
        "kind": "msr_first",
        "planned_start_on_0": "14",
        "planned_start_on_1": "dec",
        "planned_start_on_2": "2026",
        "contracted": "nee",
        "creation_key": "6c0e0a6e-94a4-4b7c-9a37-0b8f3f3d1f11",
        **changes,
    }
