"""Zorgtrajecten in the GGZ, as a provider tells of them; all invented."""

from datetime import date, datetime
from typing import Any

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain.dbcs import Dbc, DbcKind
from authorizations.models import Zorgtraject
from authorizations.services import dbcs
from authorizations.services.subtrajects import Patient
from tests.factories import authorizations
from tests.factories.subtrajects import BSN

POLICY = "zilveren-kruis-ggz-verblijf-2020"
OPENED = date(2020, 3, 2)
NOW = datetime.fromisoformat("2026-11-24T09:30+00:00")


def traject(by: Actor, insurer: Organization, number: str = "GGZ1", **more: Any) -> Zorgtraject:
    """Return a zorgtraject in the GGZ with an initial dbc that is open."""
    told = {
        "policy_version": authorizations.policy_version(insurer, POLICY),
        "patient": Patient(BSN, "K.", "Voorbeeld", date(1981, 4, 2)),
        "first": Dbc(DbcKind.INITIAL, "155", OPENED),
        "diagnosis": "F32.1",
        **more,
    }
    return dbcs.begin(number=number, by=by, now=NOW, **told)
