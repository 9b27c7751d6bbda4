"""A story of the portal, told in steps that read like one."""

from tests.journeys.desk import Desk
from tests.journeys.filing import Filing
from tests.journeys.following import Following


class Journey(Filing, Desk, Following):
    """Everything that people of both sides do."""
