"""Where the questionnaires of each kind of provider come in at an insurer."""

from collections.abc import Mapping

from django.db import transaction

from accounts.domain.actors import Actor
from contracting.domain.conditions import ProviderKind
from contracting.models import Desk
from contracting.queries import desks as found
from contracting.services.register import require_keeper


def of(insurer_id: int) -> dict[str, str]:
    """Return the addresses of this insurer, by kind of provider."""
    return {desk.kind: desk.email for desk in found.of(insurer_id)}


@transaction.atomic
def save(*, addresses: Mapping[ProviderKind, str], by: Actor) -> None:
    """
    Keep these addresses; a kind without one has no desk of its own, and is read by the beheerders alone.

    :raises NotAllowed: for others than a beheerder of the insurer

    Bron: A-26 (a.s.r., "via onze loketten ZBC@asr.nl en msz-categoraleinstellingen@asr.nl").
    """
    require_keeper(by)
    for kind, email in addresses.items():
        if email:
            Desk.objects.update_or_create(
                insurer_id=by.organization_id, kind=kind.value, defaults={"email": email.strip().lower()}
            )
        else:
            Desk.objects.filter(insurer_id=by.organization_id, kind=kind.value).delete()
