"""Beginning a request, checking and filing it by its pages, and who may."""

from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain.terms import Kind, WpnLevel
from authorizations.models import AuthorizationRequest, PolicyVersion, StatusEvent
from authorizations.services import intake
from tests.factories import accounts, applications
from tests.factories import authorizations as make
from tests.factories import intake as drafts
from tests.factories.intake import NOW
from tests.factories.intake_pages import START, Browser, start_data, step_url, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


# -- beginning -----------------------------------------------------------------------------------------------------


def test_start_makes_a_draft_and_goes_to_the_first_step(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    data = start_data(insurer)

    answers = [client.post(START, data) for _ in range(2)]

    draft = AuthorizationRequest.objects.get()
    assert {answer["Location"] for answer in answers} == {step_url(draft, "patient")}
    assert draft.planned_start_on == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"policy": ""}, "Beantwoord de vraag “Bij welke verzekeraar is de patiënt verzekerd?”"),
        ({"planned_start_on_0": "31", "planned_start_on_1": "2"}, "Vul een bestaande datum in"),
        ({"contracted": "ja"}, "Leg uit waarom u een machtiging vraagt terwijl u een contract heeft."),
        ({"kind": "msr_follow_up"}, "Kies de eerdere machtiging, of typ het nummer."),
        ({"creation_key": "x"}, "Deze pagina klopt niet meer. Open de pagina opnieuw"),
        ({"creation_key": ""}, "Deze pagina klopt niet meer."),
        ({"policy": "asr-revalidatie-2020"}, "Kies een antwoord uit de lijst."),
    ],
)
def test_start_says_what_is_wrong(
    log_in: Browser, indiener: Actor, insurer: Organization, changes: dict[str, str], words: str
) -> None:
    answer = log_in(indiener).post(START, start_data(insurer, **changes))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not AuthorizationRequest.objects.exists()


def test_start_takes_along_what_was_answered_before(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    make.policy_version(insurer)

    page = log_in(indiener).get(START, {"beleid": "zilveren-kruis-msr", "code": "14E490", "contract": "nee"})

    assert page.context["form"].initial["policy"] == "zilveren-kruis-msr"
    assert page.context["form"].initial["contracted"] is False


def test_a_policy_for_another_kind_of_provider_is_not_offered(
    log_in: Browser, insurer: Organization, other_insurer: Organization
) -> None:
    make.policy_version(insurer)
    make.policy_version(other_insurer, "asr-revalidatie-2020")
    hospital = accounts.provider(agb_code="06123456")

    page = log_in(accounts.actor(Role.INDIENER, organization=hospital)).get(START)

    assert [slug for slug, _ in page.context["form"].fields["policy"].choices] == ["zilveren-kruis-msr"]
    assert "Niet voor uw soort instelling: a.s.r." in text_of(page)


def test_a_vervolg_on_an_unknown_number_begins_without_prefill(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)

    data = start_data(insurer, kind="msr_follow_up", previous_number="M26ABC")

    first = client.post(START, data)

    assert first.status_code == 422
    assert "Wij kennen dit nummer niet bij uw organisatie. Controleer het nummer." in text_of(first)
    assert not AuthorizationRequest.objects.exists()
    other = client.post(START, {**data, "onbekend": "M26ABCD"})
    assert other.status_code == 422, "Another number than the one that was confirmed is asked about again."

    assert 'name="onbekend" value="M26ABC"' in first.content.decode()
    client.post(START, {**data, "onbekend": "M26ABC"})

    draft = AuthorizationRequest.objects.get()
    assert (draft.kind, draft.previous) == (Kind.MSR_FOLLOW_UP, None)
    assert intake.application_of(draft).follow_up.previous_number == "M26ABC"


def test_a_vervolg_goes_to_the_insurer_of_the_earlier_machtiging(
    log_in: Browser, indiener: Actor, provider: Organization, insurer: Organization, other_insurer: Organization
) -> None:
    arts = accounts.actor(
        Role.BEHANDELAAR, organization=provider, big_number="89012345601", profession="Revalidatiearts"
    )
    mine = drafts.submitted(arts, other_insurer, slug="asr-revalidatie-2020")
    data = start_data(insurer, kind="msr_follow_up", previous_number=mine.reference)

    answer = log_in(indiener).post(START, data)

    assert answer.status_code == 422
    assert "Een vervolg gaat naar dezelfde verzekeraar." in text_of(answer)
    assert AuthorizationRequest.objects.get() == mine


def test_a_vervolg_on_a_request_of_another_organisation_takes_nothing_from_it(
    log_in: Browser, indiener: Actor, other_indiener: Actor, insurer: Organization
) -> None:
    theirs = drafts.submitted(other_indiener, insurer)

    data = start_data(insurer, kind="msr_follow_up", previous_number=theirs.reference)
    log_in(indiener).post(START, {**data, "onbekend": theirs.reference})

    draft = AuthorizationRequest.objects.get(provider_id=indiener.organization_id)
    assert draft.previous is None
    assert intake.application_of(draft).insured.surname == ""


# -- checking and filing -------------------------------------------------------------------------------------------


def test_the_check_names_everything_with_a_link_to_the_field(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)

    page = log_in(indiener).get(f"/aanvragen/{draft.reference}/controle/")

    links = {line.message: line.href for line in page.context["obstacles"]}
    base = f"/aanvragen/{draft.reference}/stap"
    assert links["Vul het BSN van de patiënt in."] == f"{base}/patient/?terug=controle#id_bsn"
    assert links["Vul de geboortedatum van de patiënt in."] == f"{base}/patient/?terug=controle#id_birth_date_0"
    assert (
        links["Kies de indicatie: chronische pijn of een andere."] == f"{base}/aanvraag/?terug=controle#id_indication_0"
    )
    hours = next(href for message, href in links.items() if message.startswith("Vul de uren in"))
    assert hours == f"{base}/behandelplan/?terug=controle#id_hours_revalidatiearts"
    treatments = next(href for message, href in links.items() if message.startswith("Noem minstens 1 behandeling"))
    assert treatments == f"{base}/voortraject/?terug=controle#treatments"


def test_the_provider_sees_beforehand_what_the_advisor_will_see(
    log_in: Browser, indiener: Actor, adviseur: Actor, insurer: Organization
) -> None:
    draft = drafts.ready(indiener, insurer, applications.application(referral={"wpn_level": WpnLevel.TWO}))
    before = log_in(indiener).get(f"/aanvragen/{draft.reference}/controle/")
    assert "Interdisciplinaire revalidatie past meestal bij WPN 3 en 4." in text_of(before)
    assert "Niet geprobeerd" not in text_of(before)

    intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=indiener, now=NOW)

    after = log_in(adviseur).get(f"/beoordelen/{draft.reference}/")
    assert before.context["signals"] == after.context["signals"] != []
    told = [(one.criterion.code, one.quotes) for one in after.context["criteria"]]
    assert [(criterion.code, quotes) for _, criterion, quotes in before.context["criteria"]] == told


def test_a_criterion_that_nothing_was_written_about_says_so_beforehand(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    browser = log_in(indiener)
    begun = browser.get(f"/aanvragen/{drafts.started(indiener, insurer).reference}/controle/")
    assert begun.context["criteria"] == []  # without an indication nobody knows which hold
    draft = drafts.filled(indiener, insurer, applications.application(history={"coincidence": ""}))
    page = browser.get(f"/aanvragen/{draft.reference}/controle/")
    assert [one.code for _, one, quotes in page.context["criteria"] if not quotes and not one.locked] == ["c2d"]
    assert text_of(page).count("U schreef hier niets over") == 1


def test_every_link_of_the_check_leads_to_something(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)
    page = client.get(f"/aanvragen/{draft.reference}/controle/")

    for line in page.context["obstacles"]:
        url, _, anchor = line.href.partition("#")
        target = client.get(url or page.request["PATH_INFO"])
        assert not anchor or f'id="{anchor}"' in target.content.decode(), line


def test_a_draft_under_an_older_policy_reads_what_changed(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    old = draft.policy_version
    body = {**old.body, "version": "2", "terms": {**old.body["terms"], "decision_workdays": 8}}
    newer = PolicyVersion.objects.create(
        slug=old.slug,
        version="2",
        title=old.title,
        insurer=old.insurer,
        valid_from=date(2026, 12, 1),
        body=body,
        sha256="0" * 64,
        loaded_at=NOW,
    )

    page = client.get(f"/aanvragen/{draft.reference}/controle/")
    assert "Het beleid is gewijzigd sinds u begon" in text_of(page)
    assert "Wij besluiten binnen 8 werkdagen. Dat was 10." in text_of(page)
    client.post(f"/aanvragen/{draft.reference}/beleid/")

    draft.refresh_from_db()
    assert draft.policy_version == newer
    assert client.get(f"/aanvragen/{draft.reference}/controle/").context["obstacles"] == []


def test_an_incomplete_request_is_refused_with_the_whole_list(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)

    page = log_in(indiener).post(
        f"/aanvragen/{draft.reference}/indienen/", {"declared": "on", "draft_version": draft.draft_version}
    )

    assert page.status_code == 422
    assert "Vul het BSN van de patiënt in." in text_of(page)
    assert "Voeg toe: Behandelplan." in text_of(page)


def test_without_the_statement_nothing_is_filed(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    draft = drafts.ready(indiener, insurer)

    page = log_in(indiener).post(f"/aanvragen/{draft.reference}/indienen/", {"draft_version": draft.draft_version})

    assert page.status_code == 422
    assert "Zet een vinkje bij de verklaring." in text_of(page)


def test_filing_again_and_going_back_show_the_same_receipt(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    data = {"declared": "on", "draft_version": draft.draft_version}

    answers = [client.post(f"/aanvragen/{draft.reference}/indienen/", data, follow=True) for _ in range(2)]
    back = client.get(f"/aanvragen/{draft.reference}/controle/", follow=True)
    step = client.post(step_url(draft, "patient"), {"surname": "Anders", "draft_version": 99, "verder": "1"})

    assert {answer.request["PATH_INFO"] for answer in [*answers, back]} == {f"/aanvragen/{draft.reference}/ingediend/"}
    assert step.status_code == 302
    assert StatusEvent.objects.filter(move="submit").count() == 1
    assert intake.application_of(AuthorizationRequest.objects.get()).insured.surname == "Voorbeeld"


def test_what_happened_after_filing_is_told_by_the_status_page(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    filed = drafts.submitted(indiener, insurer)
    client, address = log_in(indiener), f"/aanvragen/{filed.reference}/ingediend/"
    assert "Uw aanvraag is ingediend" in text_of(client.get(address))

    intake.withdraw(authorization_id=filed.pk, reason="Verhuisd.", by=indiener, now=NOW)

    assert client.get(address).headers["Location"] == f"/aanvragen/{filed.reference}/"


def test_a_draft_is_thrown_away_after_asking(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    assert "Wilt u dit concept verwijderen?" in text_of(client.get(f"/aanvragen/{draft.reference}/verwijderen/"))

    client.post(f"/aanvragen/{draft.reference}/verwijderen/")

    assert not AuthorizationRequest.objects.exists()


# -- who -----------------------------------------------------------------------------------------------------------


PAGES = ["stap/patient/", "stap/behandelplan/", "controle/", "verwijderen/", "ingediend/"]


@pytest.mark.parametrize("page", PAGES)
def test_another_organisation_gets_404(
    page: str, log_in: Browser, indiener: Actor, other_indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    client = log_in(other_indiener)

    assert client.get(f"/aanvragen/{draft.reference}/{page}").status_code == 404
    for button in ("beleid/", "indienen/", "stap/patient/bewaren/", "documenten/bewaren/", "documenten/toevoegen/"):
        assert client.get(f"/aanvragen/{draft.reference}/{button}").status_code == 404
    if page != "ingediend/":
        assert client.post(f"/aanvragen/{draft.reference}/{page}", {"surname": "x"}).status_code in (404, 405)
    assert client.post(f"/aanvragen/{draft.reference}/indienen/", {"declared": "on"}).status_code == 404
    assert client.post(step_url(draft, "patient") + "bewaren/", {}).status_code == 404


# Staff of an insurer type over what came by post, and find nothing else here.
@pytest.mark.parametrize(
    ("who", "code"), [("lezer", 403), ("organisatiebeheerder", 403), ("adviseur", 404), ("coordinator", 404)]
)
@pytest.mark.parametrize("page", PAGES[:-1])
def test_who_does_not_file_finds_nothing(
    who: str,
    code: int,
    page: str,
    request: pytest.FixtureRequest,
    log_in: Browser,
    indiener: Actor,
    insurer: Organization,
) -> None:
    draft = drafts.started(indiener, insurer)

    answer = log_in(request.getfixturevalue(who)).get(f"/aanvragen/{draft.reference}/{page}")

    assert answer.status_code == code
