"""What a decision never does: happen twice, by itself, or with another letter than the one that was looked at."""

import inspect
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries, schedule
from authorizations.domain.heroverweging import HeroverwegingOutcome
from authorizations.domain.lifecycle import OPEN, Status
from authorizations.domain.terms import Addressee, Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, Grant, RequestLetter, StatusEvent
from authorizations.services import bulk_grant, coulance_decisions, decisions, intake, letters, questions, sight, terms
from papers.delivery import letters as delivery
from tests.factories import accounts, desk
from tests.factories.desk import NOW, at_once, choice


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def decide(authorization, wanted, by, now=NOW):
    seen = sight.of(stored(authorization))
    return decisions.decide(authorization_id=authorization.pk, choice=wanted, seen=seen, by=by, now=now)


def confirm(authorization, by, now=NOW, **changes):
    seen = {"proposal_id": proposal_of(authorization), "seen": sight.of(stored(authorization)), **changes}
    return decisions.confirm(authorization_id=authorization.pk, by=by, now=now, **seen)


def proposal_of(authorization):
    return Decision.objects.filter(authorization=authorization, returned_at=None).values_list("pk", flat=True).first()


# -- the letter ------------------------------------------------------------------------------------------------------


def test_the_letter_that_goes_out_is_the_one_that_was_looked_at(taken, noor, ravi, monkeypatch):
    desk.judge(taken, noor, c2a=Verdict.NOT_MET)
    seen = {}

    def show(html, **about):
        seen[about["title"], len(seen)] = delivery.clean(html)
        return b"%PDF"

    decide(taken, choice(Outcome.DENIED), noor)
    desk.second(stored(taken), ravi)
    monkeypatch.setattr(letters.papers, "preview", show)
    for addressee in Addressee:
        decisions.preview_proposal(queries.current_decision(taken), addressee, by=ravi, now=NOW)
    decision = confirm(taken, by=ravi, now=NOW)
    sent = RequestLetter.objects.filter(decision=decision).select_related("letter").order_by("id")
    assert [one.letter.html for one in sent] == list(seen.values())


def test_the_letter_of_a_grant_differs_from_what_was_looked_at_by_its_number_only(taken, noor, monkeypatch):
    desk.judge(taken, noor)
    seen = []
    monkeypatch.setattr(letters.papers, "preview", lambda html, **_: seen.append(delivery.clean(html)) or b"%PDF")
    decisions.preview(taken, choice(Outcome.GRANTED), Addressee.PROVIDER, by=noor, now=NOW)
    decision = decide(taken, choice(Outcome.GRANTED), noor)
    sent = RequestLetter.objects.get(decision=decision, addressee=Addressee.PROVIDER).letter.html
    assert sent.replace(decision.granted.number, letters.PREVIEW_NUMBER) == seen[0]


# -- at the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.asvs("2.3.4", "15.4.2")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_a_decision_and_a_withdrawal_at_once_leave_one_of_them(indiener, insurer, noor, round_):
    fine = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(fine, noor)
    outcomes = at_once(
        lambda: decide(fine, choice(Outcome.GRANTED), noor),
        lambda: intake.withdraw(authorization_id=fine.pk, reason="Te laat.", by=indiener, now=NOW),
    )
    assert sum(isinstance(outcome, decisions.NotAllowed) for outcome in outcomes) == 1
    decided = isinstance(outcomes[0], Decision)
    assert stored(fine).status == (Status.GRANTED if decided else Status.WITHDRAWN)
    assert Grant.objects.filter(authorization=fine).exists() == decided
    assert RequestLetter.objects.filter(authorization=fine).exists() == decided


@pytest.mark.django_db(transaction=True)
def test_a_proposal_that_two_confirm_at_once_is_confirmed_once(indiener, insurer, noor):
    not_fine = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(not_fine, noor, c2a=Verdict.NOT_MET)
    decide(not_fine, choice(Outcome.DENIED), noor)
    others = [accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, big_number="29012345602") for _ in range(4)]
    now = stored(not_fine)
    given = at_once(*(lambda who=who: desk.second(now, who) for who in others))
    assert Counter(isinstance(one, decisions.NotAllowed) for one in given) == {True: 3, False: 1}
    second = next(who for who, one in zip(others, given, strict=True) if not isinstance(one, decisions.NotAllowed))
    outcomes = at_once(*(lambda: confirm(not_fine, by=second, now=NOW) for _ in range(4)))
    kinds = Counter(type(outcome) for outcome in outcomes)
    assert kinds == {Decision: 1, decisions.NotAllowed: 3}
    assert RequestLetter.objects.filter(authorization=not_fine).count() == 2
    assert StatusEvent.objects.filter(authorization=not_fine, move="deny").count() == 1


# -- nothing denies by itself ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_time_alone_never_closes_a_request(indiener, insurer, noor):
    requests = [
        desk.filed(indiener, insurer),
        desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor),
        desk.filed(indiener, insurer, Status.SECOND_REVIEW, advisor=noor),
    ]
    waiting = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    questions.ask(authorization_id=waiting.pk, items=[desk.question()], by=noor, now=NOW)
    for days in (0, 3, 30, 400, 4000):
        terms.warn(now=NOW + timedelta(days=days))
        questions.remind(now=NOW + timedelta(days=days))
    schedule.warn_terms()
    schedule.remind_questions()
    assert {stored(one).status for one in [*requests, waiting]} <= set(OPEN)
    assert not Decision.objects.exists()


def test_no_code_path_leads_from_a_rule_or_the_clock_to_a_denial():
    """Only the page where a person decides reaches the service, and the service demands that person. Feature 49.

    So it is with coulance, at a page of its own. A heroverweging reads a choice as the decision does: it confirms what
    was decided, or grants, and never denies.
    """
    root = Path(settings.BASE_DIR) / "authorizations"
    callers, granters, movers = set(), set(), set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        if re.search(
            r"decisions\.(decide|confirm|hand_back)\b|services\.decisions import .*(decide|confirm|hand_back)", text
        ):
            callers.add(name)
        if re.search(r"bulk_grant\.grant_many|services\.bulk_grant import .*grant_many", text):
            granters.add(name)
        if '"deny"' in text and not name.startswith(("web/", "domain/")):
            movers.add(name)
    # Granting many is the one other way in. It knows one outcome, and two pages of a person start it.
    assert callers == {"web/views/review_decide.py", "web/views/review_coulance.py", "services/bulk_grant.py"}
    assert set(re.findall(r"Outcome\.\w+", (root / "services/bulk_grant.py").read_text())) == {"Outcome.GRANTED"}
    assert granters == {"web/views/review_bulk.py"}
    # A rule names a grant or nothing, and its service knows no outcome at all.
    assert set(re.findall(r"Outcome\.\w+", (root / "domain/policy_approval.py").read_text())) == {"Outcome.GRANTED"}
    assert not re.search(r"Outcome\b|decisions|lifecycle\.move", (root / "services/rule_approval.py").read_text())
    assert Outcome.DENIED not in {outcome.outcome for outcome in HeroverwegingOutcome}
    assert movers == {"services/decisions.py", "services/coulance_decisions.py"}
    acts = (decisions.decide, decisions.confirm, decisions.hand_back, coulance_decisions.decide, bulk_grant.grant_many)
    for act in acts:
        assert inspect.signature(act).parameters["by"].annotation is Actor
