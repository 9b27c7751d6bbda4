"""Keep the contract register of an insurer: propose a contract, take its steps, make the list public."""

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from contracting.domain import register as rules
from contracting.domain.register import MOVES, ContractMove, ContractStatus
from contracting.models import Contract, ContractStep, Publication, PublishedProvider
from contracting.queries import register as found
from contracting.services import entering
from contracting.services.refusals import Incomplete, NotAllowed
from papers.services import mail


@transaction.atomic
def propose(
    *,
    agb_code: str,
    name: str,
    year: int,
    starts_on: date | None,
    ends_on: date | None,
    on: date,
    by: Actor,
    now: datetime,
) -> Contract:
    """
    Put a contract into the register at its first step, and tell the provider.

    A provider that the portal doesn't know yet is made from its AGB-code and this name. Without dates it is for the
    whole year.

    :raises Incomplete: naming all that is wrong
    :raises NotAllowed: for others than a beheerder, or when there is a contract for this year already

    Bron: A-06, A-08.
    """
    require_keeper(by)
    obstacles = rules.obstacles_to_propose(
        year=year, starts_on=starts_on, ends_on=ends_on, on=on, today=timezone.localdate(now)
    )
    if obstacles:
        raise Incomplete(obstacles)
    provider_id = entering.provider_id(agb_code=agb_code, name=name)
    try:
        with transaction.atomic():
            contract = Contract.objects.create(
                insurer_id=by.organization_id,
                provider_id=provider_id,
                year=year,
                starts_on=starts_on or date(year, 1, 1),
                ends_on=ends_on or date(year, 12, 31),
                status=ContractStatus.PROPOSED.value,
                status_on=on,
            )
    except IntegrityError as error:
        if "one_running_contract_a_year" not in str(error):
            raise
        words = f"Voor {accounts.organization(provider_id).name} staat al een contract voor {year} in het register."
        raise NotAllowed(words) from error
    _write(contract, move="", on=on, note="", by=by, now=now)
    return contract


@transaction.atomic
def move(*, contract_id: int, move: ContractMove, on: date, note: str, by: Actor, now: datetime) -> Contract:
    """
    Take a step, and tell the provider. Of two people who take the same one, the second reads where it stands.

    :raises Incomplete: naming all that is wrong
    :raises NotAllowed: for others than a beheerder of this insurer

    Bron: A-08.
    """
    require_keeper(by)
    contract = found.to_change(by.organization_id, contract_id)
    if contract is None:
        raise NotAllowed("Dit contract staat niet in uw register.")
    obstacles = rules.obstacles_to_move(
        move,
        status=ContractStatus(contract.status),
        on=on,
        before_on=contract.status_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        reason=note,
        today=timezone.localdate(now),
    )
    if obstacles:
        raise Incomplete(obstacles)
    contract.status, contract.status_on = MOVES[move].target.value, on
    if move is ContractMove.END:
        contract.ends_on = on
    contract.save(update_fields=["status", "status_on", "ends_on"])
    _write(contract, move=move.value, on=on, note=note, by=by, now=now)
    return contract


@transaction.atomic
def publish(*, year: int, by: Actor, now: datetime) -> Publication:
    """
    Make the list of contracted providers of this year public, as it is today. It never changes; a newer one follows it.

    :raises NotAllowed: for others than a beheerder, or when there is nothing to publish

    Bron: A-09 ("Publiceren gecontracteerde zorgverleners").
    """
    require_keeper(by)
    today = timezone.localdate(now)
    contracts = list(found.to_list(by.organization_id, year, today))
    if not contracts:
        raise NotAllowed(f"Er is voor {year} nog met geen zorgaanbieder overeenstemming. Er is niets te publiceren.")
    publication = Publication.objects.create(
        insurer_id=by.organization_id, year=year, published_on=today, made_by_id=by.user_id, made_at=now
    )
    PublishedProvider.objects.bulk_create(
        PublishedProvider(
            publication=publication,
            name=contract.provider.name,
            agb_code=contract.provider.agb_code,
            city=contract.provider.city,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
        )
        for contract in contracts
    )
    return publication


def require_keeper(by: Actor) -> None:
    """
    Let only who keeps the register go on.

    :raises NotAllowed: for everybody else
    """
    if not by.is_insurer or not by.has(*found.KEEPERS):
        raise NotAllowed("Alleen een beheerder van de verzekeraar houdt de contracten bij.")


def _write(contract: Contract, *, move: str, on: date, note: str, by: Actor, now: datetime) -> None:
    ContractStep.objects.create(
        contract=contract, status=contract.status, move=move, on=on, note=note.strip(), by_id=by.user_id, at=now
    )
    link = reverse("contracting:contract", args=[contract.pk])
    context = {
        "insurer": by.organization_name,
        "contract": contract,
        "on": on,
        "note": note.strip(),
        "address": f"{settings.PORTAL_URL}{link}",
    }
    mail.queue(
        to=accounts.emails_of(contract.provider_id, Role.ORGANISATIEBEHEERDER),
        subject=f"Contract met {by.organization_name} voor {contract.year}: {contract.get_status_display().lower()}",
        body=render_to_string("contracting/mail/step.txt", context),
        key=f"contract-{contract.pk}-{contract.status}",
        now=now,
    )
