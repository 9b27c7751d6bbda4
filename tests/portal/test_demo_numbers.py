"""The demo tells of a zorgtrajectnummer that changed, and of one that nobody explained."""

import pytest
from django.utils import timezone

from authorizations.models import NumberSignal, TrajectNumber, Zorgtraject
from portal.world import numbers, people

pytestmark = pytest.mark.django_db


def test_one_number_was_recorded_and_one_stands_out(world):
    numbers.tell(timezone.now())
    assert str(TrajectNumber.objects.get()) == "L0140 → 8800140"
    signal = NumberSignal.objects.get()
    assert (signal.zorgtraject.number, signal.earlier.number, signal.state) == ("8800152", "L0152", "open")
    assert {one.provider.name for one in Zorgtraject.objects.all()} == {people.LARIKS}
