"""What anybody may read before logging in."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from authorizations.models import Statement
from tests.factories import authorizations as make

NEEDED = "/aanvragen/nodig/"


@pytest.fixture
def policies(insurer, other_insurer):
    make.policy_version(insurer)
    make.policy_version(other_insurer, "asr-revalidatie-2020")


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_policies_are_named_with_their_telephone(client, policies):
    page = text(client.get("/informatie/"))
    assert "Zilveren Kruis: niet-gecontracteerde medisch-specialistische revalidatie" in page
    assert "071 751 00 99" in page
    assert "a.s.r.: revalidatie bij een niet-gecontracteerd ZBC" in page


def test_without_policies_the_page_stands(client, db):
    assert "Er is nog geen informatie" in text(client.get("/informatie/"))


@pytest.mark.parametrize(
    "words",
    [
        "Wanneer is er aanspraak op vergoeding van medisch specialistische revalidatie?",
        "bij wie alle, relevante, eerstelijnsbehandelingen voldoende zijn geprobeerd (stepped care),",
        "Een verwijsbrief van een arts en het huisartsenjournaal.",
        "Openen en sluiten subtraject",
        "Na ommekomst van 120 dagen sinds de opening van het subtraject.",
        "MSR vergoedingsbeleid",
        "onbekend",
        "071 751 00 99",
        "Maandag t/m vrijdag 8.30 - 17.00 uur",
        "Machtiging aanvragen",
        "Vervolg aanvragen",
        "Documenten opsturen",
        "10 werkdagen",
    ],
)
def test_a_policy_says_what_its_source_says(client, policies, words):
    assert words in text(client.get("/informatie/zilveren-kruis-msr/"))


def test_no_page_of_one_insurer_names_another(client, policies):
    assert "DSW" not in text(client.get("/informatie/asr-revalidatie-2020/"))
    assert "Zilveren Kruis" not in text(client.get("/informatie/asr-revalidatie-2020/"))


@pytest.mark.parametrize("slug", ["bestaat-niet", "landelijk"])
def test_an_unknown_policy_is_not_found(client, policies, slug):
    make.national()
    assert client.get(f"/informatie/{slug}/").status_code == 404


def ask(client, **given):
    given = {
        "policy": "zilveren-kruis-msr", "code": "14E489", "contract": "nee", "intake": "ja", "antwoord": "1", **given
    }  # fmt: skip
    return client.get(NEEDED, given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Nee, een machtiging is niet nodig"),
        ({"contract": "ja"}, "Dat staat in uw contract"),
        ({"intake": "nee"}, "Zonder machtiging mag u deze code alleen bij een intake declareren."),
        ({"code": "anders"}, "Voor deze code is altijd een machtiging nodig."),
        ({"used": "14E489"}, "Deze code is voor deze verzekerde al een keer zonder machtiging gedeclareerd."),
        ({"used": "14E490"}, "Lezing A: een van beide codes"),
        ({"policy": "asr-revalidatie-2020"}, "Ja, een machtiging is nodig"),
    ],
)
def test_whether_a_machtiging_is_needed(client, policies, given, words):
    page = text(ask(client, **given))
    assert words in page
    # A contract speaks for itself: the source is about who has none.
    assert ("Bron: " in page) is (given.get("contract") != "ja")
    assert ".." not in page.partition('id="antwoord"')[2].partition("</section>")[0]


def test_the_answers_are_carried_over_to_the_request(client, policies):
    page = text(ask(client, intake="nee"))
    start = reverse("authorizations:intake-start")
    assert f'href="{start}?beleid=zilveren-kruis-msr&amp;code=14E489&amp;contract=nee"' in page


def test_nothing_answered_names_every_question(client, policies):
    answer = client.get(NEEDED, {"antwoord": "1"})
    assert answer.status_code == 422
    assert "Controleer 4 punten" in text(answer)


@pytest.mark.parametrize("name", ["policy", "code", "contract", "intake", "used"])
@pytest.mark.parametrize("typed", ["onzin", "\x00", "<script>", "😀"])
def test_an_answer_that_does_not_exist_is_refused(client, policies, name, typed):
    answer = ask(client, **{name: typed})
    assert answer.status_code == 422
    assert "<script>" not in text(answer).replace("<script src", "")


def test_the_question_can_be_asked_with_the_insurer_chosen(client, policies):
    page = text(client.get(NEEDED, {"policy": "zilveren-kruis-msr"}))
    assert "Controleer" not in page
    assert 'value="zilveren-kruis-msr"' in page


def test_the_front_page_has_the_three_entries(client, db):
    page = text(client.get("/"))
    assert reverse("authorizations:intake-start") in page
    assert reverse("authorizations:send-documents") in page
    assert reverse("account_login") in page


NO_MACHTIGING = {"policy": "zilveren-kruis-msr", "code": "14E489", "contract": "nee", "intake": "ja"}
STATE = "/aanvragen/nodig/verklaring/"


def test_that_none_is_needed_becomes_a_statement_that_is_found_again(client, policies):
    page = text(client.get(NEEDED, NO_MACHTIGING | {"antwoord": "1"}))
    assert "Maak een verklaring met nummer" in page
    with time_machine.travel(datetime(2026, 11, 30, 23, 30, tzinfo=UTC), tick=False):
        answer = client.post(STATE, NO_MACHTIGING)
        again = client.post(STATE, NO_MACHTIGING)
    number = answer.url.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"N-[0-9A-Z]{9}", number)
    assert again.url == answer.url
    shown = text(client.get(answer.url))
    # the day in Amsterdam, the version of the policy, the answers and the source
    for words in (number, "1 december 2026", "14E489", Statement.objects.get().policy_version.sha256[:12], "intake"):
        assert words in shown
    assert number in text(client.get(answer.url.replace(number, number.lower())))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"contract": "ja"}, "Een verklaring geven wij alleen als er geen machtiging nodig is."),
        ({"intake": "nee"}, "Een verklaring geven wij alleen"),
        ({"used": ["14E490"]}, "Een verklaring geven wij alleen"),
        ({"code": "anders"}, ""),
        ({"policy": "x"}, ""),
    ],
)
def test_no_statement_when_one_is_needed(client, policies, changed, words):
    answer = client.post(STATE, NO_MACHTIGING | changed)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("number", ["N-00000000X", "x", "n" * 200])
def test_a_statement_that_was_never_given_is_not_found(client, policies, number):
    assert client.get(f"{STATE}{number}/").status_code == 404
