"""A story of the portal, told in steps that read like one."""

from tests.journeys.desk import Desk
from tests.journeys.following import Following
from tests.journeys.interrupting import Interrupting
from tests.journeys.joining import Joining
from tests.journeys.keyboard import Keyboard
from tests.journeys.leafing import Leafing
from tests.journeys.renewing import Renewing


class Journey(Renewing, Interrupting, Keyboard, Desk, Following, Joining, Leafing):
    """Everything that people of both sides do."""
