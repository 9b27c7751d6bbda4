"""The twin clocks on the pages of both sides: one and the same."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from authorizations import queries
from authorizations.models import TermPause
from portal.world import people, walk
from tests.factories import world as worlds

TIME = re.compile(r'<section class="mp-clocks".*?</section>', re.DOTALL)


@pytest.fixture
def asked_twice(authorization_in):
    authorization = authorization_in("answered")
    noor, jansen = people.actor("noor@zk.example"), people.actor("jansen@esdoorn.example")
    walk.ask(authorization, by=noor, now=worlds.NOW + timedelta(days=5), criterion="c2b")
    walk.answer(authorization, by=jansen, now=worlds.NOW + timedelta(days=8))
    with time_machine.travel(worlds.NOW + timedelta(days=10), tick=False):
        yield authorization


@pytest.fixture
def shown(log_in):
    """Return a function that gives what both sides, and who divides the work, see of the clocks."""

    def look(authorization):
        addresses = {
            "jansen@esdoorn.example": f"/aanvragen/{authorization.reference}/",
            "noor@zk.example": f"/beoordelen/{authorization.reference}/?toon=verloop",
            "team@zk.example": f"/beoordelen/{authorization.reference}/",
        }
        pages = [log_in(people.actor(who)).get(address) for who, address in addresses.items()]
        return [(page.context["clocks"], TIME.search(page.content.decode()).group()) for page in pages]

    return look


def test_both_sides_see_the_same_figures_and_the_same_drawing(asked_twice, shown):
    (clocks, told), *others = shown(asked_twice)
    assert others == [(clocks, told)] * 2
    assert clocks.provider.days == 4
    assert len(clocks.intervals) == 5
    assert not clocks.differs
    for words in (clocks.insurer.words, clocks.provider.words, clocks.total.words, 'role="img"', "<desc"):
        assert words in told
    assert "De beslistermijn rustte" not in told


def test_where_the_term_rested_otherwise_than_the_provider_was_at_turn_the_page_says_both(asked_twice, shown):
    TermPause.objects.filter(authorization=asked_twice).order_by("-id").first().delete()
    (clocks, told), *others = shown(asked_twice)
    assert others == [(clocks, told)] * 2
    assert clocks.rested.days < clocks.provider.days
    assert f"De beslistermijn rustte</dt><dd>{clocks.rested.words}" in told


def test_the_alarm_is_for_both_sides_once_a_policy_has_a_norm(asked_twice, shown, monkeypatch):
    policy = queries.policy_of(asked_twice)
    assert "mp-clocks__alarm" not in shown(asked_twice)[0][1]
    strict = replace(policy, terms=replace(policy.terms, patient_workdays=2))
    monkeypatch.setattr(queries, "policy_of", lambda _: strict)
    said = [told for _, told in shown(asked_twice)]
    assert all("Dat is meer dan de norm van 2 werkdagen in dit beleid." in told for told in said)
    assert all("De verzekeraar bleef daarbij binnen de beslistermijn." in told for told in said)


def test_a_draft_has_no_clocks(authorization_in, log_in):
    draft = authorization_in("draft")
    page = log_in(people.actor("beheer@esdoorn.example")).get(f"/aanvragen/{draft.reference}/")
    assert page.context["clocks"] is None
    assert "mp-clocks" not in page.content.decode()
