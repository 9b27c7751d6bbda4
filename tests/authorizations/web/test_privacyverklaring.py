"""The privacyverklaring by the pages: given, what goes with it, and withdrawn."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from audit.models import AccessEvent
from authorizations.domain.privacyverklaring import PatientSigner, PrivacyWay, Signed
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest, Document, DocumentReading, Privacyverklaring, StatusEvent
from authorizations.services import checklist, drafts, intake, privacyverklaring
from papers.models import File, PageImage
from tests.factories import applications, documents
from tests.factories import intake as filing
from tests.factories.intake import NOW
from tests.factories.intake_pages import step_url
from tests.journeys.addresses import said

pytestmark = pytest.mark.django_db
SLUG = "zilveren-kruis-ggz-verblijf-2020"
CODE, WORDS = "F20.0", "Schizofrenie"
SIGNED = {
    "way": "online", "signer": "patient", "signer_name": "J. Jansen", "patient_signed_on_0": "2",
    "patient_signed_on_1": "11", "patient_signed_on_2": "2026", "profession": "Psychiater", "provider_signs": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def with_diagnosis(**parts):
    return applications.application(referral={"diagnosis_code": CODE, "diagnosis_text": WORDS}, **parts)


def url(authorization, rest=""):
    return f"/aanvragen/{authorization.reference}/privacyverklaring/{rest}"


def secrets_of(authorization):
    row = AuthorizationRequest.objects.get(pk=authorization.pk)
    return str([row.answers, row.reading, row.prefilled, row.application, row.step_notes])


def given(authorization, by, **changes):
    signed = {
        "way": PrivacyWay.ONLINE, "signer": PatientSigner.PATIENT, "signer_name": "J. Jansen",
        "patient_signed_on": date(2026, 11, 2), "profession": "Psychiater", "provider_signs": True, **changes,
    }  # fmt: skip
    marks = [one.mark for one in privacyverklaring.removals(authorization)]
    return privacyverklaring.give(
        authorization_id=authorization.pk, signed=Signed(**signed), confirmed=marks, by=by, now=NOW
    )


@pytest.mark.parametrize("state", [filing.filled, filing.submitted])
def test_giving_it_takes_the_diagnosis_away_for_good(log_in, indiener, insurer, state):
    authorization = state(indiener, insurer, with_diagnosis())
    assert AuthorizationRequest.objects.get(pk=authorization.pk).holds_diagnosis
    client = log_in(indiener)
    page = client.get(url(authorization))
    assert "Dit verwijderen wij voorgoed" in said(page)
    assert "Diagnose (ICD-10)" in said(page)
    assert CODE not in page.content.decode()
    shown = SIGNED | {"seen": page.context["mark"]}

    unsure = client.post(url(authorization), shown)
    assert (unsure.status_code, "Bevestig dat wij de gegevens verwijderen" in said(unsure)) == (422, True)
    assert "J. Jansen" in unsure.content.decode()
    other = client.post(url(authorization), SIGNED | {"seen": "iets anders", "confirmed": "on"})
    assert other.status_code == 422, "Something else stood there than stands there now."
    assert CODE in secrets_of(authorization)

    assert client.post(url(authorization), shown | {"confirmed": "on"}).status_code == 302
    authorization.refresh_from_db()
    assert (authorization.without_diagnosis, authorization.holds_diagnosis) == (True, False)
    for word in (CODE, WORDS, "diagnosis_"):
        assert word not in secrets_of(authorization)
    event = StatusEvent.objects.get(authorization=authorization, move="privacy_given")
    assert event.note == "Verwijderd: Diagnose (ICD-10), Diagnose in woorden."
    logged = AccessEvent.objects.filter(kind="privacyverklaring").latest("pk")
    assert logged.detail["verwijderd"] == "diagnosis_code, diagnosis_text"
    assert drafts.application_of(authorization).referral.diagnosis_shared is False
    again = client.post(url(authorization), shown | {"confirmed": "on"})
    assert again.status_code == 302, "A double click changes nothing."
    assert Privacyverklaring.objects.count() == 1
    assert "Nog niet gecontroleerd" in said(client.get(url(authorization)))


def test_from_then_on_no_diagnosis_is_asked_or_kept(log_in, indiener, insurer):
    draft = filing.filled(indiener, insurer, with_diagnosis())
    given(draft, indiener)
    client = log_in(indiener)
    page = client.get(step_url(draft, "verwijzing"))
    assert "Er geldt een privacyverklaring" in said(page)
    assert "diagnosis_" not in page.content.decode()
    draft.refresh_from_db()
    values = {"referral": {"diagnosis_code": CODE, "diagnosis_text": WORDS, "complaints": "Pijn"}}
    typed = {"diagnosis_code": [CODE], "complaints": ["Pijn"]}
    for tidy in (True, False):
        intake.save_step(
            authorization_id=draft.pk, step="verwijzing", values=values, data=typed, tidy=tidy,
            draft_version=AuthorizationRequest.objects.get(pk=draft.pk).draft_version, by=indiener, now=NOW,
        )  # fmt: skip
        assert CODE not in secrets_of(draft)
        assert "Pijn" in secrets_of(draft)


def test_the_database_itself_refuses_a_diagnosis(indiener, insurer):
    filed = filing.submitted(indiener, insurer, with_diagnosis())
    given(filed, indiener)
    draft = AuthorizationRequest.objects.get(pk=filing.filled(indiener, insurer).pk)
    given(draft, indiener)
    draft.refresh_from_db()
    draft.reading = {**draft.reading, "referral": {"diagnosis_code": CODE}}
    with pytest.raises(IntegrityError, match="request_without_diagnosis"), transaction.atomic():
        draft.save()
    rows = AuthorizationRequest.objects.filter(pk=filed.pk)
    with pytest.raises(IntegrityError, match="privacyverklaring_still_holds"), transaction.atomic():
        rows.update(without_diagnosis=False)
    filed.refresh_from_db()
    with pytest.raises(IntegrityError, match="filed_request_is_frozen"), transaction.atomic():
        rows.update(**filed.sealed(application={"referral": {"diagnosis_code": CODE}}))
    with pytest.raises(IntegrityError, match="privacyverklaring_without_diagnosis"), transaction.atomic():
        Privacyverklaring.objects.filter(authorization=filed).update(
            authorization=filing.filled(indiener, insurer), status="given"
        )
    with pytest.raises(IntegrityError, match="privacyverklaring_signed_by_both"), transaction.atomic():
        Privacyverklaring.objects.filter(authorization=filed).update(provider_profession="")


def test_withdrawn_the_diagnosis_may_be_asked_again_and_nothing_comes_back(log_in, indiener, insurer):
    draft = filing.filled(indiener, insurer, with_diagnosis())
    given(draft, indiener)
    client = log_in(indiener)
    on = {f"withdrawn_on_{at}": str(part) for at, part in enumerate((2, 11, 2026))}
    assert client.post(url(draft, "intrekken/"), on | {"reason": " "}).status_code == 422
    late = client.post(url(draft, "intrekken/"), on | {"withdrawn_on_2": "2027", "reason": "Hij wil het toch delen."})
    assert (late.status_code, "Hij wil het toch delen." in late.content.decode()) == (422, True)
    assert client.post(url(draft, "intrekken/"), on | {"reason": "Hij wil het toch delen."}).status_code == 302
    draft.refresh_from_db()
    one = Privacyverklaring.objects.get()
    assert (draft.without_diagnosis, one.status, one.withdrawn_on) == (False, "withdrawn", date(2026, 11, 2))
    assert CODE not in secrets_of(draft)
    assert "diagnosis_code" in client.get(step_url(draft, "verwijzing")).content.decode()
    assert "Hij wil het toch delen." in said(client.get(url(draft)))
    assert client.get(url(draft, "intrekken/")).status_code == 302
    given(draft, indiener)
    assert Privacyverklaring.objects.count() == 2


def test_it_holds_for_the_whole_treatment(indiener, insurer):
    filed = filing.submitted(indiener, insurer, with_diagnosis())
    changed = intake.amend(authorization=filed, by=indiener, creation_key=uuid4(), now=NOW)
    _, gone = given(filed, indiener)
    assert {one.where for one in gone} == {filed.reference, changed.reference}
    assert CODE not in secrets_of(changed)
    later = intake.amend(authorization=filed, by=indiener, creation_key=uuid4(), now=NOW)
    later.refresh_from_db()
    signed = Privacyverklaring.objects.get(authorization=filed)
    assert later.without_diagnosis
    assert set(Privacyverklaring.objects.exclude(pk=signed.pk).values_list("carried_from", flat=True)) == {signed.pk}
    privacyverklaring.withdraw(
        authorization_id=later.pk, withdrawn_on=NOW.date(), reason="Hij wil het toch delen.", by=indiener, now=NOW
    )
    assert not AuthorizationRequest.objects.filter(without_diagnosis=True).exists()


def test_a_patient_who_shares_none_signs_for_that(indiener, insurer):
    stay = applications.stay(referral={"diagnosis_shared": False})
    draft = filing.ready(indiener, insurer, stay, slug=SLUG)
    assert [one.code for one in intake.obstacles(draft, by=indiener, now=NOW)] == ["privacyverklaring_missing"]
    given(draft, indiener)
    draft.refresh_from_db()
    assert intake.obstacles(draft, by=indiener, now=NOW) == []
    filed = intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=indiener, now=NOW)
    assert "diagnosis" not in str(filed.application)


def test_a_signed_document_stands_on_the_checklist(log_in, indiener, insurer):
    draft = filing.ready(indiener, insurer, applications.stay(), slug=SLUG)
    client = log_in(indiener)
    uploaded = SIGNED | {"way": "uploaded"}
    lacking = client.post(url(draft), uploaded)
    assert "Voeg de ondertekende privacyverklaring toe." in said(lacking)
    wrong = client.post(url(draft), uploaded | {"scan": SimpleUploadedFile("scan.pdf", b"geen pdf")})
    assert wrong.status_code == 422
    half = client.post(url(draft), uploaded | {"signer": "", "scan": SimpleUploadedFile("scan.pdf", documents.pdf())})
    assert (half.status_code, Document.objects.filter(items__kind="privacyverklaring").count()) == (422, 1)
    assert "staat al bij de documenten" in said(half)
    assert client.post(url(draft), uploaded).status_code == 302
    kinds = {one.item.kind for one in checklist.checklist(AuthorizationRequest.objects.get(pk=draft.pk))}
    assert DocumentKind.PRIVACYVERKLARING in kinds


@pytest.mark.parametrize("bad", [{"way": "fax"}, {"signer_name": "x" * 10_000}, {"patient_signed_on_2": "0"}, {}])
def test_nonsense_ends_in_words(log_in, indiener, insurer, bad):
    draft = filing.filled(indiener, insurer)
    answer = log_in(indiener).post(url(draft), (SIGNED | bad) if bad else {})
    assert answer.status_code == 422
    assert not Privacyverklaring.objects.exists()


def test_of_documents_no_text_is_kept_and_uploads_ask_for_blackened_copies(log_in, indiener, insurer):
    draft = filing.ready(indiener, insurer, with_diagnosis())
    document = Document.objects.filter(authorization=draft).first()
    page = PageImage.objects.create(
        file=document.file, number=1, width=10, height=10, path="pages/1.webp", text=WORDS, recognised_at=NOW
    )
    DocumentReading.objects.create(document=document, found=[["dated", "2026-11-02", 1]], made_at=NOW)
    client = log_in(indiener)
    given(draft, indiener)
    page.refresh_from_db()
    assert (page.text, DocumentReading.objects.exists()) == ("", False)
    later = documents.added(draft, indiener, DocumentKind.OVERIG)
    PageImage.objects.create(file=later.file, number=1, width=10, height=10, path="pages/2.webp", text=WORDS)
    assert not PageImage.objects.exclude(text="").exists()
    step = f"/aanvragen/{draft.reference}/documenten/"
    page = client.get(step)
    assert "lak de diagnose zwart" in said(page)
    assert 'id="item-huisartsenjournaal"' not in page.content.decode()
    draft.refresh_from_db()
    assert intake.obstacles(draft, by=indiener, now=NOW) == []
    filed = intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=indiener, now=NOW)
    assert "lak de diagnose zwart" in said(client.get(f"/aanvragen/{filed.reference}/documenten/extra/"))
    changed = intake.amend(authorization=filed, by=indiener, creation_key=uuid4(), now=NOW)
    assert not File.objects.filter(
        pk__in=Document.objects.filter(authorization=changed).values("file_id"), keeps_text=True
    ).exists()


def test_a_blackened_copy_hides_the_version_before_it(log_in, indiener, insurer, noor):
    filed = filing.submitted(indiener, insurer)
    old = Document.objects.filter(authorization=filed).first()
    first = documents.added(filed, indiener, replaces_id=old.pk)
    client, desk = log_in(indiener), log_in(noor)
    original = f"/aanvragen/{filed.reference}/documenten/{old.pk}/"
    assert desk.get(original).status_code == 200
    page = client.get(url(filed))
    assert "Oudere versies van documenten: niemand ziet ze meer" in said(page)
    given(filed, indiener)
    assert (desk.get(original).status_code, client.get(original).status_code) == (404, 404)
    second = documents.added(filed, indiener, replaces_id=first.pk)
    hidden = Document.objects.filter(authorization=filed, removed_at__isnull=False).values_list("pk", flat=True)
    assert (set(hidden), second.removed_at) == ({old.pk, first.pk}, None)
    assert "De oude versie ziet niemand meer" in said(
        client.get(f"/aanvragen/{filed.reference}/documenten/extra/?vervangt={second.pk}")
    )
