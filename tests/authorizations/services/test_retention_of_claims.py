"""Claims and coulance go when nothing needs them any more; what is open, or of a dossier that is kept, stays."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from accounts.models import Organization, User
from authorizations import schedule
from authorizations.domain.coulance import CoulanceOutcome
from authorizations.domain.policy import Limits
from authorizations.domain.retention import Kept, longest
from authorizations.models import (
    CoulanceClaim,
    CoulancePaper,
    CoulanceRequest,
    Decision,
    Declaration,
    Grant,
    RetentionReport,
    Zorgtraject,
)
from authorizations.services import coulance as service
from authorizations.services import retention
from kit import tenancy
from papers.delivery import letters as printing
from papers.models import File, Letter, Mail
from tests.factories import authorizations, declarations, notices, subtrajects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_letters")]
LONG_AGO = datetime(2017, 3, 6, 9, 30, tzinfo=UTC)
ANSWERED = date(2016, 10, 1)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return settings.MEDIA_ROOT


@pytest.fixture
def told(indiener, insurer):
    """Return what writes down a claim that was handed in and answered long ago."""
    authorizations.policy_version(insurer)

    def told(number, at=insurer, **changes):
        said = {
            "opened_on": date(2016, 1, 15), "closed_on": date(2016, 8, 31), "handed_in_on": date(2016, 9, 5),
            "answer": "goedgekeurd", "answered_on": ANSWERED,
        } | changes  # fmt: skip
        return declarations.claim(indiener, at, LONG_AGO, number=number, **said)

    return told


def granted(indiener, insurer):
    """Return a machtiging of a request that is kept."""
    provider, user = Organization.objects.get(pk=indiener.organization_id), User.objects.get(pk=indiener.user_id)
    request = authorizations.filed(provider, insurer, user, "granted", closed_at=NOW)
    decision = Decision.objects.create(
        authorization=request, outcome="granted", summary="Voldoet.", proposed_by=user, proposed_at=NOW, final_at=NOW
    )
    return Grant.objects.create(
        decision=decision, authorization=request, number="M190000000001", declaratie_code="14D838",
        setting="outpatient", starts_on=NOW.date(), ends_on=NOW.date(),
    )  # fmt: skip


def traject(indiener, insurer, number, **columns):
    provider, user = Organization.objects.get(pk=indiener.organization_id), User.objects.get(pk=indiener.user_id)
    made = subtrajects.traject(provider, insurer, user, number=number)
    opened_on, closed_on = date(2016, 1, 15), date(2016, 5, 14)
    subtrajects.subtraject(made, 0, 120, opened_on=opened_on, closes_on=closed_on, closed_on=closed_on, **columns)
    return made


def run(now=NOW):
    """Run as the clock does; return what was deleted of whom."""
    told = retention.due(today=now.date())
    with tenancy.as_system(tenancy.CLOCK):
        reports = list(retention.run(now=now).reports.select_related("organization"))
    gone = {(one.organization.name, Kept(one.kept)): sorted(one.references) for one in reports}
    looked = {(one.organization, one.kept): set(one.references) for one in told}
    # What waits for something that goes in the same night, isn't told before.
    assert all(numbers <= set(gone[name]) for name, numbers in looked.items()), "what was told goes"
    return gone


def test_a_claim_goes_when_its_term_is_over_and_no_dossier_needs_it(told, indiener, insurer):
    grant = granted(indiener, insurer)
    reference = grant.authorization.reference
    free = traject(indiener, insurer, "ZTVRIJ")
    under = traject(indiener, insurer, "ZTMACHTIGING", granted=grant)
    notices.coulance(indiener, insurer.pk, notices.claim("D-COULANCE"), now=LONG_AGO)
    stays = [
        told("D-OPEN", handed_in_on=None, answer="", answered_on=None),
        told("D-EEN-DAG-TE-JONG", answered_on=ANSWERED + timedelta(days=1)),
        told("D-MACHTIGING", machtigingsnummer="M190000000001"),
        told("D-AANVRAAG", machtigingsnummer=reference.replace("-", "")),
        told("D-ZORGTRAJECT", zorgtrajectnummer=under.number),
        told("D-COULANCE"),
    ]
    goes = [
        told("D-OUD"),
        told("D-ZONDER-ANTWOORD", answer="", answered_on=None),
        told("D-MACHTIGING-ELDERS", machtigingsnummer="X1"),
        told("D-VRIJ-ZORGTRAJECT", zorgtrajectnummer=free.number),
    ]
    last = datetime(2023, 10, 1, 2, 0, tzinfo=UTC)
    assert run(last) == {
        # Without an answer it counts from the day that it was handed in: that term was over before.
        (indiener.organization_name, Kept.CLAIM): ["D-ZONDER-ANTWOORD"],
    }
    gone = run(last + timedelta(days=1))
    assert gone == {
        (indiener.organization_name, Kept.CLAIM): sorted({one.number for one in goes} - {"D-ZONDER-ANTWOORD"}),
        (insurer.name, Kept.TRAJECT): [free.number],
    }
    assert {one.number for one in Declaration.objects.all()} == {one.number for one in stays}
    assert list(Zorgtraject.objects.all()) == [under]
    assert run(last + timedelta(days=1)) == {}, "once is enough"


def test_claims_go_some_at_a_time_and_of_an_insurer_without_policy_never(told, indiener, other_insurer, monkeypatch):
    monkeypatch.setattr("authorizations.services.retention_claims.AT_ONCE", 2)
    for number in range(5):
        told(f"D-{number}")
    told("D-ELDERS", at=other_insurer)
    assert run() == {(indiener.organization_name, Kept.CLAIM): [f"D-{number}" for number in range(5)]}
    assert RetentionReport.objects.get().oldest_on == ANSWERED
    assert Declaration.objects.get().number == "D-ELDERS"


def test_coulance_goes_whole_with_its_papers_and_letter(
    told, indiener, insurer, coordinator, media, django_capture_on_commit_callbacks
):
    def asked(number, now=LONG_AGO, outcome=CoulanceOutcome.GRANTED):
        made = notices.coulance(indiener, insurer.pk, notices.claim(number), now=now)
        return notices.decided(made, coordinator, outcome, now=now)

    old, refused = asked("D-1"), asked("D-2", outcome=CoulanceOutcome.DENIED)
    withdrawn = service.withdraw(
        coulance_id=notices.coulance(indiener, insurer.pk, notices.claim("D-3"), now=LONG_AGO).pk,
        by=indiener, now=LONG_AGO,
    )  # fmt: skip
    forgotten = notices.drafted(indiener, insurer.pk, now=LONG_AGO)
    needed, young = asked("D-OPEN"), asked("D-5", now=NOW - timedelta(days=3 * 365))
    open_one = notices.coulance(indiener, insurer.pk, notices.claim("D-6"), now=LONG_AGO)
    touched = notices.drafted(indiener, insurer.pk, now=LONG_AGO)
    change = service.Change("", "Er was brand.")
    service.save(coulance_id=touched.pk, change=change, by=indiener, now=NOW - timedelta(days=180))
    told("D-OPEN", handed_in_on=None, answer="", answered_on=None)
    while printing.issue_next(now=LONG_AGO):
        pass
    with django_capture_on_commit_callbacks(execute=True):
        gone = run()
    assert gone == {
        (insurer.name, Kept.COULANCE): sorted(one.reference for one in (old, refused, withdrawn)),
        (insurer.name, Kept.FILES): sorted(one.reference for one in (needed, young)),
        (indiener.organization_name, Kept.DRAFT): [forgotten.reference],
    }
    left = [needed, young, open_one, touched]
    assert set(CoulanceRequest.objects.all()) == set(left)
    assert set(CoulanceClaim.objects.values_list("coulance_id", flat=True)) == {one.pk for one in left}
    assert set(CoulancePaper.objects.values_list("coulance_id", flat=True)) == {open_one.pk, touched.pk}
    assert File.objects.count() == 2 and Letter.objects.count() == 2
    assert len([one for one in (media / "files").rglob("*") if one.is_file()]) == 2
    assert not Mail.objects.filter(key__contains=old.reference).exists()
    assert run() == {}, "once is enough"


def test_the_claim_and_the_coulance_go_in_the_same_night(told, indiener, insurer, coordinator):
    told("D-1")
    made = notices.coulance(indiener, insurer.pk, notices.claim("D-1"), now=LONG_AGO)
    notices.decided(made, coordinator, now=LONG_AGO)
    with tenancy.as_system(tenancy.CLOCK):
        schedule.forget()
    assert not Declaration.objects.exists() and not CoulanceRequest.objects.exists()


def test_the_longest_of_each_term_holds_for_what_falls_under_several_policies():
    found = longest([Limits(files_kept_years=3, draft_kept_days=90), Limits(decision_kept_years=9, draft_kept_days=30)])
    assert (found.files_kept_years, found.decision_kept_years, found.draft_kept_days) == (3, 9, 90)
