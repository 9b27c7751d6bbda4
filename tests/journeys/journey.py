"""A story of the portal, told in steps that read like one."""

from tests.journeys.desk import Desk
from tests.journeys.following import Following
from tests.journeys.interrupting import Interrupting
from tests.journeys.renewing import Renewing


class Journey(Renewing, Interrupting, Desk, Following):
    """Everything that people of both sides do."""
