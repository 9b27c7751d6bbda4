"""What may be asked about zorgtrajecten in the GGZ and their dbc's. Every look-up begins at what somebody may see."""

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations.domain.kinds import OUTSIDE_SUBTRAJECTS
from authorizations.models import Dbc, Zorgtraject
from authorizations.queries import subtrajects


def kept_by(actor: Actor) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten in the GGZ of which this person may register dbc's."""
    return subtrajects.told_by(actor).filter(indication__in=OUTSIDE_SUBTRAJECTS)


def standing(traject: Zorgtraject) -> list[Dbc]:
    """Return the dbc's that count, in order."""
    return list(Dbc.objects.filter(zorgtraject=traject, removed_at=None).order_by("opened_on", "id"))


def every(traject: Zorgtraject) -> list[Dbc]:
    """Return the dbc's in order, also those that were removed, with who told of them."""
    found = Dbc.objects.filter(zorgtraject=traject).select_related("registered_by", "closed_by", "removed_by")
    return list(found.order_by("opened_on", "id"))
