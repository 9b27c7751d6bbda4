"""Letters say what they must, short and long, as text and as a picture; written with the decision or not at all."""

import io

import pypdfium2
import pytest
from django.db import transaction

from authorizations.domain.terms import Addressee, LetterKind, Outcome
from authorizations.models import Decision, RequestLetter
from authorizations.services import decisions, letters
from papers.models import PrintItem
from papers.services import letters as papers
from portal.world import people, walk
from tests.factories.world import NOW

pytestmark = pytest.mark.django_db


def letter_of(authorization, addressee=Addressee.PROVIDER):
    return authorization.letters.exclude(kind=LetterKind.RECEIPT).get(addressee=addressee).letter


def text_of(pdf):
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range().replace("\r\n", " ").replace("\n", " "))
            text.close()
            page.close()
        return pages


def pdf_of(letter):
    return papers.preview(letter.html, title=letter.title, now=letter.created_at)


def test_the_receipt_lists_what_was_sent_with_fingerprints(authorization_in):
    authorization = authorization_in("submitted")
    html = authorization.letters.get().letter.html
    assert authorization.reference in html
    assert "uiterlijk maandag 16 november 2026" in html
    assert "Contract met de verzekeraar" in html
    assert "Naar waarheid ingevuld" in html
    assert "ondertekening: ja" in html
    documents = authorization.documents.select_related("file")
    assert documents.count() == 6
    for document in documents:
        assert document.file.sha256 in html
        assert document.file.name in html


def test_an_approval_letter_names_number_period_and_hours(authorization_in):
    authorization = authorization_in("granted")
    grant = authorization.granted
    [first, *_] = pages = text_of(pdf_of(letter_of(authorization)))
    text = " ".join(pages)
    assert grant.number in first
    assert "van 23 november 2026 tot en met" in first
    assert "Fysiotherapie 18 18" in first
    assert "A. Meijer medisch adviseur, BIG-nummer 69000000404" in text
    assert "artikel 2.1" in text
    assert "heroverweging" in text
    assert "niet-gecontracteerde medisch-specialistische revalidatie, versie 1" in text
    assert "Bel 071 751 00 99" in text
    assert "SKGZ" in text


def test_a_partial_grant_shows_asked_against_granted(authorization_in):
    authorization = authorization_in("partly_granted")
    text = " ".join(text_of(pdf_of(letter_of(authorization))))
    assert "Toegekend: 34 van de 40 gevraagde uren" in text
    assert "Fysiotherapie 18 12" in text
    assert "Wat wij niet toekennen en waarom" in text


def test_a_denial_explains_reason_and_way_out(authorization_in):
    authorization = authorization_in("denied")
    html = letter_of(authorization).html
    assert "De aanvraag is afgewezen" in html
    for said in walk.NOT_MET["c2a"]:
        assert said in html
    assert "Hoe wij de indicatie van de revalidatiearts hebben gewogen" in html
    assert "Bevestigd door R. Kok" in html
    assert "Ons beleid noemt geen laatste dag" in html
    assert "kies “Vraag heroverweging”" in html
    assert "Machtigingsportaal" not in letter_of(authorization, Addressee.INSURED).html
    assert "Machtigingsnummer" not in html


def test_the_insured_gets_an_own_letter_by_post(authorization_in):
    authorization = authorization_in("granted")
    letter = letter_of(authorization, Addressee.INSURED)
    assert "Beste K. Bakker" in letter.html
    assert "Voorbeeldstraat 8" in letter.html
    assert "999996708" not in letter.html
    assert "kunt u binnen één jaar" in letter.html
    assert "kan de verzekerde" not in letter.html
    item = PrintItem.objects.get(letter=letter)
    assert item.sender_id == authorization.insurer_id


def test_the_insured_reads_what_is_meant_for_the_provider_as_a_quote(authorization_in):
    authorization = authorization_in("denied")
    next_step = authorization.decisions.get(returned_at=None).next_step
    to_insured, to_provider = (letter_of(authorization, who).html for who in (Addressee.INSURED, Addressee.PROVIDER))
    assert "Wat kan uw zorgaanbieder nu doen?" in to_insured
    assert f"<blockquote><p>{next_step}</p></blockquote>" in to_insured
    assert "Uw zorgaanbieder krijgt dezelfde uitleg" in to_insured
    assert "Wat kunt u nu doen?" in to_provider
    assert "blockquote" not in to_provider


def test_a_grant_without_a_contract_names_the_conditions(authorization_in):
    authorization = authorization_in("granted")
    html = letter_of(authorization).html
    assert "geldt voor zorg vanaf de ingangsdatum" in html
    assert "De vergoeding volgt daarom de polisvoorwaarden" in html
    assert "U stuurt de nota aan de verzekerde" in html
    assert "dient die bij ons in" in letter_of(authorization, Addressee.INSURED).html


def test_a_word_without_an_end_stays_within_the_page(authorization_in):
    authorization = authorization_in("in_review")
    noor = people.actor("noor@zk.example")
    walk.judge(authorization, by=noor, now=NOW)
    choice = decisions.Choice(outcome=Outcome.PARTLY_GRANTED, summary="A" * 900, indication_weighed="B" * 900)
    pages = decisions.preview(authorization, choice, Addressee.PROVIDER, by=noor, now=NOW)
    with pypdfium2.PdfDocument(io.BytesIO(pages)) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(number) for number in range(text.count_chars())]
            assert all(right <= page.get_width() - 50 for _, _, right, _ in boxes)
            text.close()
            page.close()


def test_the_signature_never_stands_alone(authorization_in):
    *_, last = text_of(pdf_of(letter_of(authorization_in("granted"))))
    assert "Met vriendelijke groet" in last
    assert "Noem daarbij kenmerk" in last


def test_what_people_type_stays_text(authorization_in):
    authorization = authorization_in("in_review")
    noor = people.actor("noor@zk.example")
    walk.judge(authorization, by=noor, now=NOW)
    choice = decisions.Choice(
        outcome=Outcome.GRANTED, summary="<b>Ja</b> <img src=http://127.0.0.1/x> {{ 7|add:7 }} 😀"
    )
    decision = decisions.draft(authorization, choice, by=noor, now=NOW)
    html = letters._decision_html(
        decision,
        letters.decision_content(
            decision, Addressee.PROVIDER, granted=None, hours={}, number="", decided_on=NOW.date()
        ),
    )
    assert "&lt;b&gt;Ja&lt;/b&gt; &lt;img" in html
    assert "{{ 7|add:7 }}" in html


def test_a_long_motivation_breaks_over_pages_and_loses_nothing(authorization_in):
    authorization = authorization_in("in_review")
    noor = people.actor("noor@zk.example")
    walk.judge(authorization, by=noor, now=NOW)
    words = [f"Zin{number} over de zorg die nodig is." for number in range(400)]
    choice = decisions.Choice(outcome=Outcome.GRANTED, summary="\n\n".join(words))
    pages = text_of(decisions.preview(authorization, choice, Addressee.PROVIDER, by=noor, now=NOW))
    assert len(pages) > 6
    text = " ".join(pages)
    assert all(f"Zin{number} " in text for number in range(400))


def test_the_preview_is_the_letter(authorization_in):
    authorization = authorization_in("in_review")
    noor = people.actor("noor@zk.example")
    walk.judge(authorization, by=noor, now=NOW)
    before = text_of(_preview_of_grant(authorization, noor))
    walk.decide(authorization, Outcome.GRANTED, by=noor, now=NOW)
    after = text_of(pdf_of(letter_of(authorization)))
    number = authorization.granted.number
    assert [page.replace(letters.PREVIEW_NUMBER, number) for page in before] == after


def _preview_of_grant(authorization, noor):
    from authorizations import queries
    from authorizations.domain import review as rules
    from authorizations.services import intake

    content = intake.application_of(authorization)
    grant = rules.default_grant(content, queries.policy_of(authorization), decided_on=NOW.date())
    choice = decisions.Choice(
        outcome=Outcome.GRANTED,
        summary="Deze patiënt is aangewezen op medisch-specialistische revalidatie.",
        grant=grant,
    )
    return decisions.preview(authorization, choice, Addressee.PROVIDER, by=noor, now=NOW)


@pytest.mark.asvs("2.3.3")
def test_an_unfinished_letter_undoes_the_decision(authorization_in, monkeypatch):
    authorization = authorization_in("in_review")
    noor = people.actor("noor@zk.example")
    walk.judge(authorization, by=noor, now=NOW)
    from authorizations.domain.obstacles import Obstacle

    monkeypatch.setattr(letters.rules, "obstacles_to_issue", lambda content: [Obstacle("x", "De brief is niet af.")])
    with pytest.raises(letters.NotReady, match="niet af"), transaction.atomic():
        walk.decide(authorization, Outcome.GRANTED, by=noor, now=NOW)
    assert not Decision.objects.exists()
    assert RequestLetter.objects.filter(authorization=authorization).count() == 1  # the receipt


def test_a_letter_looks_like_a_letter(authorization_in):
    authorization = authorization_in("partly_granted")
    with pypdfium2.PdfDocument(io.BytesIO(pdf_of(letter_of(authorization)))) as document:
        page = document[0]
        picture = page.render(scale=0.5).to_pil().convert("L")
        page.close()
    dark = sum(1 for value in picture.get_flattened_data() if value < 128) / (picture.width * picture.height)
    assert 0.002 < dark < 0.2
    margin = picture.crop((0, 0, picture.width // 14, picture.height))
    assert min(margin.get_flattened_data()) > 200
