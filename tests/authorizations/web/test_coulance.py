"""Coulance for claims that were late: filled in, filed, decided with a letter, and kept for the check of terms."""

from dataclasses import replace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from authorizations.domain.coulance import CoulanceOutcome
from authorizations.domain.coulance_files import COLUMNS
from authorizations.models import CoulanceClaim, CoulancePaper, CoulanceRequest
from authorizations.queries import coulance as queries
from authorizations.services import coulance, coulance_decisions
from kit import tenancy
from papers.models import File, Mail
from papers.tasks import render_letters
from tests.factories import authorizations as make
from tests.factories import documents, notices
from tests.factories.desk import NOW
from tests.factories.notices import HAPPENED, claim, decided
from tests.journeys.addresses import said

BEGIN, DESK = "/mijn-meldingen/coulance/", "/beoordelen/meldingen/coulance/"
KEY = "7d8d6a3e-6f43-4a55-9a0e-1b1f6a2f0001"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def draft(indiener, insurer):
    return coulance.begin(insurer_id=insurer.pk, creation_key=KEY, by=indiener, now=NOW)


@pytest.fixture
def asked(indiener, insurer):
    return notices.coulance(indiener, insurer.pk, claim("D-1"), claim("D-2"), now=NOW)


def page(one):
    return f"{BEGIN}{one.pk}/"


def desk(one):
    return f"{DESK}{one.pk}/"


def row(at_row=0, /, **changes):
    values = {"number": "D-9", "care": "ggz", "amount": "1.250,50", "code": "01"}
    for name, day in (("opened_on", "15-1-2025"), ("closed_on", "28-2-2026"), ("handed_in_on", "1-10-2026")):
        values |= {f"{name}_{at}": part for at, part in enumerate(day.split("-"))}
    return {f"claim-{at_row}-{name}": value for name, value in (values | changes).items()}


def csv(*lines, name="declaraties.csv"):
    return SimpleUploadedFile(name, "\n".join([";".join(COLUMNS), *lines]).encode(), "text/csv")


def filled(**changes):
    paper = SimpleUploadedFile("proces-verbaal.pdf", documents.pdf(), "application/pdf")
    return {"ground": "calamiteit", "explanation": HAPPENED, "papers": [paper], **changes}


def test_a_provider_fills_it_in_and_files_it(indiener, other_indiener, insurer, coordinator, log_in):
    browser = log_in(indiener)
    for _ in range(2):  # two clicks are one draft
        begun = browser.post(BEGIN, {"insurer": insurer.pk, "creation_key": KEY})
    stolen = log_in(other_indiener).post(BEGIN, {"insurer": insurer.pk, "creation_key": KEY})
    assert stolen.status_code == 422
    draft = CoulanceRequest.objects.get()
    assert begun["Location"] == page(draft)
    saved = browser.post(page(draft), filled(file=csv("D-1;GGZ;2025-01-15;2026-02-28;;99,95;02"), **row()))
    assert saved.status_code == 302
    assert {one.number: str(one.amount) for one in draft.claims.all()} == {"D-9": "1250.50", "D-1": "99.95"}
    gone = draft.claims.get(number="D-1").pk
    filed = browser.post(page(draft), {"ground": "calamiteit", "explanation": HAPPENED, "weg": gone, "indienen": "1"})
    assert filed.status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.filed_by_id, draft.claims.count()) == ("submitted", indiener.user_id, 1)
    mail = Mail.objects.get()
    assert mail.to == [coordinator.email]
    assert draft.reference not in mail.subject + mail.body
    # what was filed, stays
    assert browser.post(f"{page(draft)}verwijderen/").status_code == 302
    assert draft.reference in said(log_in(coordinator).get(DESK))
    read = said(log_in(coordinator).get(desk(draft)))
    assert HAPPENED in read
    assert "D-9" in read


def test_everything_that_lacks_is_said_at_once_and_a_draft_may_lack_it(draft, indiener, log_in):
    browser = log_in(indiener)
    assert browser.post(page(draft), {}).status_code == 302
    lacking = browser.post(page(draft), {"explanation": "Brand.", "indienen": "1"})
    assert lacking.status_code == 422
    read = said(lacking)
    for words in ("Kies: overmacht of calamiteit.", "Noem minstens 1 declaratie", "Voeg een stuk toe", "Brand."):
        assert words in read, words
    assert CoulanceRequest.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ground": "drukte"}, "Kies een antwoord uit de lijst."),
        ({"explanation": "x" * 10_000}, "4.000 tekens te lang"),
        (row(amount="veel"), "Vul een getal in"),
        (row(number="@@"), "Een declaratienummer heeft"),
        (row(code="05"), "Bij code 05 geldt geen indientermijn."),
        (row(handed_in_on_2="2199"), "Deze dag ligt in de toekomst."),
        (row(opened_on_2="2027"), "De zorg sluit vóór de opening."),
        (row() | row(1), "Deze declaratie staat er al: D-9"),
        ({"file": SimpleUploadedFile("x.csv", b"PK\x03\x04")}, "Dit is een Excel-bestand."),
        ({"file": csv("D-1;tandarts;2025-01-15;2026-02-28;;1;01")}, "Kies een soort zorg"),
        ({"file": SimpleUploadedFile("x.csv", b"x" * (1024 * 1024 + 1))}, "groter dan 1 MB"),
        ({"papers": [SimpleUploadedFile("x.pdf", b"geen pdf")]}, "x.pdf"),
        ({"papers": [SimpleUploadedFile("leeg.pdf", b"")]}, "leeg.pdf"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_of_it_is_kept(draft, indiener, changes, words, log_in):
    answer = log_in(indiener).post(page(draft), filled(**changes))
    assert answer.status_code == 422
    read = said(answer)
    assert words in read
    assert "explanation" in changes or HAPPENED in read
    assert not CoulanceClaim.objects.exists()
    assert not CoulancePaper.objects.exists()


def test_a_draft_is_the_providers_and_goes_with_its_papers(indiener, insurer, coordinator, lezer, log_in):
    with tenancy.acting(tenancy.Context(indiener.organization_id, indiener.user_id)):
        draft = notices.drafted(indiener, insurer.pk, now=NOW)
    paper = draft.papers.get()
    office = log_in(coordinator)
    assert draft.reference not in said(office.get(DESK))
    assert office.get(desk(draft)).status_code == 404
    assert office.get(f"{BEGIN}stukken/{paper.pk}/").status_code == 404
    with tenancy.acting(tenancy.Context(coordinator.organization_id, coordinator.user_id)):
        assert not CoulanceClaim.objects.exists()
        assert not File.objects.filter(pk=paper.file_id).exists()
    assert HAPPENED in said(log_in(lezer).get(page(draft)))
    assert log_in(lezer).post(f"{page(draft)}verwijderen/").status_code == 403
    log_in(indiener).post(f"{page(draft)}verwijderen/")
    assert not CoulanceRequest.objects.exists()
    assert not File.objects.filter(pk=paper.file_id).exists()


def test_a_part_is_granted_with_a_letter_and_lifts_the_term(asked, indiener, insurer, medewerker, log_in):
    office, first = log_in(medewerker), asked.claims.get(number="D-1")
    office.post(desk(asked), {"doe": "take"})
    chosen = {"outcome": "partly_granted", "granted": [first.pk], "motivation": "De brand duurde 3 weken."}
    lacking = office.post(desk(asked), chosen)
    assert lacking.status_code == 422
    assert "Schrijf wat de zorgaanbieder nu kan doen." in said(lacking)
    office.post(desk(asked), {**chosen, "next_step": "Stuur een stuk over de dagen daarna."})
    asked.refresh_from_db()
    assert (asked.status, asked.closed_by_id) == ("partly_granted", medewerker.user_id)
    html = asked.letter.html
    for words in ("voor een deel", "D-1", "D-2", "€ 1.250,50", "De brand duurde", "Stuur een stuk", asked.reference):
        assert words in html, words
    assert html.index("D-1") < html.index("geen coulance") < html.index("D-2")
    render_letters()
    letter = log_in(indiener).get(f"{page(asked)}brief/")
    assert said(letter).startswith("%PDF")
    read = said(log_in(indiener).get(page(asked)))
    assert "Gedeeltelijk toegekend" in read
    assert "Stuur een stuk over de dagen daarna." in read
    mail = Mail.objects.latest("pk")
    assert mail.to == [indiener.email]
    for words in ("toegekend", "brand", asked.reference):
        assert words not in mail.subject + mail.body

    ours = {"provider_id": indiener.organization_id, "insurer_id": insurer.pk}
    lifting = queries.lifting(number=" d-1", **ours)
    assert (lifting, lifting.coulance.reference) == (first, asked.reference)
    assert queries.lifting(number="D-2", **ours) is None
    assert queries.lifting(number="D-1", **ours | {"provider_id": insurer.pk}) is None
    with tenancy.acting(tenancy.Context(indiener.organization_id, indiener.user_id)):
        assert queries.lifting(number="D-1", **ours) == first


def test_a_denial_says_what_one_can_do_and_lifts_nothing(asked, indiener, insurer, coordinator):
    denied = decided(asked, coordinator, CoulanceOutcome.DENIED, now=NOW)
    for words in ("Wij geven u geen coulance", "Wat u nu kunt doen", "een nieuw coulanceverzoek"):
        assert words in denied.letter.html, words
    ours = {"provider_id": indiener.organization_id, "insurer_id": insurer.pk}
    assert queries.lifting(number="D-1", **ours) is None
    with pytest.raises(coulance.NotAllowed, match="De status is: afgewezen"):
        coulance.withdraw(coulance_id=asked.pk, by=indiener, now=NOW)


def test_one_has_it_and_nobody_judges_the_own_institution(asked, coordinator, medewerker, log_in):
    given = {"coulance_id": asked.pk, "now": NOW}
    works_there = replace(medewerker, works_for=frozenset({asked.provider_id}))
    with pytest.raises(coulance.NotAllowed, match="U werkt ook bij deze zorgaanbieder"):
        coulance_decisions.take(by=works_there, **given)
    coulance_decisions.take(by=coordinator, **given)
    refused = log_in(medewerker).post(desk(asked), {"outcome": "denied", "motivation": "Nee.", "next_step": "Niets."})
    assert refused.status_code == 302
    asked.refresh_from_db()
    assert asked.status == "in_review"
    coulance_decisions.release(by=coordinator, **given)
    asked.refresh_from_db()
    assert (asked.status, asked.taken_by_id) == ("submitted", None)


def test_lists_take_as_many_queries_whatever_stands_there(asked, indiener, insurer, coordinator, log_in):
    def counted(browser, address):
        with CaptureQueriesContext(connection) as made:
            assert browser.get(address).status_code == 200
        return len(made)

    notices.told(indiener, insurer.pk, NOW)
    visits = [(log_in(indiener), "/mijn-meldingen/"), (log_in(coordinator), DESK), (log_in(coordinator), desk(asked))]
    for browser, address in visits:
        browser.get(address)
    few = [counted(*visit) for visit in visits]
    for number in range(3):
        notices.coulance(indiener, insurer.pk, claim(f"E-{number}"), now=NOW)
    notices.told(indiener, insurer.pk, NOW, contract_year=NOW.year - 1)
    assert [counted(*visit) for visit in visits] == few


def test_who_files_takes_it_back(asked, indiener, log_in):
    browser = log_in(indiener)
    assert "Trek het verzoek in" in said(browser.get(page(asked)))
    browser.post(page(asked))
    asked.refresh_from_db()
    assert asked.status == "withdrawn"


def test_of_another_there_is_nothing(asked, other_indiener, adviseur, log_in):
    paper = f"{BEGIN}stukken/{asked.papers.get().pk}/"
    elsewhere = log_in(other_indiener)
    for address in (page(asked), f"{page(asked)}brief/", paper, f"{paper}1/", f"{paper}origineel/"):
        assert elsewhere.get(address).status_code == 404, address
        assert log_in(adviseur).get(address).status_code == 403, address


def test_a_policy_may_take_only_what_was_handed_in(insurer):
    assert queries.takes_not_handed_in(insurer.pk, today=NOW.date())
    policy = make.shipped()["zilveren-kruis-msr"]
    make.version(replace(policy, coulance_not_handed_in=False, version="anders"), insurer)
    assert not queries.takes_not_handed_in(insurer.pk, today=NOW.date())


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "denied"}, "coulance_"),
        ({"ground": "drukte"}, "coulance_filed_whole"),
        ({"filed_at": None}, "coulance_filed_whole"),
        ({"status": "in_review"}, "coulance_taken_by_somebody"),
        ({"taken_at": NOW}, "coulance_taken_pair"),
        ({"closed_at": NOW}, "coulance_closed_pair"),
    ],
)
def test_the_database_keeps_it_whole(asked, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CoulanceRequest.objects.filter(pk=asked.pk).update(**changes)


def test_no_decision_without_its_person_and_letter(asked, coordinator):
    granted = decided(asked, coordinator, now=NOW)
    with pytest.raises(IntegrityError, match="coulance_decided_by_a_person"), transaction.atomic():
        CoulanceRequest.objects.filter(pk=granted.pk).update(letter=None)
