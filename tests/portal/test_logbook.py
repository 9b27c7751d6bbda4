"""The pages of the logbeheerder."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from audit.domain.events import Kind, Network, Outcome, Sensitivity, Where
from audit.models import AccessEvent, LogReview
from audit.services import recording, reviewing
from portal.audited_about import insured
from tests.audit import rows
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
BSN = "999996708"


@pytest.fixture
def keeper(insurer):
    return make.actor(Role.LOGBEHEERDER, organization=insurer, full_name="Fleur Logboek")


@pytest.fixture
def here(insurer, provider, monkeypatch):
    monkeypatch.setattr(rows, "INSURER", insurer.pk)
    monkeypatch.setattr(rows, "PROVIDER", provider.pk)
    return lambda user_id=7, **fields: rows.who(user_id, insurer.pk, **fields)


def text(response):
    return response.content.decode()


def test_the_log_shows_who_did_what_with_the_newest_first(keeper, here, log_in):
    rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"))
    rows.logged(Kind.DECIDE, "MA-000000002", by=here(name="Late Beslisser"))
    page = text(log_in(keeper).get("/logboek/"))
    assert page.index("Late Beslisser") < page.index("Vroege Vogel")
    assert "MA-000000001" in page
    assert "Nam een besluit" in page


def test_looking_at_the_log_is_logged(keeper, log_in):
    log_in(keeper).get("/logboek/")
    row = AccessEvent.objects.get()
    assert (row.kind, row.purpose, row.user_id) == (Kind.LOG_READ.value, "logboek", keeper.user_id)


@pytest.mark.parametrize("name", ["log", "months", "insured", "account"])
def test_only_a_logbeheerder_comes_here(name, log_in, adviseur, coordinator, beheerder, behandelaar):
    for someone in (adviseur, coordinator, beheerder, behandelaar):
        assert log_in(someone).get(reverse(f"logbook:{name}")).status_code == 403


def test_another_organization_sees_none_of_it(here, other_insurer, log_in):
    rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"))
    elsewhere = log_in(make.actor(Role.LOGBEHEERDER, organization=other_insurer))
    for path in ("/logboek/", "/logboek/?kenmerk=MA-000000001", "/logboek/maanden/"):
        page = text(elsewhere.get(path))
        assert "Vroege Vogel" not in page
        assert "MA-000000001</span>" not in page
    assert "staat niets in het logboek" in text(elsewhere.post("/logboek/verzekerde/", {"bsn": BSN}))


def test_a_provider_sees_of_the_insurer_the_role_and_only_its_own_dossiers(here, provider, log_in):
    rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"))
    keeper = log_in(make.actor(Role.LOGBEHEERDER, organization=provider))
    page = text(keeper.get("/logboek/?kenmerk=MA-000000001"))
    assert "Medisch adviseur" in page
    assert "Vroege Vogel" not in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("bijzonder=geweigerd", {"Geweigerde Gast"}),
        ("wat=besluiten", {"Late Beslisser"}),
        ("kenmerk=ma-000000001", {"Vroege Vogel"}),
        ("bijzonder=onzin&wie=x&maand=0000-99&voor=-1", {"Vroege Vogel", "Late Beslisser", "Geweigerde Gast"}),
        ("maand=2020-01", set()),
    ],
)
def test_the_log_is_narrowed(keeper, here, log_in, query, seen):
    rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"))
    rows.logged(Kind.DECIDE, "MA-000000002", by=here(name="Late Beslisser"))
    rows.logged(Kind.READ, "MA-000000003", by=here(name="Geweigerde Gast"), outcome=Outcome.REFUSED)
    if query == "maand=2020-01":
        query = f"maand={timezone.localdate().replace(day=1) - timedelta(days=40):%Y-%m}"
    page = text(log_in(keeper).get(f"/logboek/?{query}"))
    assert {name for name in ("Vroege Vogel", "Late Beslisser", "Geweigerde Gast") if name in page} == seen


def test_the_log_is_leafed_through_without_losing_a_row(keeper, here, log_in):
    written = [rows.logged(Kind.READ, f"MA-{number:09d}", by=here()).dossiers[0] for number in range(75)]
    browser, seen, address = log_in(keeper), [], "/logboek/?wat=lezen"
    while address:
        context = browser.get(address).context
        seen += [reference for row in context["rows"] for reference in row.dossiers]
        address = f"/logboek/{context['next_url']}" if context["next_url"] else ""
    assert seen == written[::-1]


def test_who_opened_many_dossiers_stands_out(keeper, here, log_in):
    for number in range(60):
        rows.logged(Kind.READ, f"MA-{number:09d}", by=here(name="Gulzige Gast"))
    page = text(log_in(keeper).get("/logboek/"))
    assert "Gulzige Gast opende op" in page
    assert "60 verschillende aanvragen" in page


# -- the months --------------------------------------------------------------------------------------------------------


@pytest.fixture
def last_month(transactional_db, here):
    """One refusal, two months ago."""
    row = rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"), outcome=Outcome.REFUSED)
    rows.backdate(days=62)
    at = timezone.localtime(AccessEvent.objects.get(pk=row.pk).at)
    return date(at.year, at.month, 1)


def test_a_month_is_signed_off_once_and_with_words(keeper, last_month, log_in):
    browser, path = log_in(keeper), f"/logboek/maanden/{last_month.year}-{last_month.month}/"
    assert "Te laat" in text(browser.get("/logboek/maanden/"))
    page = browser.get(path)
    assert page.context["counts"]["regels"] == 1
    silent = browser.post(path, {"seen": 1, "remarks": ""})
    assert silent.status_code == 422
    assert "Schrijf op wat u daarvan vond" in text(silent)
    stale = browser.post(path, {"seen": 9, "remarks": "Gebeld."})
    assert "andere aantallen" in text(stale)
    assert browser.post(path, {"seen": 1, "remarks": "Gebeld. Een vergissing."}).status_code == 302
    twice = browser.post(path, {"seen": 1, "remarks": "Nog eens."})
    assert "al afgetekend" in text(twice)
    review = LogReview.objects.get()
    assert (review.by_name, review.counts["geweigerd"]) == ("Fleur Logboek", 1)
    assert "Afgetekend" in text(browser.get("/logboek/maanden/"))
    assert AccessEvent.objects.filter(kind=Kind.LOG_SIGNED.value, outcome=Outcome.DONE).count() == 1


def test_a_month_that_has_not_ended_is_not_signed_off(keeper, here, log_in):
    today = timezone.localdate()
    answer = log_in(keeper).post(f"/logboek/maanden/{today.year}-{today.month}/", {"seen": 0, "remarks": "x"})
    assert "nog niet voorbij" in text(answer)


@pytest.mark.parametrize("month", ["2026-13", "2026-0", "1-1", "99999-1"])
def test_a_month_that_does_not_exist_is_not_there(keeper, log_in, month):
    assert log_in(keeper).get(f"/logboek/maanden/{month}/").status_code == 404


def test_two_sign_offs_at_once_leave_one(keeper, last_month):
    by = {"organization_id": keeper.organization_id, "month": last_month, "by_id": 1, "by_name": "x"}
    reviewing.sign(**by, seen=1, remarks="a", now=timezone.now())
    with pytest.raises(reviewing.NotAllowed, match="al afgetekend"):
        reviewing.sign(**by, seen=1, remarks="b", now=timezone.now())


# -- one insured, one account ------------------------------------------------------------------------------------------


def test_an_insured_reads_who_saw_the_data(keeper, here, provider, log_in):
    of_bsn = {"insured": insured(BSN)}
    rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"), **of_bsn)
    rows.logged(Kind.READ, "MA-000000001", by=here(name="Vroege Vogel"), **of_bsn)
    rows.logged(Kind.LIST, "MA-000000001", "MA-000000002", by=here(name="Late Lezer"), **of_bsn)
    rows.logged(Kind.READ, "MA-000000001", by=rows.who(9, provider.pk, name="Niet Genoemd"), **of_bsn)
    rows.logged(Kind.READ, "MA-000000003", by=here(name="Ander Dossier"), insured=recording.pseudonym("111222333"))
    browser = log_in(keeper)
    page = text(browser.post("/logboek/verzekerde/", {"bsn": "9999.96.708"}))
    assert "Vroege Vogel, medisch adviseur" in page
    assert "in totaal 2 keer" in page
    assert "Bekeek de aanvraag, met uw medische gegevens" in page
    assert "Zag uw naam in een lijst met aanvragen" in page
    assert "Niet Genoemd" not in page
    assert "Ander Dossier" not in page
    assert BSN not in page
    assert "*****6708" in page
    made = AccessEvent.objects.latest("id")
    assert (made.kind, made.insured) == (Kind.INSURED_OVERVIEW.value, [insured(BSN)])
    assert (
        "maakte voor een verzekerde het overzicht" in text(browser.post("/logboek/verzekerde/", {"bsn": BSN})).lower()
    )


@pytest.mark.parametrize("bsn", ["", "12", "abc", "999996708\x00", "123456789"])
def test_a_number_that_is_none_is_refused_in_words(keeper, log_in, bsn):
    answer = log_in(keeper).post("/logboek/verzekerde/", {"bsn": bsn})
    assert answer.status_code == 422


def period(user_id, **changed):
    today = timezone.localdate()
    day = {f"{name}_{part}": value for name in ("vanaf", "tot") for part, value in
           enumerate((today.day, today.month, today.year))}  # fmt: skip
    return {"wie": user_id, **day, **changed}


@pytest.fixture
def seen(keeper, here, adviseur):
    by = here(adviseur.user_id, name="Noor Adviseur")
    where = Where(Network.ADDRESS, "192.0.2.7")
    rows.logged(Kind.LIST, "MA-000000001", "MA-000000002", by=by, sensitivity=Sensitivity.STATUS, where=where)
    rows.logged(Kind.READ, "MA-000000001", by=by, where=where)
    rows.logged(Kind.READ, "MA-000000003", by=by, where=where, outcome=Outcome.REFUSED)
    rows.logged(Kind.READ, "MA-000000004", by=here(adviseur.user_id + 1000))
    return adviseur


def test_what_an_account_could_have_seen(keeper, seen, log_in):
    answer = log_in(keeper).get("/logboek/account/", period(seen.user_id))
    context, page = answer.context, text(answer)
    assert (context["count"], context["opened"], context["medical"], context["events"]) == (2, 1, 1, 3)
    assert "192.0.2.7: 3 keer" in page
    assert "MA-000000003" not in page
    assert "MA-000000004" not in page


def test_the_same_as_a_file(keeper, seen, log_in):
    answer = log_in(keeper).get("/logboek/account/bestand/", period(seen.user_id))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[:4] for line in lines[1:]] == [
        ["MA-000000001", "2", "1", "ja"],
        ["MA-000000002", "1", "0", "nee"],
    ]
    assert AccessEvent.objects.latest("id").kind == Kind.LOG_EXPORT.value


@pytest.mark.parametrize(
    "changed", [{"wie": ""}, {"wie": "999999"}, {"vanaf_0": "99"}, {"tot_2": "1999"}, {"vanaf_tijd": "laat"}]
)
def test_a_question_that_cannot_be_answered_says_why(keeper, seen, log_in, changed):
    browser = log_in(keeper)
    assert browser.get("/logboek/account/", period(seen.user_id, **changed)).status_code == 422
    assert browser.get("/logboek/account/bestand/", period(seen.user_id, **changed)).status_code == 302


def test_the_account_of_another_organization_is_no_choice(keeper, log_in, other_insurer):
    stranger = make.actor(Role.MEDISCH_ADVISEUR, organization=other_insurer)
    assert log_in(keeper).get("/logboek/account/", period(stranger.user_id)).status_code == 422


def test_a_logbeheerder_lands_in_the_log(keeper, log_in):
    assert log_in(keeper).get("/").url == "/logboek/"
