"""Own ways to look at the queue: kept under a name, counted, given another name, thrown away; nobody else's."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.domain.roles import Role
from authorizations.domain.queue_columns import AT_FIRST
from authorizations.models import MOST_VIEWS, QueueColumns, SavedView
from tests.factories import accounts, desk

URL = "/beoordelen/weergaven/"


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def keep(browser, name, **query):
    return browser.post(URL, {"naam": name, "bewaar": "ja"}, query_params=query)


def kept(browser):
    return [(view.name, number, url) for view, number, url in browser.get("/beoordelen/").context["kept"]]


def test_what_is_chosen_is_kept_and_counted_but_never_what_was_searched_for(indiener, insurer, browser):
    desk.filed(indiener, insurer, urgent=True, due_on=date(2026, 11, 20))
    desk.filed(indiener, insurer)
    body = browser.get("/beoordelen/", {"weergave": "niemand", "spoed": "ja", "zoek": ""}).content.decode()
    assert f"{URL}?spoed=ja&amp;weergave=niemand" in body
    answer = keep(browser, "Spoed van niemand", weergave="niemand", spoed="ja", zoek="Jansen", soort="<b>", na="x")
    assert answer.url == "/beoordelen/?spoed=ja&weergave=niemand"
    assert SavedView.objects.get().query == {"spoed": "ja", "weergave": "niemand"}
    assert kept(browser) == [("Spoed van niemand", 1, "?spoed=ja&weergave=niemand")]
    page = browser.get(answer.url)
    assert page.context["is_kept"] and "Bewaar als weergave" not in page.content.decode()
    assert f"{URL}?" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("", {"spoed": "ja"}, "Vul “Naam van de weergave” in."),
        ("x" * 41, {"spoed": "ja"}, "Uw tekst is 1 teken te lang."),
        ("SPOED", {"soort": "msr_first"}, "U heeft al een weergave met deze naam."),
        ("Leeg", {}, "Kies eerst een filter of een weergave."),
        ("Leeg", {"zoek": "Jansen", "weergave": "alles"}, "Kies eerst een filter of een weergave."),
    ],
)
def test_what_is_wrong_is_said_and_the_name_stays(insurer, browser, name, query, words):
    keep(browser, "Spoed", spoed="ja")
    answer = keep(browser, name, **query)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["form"]["naam"].value() == name
    assert SavedView.objects.count() == 1


def test_no_more_than_twenty_and_a_free_place_is_used_again(insurer, noor, browser):
    for number in range(MOST_VIEWS):
        keep(browser, f"Weergave {number}", spoed="ja")
    assert "U heeft al 20 weergaven." in keep(browser, "Nog een", spoed="ja").content.decode()
    browser.post(URL, {"weergave": SavedView.objects.get(place=7).pk, "verwijder": "ja"})
    keep(browser, "Nog een", spoed="ja")
    assert SavedView.objects.get(place=7).name == "Nog een"
    by = {"user_id": noor.user_id, "organization_id": noor.organization_id, "saved_at": desk.NOW}
    for fields, constraint in (
        ({"place": 21, "name": "a"}, "saved_views_not_too_many"),
        ({"place": 7, "name": "a"}, "saved_view_place_once"),
        ({"place": 21, "name": "NOG EEN"}, "saved_view"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            SavedView.objects.create(**by, **fields)


def test_another_name_and_thrown_away(insurer, browser):
    keep(browser, "Spoed", spoed="ja")
    keep(browser, "Laat", termijn="telaat")
    laat = SavedView.objects.get(name="Laat")
    taken = browser.post(URL, {"weergave": laat.pk, "naam": "spoed", "hernoem": "ja"})
    assert taken.status_code == 422 and "al een weergave met deze naam" in taken.content.decode()
    browser.post(URL, {"weergave": laat.pk, "naam": "LAAT", "hernoem": "ja"})
    assert [name for name, *_ in kept(browser)] == ["Spoed", "LAAT"]
    for _ in range(2):
        assert browser.post(URL, {"weergave": laat.pk, "verwijder": "ja"}).status_code == 302
    gone = browser.post(URL, {"weergave": laat.pk, "naam": "Anders", "hernoem": "ja"})
    assert "Deze weergave is er niet meer." in gone.content.decode()
    assert browser.post(URL, {"weergave": "x", "verwijder": "ja"}).status_code == 302
    assert [name for name, *_ in kept(browser)] == ["Spoed"]


def test_nobody_sees_or_touches_what_a_colleague_keeps(insurer, ravi, browser, log_in):
    keep(browser, "Spoed", spoed="ja")
    view = SavedView.objects.get()
    other = log_in(ravi)
    assert kept(other) == []
    other.post(URL, {"weergave": view.pk, "verwijder": "ja"})
    assert other.post(URL, {"weergave": view.pk, "naam": "Mijn", "hernoem": "ja"}).status_code == 422
    keep(other, "Spoed", spoed="ja")
    assert SavedView.objects.count() == 2


def test_a_choice_that_somebody_has_no_more_counts_nothing_medical(indiener, insurer, log_in):
    actor = accounts.actor(Role.COORDINATOR, organization=insurer)
    SavedView.objects.create(
        user_id=actor.user_id, organization_id=insurer.pk, place=1, name="Pijn", saved_at=desk.NOW,
        query={"indicatie": "other", "termijn": "bestaat-niet"},
    )  # fmt: skip
    desk.filed(indiener, insurer)
    assert [number for _, number, _ in kept(log_in(actor))] == [1]


def test_the_queue_asks_as_much_with_one_as_with_many(indiener, insurer, browser):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/beoordelen/")
        return len(queries)

    desk.filed(indiener, insurer)
    keep(browser, "Te laat", termijn="telaat", aanzet="insurer")
    browser.get("/beoordelen/")
    few = asked()
    for number in range(6):
        keep(browser, f"Beleid {number}", beleid="zilveren-kruis-msr", aanzet="provider")
    browser.get("/beoordelen/")
    assert asked() == few


def heads(browser):
    return re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', browser.get("/beoordelen/").content.decode())


def test_everybody_chooses_the_own_columns(indiener, insurer, noor, ravi, log_in):
    filed = desk.filed(indiener, insurer)
    browser = log_in(noor)
    assert heads(browser)[:3] == ["Kenmerk", "Termijn", "Soort en indicatie"]
    assert len(heads(browser)) == 8
    answer = browser.post("/beoordelen/kolommen/", {"kolommen": ["beleid", "termijn"]}, follow=True)
    assert heads(browser) == ["Kenmerk", "Termijn", "Beleid"]
    assert f'<td data-label="Beleid">{filed.policy_version.title}</td>' in answer.content.decode()
    assert "K. V. (1981)" not in answer.content.decode()
    assert len(heads(log_in(ravi))) == 8


def test_only_columns_that_exist_are_kept_and_the_first_choice_leaves_nothing(insurer, noor, log_in):
    browser = log_in(noor)
    assert browser.post("/beoordelen/kolommen/", {"kolommen": ["bsn"]}).status_code == 422
    browser.post("/beoordelen/kolommen/", {})
    assert QueueColumns.objects.get().columns == []
    browser.post("/beoordelen/kolommen/", {"kolommen": list(AT_FIRST)})
    assert not QueueColumns.objects.exists()
    with pytest.raises(IntegrityError, match="queue_columns_known"), transaction.atomic():
        QueueColumns.objects.create(user_id=noor.user_id, organization=insurer, columns=["bsn"])
