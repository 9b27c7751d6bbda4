"""A stay in a GGZ institution that has no contract, under a zorgmachtiging: filed, and not yet taken."""

from dataclasses import replace
from datetime import date, timedelta

from authorizations.domain.application import Application, History, Plan, Referral
from authorizations.domain.terms import Indication, Kind, Referrer, Setting
from portal.world import walk

SLUG = "zilveren-kruis-ggz-verblijf-2020"


def application(*, today: date, person: int = 0) -> Application:
    """Return a request that says all that it must, for a stay of sixty days that begins three weeks from now."""
    first, starts_on = walk.application(today=today, person=person), today + timedelta(days=21)
    return replace(
        first,
        kind=Kind.GGZ_STAY,
        care=replace(
            first.care,
            indication=Indication.PSYCHIC,
            setting=Setting.INPATIENT,
            revalidatiearts_name="S. van den Berg",
            revalidatiearts_big="59000000808",
        ),
        referral=Referral(referrer=Referrer.HUISARTS, referred_on=today - timedelta(days=14), diagnosis_shared=False),
        history=History(),
        plan=Plan(
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=59),
            days_of_stay=60,
            admission_reason="Het instellen op medicatie lukt thuis niet. Dag en nacht is verpleging nodig, en "
            "behandeling door een psychiater. Na zestig dagen gaat de behandeling zonder verblijf verder.",
            dbc_opened_on=starts_on,
            zorgtype="155",
            code="25C001",
        ),
        consent=replace(first.consent, signatory_profession="psychiater"),
    )
