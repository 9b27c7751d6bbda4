"""The front page, and where it brings people who have logged in."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_stranger_reads_what_the_portal_is_for(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "Wat wilt u doen?" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("indiener", "/aanvragen/"),
        ("organisatiebeheerder", "/aanvragen/"),
        ("medewerker", "/beoordelen/"),
        ("adviseur", "/beoordelen/"),
        ("coordinator", "/beoordelen/"),
        ("beheerder", "/beheer/storingen/"),
    ],
)
def test_people_come_where_their_work_is(request, log_in, who, where):
    assert log_in(request.getfixturevalue(who)).get("/")["Location"] == where


@pytest.mark.parametrize("where", ["/privacy/", "/toegankelijkheid/"])
def test_anybody_may_read_what_holds_here(client, where):
    assert client.get(where).status_code == 200


def test_what_anybody_may_read_may_be_kept(client):
    assert "Cache-Control" not in client.get("/privacy/")


@pytest.mark.asvs("14.3.2")
def test_pages_of_people_who_have_logged_in_stay_out_of_caches(log_in, beheerder):
    assert log_in(beheerder).get("/beheer/storingen/")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("who", "sees"), [("beheerder", {"Collega’s", "Storingen"}), ("adviseur", {"Werkvoorraad", "Collega’s"})]
)
def test_the_menu_names_what_fits_the_role(request, log_in, who, sees):
    page = log_in(request.getfixturevalue(who)).get("/profiel/").content.decode()
    named = {word for word in ("Werkvoorraad", "Collega’s", "Storingen") if f">{word}</a>" in page}
    assert named == sees
