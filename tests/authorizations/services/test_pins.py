"""Marking places in documents: who may, where, what stays with which version, and what the letter says of it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from authorizations import queries
from authorizations.domain.lifecycle import Status
from authorizations.domain.pins import REGIONS, Part, Region
from authorizations.domain.terms import DocumentVerdict
from authorizations.models import EvidencePin
from authorizations.queries import pins as found
from authorizations.services import documents, letters, pins
from tests.factories import desk
from tests.factories import documents as make

NOW = desk.NOW
HERE = Region(Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), Decimal("0.3"))


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def document(taken, indiener):
    return make.added(taken, indiener, content=make.pdf(3), name="verslag.pdf")


def mark(document, by, **changes):
    given = {"criterion": "c1", "page": 2, "region": HERE, "note": "", "now": NOW, **changes}
    return pins.mark(document_id=document.pk, by=by, **given)


def test_the_same_place_twice_is_one_and_the_newest_note_stands(document, noor):
    mark(document, noor)
    mark(document, noor, note="Hier staat het")
    (pin,) = EvidencePin.objects.all()
    assert (pin.note, pin.region, pin.side, pin.made_by_id) == ("Hier staat het", HERE, "insurer", noor.user_id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"criterion": "x9"}, "hoort niet bij deze aanvraag"),
        ({"page": 4}, "bestaat niet"),
        ({"page": 0}, "bestaat niet"),
    ],
)
def test_only_a_page_and_a_criterion_that_are_there(document, noor, changes, words):
    with pytest.raises(pins.NotAllowed, match=words):
        mark(document, noor, **changes)


def test_only_who_judges_the_request_marks_for_the_insurer(document, ravi, medewerker):
    for who in (ravi, medewerker):
        with pytest.raises(pins.NotAllowed):
            mark(document, who)


def test_a_provider_marks_what_is_still_its_own(indiener, lezer, insurer, noor, document):
    draft = make.draft(indiener, insurer)
    own = make.added(draft, indiener, content=make.pdf(2))
    assert mark(own, indiener).side == "provider"
    assert mark(document, indiener).side == "provider"
    with pytest.raises(pins.NotAllowed, match="Alleen een indiener"):
        mark(own, lezer)
    documents.judge(document_id=document.pk, verdict=DocumentVerdict.ACCEPTED, note="", by=noor, now=NOW)
    with pytest.raises(pins.NotAllowed, match="al ingediend"):
        mark(document, indiener)


def test_a_provider_chooses_the_indication_first(indiener, insurer):
    draft = make.draft(indiener, insurer, indication="")
    own = make.added(draft, indiener, content=make.pdf(2))
    assert pins.criteria(draft) == ()
    with pytest.raises(pins.NotAllowed, match="hoort niet bij"):
        mark(own, indiener)


def test_neither_side_changes_what_the_other_marked(document, indiener, noor):
    of_provider, of_insurer = mark(document, indiener), mark(document, noor)
    for pin, by in ((of_insurer, indiener), (of_provider, noor)):
        with pytest.raises(pins.NotAllowed, match="andere kant"):
            pins.remove(pin_id=pin.pk, by=by)
    for pin, by in ((of_provider, indiener), (of_insurer, noor)):
        pins.remove(pin_id=pin.pk, by=by)
        pins.remove(pin_id=pin.pk, by=by)
    assert not EvidencePin.objects.exists()


def test_what_an_advisor_marks_is_not_the_providers_to_see_before_the_decision(taken, document, indiener, noor, ravi):
    own = mark(document, indiener)
    weighing = mark(document, noor, page=3)
    assert list(pins.seen_by(taken, indiener)) == [own]
    assert list(pins.seen_by(taken, noor)) == [own, weighing]
    # a colleague may be asked for a blind opinion
    assert list(pins.seen_by(taken, ravi)) == [own]
    taken.status = Status.GRANTED.value
    assert list(pins.seen_by(taken, indiener)) == [own, weighing]


def test_a_mark_stays_with_the_version_it_was_made_on(taken, document, indiener, noor):
    pin = mark(document, noor)
    newer = make.added(taken, indiener, content=make.pdf(3, seed="nieuw"), replaces_id=document.pk)
    (kept,) = found.pins_of(taken)
    assert (kept.pk, kept.document_id) == (pin.pk, document.pk)
    assert not newer.pins.exists()
    assert pins.cited(taken)["c1"] == ("Verwijsbrief van een arts (verslag.pdf, oudere versie), bladzijde 2",)


def test_the_letter_names_what_the_insurer_marked_and_took_over(taken, document, indiener, noor):
    def named():
        lines = letters.criteria_of(taken, queries.policy_of(taken))
        return [line.cited for line in lines if line.cited]

    mark(document, noor, page=1)
    of_provider = mark(document, indiener, page=3, region=REGIONS[Part.TOP])
    desk.judge(taken, noor)
    assert named() == [("Verwijsbrief van een arts (verslag.pdf), bladzijde 1",)]
    pins.adopt(pin_id=of_provider.pk, by=noor, now=NOW)
    assert named() == [("Verwijsbrief van een arts (verslag.pdf), bladzijde 1 en 3",)]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"right": Decimal("1.2")}, "evidence_pin_within_the_page"),
        ({"left": Decimal("0.5")}, "evidence_pin_within_the_page"),
        ({"page": 0}, "evidence_pin_on_a_page"),
        ({"side": "ander"}, "evidence_pin_has_a_side"),
    ],
)
def test_the_database_knows_what_a_place_is(document, noor, changes, name):
    pin = mark(document, noor)
    with pytest.raises(IntegrityError, match=name):
        EvidencePin.objects.filter(pk=pin.pk).update(**changes)
