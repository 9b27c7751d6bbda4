"""A stay in a GGZ institution, from the choice at the beginning to the letters, by the pages."""

from typing import Any

import pytest
import time_machine

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain import kinds
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Kind, LetterKind, Verdict
from authorizations.models import AuthorizationRequest, Grant, RequestLetter
from authorizations.services import decisions, heroverweging, intake, review, sight
from ggz_codes.services import catalogue
from tests.authorizations.web import test_heroverweging as again
from tests.factories import accounts as organizations
from tests.factories import applications, desk
from tests.factories import authorizations as make
from tests.factories import intake as drafts
from tests.factories.intake import NOW
from tests.factories.intake_pages import START, Browser, start_data, step_url, text_of

pytestmark = pytest.mark.django_db
SLUG = "zilveren-kruis-ggz-verblijf-2020"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def filed(indiener: Actor, insurer: Organization) -> AuthorizationRequest:
    return drafts.submitted(indiener, insurer, applications.stay(), slug=SLUG)


@pytest.fixture
def judged(filed: AuthorizationRequest, noor: Actor) -> AuthorizationRequest:
    """The request with the advisor, who judged every criterion as met but one."""
    review.claim(authorization_id=filed.pk, by=noor, now=NOW)
    filed.refresh_from_db()
    desk.judge(filed, noor, c3_omvang=Verdict.NOT_MET)
    return filed


def url(authorization: AuthorizationRequest, rest: str = "") -> str:
    return f"/beoordelen/{authorization.reference}/{rest}"


def typed(authorization: AuthorizationRequest, **changes: str) -> dict[str, str]:
    return {
        "outcome": "partly_granted", "declaratie_code": "25C001", "zorgtype": "155", "days_of_stay": "30",
        "setting": "inpatient", "starts_on_0": "14", "starts_on_1": "12", "starts_on_2": "2026",
        "ends_on_0": "12", "ends_on_1": "1", "ends_on_2": "2027", "codes_checked": "on",
        "summary": "Verblijf is nodig, maar korter.", "not_granted": "De laatste 30 dagen.",
        "indication_weighed": "Wij volgen de behandelaar.", "seen": sight.of(authorization), **changes,
    }  # fmt: skip


def test_what_is_asked_is_chosen_at_the_beginning(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    data = start_data(insurer, kind="ggz_stay")
    assert "GGZ verblijf" not in text_of(client.get(START)), "No policy offers it."
    make.policy_version(insurer, SLUG)
    asr = make.policy_version(organizations.insurer(name="a.s.r."), "asr-revalidatie-2020").slug
    shown = client.get(START)
    assert kinds.of(Kind.GGZ_STAY).offer in text_of(shown)
    names = [str(name) for _, name in shown.context["form"].fields["policy"].choices]
    assert names == ["a.s.r.: Medisch-specialistische revalidatie (MSR)", "Zilveren Kruis"], "An option per insurer."

    refused = client.post(START, {**data, "policy": asr})
    assert refused.status_code == 422
    assert "a.s.r.: wij kennen geen beleid voor GGZ verblijf." in text_of(refused)
    assert client.post(START, {**data, "policy": "verzonnen"}).status_code == 422
    answer = client.post(START, data)

    draft = AuthorizationRequest.objects.get()
    assert (draft.kind, draft.indication, draft.setting) == ("ggz_stay", "psychic", "inpatient")
    assert answer["Location"] == step_url(draft, "patient")


def test_a_stay_is_typed_step_by_step(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    catalogue.load()
    client, whole = log_in(indiener), applications.stay()
    draft = drafts.started(indiener, insurer, whole, slug=SLUG)

    for step in ("patient", "aanvraag", "verwijzing", "verblijf", "toestemming"):
        draft.refresh_from_db()
        assert "revalidatie" not in text_of(client.get(step_url(draft, step))).lower().replace("revalidatie de", "")
        answer = client.post(step_url(draft, step), drafts.typed(draft, step, whole) | {"verder": "1"})
        assert answer.status_code == 302, (step, text_of(answer)[:600])

    draft.refresh_from_db()
    assert intake.application_of(draft).plan == whole.plan
    assert client.get(step_url(draft, "behandelplan")).status_code == 404
    page = client.get(step_url(draft, "verblijf"))
    assert "Code 25C001 kent onze lijst niet voor een dbc van 14 december 2026." in text_of(page)
    assert '<option value="155"' in page.content.decode()


def test_a_diagnosis_that_is_not_shared_leaves_the_draft(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer, applications.stay(), slug=SLUG)
    sent = drafts.typed(draft, "verwijzing", applications.stay())
    sent |= {"diagnosis_shared": "nee", "diagnosis_code": "F20.0", "diagnosis_text": "Schizofrenie", "verder": "1"}
    answer = log_in(indiener).post(step_url(draft, "verwijzing"), sent)
    assert (answer.status_code, "Voeg dan de privacyverklaring toe." in text_of(answer)) == (422, True)
    draft.refresh_from_db()
    assert "F20.0" not in str(draft.answers) + str(draft.reading)
    assert "Schizofrenie" not in str(draft.answers) + str(draft.reading)


def test_a_code_that_has_ended_bars_the_way(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    catalogue.load()
    whole = applications.stay(plan={"zorgtype": "110", "code": "25B002"})
    draft = drafts.filled(indiener, insurer, whole, slug=SLUG)
    found = {one.code: one.message for one in intake.obstacles(draft, by=indiener, now=NOW)}
    assert found["zorgtype_not_valid"] == (
        "Zorgtype 110 geldt niet voor een dbc van 14 december 2026. Beëindigd: geldig tot en met 31 december 2019."
    )
    assert "Opvolger (afgeleid): 25B135 of 25B142." in found["code_not_valid"]


def test_the_desk_shows_the_stay_and_grants_days(
    log_in: Browser, judged: AuthorizationRequest, noor: Actor, indiener: Actor
) -> None:
    client = log_in(noor)
    form = text_of(client.get(url(judged, "besluit/")))
    assert "155, in een dbc van 14 december 2026" in form
    assert "Hoe heeft u de indicatie van de behandelaar gewogen?" in form
    assert "Uren per discipline" not in form
    assert "60 dagen verblijf" in text_of(client.get(url(judged) + "?toon=uren"))
    too_many = client.post(url(judged, "besluit/"), typed(judged, days_of_stay="61"))
    assert "U kunt 1 tot en met 60 dagen verblijf toekennen." in text_of(too_many)

    answer = client.post(url(judged, "besluit/"), typed(judged))

    assert answer.status_code == 302, text_of(answer)[:800]
    grant = Grant.objects.get(authorization=judged)
    assert (grant.zorgtype, grant.days_of_stay, grant.declaratie_code) == ("155", 30, "25C001")
    assert not grant.hours.exists()
    letters = {one.addressee: one.letter.html for one in RequestLetter.objects.filter(kind=LetterKind.PARTLY_GRANTED)}
    assert "Toegekend: 30 van de 60 gevraagde dagen verblijf." in letters["provider"]
    assert "verblijf in een instelling voor geestelijke gezondheidszorg (GGZ)" in letters["provider"]
    assert "U krijgt voor een deel toestemming voor verblijf in een GGZ-instelling" in letters["insured"]
    for html in letters.values():
        assert "revalidatie" not in html.lower().replace("revalidatie de", "")
    followed = log_in(indiener).get(f"/aanvragen/{judged.reference}/").content.decode()
    assert "Vraag nog een keer verblijf aan" in followed
    assert "Begin een zorgtraject" not in followed
    assert f"?beleid={SLUG}&amp;soort=ggz_stay" in followed


def test_a_stay_is_denied_by_two_with_its_own_words(
    judged: AuthorizationRequest, noor: Actor, ravi: Actor, log_in: Browser
) -> None:
    form = log_in(noor).post(url(judged, "besluit/"), typed(judged, outcome="denied", indication_weighed=""))
    assert "Schrijf hoe u de indicatie van de behandelaar heeft gewogen." in text_of(form)
    denied = typed(judged, outcome="denied", next_step="Vraag ambulante zorg aan.")
    assert log_in(noor).post(url(judged, "besluit/"), denied).status_code == 302
    judged.refresh_from_db()
    assert judged.status == Status.SECOND_REVIEW
    desk.second(judged, ravi)
    proposal = judged.decisions.get()
    seen = sight.of(judged)
    decisions.confirm(authorization_id=judged.pk, proposal_id=proposal.pk, seen=seen, by=ravi, now=NOW)
    letters = {one.addressee: one.letter.html for one in RequestLetter.objects.filter(kind=LetterKind.DENIED)}
    assert "U krijgt geen toestemming voor verblijf in een GGZ-instelling" in letters["insured"]
    assert "Hoe wij de indicatie van de behandelaar hebben gewogen" in letters["provider"]
    assert "Geneeskundige behandeling van een psychische stoornis" in letters["provider"]


def test_a_machtiging_for_a_stay_starts_no_vervolg_or_zorgtraject(
    log_in: Browser, judged: AuthorizationRequest, noor: Actor, indiener: Actor
) -> None:
    log_in(noor).post(url(judged, "besluit/"), typed(judged))
    grant = Grant.objects.get()
    client = log_in(indiener)
    assert grant.number not in text_of(client.get(START, {"soort": "msr_follow_up"}))
    assert grant.number not in text_of(client.get("/zorgtrajecten/nieuw/"))


def test_a_heroverweging_grants_all_the_days_after_all(
    log_in: Browser, judged: AuthorizationRequest, noor: Actor, ravi: Actor, indiener: Actor
) -> None:
    log_in(noor).post(url(judged, "besluit/"), typed(judged))
    again.file(judged, indiener)
    heroverweging.claim(authorization_id=judged.pk, by=ravi, now=NOW)
    client = log_in(ravi)
    sent = again.revised(client, judged, zorgtype="155", days_of_stay="60", setting="inpatient")
    sent |= {"ends_on_0": "11", "ends_on_1": "2"}
    assert client.post(url(judged, "heroverweging/"), sent | {"days_of_stay": "61"}).status_code == 422
    answer = client.post(url(judged, "heroverweging/"), sent)
    assert answer.status_code == 302, text_of(answer)[:800]
    newest = Grant.objects.order_by("-pk").first()
    assert newest
    assert (newest.days_of_stay, newest.zorgtype) == (60, "155")
    assert all(
        "<td>60</td><td>60</td>" in one.letter.html for one in RequestLetter.objects.filter(kind=LetterKind.REVISED)
    )


@pytest.mark.parametrize("kind", ["longer", "more_hours"])
def test_a_stay_can_be_made_longer_in_days(
    kind: str, log_in: Browser, judged: AuthorizationRequest, noor: Actor, indiener: Actor
) -> None:
    log_in(noor).post(url(judged, "besluit/"), typed(judged))
    client = log_in(indiener)
    ask = {"kind": kind, "why": "De instelling op medicatie duurt langer.",
           "until_on_0": "22", "until_on_1": "1", "until_on_2": "2027"}  # fmt: skip
    answer = client.post(f"/aanvragen/{judged.reference}/machtiging-wijzigen/", ask)
    if kind == "more_hours":
        assert answer.status_code == 422
        return
    assert answer.status_code == 302, text_of(answer)[:600]
    page = log_in(noor).get(url(judged, "machtiging-wijzigen/"))
    assert page.context["form"]["days_of_stay"].value() == "40", "Ten days later means ten days more."
