"""The claims that a zorgaanbieder keeps: by form and by file, and nobody else's business."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.domain.roles import Role
from accounts.models import User
from audit.domain.events import Kind
from audit.models import AccessEvent
from authorizations.domain import declaration_files
from authorizations.models import Declaration
from tests.authorizations.web.test_subtrajects import parts, text, today
from tests.factories import accounts, declarations, subtrajects
from tests.journeys.addresses import said

pytestmark = pytest.mark.django_db
ALL, ADD, BRING = "/declaraties/", "/declaraties/nieuw/", "/declaraties/inlezen/"
HEAD = "declaratienummer;verzekeraar;regime;declaratiecode;code_herdeclaratie;geopend_op;gesloten_op;naam\n"


def typed(insurer, **changes):
    return {"insurer": insurer.name, "regime": "ZK_GGZ", "number": "d 2026-1", "code": "25b130", "resubmission": "01",
            **parts("opened_on", today(-300)), **parts("closed_on", today(-20)), **changes}  # fmt: skip


def bring(client, content, what="whole"):
    sent = content if isinstance(content, bytes) else content.encode()
    return client.post(BRING, {"file": SimpleUploadedFile("d.csv", sent, "text/csv"), "what": what})


@pytest.fixture
def filer(log_in, indiener):
    return log_in(indiener)


def test_a_claim_is_written_down_changed_and_removed(filer, insurer, indiener):
    made = filer.post(ADD, typed(insurer), follow=True)
    row = Declaration.objects.get()
    assert (row.number, row.code, row.provider_id) == ("D2026-1", "25B130", indiener.organization_id)
    assert row.last_day and "Declaratie D2026-1 is vastgelegd." in text(made)
    assert "D2026-1" in text(filer.get(ALL)) and "D2026-1" in text(filer.get(ALL, {"q": "d2026-1"}))
    assert "geen declaratie met dit nummer" in text(filer.get(ALL, {"q": "D9"}))

    url = f"{ALL}{row.pk}/"
    assert 'value="D2026-1"' in text(filer.get(f"{url}wijzigen/"))
    handed_in = parts("handed_in_on", today(-1)) | parts("answered_on", today())
    answered = typed(insurer, **handed_in, answer="afgewezen", return_code="0586")
    assert "Afgewezen op" in text(filer.post(f"{url}wijzigen/", answered, follow=True))
    row.refresh_from_db()
    assert row.changed_by_id == indiener.user_id and row.return_code == "0586"
    before = row.changed_at
    filer.post(f"{url}wijzigen/", answered)
    row.refresh_from_db()
    assert row.changed_at == before, "what stays the same is no change"

    assert "is verwijderd" in text(filer.post(f"{url}verwijderen/", follow=True))
    assert filer.get(url).status_code == 404 and filer.post(f"{url}verwijderen/").status_code == 404


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(filer, insurer):
    wrong = typed(insurer, code="x" * 10_000)
    answer = filer.post(ADD, wrong)
    assert answer.status_code == 422 and not Declaration.objects.exists()
    assert "te lang" in text(answer) and 'value="d 2026-1"' in text(answer)
    later = filer.post(ADD, typed(insurer, resubmission="", **parts("closed_on", today(3))))
    assert "Deze dag ligt in de toekomst" in text(later) and "Vul de code her-declaratie in" in text(later)
    assert filer.post(ADD, {}).status_code == 422


def test_a_second_click_makes_no_second_claim(filer, insurer):
    filer.post(ADD, typed(insurer))
    again = filer.post(ADD, typed(insurer))
    assert again.status_code == 422 and "heeft u al een declaratie met dit nummer" in text(again)
    assert Declaration.objects.count() == 1


def test_a_zorgtraject_says_who_it_is_and_must_be_of_this_insurer(filer, indiener, insurer, other_insurer, provider):
    user = User.objects.get(pk=indiener.user_id)
    traject = subtrajects.traject(provider, insurer, user, number="ZT7")
    elsewhere = subtrajects.traject(provider, other_insurer, user, number="ZT8")
    for number, words in (("ZT9", "is niet vastgelegd bij uw instelling"), ("ZT8", "van een andere verzekeraar")):
        assert words in text(filer.post(ADD, typed(insurer, zorgtrajectnummer=number)))
    both = filer.post(ADD, typed(insurer, zorgtrajectnummer="ZT7", bsn=subtrajects.BSN))
    assert "niet allebei" in text(both) and elsewhere.declarations.count() == 0
    page = text(filer.post(ADD, typed(insurer, zorgtrajectnummer="zt7"), follow=True))
    assert "K. V. (1981)" in page and subtrajects.BSN not in page
    assert traject.declarations.get().insured_hash == traject.insured.bsn_hash


def test_a_file_is_taken_in_whole_or_the_wrong_lines_come_back(filer, insurer):
    good = f"D1;{insurer.name};ZK_GGZ;25B130;1;15-1-2026;31-8-2026;Jan\n"
    wrong = f"=D2;{insurer.name};ZK_GGZ;25B130;01;2026-01-15;2026-01-14;Piet\nD3;Onbekend;x;25B130;01;;;\nD4;kort\n"
    answer = bring(filer, HEAD + good + wrong)
    assert answer.status_code == 422 and not Declaration.objects.exists()
    page = text(answer)
    assert "Er is niets vastgelegd" in page and "Kies een afspraak" in page and "2 kolommen" in page
    assert "Excel" not in page and "Piet" not in page

    back = bring(filer, HEAD + good + f"D5;{insurer.name};ZK_GGZ;25B130;01;2026-01-15;2026-01-14;Piet\n", "good")
    assert (back.status_code, back["Content-Type"]) == (200, "text/csv; charset=utf-8")
    (row,) = csv.DictReader(io.StringIO(said(back).removeprefix("\ufeff")), delimiter=";")
    assert (row["declaratienummer"], row["naam"]) == ("D5", "Piet")
    assert row["fout"] == "gesloten_op: De zorg sluit vóór de opening."
    assert Declaration.objects.get().number == "D1"
    assert "Declaraties uit het bestand: 1 nieuw en 1 fout." in text(filer.get(ALL))


def test_a_file_may_come_again_with_the_answers(filer, insurer, indiener):
    declarations.claim(indiener, insurer, number="D1")
    again = f"D1;{insurer.name};ZK_GGZ;25B130;01;2026-01-15;2026-08-31;\n"
    assert "1 ongewijzigd" in text(bring_and_follow(filer, HEAD + again))
    head = HEAD.replace("naam", "ingediend_op")
    assert "1 bijgewerkt" in text(bring_and_follow(filer, head + again.replace(";\n", ";2026-09-01\n")))
    assert str(Declaration.objects.get().handed_in_on) == "2026-09-01"
    twice = bring(filer, HEAD + again + again)
    assert "Deze declaratie staat ook op regel 2." in text(twice)
    example = filer.get(f"{ALL}voorbeeld/").content
    assert declaration_files.read_file(example).faults == []


def bring_and_follow(client, content):
    return client.get(bring(client, content)["Location"])


def test_a_file_that_is_none(filer):
    for content, words in (
        (b"", "Dit bestand is leeg"),
        (b"PK\x03\x04", "Excel-bestand"),
        (b"a;b\n1;2\n", "ontbreekt"),
    ):
        answer = bring(filer, content)
        assert (answer.status_code, words in text(answer)) == (422, True)


def test_it_is_of_the_own_institution_and_of_who_reads_content(log_in, insurer, indiener, provider, other_provider):
    row = declarations.claim(indiener, insurer, bsn=subtrajects.BSN)
    url = f"{ALL}{row.pk}/"
    reader = log_in(accounts.actor(Role.LEZER, organization=provider))
    assert reader.get(url).status_code == 200 and reader.get(ADD).status_code == 403
    event = AccessEvent.objects.filter(kind=Kind.CLAIM_READ.value).latest("id")
    assert event.subjects[0]["aanvraag"] == f"DC {row.number}" and event.subjects[0]["verzekerde"]
    assert subtrajects.BSN not in str(event.subjects) + event.detail.__str__()
    other = log_in(accounts.actor(Role.INDIENER, organization=other_provider))
    assert other.get(url).status_code == 404 and other.post(f"{url}wijzigen/", {}).status_code == 404
    desk = log_in(accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer))
    assert desk.get(ALL).status_code == 403 and desk.get(url).status_code == 403
    manager = log_in(accounts.actor(Role.ORGANISATIEBEHEERDER, organization=provider))
    assert manager.get(ALL).status_code == 403


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"closed_on": "2026-01-01"}, "declaration_days_in_order"),
        ({"answer": "afgewezen"}, "declaration_answer_whole"),
        ({"opened_on": None}, "declaration_has_a_day"),
        ({"code": "x"}, "declaration_codes_fit"),
        ({"regime": "ASR_BETALING"}, "declaration_regime_known"),
    ],
)
def test_the_database_keeps_it_whole(indiener, insurer, change, name):
    row = declarations.claim(indiener, insurer)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Declaration.objects.filter(pk=row.pk).update(**change)
