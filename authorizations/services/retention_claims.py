"""
Delete claims and coulanceverzoeken that were kept long enough; called by the run of the retention, and never alone.

What is needed stays: a claim that must still be handed in, what a dossier that is kept is about, and the coulance that
lifts the term of an open claim. Claims go before the zorgtraject that they are of, and after the dossier and the
coulance, so that one run is enough. Bron: R-39.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from authorizations.domain import retention as rules
from authorizations.domain.policy import Limits
from authorizations.domain.retention import Kept
from authorizations.models import CoulanceClaim, CoulancePaper, CoulanceRequest, Declaration, RetentionRun
from authorizations.queries import keeping_claims as keeping
from authorizations.services.retention_reports import Found, reported
from papers.services import forgetting

AT_ONCE = 200
"""So many claims go in one transaction; a coulanceverzoek has its files, and one of its own."""


def tell(found: Found, *, today: date) -> None:
    """Add what a run on this day would delete."""
    for kept, coulance, counted_from in _coulance_due(today=today):
        found.add(_owner(coulance, kept), kept, counted_from, coulance.reference)
    for claims in _claims_due(today=today):
        for claim in claims:
            found.add(claim.provider, Kept.CLAIM, keeping.ended_on(claim), claim.number)


def run_coulance(*, run: RetentionRun, today: date) -> None:
    """Delete the coulanceverzoeken of which the time is over, with their papers and letter."""
    for kept, coulance, _ in _coulance_due(today=today):
        _forget_coulance(coulance, kept, run=run, today=today)


def run_claims(*, run: RetentionRun, today: date) -> None:
    """Delete the claims of which the time is over."""
    for claims in _claims_due(today=today):
        _forget_claims(claims, run=run, today=today)


# -- coulance --------------------------------------------------------------------------------------------------------


def _coulance_due(*, today: date) -> Iterator[tuple[Kept, CoulanceRequest, date]]:
    """Give what may go, whole ones before papers: whatever goes whole isn't named again."""
    whole: set[int] = set()
    for insurer_id, limits in keeping.limits_of_insurers().items():
        for kept in (Kept.DRAFT, Kept.COULANCE, Kept.FILES):
            for coulance in keeping.coulance_kept_longest(insurer_id, kept, limits, today=today):
                counted_from = keeping.coulance_counted_from(coulance)
                if coulance.pk not in whole and rules.is_over(kept, counted_from, limits, today=today):
                    whole |= {coulance.pk}
                    yield kept, coulance, counted_from


def _owner(coulance: CoulanceRequest, kept: Kept) -> object:
    # Nobody but its provider ever saw a draft.
    return coulance.provider if kept is Kept.DRAFT else coulance.insurer


@transaction.atomic
def _forget_coulance(found: CoulanceRequest, kept: Kept, *, run: RetentionRun, today: date) -> None:
    # Locked first, and asked again behind the lock: somebody may have filed a draft meanwhile.
    if not CoulanceRequest.objects.select_for_update(skip_locked=True).filter(pk=found.pk).exists():
        return
    limits = keeping.limits_of_insurers()[found.insurer_id]
    due = keeping.coulance_kept_longest(found.insurer_id, kept, limits, today=today).filter(pk=found.pk).first()
    if due is None:
        return
    counted_from = keeping.coulance_counted_from(due)
    if not rules.is_over(kept, counted_from, limits, today=today):
        return
    owner_id = due.provider_id if kept is Kept.DRAFT else due.insurer_id
    report = reported(run, owner_id=owner_id, kept=kept, counted_from=counted_from, references=[due.reference])
    papers = CoulancePaper.objects.filter(coulance=due)
    file_ids = list(papers.values_list("file_id", flat=True))
    papers.delete()
    if kept is not Kept.FILES:
        letter_ids = [due.letter_id] if due.letter_id else []
        CoulanceClaim.objects.filter(coulance=due).delete()
        due.delete()
        report.on_disk += forgetting.letters(letter_ids)
        forgetting.mail_about(due.reference)
    report.on_disk += forgetting.files(file_ids)
    report.save()


# -- claims ----------------------------------------------------------------------------------------------------------


def _claims_due(*, today: date) -> Iterator[list[Declaration]]:
    """Give what may go of each insurer, some at a time."""
    for insurer_id, limits in keeping.limits_of_insurers().items():
        last_id = 0
        while batch := list(keeping.claims_kept_longest(insurer_id, limits, today=today, after=last_id)[:AT_ONCE]):
            last_id = batch[-1].pk
            if over := _over(batch, limits, today=today):
                yield over


def _over(claims: Iterable[Declaration], limits: Limits, *, today: date) -> list[Declaration]:
    ended = [one for one in claims if rules.is_over(Kept.CLAIM, keeping.ended_on(one), limits, today=today)]
    return keeping.without_dossier(ended)


@transaction.atomic
def _forget_claims(claims: list[Declaration], *, run: RetentionRun, today: date) -> None:
    """Delete these of one insurer; asked again behind the lock, for somebody may be changing one."""
    free = Declaration.objects.select_for_update(skip_locked=True).filter(pk__in=[one.pk for one in claims])
    locked, insurer_id = [one.pk for one in free.order_by("pk")], claims[0].insurer_id
    limits = keeping.limits_of_insurers()[insurer_id]
    still = keeping.claims_kept_longest(insurer_id, limits, today=today, after=0).filter(pk__in=locked)
    going = _over(still, limits, today=today)
    for provider_id, own in _by_provider(going).items():
        oldest = min(keeping.ended_on(one) for one in own)
        numbers = [one.number for one in own]
        reported(run, owner_id=provider_id, kept=Kept.CLAIM, counted_from=oldest, references=numbers).save()
    Declaration.objects.filter(pk__in=[one.pk for one in going]).delete()


def _by_provider(claims: Iterable[Declaration]) -> dict[int, list[Declaration]]:
    found: dict[int, list[Declaration]] = {}
    for one in claims:
        found.setdefault(one.provider_id, []).append(one)
    return found
