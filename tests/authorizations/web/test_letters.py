"""Who may read a letter, and how letters for the insured are posted."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from authorizations.domain.terms import Addressee
from papers.models import Letter, PrintItem
from papers.tasks import render_letters
from tests.factories.logging_in import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(authorization_in, plain_letters):
    authorization = authorization_in("granted")
    render_letters()
    return authorization


@pytest.fixture
def as_(client):
    def log_in(email):
        from accounts import queries

        logged_in(client, queries.user_by_email(email))
        return client

    return log_in


def body(response):
    return b"".join(response.streaming_content)  # to the end, so that the file is closed


def address(authorization, addressee=Addressee.PROVIDER):
    letter = authorization.letters.exclude(kind="receipt").get(addressee=addressee).letter
    return reverse("authorizations:letter", args=[authorization.reference, letter.reference])


@pytest.mark.parametrize("who", ["jansen@esdoorn.example", "lezer@esdoorn.example", "noor@zk.example"])
def test_the_filing_organisation_and_the_medical_unit_read_the_letter(granted, as_, who):
    response = as_(who).get(address(granted))
    assert response.status_code == 200
    assert body(response).startswith(b"%PDF")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", ["duin@duin.example", "adviseur@asr.example"])
def test_for_another_organisation_there_is_no_letter(granted, as_, who):
    client = as_(who)
    assert client.get(address(granted)).status_code == 404
    assert client.get(reverse("authorizations:receipt", args=[granted.reference])).status_code == 404


@pytest.mark.parametrize("who", ["balie@zk.example", "team@zk.example", "beheer@esdoorn.example"])
def test_administrative_roles_read_no_letter(granted, as_, who):
    assert as_(who).get(address(granted)).status_code == 403


def test_the_letter_of_the_insured_is_not_the_providers(granted, as_):
    url = address(granted, Addressee.INSURED)
    assert as_("jansen@esdoorn.example").get(url).status_code == 404
    assert body(as_("noor@zk.example").get(url))


def test_a_letter_that_is_still_being_made_says_so(authorization_in, as_):
    authorization = authorization_in("granted")
    response = as_("jansen@esdoorn.example").get(address(authorization))
    assert response.status_code == 202
    assert "wordt nog gemaakt" in response.content.decode()


def test_the_receipt(granted, as_):
    response = as_("jansen@esdoorn.example").get(reverse("authorizations:receipt", args=[granted.reference]))
    assert body(response).startswith(b"%PDF")


def test_the_way_of_a_letter_by_post(granted, as_):
    client = as_("noor@zk.example")
    page = reverse("authorizations:print-batches")
    assert "1 brief" in client.get(page).content.decode()
    client.post(reverse("authorizations:print-batch-make"))
    client.post(reverse("authorizations:print-batch-make"))  # a double click finds nothing left
    item = PrintItem.objects.get()
    pdf = client.get(reverse("authorizations:print-batch", args=[item.batch_id]))
    assert body(pdf).startswith(b"%PDF")
    client.post(reverse("authorizations:print-batch-sent", args=[item.batch_id]))
    returned = reverse("authorizations:print-item-returned", args=[item.pk])
    assert 'value="Adres onbekend"' not in client.get(page).content.decode()
    refused = client.post(returned, {"note": " "})
    assert refused.status_code == 422
    body_ = refused.content.decode()
    assert f'id="note_{item.pk}_error"' in body_  # at its row
    assert f'href="#note_{item.pk}"' in body_
    assert f'href="{reverse("authorizations:review-detail", args=[granted.reference])}"' in body_
    client.post(returned, {"note": "Onbekend op dit adres\x00"})
    item.refresh_from_db()
    assert (item.state, item.note) == ("returned", "Onbekend op dit adres")
    assert "Onbekend op dit adres" in client.get(page).content.decode()
    client.post(reverse("authorizations:print-item-again", args=[item.pk]))
    assert PrintItem.objects.filter(letter_id=item.letter_id, state="waiting").count() == 1


def test_a_letter_that_waits_long_stands_out(granted, as_):
    added_at = PrintItem.objects.get().added_at
    for days, stands_out in ((0, False), (10, True)):
        with time_machine.travel(added_at + timedelta(days=days), tick=False):
            page = as_("balie@zk.example").get(reverse("authorizations:print-batches")).content.decode()
        assert (page.count("Wacht lang") == 2 and "De oudste wacht sinds" in page) is stands_out


def test_the_front_desk_posts_but_does_not_read(granted, as_):
    client = as_("balie@zk.example")
    assert client.get(reverse("authorizations:print-batches")).status_code == 200
    assert client.post(reverse("authorizations:print-batch-make")).status_code == 403
    as_("noor@zk.example").post(reverse("authorizations:print-batch-make"))
    batch = PrintItem.objects.get().batch_id
    client = as_("balie@zk.example")
    assert client.get(reverse("authorizations:print-batch", args=[batch])).status_code == 403
    assert client.post(reverse("authorizations:print-batch-sent", args=[batch])).status_code == 302


def test_another_insurer_has_no_such_batch(granted, as_):
    as_("noor@zk.example").post(reverse("authorizations:print-batch-make"))
    item = PrintItem.objects.get()
    client = as_("adviseur@asr.example")
    assert client.get(reverse("authorizations:print-batch", args=[item.batch_id])).status_code == 404
    assert client.post(reverse("authorizations:print-batch-sent", args=[item.batch_id])).status_code == 404
    assert client.post(reverse("authorizations:print-item-returned", args=[item.pk])).status_code == 404


def test_every_letter_of_a_decision_is_issued_once(authorization_in):
    authorization_in("granted")
    render_letters()
    assert Letter.objects.filter(issued_at=None).count() == 0
    assert len(set(Letter.objects.values_list("sha256", flat=True))) == 3
