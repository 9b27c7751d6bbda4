"""The provider treats: begins a zorgtraject, tells what was done, is warned, and goes on in a vervolg."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from celery import current_app
from playwright.sync_api import expect

from authorizations import queries
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Subtraject
from authorizations.services import subtrajects
from authorizations.services.subtrajects import Entry, Patient
from portal.world import people, walk
from tests.journeys.joining import Joining
from tests.journeys.story import JANSEN, NOOR

ENTRY = Entry("190961", date.min, Discipline.FYSIOTHERAPIE, units=6)
NUMBER = "REIS1"


class Treating(Joining):
    """Steps of who treats, and of the insurer who looks along."""

    # -- given ---------------------------------------------------------------------------------------------------------

    def a_zorgtraject(
        self, opened: int, *, done: tuple[int, ...] = (), pain: bool = False, number: str = NUMBER, diagnosis: str = ""
    ) -> None:
        """Begin with a zorgtraject that was opened so many days ago, with an activity on each of these days ago."""
        by, insured = people.actor(JANSEN), walk.insured(2)
        version = queries.policy_version_on(walk.ZK, self.ago(opened))
        assert version and version.insurer_id
        indication = Indication.CHRONIC_PAIN if pain else Indication.OTHER
        patient = Patient(insured.bsn, insured.initials, insured.surname, insured.birth_date)
        traject = subtrajects.begin(
            number=number, insurer_id=version.insurer_id, policy_version=version, indication=indication,
            patient=patient, opened_on=self.ago(opened), diagnosis=diagnosis, by=by, now=noon(self.ago(opened)),
        )  # fmt: skip
        for days in done:
            entry, then = replace(ENTRY, performed_on=self.ago(days)), noon(self.ago(days))
            subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=by, now=then)

    # -- when ----------------------------------------------------------------------------------------------------------

    def ago(self, days: int) -> date:
        """The day that was so many days ago."""
        return self.today - timedelta(days=days)

    def she_begins_a_zorgtraject(self, opened: int) -> None:
        """Fill in the form of a zorgtraject without a machtiging."""
        self.logs_in(JANSEN)
        self.me.follow("Zorgtrajecten")
        self.me.follow("Begin een zorgtraject", within=self.me.main)
        self.me.press("Begin het zorgtraject", within=self.me.main.locator(".mp-buttons"))
        insured = walk.insured(2)
        self.me.fill({
            "Zorgtrajectnummer": NUMBER.lower(),
            "Bij welke verzekeraar is de patiënt verzekerd?": "Zilveren Kruis",
            "BSN": insured.bsn,
            "Geboortedatum": insured.birth_date or date.min,
            "Voorletters": insured.initials,
            "Achternaam": insured.surname,
            "Waarvoor is de behandeling?": "Overige indicatie",
            "ICD-10-code": "m54.5",
            "Wanneer is het subtraject geopend?": self.ago(opened),
            "Zorgtype": "11",
        })  # fmt: skip
        self.me.press("Begin het zorgtraject", within=self.me.main.locator(".mp-buttons"))

    def she_registers(self, *days: int, code: str = "190961") -> None:
        """Write down an activity on each of these days ago."""
        self.me.follow("Activiteit vastleggen", within=self.me.main)
        for number, day in enumerate(days, 1):
            self.me.fill({
                "Wanneer is het gedaan?": self.ago(day),
                "Zorgactiviteit": code,
                "Welke discipline deed het?": "Fysiotherapie",
                "Aantal": "6",
            })  # fmt: skip
            self.me.press("Leg vast" if number == len(days) else "Leg vast en voeg er nog een toe")

    def the_clock_knocks(self, task: str) -> None:
        """Let the worker do what the clock starts at night."""
        current_app.send_task(f"authorizations.schedule.{task}")

    def she_opens_the_zorgtraject(self, who: str = JANSEN, number: str = NUMBER, found: str = "") -> None:
        """Find it by a number of its own, and open what was found under that or another."""
        self.logs_in(who)
        self.me.go("/zorgtrajecten/")
        self.me.fill({"Zoek op het hele zorgtrajectnummer, ook een oud": number})
        self.me.press("Zoeken")
        self.me.follow(found or number)

    def she_looks_at_what_closes_soon(self, who: str = JANSEN) -> None:
        """Open the list, and narrow it."""
        self.logs_in(who)
        self.me.go("/zorgtrajecten/")
        self.me.follow(re.compile("Dreigt te sluiten"))
        self.me.fill({"Sluit binnen": "14 dagen"})
        self.me.press("Filter")

    def she_starts_a_vervolgaanvraag(self) -> None:
        """Press the button at the subtraject that closes."""
        self.me.press("Start een vervolgaanvraag")
        self.remember_reference()

    def somebody_works_out_a_plan(self, *, opened: date, appointments: str) -> None:
        """Fill in the simulator, without an account."""
        self.somebody_comes_to("/aanvragen/verloop/")
        self.me.fill({
            "Bij welke verzekeraar is de patiënt verzekerd?": "Zilveren Kruis",
            "Waarvoor is de behandeling?": "Chronische pijn",
            "Wanneer opent het subtraject?": opened,
            "Welke afspraken zijn er geweest of gepland?": appointments,
        })  # fmt: skip
        self.me.press("Bekijk het verloop")

    def she_works_out_her_plan_beside_the_request(self, appointments: str) -> None:
        """Fill in the simulator at the step of the plan; it opens in another tab, and the request stays."""
        self.me.go(f"/aanvragen/{self.reference}/stap/behandelplan/")
        self.me.fill({"Welke afspraken zijn er geweest of gepland?": appointments})
        with self.me.page.expect_popup() as opened:
            self.me.page.get_by_role("button", name="Bekijk het verloop (nieuw tabblad)").click()
        expect(opened.value.locator("main")).to_contain_text("Zo verloopt het")
        opened.value.close()
        expect(self.me.heading()).to_contain_text("Behandelplan")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_it_closes_on(self, days: int) -> None:
        """Read the day of the closing in the table, and the drawing tells it to who doesn't see."""
        day = self.today + timedelta(days=days)
        expect(self.me.page.locator("[data-label=Sluit]").last).to_contain_text(f"{day.day} ")
        assert Subtraject.objects.latest("opened_on").closes_on == day
        assert (self.me.page.locator("svg desc").text_content() or "").startswith("Subtraject 1 is geopend op")

    def then_the_agenda_has(self, *words: str) -> None:
        """Fetch the file for a calendar."""
        link = self.me.page.get_by_role("link", name="Zet de laatste dagen in uw agenda")
        answer = self.me.context.request.get(self.address + (link.get_attribute("href") or ""))
        assert answer.headers["content-type"].startswith("text/calendar")
        for word in words:
            assert word in answer.text(), answer.text()

    def then_a_mail_tells_that_something_closes(self, subject: str) -> None:
        """Find one mail to the organisation with days, and nothing of a patient."""
        for _ in range(60):
            mails = [mail for mail in self.mails_to(JANSEN) if subject in mail]
            if mails:
                break
            self.me.page.wait_for_timeout(500)
        assert mails, self.mails_to(JANSEN)
        for mail in mails:
            assert not re.search(f"{walk.insured(2).surname}|{walk.insured(2).bsn}|{NUMBER}|M54", mail), mail

    def then_the_insurer_sees_it_too(self) -> None:
        """For chronic pain the reviewer looks along."""
        self.she_looks_at_what_closes_soon(NOOR)
        self.me.sees(NUMBER)


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(11), tzinfo=UTC)
