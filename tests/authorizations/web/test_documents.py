"""The pages on which documents come in."""

import pytest
from django.urls import reverse

from tests.factories import documents as make


def test_the_checklist_is_shown(log_in, indiener, insurer):
    authorization = make.draft(indiener, insurer)
    make.added(authorization, indiener)
    page = log_in(indiener).get(reverse("authorizations:intake-documents", args=[authorization.reference]))
    assert page.status_code == 200
    assert "1 van 6 documenten compleet" in page.content.decode()
