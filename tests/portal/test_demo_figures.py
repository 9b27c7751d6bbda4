"""The demo begins with figures: its requests came in and were decided on days that have ended."""

import pytest
from django.core.management import call_command

from authorizations.domain.figures import Measure
from authorizations.models import DayFigure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_letters")]


def test_the_days_of_the_demo_are_counted():
    call_command("load_policies", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    call_command("load_demo", verbosity=0)
    found = set(DayFigure.objects.values_list("measure", flat=True))
    assert {Measure.RECEIVED.value, Measure.OUTCOME.value, Measure.PATIENT_TIME.value} <= found
