"""Contracts between insurers and providers, at the step that you name."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from accounts.domain.roles import OrganizationKind
from accounts.models import Organization, User
from contracting.domain.conditions import CONDITIONS
from contracting.domain.register import ContractStatus
from contracting.domain.seasons import usual_days
from contracting.models import (
    ConditionReply,
    Contract,
    ContractStep,
    Publication,
    PublishedProvider,
    Questionnaire,
    QuestionnairePaper,
    Season,
    StartLetter,
)
from papers.models import File
from papers.services import files
from tests.factories import accounts, documents
from tests.papers import rows as papers

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PUBLIC = 990001
"""The number of the list that the tables of security name."""


def contract(
    insurer: Organization,
    provider: Organization,
    *,
    year: int = 2026,
    status: ContractStatus = ContractStatus.PROPOSED,
    on: date = date(2025, 9, 1),
    **fields: Any,
) -> Contract:
    """Return a contract at this step, with the step that brought it there."""
    made = Contract.objects.create(
        insurer=insurer,
        provider=provider,
        year=year,
        status=status.value,
        status_on=on,
        **{"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31), **fields},
    )
    by = accounts.UserFactory(full_name="E. Hoekstra")
    ContractStep.objects.create(contract=made, status=status.value, on=on, by=by, at=NOW)
    return made


def contract_of(organization: Organization) -> Contract:
    """Return a contract of this organisation with one that nobody else works at."""
    if organization.kind == OrganizationKind.INSURER:
        return contract(organization, accounts.provider())
    return contract(accounts.insurer(), organization)


def published(**fields: Any) -> Publication:
    """Return a public list with one provider in it."""
    by = accounts.UserFactory()
    made = Publication.objects.create(
        insurer=accounts.insurer(), year=2026, published_on=NOW.date(), made_by=by, made_at=NOW, **fields
    )
    PublishedProvider.objects.create(
        publication=made, name="Kliniek Openbaar", agb_code="22991777", starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )  # fmt: skip
    return made


def questionnaire_of(organization: Organization) -> Questionnaire:
    """Return a questionnaire with a paper: of an insurer one that came in, of a provider a draft."""
    by = accounts.UserFactory()
    came_in = organization.kind == OrganizationKind.INSURER
    handed = {"status": "ingediend", "for_year": 2027, "submitted_by": by, "submitted_at": NOW} if came_in else {}
    made = Questionnaire.objects.create(
        insurer=organization if came_in else accounts.insurer(),
        provider=accounts.provider() if came_in else organization,
        kind="zbc",
        is_existing=False,
        made_by=by,
        made_at=NOW,
        **handed,
    )
    ConditionReply.objects.bulk_create(ConditionReply(questionnaire=made, condition=one.code) for one in CONDITIONS)
    QuestionnairePaper.objects.create(questionnaire=made, condition="wtzi", file=_stored(by), added_by=by, added_at=NOW)
    return made


def _stored(by: User) -> File:
    content = documents.pdf()
    return files.receive(stream=BytesIO(content), name="wtzi.pdf", size=len(content), by_user_id=by.pk, now=NOW)


def statuses() -> list[str]:
    """Return at which steps contracts are, in the order in which they were made."""
    return list(Contract.objects.order_by("pk").values_list("status", flat=True))


def season(insurer: Organization, *, year: int = 2027, **fields: Any) -> Season:
    """Return the calendar of this insurer, with the days of the source."""
    days = {deadline.value: on for deadline, on in usual_days(year).items()}
    told = {"policy": "Wij kopen alle zorg zelf in.", "contact_name": "I. Koper", "contact_email": "inkoop@zk.example"}
    by = accounts.UserFactory()
    return Season.objects.create(
        insurer=insurer, year=year, changed_by=by, changed_at=NOW, **{**days, **told, **fields}
    )


def start_letter_of(organization: Organization) -> StartLetter:
    """Return a startbrief of this insurer, or to this provider, that isn't made yet."""
    of_insurer = organization.kind == OrganizationKind.INSURER
    insurer, provider = (organization, accounts.provider()) if of_insurer else (accounts.insurer(), organization)
    return StartLetter.objects.create(
        season=season(insurer), insurer=insurer, year=2027, provider=provider, letter=papers.letter(NOW)
    )
