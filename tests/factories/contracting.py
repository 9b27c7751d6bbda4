"""Contracts between insurers and providers, at the step that you name."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.domain.roles import OrganizationKind
from accounts.models import Organization
from contracting.domain.register import ContractStatus
from contracting.models import Contract, ContractStep, Publication, PublishedProvider
from tests.factories import accounts

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
