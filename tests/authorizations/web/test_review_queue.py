"""The queue: order, views, filters, pages, roles."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.domain.references import machtigingsnummer
from authorizations.domain.terms import Indication, Kind
from authorizations.models import AuthorizationRequest, Insured
from authorizations.services import questions
from authorizations.web.views import review_queue, review_rows
from tests.factories import accounts, desk, told

TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def page(browser, **query):
    response = browser.get("/beoordelen/", query)
    assert response.status_code == 200
    return response.context


def references(context):
    return [row.reference for row in context["rows"]]


def test_the_least_time_left_comes_first_and_what_rests_last(indiener, insurer, browser):
    made = {
        due: desk.filed(indiener, insurer, due_on=due).reference
        for due in (date(2026, 12, 3), None, date(2026, 11, 20), date(2026, 11, 23))
    }
    context = page(browser)
    assert references(context) == [
        made[due] for due in (date(2026, 11, 20), date(2026, 11, 23), date(2026, 12, 3), None)
    ]
    assert [row.term for row in context["rows"]] == [
        ("over", "1 werkdag te laat"),
        ("high", "Vandaag"),
        ("low", "Nog 8 werkdagen"),
        ("paused", "Rust"),
    ]


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 11, 24), ("high", "Nog 1 werkdag")),
        (date(2026, 11, 25), ("mid", "Nog 2 werkdagen")),
        (date(2026, 11, 26), ("mid", "Nog 3 werkdagen")),
        (date(2026, 11, 27), ("low", "Nog 4 werkdagen")),
        (date(2026, 11, 19), ("over", "2 werkdagen te laat")),
        (date(2026, 11, 21), ("over", "1 werkdag te laat")),  # a Saturday, looked at on Sunday
    ],
)
def test_the_words_of_the_term(due_on, expected):
    today = date(2026, 11, 22) if due_on == date(2026, 11, 21) else date(2026, 11, 23)
    assert review_rows.term(due_on, Status.IN_REVIEW, today) == expected


def test_what_is_closed_has_no_term():
    assert review_rows.term(date(2026, 11, 24), Status.GRANTED, date(2026, 11, 23)) is None


def test_views_are_counted_and_narrow(indiener, insurer, noor, browser):
    desk.filed(indiener, insurer, due_on=date(2026, 12, 3))
    mine = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 11, 20))
    desk.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER, advisor=noor, due_on=None)
    desk.filed(indiener, insurer, Status.ANSWERED, advisor=noor)
    other = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    desk.filed(indiener, insurer, Status.SECOND_REVIEW, advisor=other)
    counts = {view.slug: number for view, number, _ in page(browser)["views"]}
    assert counts == {"alles": 5, "mijn": 3, "niemand": 1, "antwoord": 1, "wacht": 1, "tweede": 1, "telaat": 3}
    assert len(page(browser, weergave="mijn")["rows"]) == 3
    assert mine.reference in references(page(browser, weergave="telaat"))
    assert page(browser, weergave="bestaat-niet")["view"].slug == "alles"


def test_a_question_back_of_the_provider_is_marked_and_counts_as_an_answer(indiener, insurer, noor, browser):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    asked = questions.ask(authorization_id=taken.pk, items=[desk.question()], by=noor, now=TODAY)
    item = asked.items.get()
    counter = questions.counter(item_id=item.pk, text="Welk verslag bedoelt u?", by=indiener, now=TODAY)
    context = page(browser, weergave="antwoord")
    assert [row.has_counter for row in context["rows"]] == [True]
    assert "Wedervraag" in browser.get("/beoordelen/").content.decode()
    detail = browser.get(f"/beoordelen/{taken.reference}/", {"toon": "vragen"}).content.decode()
    assert "De aanbieder wacht op uw reactie" in detail
    assert "De aanbieder is aan zet" not in detail
    questions.reply(counter_id=counter.pk, text="Het eindverslag.", by=noor, now=TODAY)
    assert references(page(browser, weergave="antwoord")) == []
    assert "Wedervraag" not in browser.get("/beoordelen/").content.decode()


def test_filters_stand_in_the_address(indiener, insurer, browser):
    urgent = desk.filed(indiener, insurer, urgent=True, due_on=date(2026, 11, 24))
    follow_up = desk.filed(indiener, insurer, kind=Kind.MSR_FOLLOW_UP.value)
    other = desk.filed(indiener, insurer, indication=Indication.OTHER.value)
    assert references(page(browser, spoed="ja")) == [urgent.reference]
    assert references(page(browser, soort="msr_follow_up")) == [follow_up.reference]
    assert references(page(browser, indicatie="other")) == [other.reference]
    assert len(references(page(browser, soort="<script>", indicatie="x", spoed="y"))) == 3
    url = next(url for view, _, url in page(browser, spoed="ja")["views"] if view.slug == "mijn")
    assert url == "?spoed=ja&weergave=mijn"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "submitted"}, {"late", "today"}),
        ({"status": "waiting_for_provider"}, {"asked", "asked back"}),
        ({"status": "granted"}, {"late", "today", "soon", "later", "asked", "asked back"}),  # no choice in the queue
        ({"termijn": "telaat"}, {"late"}),
        ({"termijn": "vandaag"}, {"today"}),
        ({"termijn": "gauw"}, {"today", "soon"}),
        ({"termijn": "rust"}, {"asked", "asked back"}),
        ({"aanzet": "insurer"}, {"late", "today", "soon", "later", "asked back"}),
        ({"aanzet": "provider"}, {"asked"}),
        ({"aanzet": "insurer", "termijn": "gauw", "status": "answered"}, {"soon"}),
        ({"weergave": "telaat", "status": "answered"}, set()),
    ],
)
def test_what_narrows_further(indiener, insurer, noor, browser, query, expected):
    made = {
        "late": desk.filed(indiener, insurer, due_on=date(2026, 11, 20)),
        "today": desk.filed(indiener, insurer, due_on=date(2026, 11, 23)),
        "soon": desk.filed(indiener, insurer, Status.ANSWERED, advisor=noor, due_on=date(2026, 11, 26)),
        "later": desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 11, 27)),
        "asked": desk.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER, advisor=noor, due_on=None),
        "asked back": desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor),
    }
    asked = questions.ask(authorization_id=made["asked back"].pk, items=[desk.question()], by=noor, now=TODAY)
    questions.counter(item_id=asked.items.get().pk, text="Welk verslag bedoelt u?", by=indiener, now=TODAY)
    context = page(browser, **query)
    assert references(context) == sorted_by_term(made[name] for name in expected)
    assert context["narrowed"] == len(expected)


def sorted_by_term(requests):
    later = date(2099, 1, 1)
    now = AuthorizationRequest.objects.filter(pk__in=[one.pk for one in requests])
    return [one.reference for one in sorted(now, key=lambda one: (one.due_on or later, one.pk))]


def test_provider_and_policy_are_chosen_from_what_is_open(indiener, insurer, browser):
    elsewhere = accounts.OrganizationFactory(name="Aa Kliniek")
    theirs = desk.filed(accounts.actor(Role.INDIENER, organization=elsewhere), insurer)
    own = desk.filed(indiener, insurer)
    silent = accounts.OrganizationFactory()
    choices = page(browser)["form"].fields["aanbieder"].choices
    assert [words for _, words in choices] == ["Elke aanbieder", "Aa Kliniek", own.provider.name]
    assert references(page(browser, aanbieder=elsewhere.pk)) == [theirs.reference]
    policy = own.policy_version
    assert page(browser)["form"].fields["beleid"].choices[1:] == [(policy.slug, policy.title)]
    assert len(references(page(browser, beleid=policy.slug))) == 2
    # who has nothing open any more, in an address that somebody kept: nothing, rather than everything
    context = page(browser, aanbieder=silent.pk)
    assert references(context) == []
    assert [words for words, _ in context["chips"]] == ["Aanbieder zonder open aanvragen"]
    assert references(page(browser, beleid="ander-beleid")) == []
    assert len(references(page(browser, aanbieder="9" * 30, beleid="<b>"))) == 2


def test_what_was_chosen_can_be_taken_away_one_by_one(indiener, insurer, browser):
    desk.filed(indiener, insurer)
    context = page(browser, weergave="niemand", spoed="ja", termijn="gauw", na="2026-12-01_1")
    assert context["chips"] == [
        ("Alleen spoed", "?weergave=niemand&termijn=gauw"),
        ("Binnen 3 werkdagen", "?weergave=niemand&spoed=ja"),
    ]
    assert "0 van 1 aanvraag" in browser.get("/beoordelen/", {"spoed": "ja"}).content.decode()


def test_search_goes_over_everything_by_name(indiener, insurer, browser):
    closed = desk.filed(indiener, insurer, Status.WITHDRAWN)
    desk.filed(indiener, insurer)
    assert references(page(browser, zoek=closed.insured.surname[3:].upper())) == [closed.reference]
    assert references(page(browser, zoek="bestaat niet")) == []
    assert page(browser, zoek="\x00'; drop table")["rows"] == []


def test_a_whole_reference_opens_the_request_at_once(indiener, insurer, browser, log_in, other_adviseur):
    closed = desk.filed(indiener, insurer, Status.WITHDRAWN)
    typed = {"zoek": closed.reference.lower().replace("-", " "), "spoed": "ja"}
    assert browser.get("/beoordelen/", typed).headers["Location"] == f"/beoordelen/{closed.reference}/"
    assert references(page(log_in(other_adviseur), **typed)) == []
    granted = told.granted(closed.provider, insurer, number=machtigingsnummer(lambda all: all[3], date(2026, 11, 2)))
    answer = browser.get("/beoordelen/", {"zoek": granted.number})
    assert answer.headers["Location"] == f"/beoordelen/{granted.authorization.reference}/"


def called(authorization, surname):
    Insured.objects.filter(authorization=authorization).update(surname=surname)
    return authorization


def test_a_name_with_a_typing_error_is_found_among_what_is_open(indiener, insurer, browser):
    bakker = called(desk.filed(indiener, insurer), "van den Bakker")
    called(desk.filed(indiener, insurer, Status.WITHDRAWN), "Bakker")
    called(desk.filed(indiener, insurer), "Visser")
    answer = browser.get("/beoordelen/", {"zoek": "Bakkre"})
    assert references(answer.context) == [bakker.reference]
    body = answer.content.decode()
    assert "Geen kenmerk of achternaam met precies deze letters" in body
    assert "1 open aanvraag van wie een naam heeft die lijkt op “Bakkre”" in body
    assert references(page(browser, zoek="Bakkre", spoed="ja")) == []


def test_names_that_look_alike_are_shown_on_demand_the_likest_first(indiener, insurer, browser):
    jansen = called(desk.filed(indiener, insurer), "Jansen")
    janssen = called(desk.filed(indiener, insurer), "Janssen")
    context = page(browser, zoek="Janssen")
    assert references(context) == [janssen.reference]
    assert references(browser.get("/beoordelen/" + context["alike_url"]).context) == [
        janssen.reference,
        jansen.reference,
    ]


def test_a_typing_error_finds_nothing_of_another_insurer(indiener, insurer, log_in, other_adviseur):
    called(desk.filed(indiener, insurer), "Bakker")
    assert references(page(log_in(other_adviseur), zoek="Bakkre")) == []


def test_pages_go_on_where_the_last_one_ended(indiener, insurer, browser, monkeypatch):
    monkeypatch.setattr(review_queue, "PAGE", 3)
    days = [date(2026, 12, 1)] * 4 + [date(2026, 12, 2)] * 3 + [None] * 4
    made = [desk.filed(indiener, insurer, due_on=day).reference for day in days]
    seen, url = [], "/beoordelen/"
    for _ in range(10):
        context = browser.get(url).context
        seen += references(context)
        if not context["next_url"]:
            break
        url = "/beoordelen/" + context["next_url"]
    assert seen == made


@pytest.mark.parametrize("cursor", ["x", "2026-13-45_1", "2026-12-01_x", "rust_" + "9" * 30, "_", "rust"])
def test_a_cursor_that_somebody_changed_is_no_error(indiener, insurer, browser, cursor):
    desk.filed(indiener, insurer)
    assert len(page(browser, na=cursor)["rows"]) == 1
    assert browser.get("/beoordelen/besloten/", {"na": cursor}).status_code == 200


def test_a_page_takes_the_same_number_of_queries_whatever_the_rows(indiener, insurer, noor, browser):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            browser.get("/beoordelen/")
        return sum(query["sql"].lstrip("(").startswith("SELECT") for query in asked)

    desk.filed(indiener, insurer)
    few = queries()
    for _ in range(12):
        desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    assert queries() == few == 11


@pytest.mark.asvs("14.2.6")
def test_lists_show_initials_and_year_and_nothing_more(indiener, insurer, browser):
    filed = desk.filed(indiener, insurer)
    body = browser.get("/beoordelen/").content.decode()
    assert "K. V. (1981)" in body
    assert filed.insured.surname not in body
    assert filed.insured.bsn not in body


# -- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR])
def test_who_divides_the_work_sees_status_and_term_but_nothing_medical(indiener, insurer, log_in, role):
    filed = desk.filed(indiener, insurer)
    browser = log_in(accounts.actor(role, organization=insurer))
    response = browser.get("/beoordelen/")
    assert references(response.context) == [filed.reference]
    assert "hronische pijn" not in response.content.decode()
    assert references(browser.get("/beoordelen/", {"indicatie": "other"}).context) == [filed.reference]
    assert "Pak de volgende op" not in response.content.decode()
    assert browser.post("/beoordelen/volgende/").status_code == 403


@pytest.mark.parametrize("role", [Role.BEHEERDER, Role.LOGBEHEERDER])
def test_who_has_no_part_in_it_stays_out(insurer, log_in, role):
    browser = log_in(accounts.actor(role, organization=insurer))
    assert browser.get("/beoordelen/").status_code == 403
    assert browser.get("/beoordelen/besloten/").status_code == 403


def test_a_provider_stays_out(log_in, indiener):
    assert log_in(indiener).get("/beoordelen/").status_code == 403


def test_who_has_not_logged_in_is_sent_to_the_door(client, db):
    assert client.get("/beoordelen/").status_code == 302


def test_another_insurer_sees_none_of_it(indiener, insurer, log_in, other_adviseur):
    filed = desk.filed(indiener, insurer)
    browser = log_in(other_adviseur)
    assert browser.get("/beoordelen/").context["rows"] == []
    assert browser.get("/beoordelen/", {"zoek": filed.reference}).context["rows"] == []
    for path in ("", "toewijzen/"):
        assert browser.get(f"/beoordelen/{filed.reference}/{path}").status_code in (403, 404)
    for path in ("oppakken/", "teruggeven/"):
        assert browser.post(f"/beoordelen/{filed.reference}/{path}").status_code == 404


def test_drafts_are_nobodys_at_the_insurer(indiener, insurer, browser):
    from tests.factories import documents

    draft = documents.draft(indiener, insurer)
    assert browser.get(f"/beoordelen/{draft.reference}/").status_code == 404
    assert browser.get("/beoordelen/", {"zoek": draft.reference}).context["rows"] == []


# -- doing -----------------------------------------------------------------------------------------------------------


def test_the_next_one_opens_when_it_is_taken(indiener, insurer, browser, noor):
    filed = desk.filed(indiener, insurer)
    response = browser.post("/beoordelen/volgende/")
    assert response.url == f"/beoordelen/{filed.reference}/"
    assert AuthorizationRequest.objects.get().assigned_to_id == noor.user_id
    response = browser.post("/beoordelen/volgende/", follow=True)
    assert "geen nieuwe aanvraag" in response.content.decode()


def test_who_comes_second_reads_who_has_it(indiener, insurer, browser, log_in):
    filed = desk.filed(indiener, insurer)
    browser.post(f"/beoordelen/{filed.reference}/oppakken/")
    second = log_in(accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer))
    page = second.post(f"/beoordelen/{filed.reference}/oppakken/", follow=True).content.decode()
    assert "Noor Adviseur pakte deze aanvraag op 23 november 2026 om 10.00 uur op. U kunt meelezen." in page


def test_putting_back_leads_to_the_queue(indiener, insurer, noor, browser):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    response = browser.post(f"/beoordelen/{taken.reference}/teruggeven/", follow=True)
    assert "staat weer in de werkvoorraad" in response.content.decode()
    again = browser.post(f"/beoordelen/{taken.reference}/teruggeven/", follow=True)
    assert "niet van u" in again.content.decode()


def test_a_coordinator_assigns(indiener, insurer, noor, log_in, coordinator):
    filed = desk.filed(indiener, insurer)
    browser = log_in(coordinator)
    url = f"/beoordelen/{filed.reference}/toewijzen/"
    assert "Noor Adviseur" in browser.get(url).content.decode()
    empty = browser.post(url, {"adviseur": "", "reden": ""})
    assert empty.status_code == 422
    assert "Waarom wijst u" in empty.content.decode()
    response = browser.post(url, {"adviseur": noor.user_id, "reden": "Kent dit centrum."}, follow=True)
    assert "is toegewezen" in response.content.decode()
    assert AuthorizationRequest.objects.get().assigned_to_id == noor.user_id


def test_an_advisor_does_not_assign(indiener, insurer, browser):
    filed = desk.filed(indiener, insurer)
    assert browser.get(f"/beoordelen/{filed.reference}/toewijzen/").status_code == 403
