"""A second opinion on the pages: nobody reads the other's before both are in, and both read both after."""

import io
import zipfile

import pytest
import time_machine
from django.http.response import HttpResponseBase

from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.dossier import DossierPurpose
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, DeskDraft, Opinion
from authorizations.services import decisions, review, sight
from papers.models import Mail
from tests.factories import accounts, desk
from tests.factories import documents as make
from tests.factories.desk import NOW, choice
from tests.journeys import addresses
from tests.journeys.story import text_of

FIRST = {
    "motivation": "Woordvandeeerste een, kort.",
    "missing_fact": "Woordvandeeerste twee.",
    "leads_to_consent": "Woordvandeeerste drie.",
    "internal_note": "Woordvandeeerste vier.",
}
SAID = "woordvandeeerste"
PROPOSAL = {
    name: f"Woordvandeeerste over {name}." for name in ("summary", "not_granted", "indication_weighed", "next_step")
}
TABS = ("formulier", "uren", "vragen", "verloop", "eerder")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(authorization, noor, c2a=Verdict.NOT_MET)
    for code in ("c2a", "c2_eerste_lijn"):
        desk.assess(authorization, code, noor, verdict=Verdict.NOT_MET, version=1, **FIRST)
    review.note(authorization_id=authorization.pk, text="Woordvandeeerste notitie.", by=noor, now=NOW)
    make.added(authorization, by=indiener)
    return authorization


@pytest.fixture
def proposed(taken, noor):
    decisions.decide(
        authorization_id=taken.pk, choice=choice(Outcome.DENIED, **PROPOSAL), seen=sight.of(stored(taken)), by=noor,
        now=NOW,
    )  # fmt: skip
    return stored(taken)


@pytest.fixture
def kim(insurer):
    return accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, full_name="Kim Derde", big_number="39012345603")


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def url(authorization, rest="tweede-oordeel/"):
    return f"/beoordelen/{authorization.reference}/{rest}"


def typed(authorization, outcome="denied", **verdicts):
    """What the second fills in: all is met but what is named."""
    fields = {"outcome": outcome, "proposal": str(queries.current_decision(authorization).pk)}
    for criterion in review.criteria(authorization):
        if not criterion.locked:
            fields[f"verdict_{criterion.code}"] = verdicts.get(criterion.code, "met")
            fields[f"motivation_{criterion.code}"] = "Woordvandetweede."
    return fields | {"seen": sight.of(stored(authorization))}


def everything(response: HttpResponseBase) -> str:
    """All that an answer says: its text, the text of a PDF, and of every part of a zip."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as bundle:
            return " ".join(_said(bundle.read(name)) for name in bundle.namelist())
    return _said(body) + response.headers.get("Location", "")


def _said(body: bytes) -> str:
    return text_of(body) if body.startswith(b"%PDF") else body.decode(errors="replace")


def all_that_is_shown(browser, authorization):
    """Yield every answer about this request that somebody can get, by what was asked."""
    ids = addresses.names_in(authorization)
    for one in addresses.addresses():
        if "reference" in one.takes and one.takes <= ids.keys():
            path = one.path(ids)
            for asked, data in ((path, None), (f"{path}?voorbeeld=provider", None), (path, {"x": "1"}),
                                (path, {"voorbeeld": "provider"})):  # fmt: skip
                if data is not None and one.name.endswith(("release", "claim", "note", "opinion")):
                    continue
                answer = browser.post(asked, data) if data else browser.get(asked)
                yield f"{one.name} {data or ''}", everything(answer)
    for tab in TABS:
        yield tab, everything(browser.get(url(authorization, ""), {"toon": tab}))
    for purpose in DossierPurpose:
        page = f"/aanvragen/{authorization.reference}/dossier/"
        yield "dossier", everything(browser.post(page, {"purpose": purpose.value}))
    whole = {"outcome": "denied", "seen": sight.of(stored(authorization)), **PROPOSAL}
    for more in ({}, {"voorbeeld": "insured"}, {"outcome": "granted"}, {"outcome": "granted", "voorbeeld": "provider"}):
        sent = {name: text.replace("Woordvandeeerste", "Mijn") for name, text in whole.items()} | more
        yield f"besluit {more}", everything(browser.post(url(authorization, "besluit/"), sent))
    for page in ("/beoordelen/", "/beoordelen/?weergave=tweede", f"/beoordelen/?zoek={authorization.reference}"):
        yield page, everything(browser.get(page))


def test_who_is_still_to_judge_reads_nothing_of_the_first_anywhere(proposed, log_in, ravi):
    browser, seen = log_in(ravi), 0
    for asked, said in all_that_is_shown(browser, proposed):
        assert SAID not in said.lower(), asked
        assert "Afgewezen" not in said or asked.startswith(("/beoordelen/", "authorizations:review-queue")), asked
        seen += 1
    assert seen > 80
    # The words of a verdict stand nowhere but beside the empty circles of the own form.
    assert "iet voldaan" not in everything(browser.get(url(proposed, "")))
    form = everything(browser.get(url(proposed)))
    assert " checked" not in form and "iet voldaan" in form


def test_also_before_a_proposal_a_colleague_reads_no_verdict(taken, log_in, ravi):
    for asked, said in all_that_is_shown(log_in(ravi), taken):
        assert SAID not in said.lower(), asked


def test_the_first_reads_nothing_of_the_second_while_it_is_typed(proposed, log_in, noor, ravi):
    second = log_in(ravi)
    second.post(url(proposed, "concept/tweede-oordeel/"), typed(proposed))
    assert DeskDraft.objects.filter(form="tweede-oordeel").count() == 1
    first = log_in(noor)
    for page in ("", "?toon=verloop", "besluit/bevestigen/"):
        assert "Woordvandetweede" not in everything(first.get(url(proposed, page)))
    assert "Woordvandetweede" in everything(second.get(url(proposed)))


def test_both_read_both_when_both_are_in(proposed, log_in, noor, ravi):
    second = log_in(ravi)
    answer = second.post(url(proposed), typed(proposed, c2a="not_met", c2_eerste_lijn="met"), follow=True)
    assert answer.redirect_chain == [(url(proposed, "besluit/bevestigen/"), 302)]
    for browser in (second, log_in(noor)):
        body = everything(browser.get(url(proposed, "besluit/bevestigen/")))
        assert "Woordvandeeerste een, kort." in body and "Woordvandetweede." in body
        assert "de oordelen verschillen" in body and body.count("Verschilt<") == 1
    # who gave none still reads neither
    other = log_in(accounts.actor(Role.MEDISCH_ADVISEUR, organization=proposed.insurer))
    body = everything(other.get(url(proposed, "")))
    assert "Een collega gaf het tweede oordeel al." in body and "oordvande" not in body


def test_what_an_opinion_lacks_is_said_at_once_and_what_was_typed_stays(proposed, log_in, ravi):
    sent = typed(proposed, outcome="granted", c2a="not_met") | {"verdict_c1": "", "motivation_c1": ""}
    answer = log_in(ravi).post(url(proposed), sent)
    body = everything(answer)
    assert answer.status_code == 422
    assert "kies een oordeel." in body and "schrijf waarom u dit vindt." in body and "Woordvandetweede" in body
    assert not Opinion.objects.filter(position="second").exists()


def test_a_difference_is_taken_over_only_with_a_reason(proposed, log_in, ravi):
    browser = log_in(ravi)
    browser.post(url(proposed), typed(proposed, outcome="granted"))
    page = url(proposed, "besluit/bevestigen/")
    context = browser.get(page).context
    sent = {"proposal": context["proposal"].pk, "seen": context["seen"]}
    refused = browser.post(page, sent)
    assert refused.status_code == 422 and "Schrijf waarom u het voorstel overneemt." in everything(refused)
    browser.post(page, sent | {"because": "Na overleg zie ik het ook zo."})
    assert stored(proposed).status == Status.DENIED


def test_a_coordinator_names_a_third_without_reading_anything_medical(proposed, log_in, ravi, kim, coordinator):
    log_in(ravi).post(url(proposed), typed(proposed, outcome="granted"))
    browser = log_in(coordinator)
    body = everything(browser.get(url(proposed, "")))
    assert "De twee medisch adviseurs oordelen verschillend." in body and "oordvande" not in body
    assert "oordvande" not in everything(browser.get(url(proposed, "derde/")))
    assert browser.post(url(proposed, "derde/"), {"adviseur": "", "reden": ""}).status_code == 422
    browser.post(url(proposed, "derde/"), {"adviseur": kim.user_id, "reden": "Zij zijn het oneens."})
    third = log_in(kim)
    body = everything(third.get(url(proposed, "besluit/bevestigen/")))
    assert "U beslist." in body and "Woordvandeeerste een, kort." in body and "Woordvandetweede." in body
    context = third.get(url(proposed, "besluit/bevestigen/")).context
    third.post(url(proposed, "besluit/teruggeven/"), {"proposal": context["proposal"].pk, "because": "Nee."})
    assert (stored(proposed).status, stored(proposed).assigned_to_id) == (Status.IN_REVIEW, kim.user_id)
    assert not Decision.objects.filter(final_at__isnull=False).exists()


def test_a_medewerker_prepares_and_reads_who_decides(proposed, log_in, medewerker):
    body = everything(log_in(medewerker).get(url(proposed, "")))
    assert "Besluiten doet een medisch adviseur, en voor een afwijzing zijn er twee nodig." in body
    for page in ("besluit/", "tweede-oordeel/", "besluit/bevestigen/", "derde/"):
        assert log_in(medewerker).get(url(proposed, page)).status_code == 403


def test_the_provider_reads_nothing_of_it(proposed, log_in, indiener, ravi):
    log_in(ravi).post(url(proposed), typed(proposed, outcome="granted"))
    body = everything(log_in(indiener).get(f"/aanvragen/{proposed.reference}/"))
    assert "oordvande" not in body and "Tweede oordeel" not in body


def test_where_there_is_no_third_the_coordinator_reads_what_to_do(proposed, log_in, ravi, coordinator):
    log_in(ravi).post(url(proposed), typed(proposed, outcome="granted"))
    body = everything(log_in(coordinator).get(url(proposed, "derde/")))
    assert "Er is nu geen andere medisch adviseur" in body
    assert "Vraag een beheerder" in body
    assert 'name="adviseur"' not in body
    mail = Mail.objects.get(to=[coordinator.email], key__startswith="opinions_differ_third")
    assert "vraag een beheerder om een medisch adviseur uit te nodigen" in mail.body
