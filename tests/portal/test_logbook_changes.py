"""Who let whom in: each change of access stands in the log with whose and what, in words for the logbeheerder."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.changes import Change
from accounts.domain.roles import Role
from accounts.models import Invitation
from accounts.services.invitations import hash_of
from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from portal.logbook import changes
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db
COLLEAGUES = "/organisatie/collegas/"
NOBODY = changes.Names({}, {}, {})


@pytest.fixture
def manager(insurer):
    return make.actor(Role.BEHEERDER, organization=insurer, full_name="Eva Beheer")


@pytest.fixture
def colleague(insurer):
    return make.actor(Role.MEDEWERKER, organization=insurer, full_name="R. Kok")


@pytest.fixture
def read(insurer, log_in):
    """Return what the logbeheerder of the insurer reads."""
    keeper = log_in(make.actor(Role.LOGBEHEERDER, organization=insurer))
    return lambda: [row.what for row in keeper.get("/logboek/?wat=toegang_wijzigen").context["rows"]]


def newest():
    return AccessEvent.objects.filter(kind=Kind.ACCESS_CHANGED.value).latest("id")


def test_a_change_of_roles_says_whose_and_which(manager, colleague, log_in, read):
    log_in(manager).post(
        f"{COLLEAGUES}{colleague.user_id}/", {"seen": "medewerker", "roles": ["medisch_adviseur", "coordinator"]}
    )
    detail = newest().detail
    assert detail["betreft"] == colleague.user_id
    assert (detail["erbij"], detail["eraf"]) == (["coordinator", "medisch_adviseur"], ["medewerker"])
    assert "Kok" not in str(detail), "names are looked up, not kept"
    assert read() == ["gaf R. Kok de rollen coördinator en medisch adviseur en nam R. Kok de rol medewerker af"]


def test_who_would_change_the_own_roles_stands_out(manager, log_in, read):
    log_in(manager).post(f"{COLLEAGUES}{manager.user_id}/", {"seen": "beheerder", "roles": ["medisch_adviseur"]})
    assert (newest().outcome, newest().signs) == (Outcome.REFUSED, ["geweigerd"])
    assert read() == ["wilde de eigen rollen wijzigen"]


@pytest.mark.parametrize(
    "sent", [{}, {"seen": "coordinator", "roles": ["coordinator"]}, {"roles": ["logbeheerder", "x"]}]
)
def test_what_could_not_be_changed_does_not_read_as_done(manager, colleague, log_in, read, sent):
    log_in(manager).post(f"{COLLEAGUES}{colleague.user_id}/", sent)
    assert newest().outcome == Outcome.NOT_DONE
    assert read() == ["wilde de rollen van R. Kok wijzigen"]


def test_an_invitation_is_told_from_beginning_to_end(manager, insurer, log_in, read):
    browser = log_in(manager)
    browser.post(
        reverse("accounts:invite"), {"full_name": "Gerda Vos", "email": "g@voorbeeld.nl", "roles": ["coordinator"]}
    )
    browser.post(reverse("accounts:invitation-resend", args=[Invitation.objects.get().pk]))
    again = Invitation.objects.get(withdrawn_at=None)
    assert newest().detail["uitnodiging"] == again.pk
    Invitation.objects.filter(pk=again.pk).update(token_hash=hash_of("geheim"))
    answer = Client().post(
        "/uitnodiging/geheim/", {"full_name": "Gerda Vos", "password": "acht paarse ooievaars zingen"}
    )
    assert answer["Location"] == "/inloggen/"
    assert newest().user_name == "Gerda Vos"
    assert read() == [
        "nam een uitnodiging aan en kreeg de rol coördinator",
        "nodigde Gerda Vos opnieuw uit voor de rol coördinator",
        "nodigde Gerda Vos uit voor de rol coördinator",
    ]


def test_who_works_elsewhere_too_accepts_in_the_log_of_who_invited(
    insurer, adviseur, other_insurer, log_in, manager, read
):
    waiting = make.InvitationFactory(
        organization=insurer, email="twee@voorbeeld.nl", roles=["coordinator"], token_hash=hash_of("geheim"),
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    someone = make.actor(Role.MEDEWERKER, organization=other_insurer, email="twee@voorbeeld.nl")
    log_in(someone).post("/uitnodiging/geheim/")
    assert (newest().organization_id, newest().detail["uitnodiging"]) == (insurer.pk, waiting.pk)
    assert read() == ["nam een uitnodiging aan en kreeg de rol coördinator"]


def test_withdrawing_removing_and_a_lost_second_step_are_told(manager, colleague, insurer, log_in, read):
    browser = log_in(manager)
    waiting = make.InvitationFactory(organization=insurer, full_name="Gerda Vos", roles=["coordinator"])
    browser.post(reverse("accounts:invitation-withdraw", args=[waiting.pk]))
    browser.post(f"{COLLEAGUES}{colleague.user_id}/tweede-stap/")
    browser.post(f"{COLLEAGUES}{colleague.user_id}/verwijderen/")
    assert newest().detail["eraf"] == ["medewerker"]
    assert read() == [
        "verwijderde R. Kok als collega",
        "haalde de tweede stap van R. Kok weg",
        "trok de uitnodiging van Gerda Vos in",
    ]


def test_the_last_manager_who_stays_is_not_told_as_gone(manager, log_in, read):
    log_in(manager).post(f"{COLLEAGUES}{manager.user_id}/verwijderen/")
    assert newest().outcome == Outcome.NOT_DONE
    assert read() == ["wijzigde wie toegang heeft"]


def test_answering_a_question_for_access_is_told(manager, insurer, log_in, read):
    browser = log_in(manager)
    first, second = (
        make.AccessRequestFactory(insurer=insurer, organization_name=name) for name in ("Kliniek Nee", "Kliniek Ja")
    )
    browser.post(f"/beheer/toegang/{first.pk}/", {"afwijzen": "", "reason": "Wij kennen u niet."})
    browser.post(f"/beheer/toegang/{second.pk}/")
    browser.post(f"/beheer/toegang/{second.pk}/")
    assert newest().outcome == Outcome.NOT_DONE
    assert read()[1:] == ["gaf Kliniek Ja toegang", "wees de vraag om toegang van Kliniek Nee af"]


def test_only_names_of_the_own_organisation_are_looked_up(insurer, other_insurer):
    ours, theirs = (make.actor(Role.COORDINATOR, organization=place) for place in (insurer, other_insurer))
    waiting = make.InvitationFactory(organization=other_insurer, roles=["coordinator"])
    asking = make.AccessRequestFactory(insurer=other_insurer)
    events = [
        told(betreft=ours.user_id),
        told(betreft=theirs.user_id, uitnodiging=waiting.pk, toegangsvraag=asking.pk),
        SimpleNamespace(detail={"betreft": theirs.user_id}),
    ]
    assert changes.names(events, own=insurer.pk) == changes.Names({ours.user_id: ours.name}, {}, {})


def told(change=Change.ROLES, *, outcome=Outcome.DONE, by=1, **detail):
    return SimpleNamespace(detail={"wijziging": change, **detail}, outcome=outcome, user_id=by)


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"betreft": 2, "erbij": ["lezer"], "eraf": []}, "gaf iemand de rol lezer"),
        ({"betreft": 1, "erbij": ["lezer"], "eraf": []}, "gaf zichzelf de rol lezer"),
        ({"betreft": 1, "erbij": [], "eraf": ["lezer"]}, "nam zichzelf de rol lezer af"),
        ({"betreft": 2, "erbij": [], "eraf": ["a", "lezer", "b"]}, "nam iemand de rollen a, lezer en b af"),
        ({"betreft": 2, "erbij": [], "eraf": []}, "liet de rollen van iemand zoals ze waren"),
        ({}, "liet de rollen van iemand zoals ze waren"),
    ],
)
def test_roles_in_words(detail, words):
    assert changes.told(told(**detail), NOBODY) == words


@pytest.mark.parametrize("change", [change for change in Change if change != Change.ROLES])
def test_every_change_has_words_and_only_when_it_was_made(change):
    assert changes.told(told(change), NOBODY)
    assert not changes.told(told(change, outcome=Outcome.NOT_DONE), NOBODY)


def test_a_row_of_before_or_of_another_kind_keeps_its_own_words():
    assert not changes.told(SimpleNamespace(detail={}, outcome=0, user_id=1), NOBODY)
    assert not changes.told(told("iets_van_later"), NOBODY)
