"""Standard texts on the pages: the beheerder keeps them, an advisor puts one in, and a letter keeps what it said."""

import pytest
import time_machine

from authorizations.domain.lifecycle import Status
from authorizations.domain.paragraphs import Place
from authorizations.models import Decision, RequestLetter, StandardParagraph
from authorizations.services import paragraphs, sight
from tests.factories import desk
from tests.factories.desk import NOW

PAGE = "/beheer/alineas/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(authorization, noor)
    return authorization


def fields(taken, **changes):
    return {
        "policy_slug": taken.policy_version.slug, "place": "summary", "order": "1", "title": "Aangewezen",
        "text": "U bent aangewezen op revalidatie.", "bewaar": "1", **changes,
    }  # fmt: skip


def test_a_beheerder_writes_changes_and_stops_one(taken, beheerder, log_in):
    browser = log_in(beheerder)
    assert "De alinea is bewaard." in browser.post(PAGE, fields(taken), follow=True).content.decode()
    first = StandardParagraph.objects.get()
    form = browser.get(PAGE, {"wijzig": first.pk}).context["form"]
    assert form["text"].value() == first.text
    browser.post(PAGE, fields(taken, text="U bent hierop aangewezen.", replaces=first.pk))
    assert list(StandardParagraph.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]
    body = browser.get(PAGE).content.decode()
    assert "Aangewezen, versie 1, tot" in body and "U bent hierop aangewezen." in body
    browser.post(PAGE, {"paragraph": StandardParagraph.objects.get(version=2).pk, "stop": "1"})
    assert paragraphs.in_use(taken) == []


def test_what_is_wrong_is_said_at_its_field(taken, beheerder, log_in):
    answer = log_in(beheerder).post(PAGE, fields(taken, text="", place="", order="0"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text", "place", "order"}
    assert "Aangewezen" in answer.content.decode()


def test_an_advisor_puts_one_in_without_javascript_and_the_letter_keeps_it(taken, beheerder, noor, log_in):
    one = paragraphs.write(
        policy_slug=taken.policy_version.slug, place=Place.SUMMARY, order=1, title="Aangewezen",
        text="U bent aangewezen op revalidatie.", replaces_id=None, by=beheerder, now=NOW,
    )  # fmt: skip
    browser, url = log_in(noor), f"/beoordelen/{taken.reference}/besluit/"
    page = browser.get(url)
    assert "Aangewezen</option>" in page.content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("declaratie_code", "setting", "seen")}
    sent |= {"outcome": "granted", "summary": "Mijn woorden.", "hours_fysiotherapie": "24", "setting": "outpatient"}
    sent |= {"hours_revalidatiearts": "4", "hours_psychologie": "12,5"}
    sent |= {"starts_on_0": "14", "starts_on_1": "12", "starts_on_2": "2026"}
    sent |= {"ends_on_0": "26", "ends_on_1": "3", "ends_on_2": "2027"}
    answer = browser.post(url, sent | {"invoegen": "1", "alinea": one.pk})
    assert answer.status_code == 200 and not Decision.objects.exists()
    words = answer.context["form"]["summary"].value()
    assert words == "Mijn woorden.\n\nU bent aangewezen op revalidatie."
    assert browser.get(url).context["form"]["summary"].value() == words  # kept while it is typed
    browser.post(url, sent | {"summary": words, "seen": sight.of(taken)})
    paragraphs.write(
        policy_slug=taken.policy_version.slug, place=Place.SUMMARY, order=1, title="Aangewezen", text="Iets anders.",
        replaces_id=one.pk, by=beheerder, now=NOW,
    )  # fmt: skip
    letters = RequestLetter.objects.filter(decision__isnull=False)
    assert letters.count() == 2
    assert all("U bent aangewezen op revalidatie." in letter.letter.html for letter in letters)
