"""A request that came by post is typed over by staff and then like any other; and who phones must know two things."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organization
from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from authorizations.models import AuthorizationRequest, Document, RequestLetter, StatusEvent
from authorizations.services import intake
from papers.models import Mail, PrintItem
from portal.world import people, walk
from tests.authorizations.web.test_subtrajects import parts, text
from tests.factories import documents
from tests.journeys.addresses import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "plain_letters")]
LIST, REGISTER, PHONE = "/beoordelen/papier/", "/beoordelen/papier/nieuw/", "/beoordelen/papier/telefoon/"
BALIE, NOOR, JANSEN, ASR = "balie@zk.example", "noor@zk.example", "jansen@esdoorn.example", "adviseur@asr.example"
UNKNOWN = {"provider_agb": "22 99 00 11", "provider_name": "Praktijk Zonder Portaal", "street": "Kade 1",
           "postcode": "1234ab", "city": "Voorbeeldstad"}  # fmt: skip


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def came(**changes):
    return {"asked_by": "provider", "policy": "zilveren-kruis-msr", "kind": "msr_first", "contracted": "nee",
            "creation_key": "6c0e0a6e-94a4-4b7c-9a37-0b8f3f3d1f11", "scan": pdf(), **UNKNOWN,
            **parts("received_on", today(-6)), **parts("planned_start_on", today(21)), **changes}  # fmt: skip


def pdf():
    return SimpleUploadedFile("scan.pdf", documents.pdf(), "application/pdf")


@pytest.fixture
def balie(log_in):
    return log_in(people.actor(BALIE))


@pytest.fixture
def typed_over(balie):
    """Return a draft that staff began by the page, and filled in step by step with its documents."""

    def begin(**changes):
        answer = balie.post(REGISTER, came(**changes))
        assert answer.status_code == 302, text(answer)
        draft, by, now = AuthorizationRequest.objects.get(), people.actor(BALIE), timezone.now()
        draft = walk.fill(draft, walk.application(today=today()), by=by, now=now)
        walk.add_documents(draft, by=by, now=now)
        draft.refresh_from_db()
        return draft

    return begin


def submit(browser, draft):
    page = f"/aanvragen/{draft.reference}/"
    return browser.post(f"{page}indienen/", {"declared": "on", "draft_version": str(draft.draft_version)})


def test_it_goes_through_the_same_form_to_the_same_desk_with_its_own_day(typed_over, balie, log_in):
    draft = typed_over()
    assert draft.reference in said(balie.get(LIST))
    check = text(balie.get(f"/aanvragen/{draft.reference}/controle/"))
    assert "Alles is ingevuld." in check
    document = Document.objects.filter(authorization=draft).first()
    assert balie.get(f"/aanvragen/{draft.reference}/documenten/{document.pk}/").status_code == 200
    for _click in range(2):
        answer = submit(balie, draft)
        assert (answer.status_code, answer["Location"]) == (302, f"/beoordelen/{draft.reference}/")
    filed = AuthorizationRequest.objects.get()
    assert filed.provider == Organization.objects.get(agb_code="22990011") == filed.on_paper_for
    assert timezone.localdate(filed.submitted_at) == today(-6) == filed.received_on_paper
    assert filed.due_on < intake.expected_on(filed, now=timezone.now()), "the term began when it came in"
    assert "Op papier ontvangen" in text(log_in(people.actor(NOOR)).get(f"/beoordelen/{filed.reference}/"))
    desk = text(balie.get(f"/beoordelen/{filed.reference}/"))
    assert "Op papier ontvangen" in desk and "Dagelijks pijn" not in desk
    # Typed over, staff see its content no more; and nobody there has an account, so letters go by post.
    assert balie.get(f"/aanvragen/{draft.reference}/documenten/{document.pk}/").status_code == 404
    assert balie.get(f"/aanvragen/{draft.reference}/stap/patient/").status_code == 404
    assert draft.reference not in said(balie.get(LIST))
    assert PrintItem.objects.get().letter_id == RequestLetter.objects.get().letter_id
    assert not Mail.objects.filter(key__contains=filed.reference).exists()


def test_of_a_provider_with_an_account_it_becomes_the_own_request(typed_over, balie, log_in):
    jansen = people.actor(JANSEN)
    agb = Organization.objects.get(pk=jansen.organization_id).agb_code
    draft = typed_over(**{**dict.fromkeys(UNKNOWN, ""), "provider_agb": agb, "asked_by": "insured"})
    browser = log_in(jansen)
    assert draft.reference not in said(browser.get("/aanvragen/"))
    assert browser.get(f"/aanvragen/{draft.reference}/").status_code == 404
    submit(balie, draft)
    page = text(browser.get(f"/aanvragen/{draft.reference}/"))
    assert "Op papier ontvangen op" in page
    assert not PrintItem.objects.exists()
    assert JANSEN in Mail.objects.get(key__contains=draft.reference).to


@pytest.mark.parametrize("who", [NOOR, ASR, JANSEN, "team@zk.example"])
def test_only_the_own_insurer_reads_what_is_being_typed_over(typed_over, log_in, who):
    draft = typed_over()
    document = Document.objects.filter(authorization=draft).first()
    own = who in (NOOR, "team@zk.example")
    browser = log_in(people.actor(who))
    for rest in ("stap/patient/", "controle/", "documenten/", f"documenten/{document.pk}/", "verwijderen/"):
        assert browser.get(f"/aanvragen/{draft.reference}/{rest}").status_code == (200 if own else 404), rest
    assert browser.get(f"/beoordelen/{draft.reference}/").status_code in (403, 404)
    assert browser.get(LIST).status_code == (403 if who == JANSEN else 200)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (parts("received_on", today(1)), "Deze dag moet nog komen."),
        (parts("received_on", today(-400)), "meer dan een jaar geleden"),
        ({"received_on_1": "99"}, "bestaande datum"),
        ({"provider_agb": "12"}, "8 cijfers"),
        ({"provider_name": ""}, "Het portaal kent deze AGB-code niet."),
        ({"provider_name": "x" * 10_000}, "te lang"),
        ({"scan": ""}, "Voeg de scan van de aanvraag toe."),
        ({"scan": SimpleUploadedFile("scan.docx", documents.word())}, "Word"),
        ({"planned_start_on_2": "99999"}, "bestaande datum"),
        ({"asked_by": "buurman"}, "Kies"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(balie, changes, says):
    answer = balie.post(REGISTER, came(**changes))
    assert answer.status_code == 422
    assert says in text(answer)
    assert 'value="Voorbeeldstad"' in answer.content.decode()
    assert not AuthorizationRequest.objects.exists()
    assert not Organization.objects.filter(agb_code="22990011").exists(), "all of it is kept, or nothing"


def test_an_insurer_asks_for_nothing(balie):
    Organization.objects.filter(name="a.s.r.").update(agb_code="95990011")
    answer = balie.post(REGISTER, came(provider_agb="95990011"))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"provider_agb"})
    assert "Deze AGB-code is niet van een zorgaanbieder." in text(answer)


def test_two_clicks_make_one_draft_and_it_can_be_thrown_away(balie):
    scan = documents.pdf()
    for _click in range(2):
        assert balie.post(REGISTER, came(scan=SimpleUploadedFile("scan.pdf", scan))).status_code == 302
    draft = AuthorizationRequest.objects.get()
    assert Document.objects.count() == 1
    assert balie.post(f"/aanvragen/{draft.reference}/verwijderen/", {}).headers["Location"] == LIST
    assert not AuthorizationRequest.objects.exists()


def test_the_database_keeps_day_and_institution_together(authorization_in):
    filed = authorization_in("submitted")
    with pytest.raises(IntegrityError, match="request_on_paper_whole"), transaction.atomic():
        AuthorizationRequest.objects.filter(pk=filed.pk).update(received_on_paper=today())


# -- the telephone ---------------------------------------------------------------------------------------------------


def test_who_names_two_facts_that_fit_is_confirmed_and_that_stays_internal(authorization_in, balie, log_in):
    filed = authorization_in("submitted")
    insured = filed.insured
    for asked in ({"reference": filed.reference.lower()}, {"bsn": insured.bsn}):
        answer = text(balie.post(PHONE, {**asked, **parts("birth_date", insured.birth_date)}))
        assert filed.reference in answer and "Dit klopt" in answer
        assert insured.surname not in answer and insured.bsn not in answer.replace(f'value="{insured.bsn}"', "")
    assert StatusEvent.objects.filter(authorization=filed, move="phoned", internal=True).count() == 2
    assert "Telefoongesprek" in text(balie.get(f"/beoordelen/{filed.reference}/"))
    assert "Telefoongesprek" not in text(log_in(people.actor(JANSEN)).get(f"/aanvragen/{filed.reference}/"))
    rows = AccessEvent.objects.filter(kind=Kind.PHONED)
    assert {(row.outcome, *row.dossiers) for row in rows} == {(Outcome.DONE, filed.reference)}
    assert insured.bsn not in str([vars(row) for row in rows])


@pytest.mark.parametrize(
    "wrong", [{"birth_date_0": "13"}, {"reference": "MA-00000000P"}, {"reference": "", "bsn": "111222333"},
              {"reference": "", "bsn": "geen"}],
)  # fmt: skip
def test_otherwise_nothing_is_shown_and_the_log_knows(authorization_in, balie, wrong):
    filed = authorization_in("submitted")
    asked = {"reference": filed.reference, **parts("birth_date", filed.insured.birth_date), **wrong}
    answer = text(balie.post(PHONE, asked))
    assert "Dit kunnen wij niet bevestigen" in answer
    assert f"/beoordelen/{filed.reference}/" not in answer
    (row,) = AccessEvent.objects.filter(kind=Kind.PHONED)
    assert (row.outcome, row.dossiers) == (Outcome.NOT_DONE, [])
    assert not StatusEvent.objects.filter(move="phoned").exists()


@pytest.mark.parametrize("both", [{}, {"reference": "MA-00000000P", "bsn": "111222333"}])
def test_one_other_fact_is_asked_for(balie, both):
    answer = balie.post(PHONE, {**parts("birth_date", today(-9000)), **both})
    assert answer.status_code == 422
    assert "een van de twee" in text(answer)


def test_elsewhere_the_same_facts_confirm_nothing(authorization_in, log_in):
    filed = authorization_in("submitted")
    asked = {"reference": filed.reference, **parts("birth_date", filed.insured.birth_date)}
    assert "niet bevestigen" in text(log_in(people.actor(ASR)).post(PHONE, asked))
    assert log_in(people.actor(JANSEN)).post(PHONE, asked).status_code == 403


def test_the_privacyverklaring_of_a_paper_request_is_its_scan(balie, typed_over):
    draft = typed_over()
    address = f"/aanvragen/{draft.reference}/privacyverklaring/"
    shown = balie.get(address)
    assert "De zorgaanbieder heeft de verklaring op papier ondertekend" in said(shown)
    signed = {
        "seen": shown.context["mark"], "way": "online", "signer": "representative", "signer_name": "P. Jansen",
        "profession": "arts", "provider_signs": "on", "confirmed": "on", **parts("patient_signed_on", today(-8)),
    }  # fmt: skip
    assert balie.post(address, signed).status_code == 422
    assert balie.post(address, signed | {"way": "uploaded", "scan": pdf()}).status_code == 302
    assert "overgenomen van papier" in said(balie.get(address))
    draft.refresh_from_db()
    assert (draft.without_diagnosis, draft.holds_diagnosis) == (True, False)
