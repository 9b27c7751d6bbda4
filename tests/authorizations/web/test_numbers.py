"""A number that is larger than the database holds is never an error of ours: not in an address, not in a form."""

import pytest

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from tests.factories import accounts, desk

HUGE = ["3000000000", str(2**63), "9" * 25, "9" * 5000]
DESK = ["beoordelen/{ref}/vragen/{n}/verlengen/", "beoordelen/{ref}/wedervraag/{n}/", "beoordelen/post/{n}.pdf"]
DESK_POST = [
    "beoordelen/{ref}/document/{n}/", "beoordelen/post/{n}/verstuurd/", "beoordelen/post/brieven/{n}/retour/",
    "beoordelen/post/brieven/{n}/opnieuw/",
]  # fmt: skip
BOTH = [
    "aanvragen/{ref}/documenten/{n}/", "aanvragen/{ref}/documenten/{n}/pagina/1.webp",
    "aanvragen/{ref}/documenten/1/pagina/{n}.webp", "aanvragen/{ref}/documenten/{n}/origineel/",
]  # fmt: skip
STAFF = [
    "organisatie/locaties/{n}/", "organisatie/locaties/{n}/stoppen/", "organisatie/collegas/{n}/",
    "organisatie/collegas/{n}/verwijderen/", "organisatie/uitnodigingen/{n}/opnieuw/",
    "organisatie/uitnodigingen/{n}/intrekken/",
]  # fmt: skip
PAGES = [
    "beoordelen/{ref}/?doc={n}", "beoordelen/{ref}/?p={n}&zoom={n}", "beoordelen/{ref}/?versie={n}",
    "beoordelen/?na=2026-12-01_{n}", "beoordelen/besloten/?na=2026-12-01T10:00:00%2B00:00_{n}",
    "beoordelen/post/?pagina={n}",
]  # fmt: skip


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


def addresses(paths, authorization):
    for path in paths:
        for number in HUGE:
            yield "/" + path.format(ref=authorization.reference, n=number)


def test_in_an_address_it_is_simply_not_there(taken, noor, indiener, provider, log_in):
    advisor, filer = log_in(noor), log_in(indiener)
    boss = log_in(accounts.actor(Role.ORGANISATIEBEHEERDER, organization=provider))
    statuses = {url: advisor.get(url).status_code for url in addresses([*DESK, *BOTH], taken)}
    statuses |= {url: advisor.post(url).status_code for url in addresses(DESK_POST, taken)}
    statuses |= {f"filer {url}": filer.get(url).status_code for url in addresses(BOTH, taken)}
    statuses |= {f"boss {url}": boss.post(url).status_code for url in addresses(STAFF, taken)}
    assert {url[:60]: status for url, status in statuses.items() if status != 404} == {}


def test_in_a_query_it_shows_the_page_all_the_same(taken, noor, log_in):
    browser = log_in(noor)
    statuses = {url: browser.get(url).status_code for url in addresses(PAGES, taken)}
    assert {url[:60]: status for url, status in statuses.items() if status not in (200, 404)} == {}


@pytest.mark.parametrize("number", [*HUGE, "-1", "1e9", "１"])
def test_in_a_form_it_is_named_or_left_out(taken, noor, log_in, number):
    browser, page = log_in(noor), f"/beoordelen/{taken.reference}/"
    questions = {
        "vraag-0-what": "x", "vraag-0-due_on_0": "1", "vraag-0-due_on_1": number, "vraag-0-due_on_2": number,
        "vraag-TOTAL_FORMS": number, "vraag-INITIAL_FORMS": number,
    }  # fmt: skip
    assert browser.post(page + "vragen/", questions).status_code == 422
    assert browser.post(page + "vragen/", {**questions, "vraag-remove": number}).status_code == 200
    # a name of thousands of signs is refused before it reaches a page
    assert browser.post(page + "vragen/", {f"vraag-{number}-what": "x"}).status_code == (
        400 if len(number) > 99 else 422
    )
    assert browser.post(page + "concept/vragen/", questions).status_code == 200
    assert browser.get(page + "vragen/").status_code == 200
    posted = {"outcome": "granted", "hours_fysiotherapie": number, "starts_on_0": number, "starts_on_1": number}
    assert browser.post(page + "besluit/", {**posted, "starts_on_2": number, "seen": number}).status_code == 422
