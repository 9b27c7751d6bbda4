"""A story of the portal, told in steps that read like one."""

from tests.journeys.bringing import Bringing
from tests.journeys.desk import Desk
from tests.journeys.following import Following
from tests.journeys.interrupting import Interrupting
from tests.journeys.keyboard import Keyboard
from tests.journeys.leafing import Leafing
from tests.journeys.looking_up import LookingUp
from tests.journeys.reconsidering import Reconsidering
from tests.journeys.registering import Registering
from tests.journeys.renewing import Renewing
from tests.journeys.renumbering import Renumbering


class Journey(
    LookingUp, Bringing, Renewing, Interrupting, Keyboard, Desk,
    Following, Reconsidering, Registering, Renumbering, Leafing,
):  # fmt: skip
    """Everything that people of both sides do."""
