"""A machtiging of another insurer: registered by either side, and a title wherever the portal asks for one."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.roles import Role
from audit.domain.events import Kind
from audit.models import AccessEvent
from authorizations.domain.lifecycle import Status
from authorizations.domain.retention import Kept
from authorizations.domain.terms import Indication
from authorizations.models import AuthorizationRequest, Decision, Grant, Subtraject, TakenOver, Zorgtraject
from authorizations.services import retention, subtrajects, taken_over
from papers.models import File
from tests.authorizations.web.test_subtrajects import BEGIN, filled, parts, text, today
from tests.factories import accounts, desk, documents
from tests.factories import authorizations as make
from tests.factories.intake_pages import START, start_data, step_url
from tests.factories.subtrajects import BSN
from tests.journeys.addresses import said

pytestmark = pytest.mark.django_db
ALL, REGISTER = "/zorgtrajecten/overgenomen/", "/zorgtrajecten/overgenomen/nieuw/"


def pdf():
    return SimpleUploadedFile("brief.pdf", documents.pdf(), "application/pdf")


def typed(**changes):
    return {"policy": "zilveren-kruis-msr", "from_insurer": "Andere Zorg", "from_uzovi": "7119", "number": "x 2026-77",
            "bsn": BSN, "initials": "K.", "surname": "Voorbeeld", "indication": Indication.OTHER.value,
            "declaratie_code": "", "evidence": pdf(), **parts("birth_date", today(-9000)),
            **parts("starts_on", today(-30)), **parts("ends_on", today(90)), **changes}  # fmt: skip


@pytest.fixture(autouse=True)
def policies(insurer):
    make.policy_version(insurer)


@pytest.fixture
def known(log_in, indiener):
    """Return one that a provider registered, through its page."""
    answer = log_in(indiener).post(REGISTER, typed())
    assert answer.status_code == 302, text(answer)
    return TakenOver.objects.get()


def test_a_provider_registers_one_and_both_sides_see_it(known, log_in, indiener, adviseur, medewerker, provider):
    assert (known.number, known.from_uzovi, known.provider) == ("X202677", "7119", provider)
    for who, named in ((indiener, True), (adviseur, True), (medewerker, False)):
        browser = log_in(who)
        for path in (ALL, f"{ALL}{known.pk}/"):
            page = said(browser.get(path))
            assert "X202677" in page and ("K. V." in page or "Voorbeeld" in page) == named, path
        proof = browser.get(f"{ALL}{known.pk}/bewijs/")
        assert (proof.status_code, bool(said(proof))) == (200 if named else 404, True)
    assert AccessEvent.objects.filter(dossiers=["OM X202677"], kind=Kind.DOWNLOAD).count() == 2
    assert BSN not in str([vars(row) for row in AccessEvent.objects.all()])


def test_staff_registers_one_for_a_provider_by_its_agb_code(log_in, medewerker, provider, indiener):
    browser = log_in(medewerker)
    wrong = browser.post(REGISTER, typed(provider_agb="22999999"))
    assert wrong.status_code == 422
    assert "Wij kennen geen zorgaanbieder met deze AGB-code." in text(wrong)
    assert browser.post(REGISTER, typed(provider_agb=provider.agb_code)).status_code == 302
    assert "X202677" in said(log_in(indiener).get(ALL))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": ""}, "Vul het nummer van de machtiging in."),
        ({"bsn": "123"}, "Dit BSN klopt niet."),
        ({"from_insurer": ""}, "Vul in welke verzekeraar de machtiging gaf."),
        (parts("ends_on", today(-31)), "De machtiging eindigt voordat zij begint."),
        ({"evidence": ""}, "Voeg de brief of de beslissing van die verzekeraar toe."),
        ({"evidence": SimpleUploadedFile("brief.docx", documents.word())}, "Word"),
        ({"from_insurer": "x" * 10_000}, "te lang"),
        ({"ends_on_2": "99999"}, "bestaande datum"),
        ({"policy": "iets"}, "Kies"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(log_in, indiener, changes, says):
    answer = log_in(indiener).post(REGISTER, typed(**changes))
    assert answer.status_code == 422
    assert says in text(answer)
    assert 'value="Voorbeeld"' in answer.content.decode()
    assert not TakenOver.objects.exists() and not File.objects.exists()


def test_what_fields_and_rules_find_wrong_is_said_together(log_in, indiener):
    answer = text(log_in(indiener).post(REGISTER, typed(surname="", number="", bsn="123", evidence="")))
    for words in ("Achternaam", "Vul het nummer", "Dit BSN klopt niet", "Voeg de brief"):
        assert words in answer


def test_twice_is_refused_in_words(known, log_in, indiener):
    answer = log_in(indiener).post(REGISTER, typed())
    assert answer.status_code == 422
    assert "Deze machtiging is al vastgelegd." in text(answer)


def test_elsewhere_it_is_not_there(known, log_in, other_indiener, other_adviseur):
    for who in (other_indiener, other_adviseur):
        browser = log_in(who)
        assert "X202677" not in said(browser.get(ALL))
        assert browser.get(f"{ALL}{known.pk}/").status_code == 404
        assert browser.get(f"{ALL}{known.pk}/bewijs/").status_code == 404
        assert browser.post(f"{ALL}{known.pk}/", {"reason": "Fout"}).status_code == 404


def test_a_zorgtraject_begins_under_it_and_its_vervolg_asks_for_its_number(known, log_in, indiener):
    browser = log_in(indiener)
    without = dict.fromkeys(("bsn", "initials", "surname", "birth_date_0", "birth_date_1", "birth_date_2"), "")
    answer = browser.post(BEGIN, filled(grant_number="x-2026-77", **without))
    assert answer.status_code == 302, text(answer)
    row = Subtraject.objects.get()
    assert (row.granted, row.taken_over) == (None, known)
    page = said(browser.get(f"/zorgtrajecten/{row.zorgtraject_id}/"))
    assert "van Andere Zorg" in page
    assert browser.post(f"/zorgtrajecten/{row.zorgtraject_id}/subtrajecten/{row.pk}/vervolg/").status_code == 302
    draft = AuthorizationRequest.objects.get()
    assert draft.reading["follow_up"]["previous_number"] == "X202677"
    refused = browser.post(f"{ALL}{known.pk}/", {"reason": "Verkeerd"})
    assert refused.status_code == 422
    assert "valt een subtraject" in text(refused)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"indication": Indication.CHRONIC_PAIN.value}, "andere indicatie"),
        ({"bsn": "111222333"}, "andere patiënt"),
        (parts("opened_on", today(-31)), "geldt van"),
    ],
)
def test_one_that_does_not_fit_is_no_title(known, log_in, indiener, changes, says):
    answer = log_in(indiener).post(BEGIN, filled(grant_number="X202677", **changes))
    assert answer.status_code == 422
    assert says in text(answer)


def test_the_next_subtraject_goes_on_under_it_while_it_holds(known, log_in, indiener):
    browser = log_in(indiener)
    assert browser.post(BEGIN, filled(**parts("opened_on", today(-10)))).status_code == 302
    traject, row = Zorgtraject.objects.get(), Subtraject.objects.get()
    subtrajects.link(subtraject_id=row.pk, granted=known, by=indiener, now=timezone.now())
    subtrajects.link(subtraject_id=row.pk, granted=known, by=indiener, now=timezone.now())
    told = traject.events.filter(change="linked").values_list("opened_on", flat=True)
    assert list(told) == [row.opened_on], "the second time changed nothing"
    with pytest.raises(IntegrityError, match="subtraject_under_one_title"), transaction.atomic():
        Subtraject.objects.filter(pk=row.pk).update(granted=a_grant(indiener, known))
    page = browser.get(f"/zorgtrajecten/{traject.pk}/subtrajecten/{row.pk}/machtiging/").content.decode()
    assert 'value="X202677"' in page


def a_grant(by, known):
    filed = desk.filed(by, known.insurer, Status.GRANTED)
    decision = Decision.objects.create(
        authorization=filed, outcome="granted", summary="Ja.", proposed_by_id=by.user_id, proposed_at=desk.NOW,
        final_at=desk.NOW,
    )  # fmt: skip
    return Grant.objects.create(
        decision=decision, authorization=filed, number="M260000000001", declaratie_code="14D838",
        setting="outpatient", starts_on=today(), ends_on=today(9),
    )  # fmt: skip


def test_a_follow_up_on_it_begins_with_its_patient_and_without_a_warning(known, log_in, indiener, insurer):
    day = today(20)
    data = start_data(insurer, kind="msr_follow_up", previous_number="X 2026 77", **parts("planned_start_on", day))
    answer = log_in(indiener).post(START, data)
    assert answer.status_code == 302, text(answer)
    draft = AuthorizationRequest.objects.get()
    page = log_in(indiener).get(step_url(draft, "patient")).content.decode()
    assert 'value="Voorbeeld"' in page and "overgenomen machtiging X202677" in page
    check = text(log_in(indiener).get(f"/aanvragen/{draft.reference}/controle/"))
    assert "Voor deze patiënt geldt al machtiging" in check


def test_it_is_removed_with_a_reason_and_no_title_any_more(known, log_in, indiener, lezer, medewerker):
    path = f"{ALL}{known.pk}/"
    assert log_in(lezer).post(path, {"reason": "Fout"}).status_code == 404
    assert log_in(medewerker).post(path, {"reason": " "}).status_code == 422
    assert log_in(medewerker).post(path, {"reason": "Verkeerd nummer"}).status_code == 302
    assert "X202677" not in said(log_in(indiener).get(ALL))
    answer = log_in(indiener).post(BEGIN, filled(grant_number="X202677"))
    assert "geen machtiging met dit nummer" in text(answer)
    assert log_in(indiener).post(REGISTER, typed()).status_code == 302, "it can be registered anew"


def test_it_goes_with_its_evidence_seven_years_after_its_end(known):
    day = known.ends_on.replace(year=known.ends_on.year + 7)
    run = retention.run(now=timezone.now().replace(year=day.year, month=day.month, day=day.day) + timedelta(days=2))
    report = run.reports.get()
    assert (report.kept, report.references, report.on_disk) == (Kept.TAKEN_OVER, ["X202677"], 1)
    assert not TakenOver.objects.exists() and not File.objects.exists()


def test_the_page_about_the_duty_says_that_it_counts(client, insurer):
    asked = "policy=zilveren-kruis-msr&code=14E490&contract=nee&intake=nee&antwoord=1"
    assert "artikel 14 lid 5" in text(client.get(f"/aanvragen/nodig/?{asked}"))


def test_only_who_works_on_requests_registers(log_in, lezer, beheerder, insurer):
    assert log_in(lezer).get(REGISTER).status_code == 403
    assert log_in(beheerder).get(REGISTER).status_code == 403
    assert log_in(accounts.actor(Role.COORDINATOR, organization=insurer)).get(REGISTER).status_code == 200
    assert taken_over.REGISTERERS.isdisjoint({Role.BEHEERDER})
