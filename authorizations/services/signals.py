"""
What stands out in a request, and what bears on each criterion: the same for who files it and for who judges it.

Bron: features.md, "what none of them has", row 7 (dry run with the adviser's own checks).
"""

from collections.abc import Iterator
from datetime import date, datetime

from authorizations import queries
from authorizations.domain import signals as rules
from authorizations.domain import words
from authorizations.domain.terms import DocumentKind, DocumentVerdict
from authorizations.models import AuthorizationRequest
from authorizations.queries import overlapping
from authorizations.services import checklist, drafts, stay_codes
from authorizations.services.checklist import Given
from ggz_codes import queries as codes
from ggz_codes.domain.validity import Standing


def of(authorization: AuthorizationRequest, given: list[Given], *, now: datetime) -> list[rules.Signal]:
    """
    Return what stands out: of a filed request as on the day it was filed, of a draft as if that were now.

    `given` is the checklist with its documents (`checklist.checklist`).
    """
    documents = {document.pk: document for row in given for document in row.documents}
    application = drafts.application_of(authorization)
    found = rules.signals(
        application,
        queries.policy_of(authorization),
        queries.national(),
        expected_on=drafts.expected_on(authorization, now=authorization.submitted_at or now),
        answers=checklist.answers(given),
        papers=[
            rules.Paper(
                DocumentKind(next((item.kind for item in document.items.all()), DocumentKind.OVERIG)),
                document.lacking,
                is_incomplete=document.verdict == DocumentVerdict.INCOMPLETE,
            )
            for document in sorted(documents.values(), key=lambda document: (document.added_at, document.pk))
        ],
        agb_code=authorization.provider.agb_code,
    )
    found += beside(authorization)
    plan = application.plan
    if day := plan.dbc_opened_on or plan.starts_on:
        found += (
            rules.Signal(
                rules.SignalCode.CODE_NOT_VALID,
                f"Code {code} is op {words.day(day)} volgens onze lijst: {standing.words.lower()}.",
                "R-27; features.md, 15",
            )
            for code, standing in doubtful_codes(plan.code, plan.second_code, day, zorgtype=plan.zorgtype)
        )
    return found


def beside(authorization: AuthorizationRequest) -> list[rules.Signal]:
    """
    Return what else runs for the same insured, at whatever provider, while a filed request awaits its decision.

    Never in a draft: what another provider asked is nobody's to see but the insurer's.

    Bron: features.md row 8.
    """
    if not authorization.is_open:
        return []
    return list(
        rules.beside(
            [
                rules.Beside(one.reference, one.provider.name, one.planned_start_on, one.planned_end_on)
                for one in overlapping.requests_beside(authorization)
            ],
            [
                rules.Beside(one.authorization.reference, one.authorization.provider.name, one.starts_on, one.ends_on)
                for one in overlapping.grants_beside(authorization)
            ],
        )
    )


def doubtful_codes(code: str, zorgproduct: str, day: date, *, zorgtype: str = "") -> Iterator[tuple[str, Standing]]:
    """
    Yield which of these codes our list doesn't have as valid on this day, and how it stands then.

    With a zorgtype they are codes of the GGZ, and the day is that on which the dbc opens. Without a list nothing is
    said: our list is of one release, so it warns and never forbids. Bron: R-27.
    """
    if zorgtype:
        yield from stay_codes.doubtful(code, zorgtype, day)
        return
    for said, standing_of in ((code, codes.standing_of_msr), (zorgproduct, codes.standing_of_zorgproduct)):
        standing = standing_of(said.upper(), day) if said else Standing.VALID
        # Asked last: nearly every code is in the list, and then there is one.
        if standing is not Standing.VALID and codes.knows_msr():
            yield said.upper(), standing
