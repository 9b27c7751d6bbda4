"""What is kept beside requests: notices, coulance, links, machtigingen from elsewhere, paper, and contracts."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from portal.world import people, stay, walk
from tests.factories.documents import pdf
from tests.journeys.joining import Joining
from tests.journeys.story import DESK, JANSEN, TEAM, text_of

MANAGER, KEEPER = "beheer@esdoorn.example", "beheer@zk.example"
INSURER = "Zilveren Kruis"


class Registering(Joining):
    """Steps of who tells, keeps, and looks it up."""

    # -- given ---------------------------------------------------------------------------------------------------------

    def a_request_under(self, slug: str, content: Any, by: str) -> None:
        """Begin with a request that came in under another policy."""
        filed = walk.file(content, by=people.actor(by), policy_slug=slug, now=self.now - timedelta(days=1))
        self.reference = filed.reference

    def a_stay_without_a_diagnosis(self, by: str) -> None:
        """Begin with a request for a stay in the GGZ of a patient who signed a privacyverklaring."""
        content = stay.application(today=self.today)
        self.reference = stay.file(content, by=people.actor(by), now=self.now - timedelta(days=1)).reference

    # -- when ----------------------------------------------------------------------------------------------------------

    def she_tells_of_an_omzetplafond(self, remarks: str) -> None:
        """Send the form empty once, and then filled in."""
        self.logs_in(JANSEN)
        self.me.go("/mijn-meldingen/")
        self.me.follow("Meld een omzetplafond")
        self.me.press("Verstuur de melding")
        self.me.fill({
            "Van welke verzekeraar is het contract?": INSURER,
            "Contractjaar": str(self.today.year),
            "Omzetplafond in euro’s": "1.250.000",
            "Tot nu toe gerealiseerd, in euro’s": "1.190.000",
            "Wanneer is het plafond bereikt?": self.today + timedelta(days=20),
            "Opmerkingen": remarks,
        })  # fmt: skip
        self.me.press("Verstuur de melding")

    def the_office_answers_the_omzetplafond(self, words: str) -> None:
        """Find it in the list, take it up and answer."""
        self.logs_in(DESK)
        self.me.go("/beoordelen/meldingen/")
        self.me.follow("Revalidatie De Esdoorn")
        self.me.press("Pak deze melding op")
        self.me.fill({"Antwoord aan de zorgaanbieder": words})
        self.me.press("Verstuur het antwoord")

    def she_asks_for_coulance(self, what_happened: str) -> None:
        """Name the claim that was late, add the evidence, and file it."""
        self.logs_in(JANSEN)
        self.me.go("/mijn-meldingen/")
        self.me.follow("Vraag coulance")
        self.me.fill({"Bij welke verzekeraar?": INSURER})
        self.me.press("Begin het verzoek")
        self.me.fill({"Waardoor was u te laat?": "Overmacht", "Wat is er gebeurd?": what_happened})
        row = self.me.page.locator("[data-row]").first
        closed_on = self.today - timedelta(days=300)
        self.me.fill({
            "Declaratienummer of factuurnummer": "D-2041",
            "Soort zorg": "Medisch-specialistische zorg",
            "Bedrag in euro’s": "1.250,50",
            "Code her-declaratie": "01, eerste keer ingediend",
            "Geopend op": closed_on - timedelta(days=100),
            "Gesloten op": closed_on,
        }, within=row)  # fmt: skip
        self.me.upload(self.me.page.get_by_label("Stukken toevoegen"), ("proces-verbaal.pdf", pdf()))
        self.me.press("Dien het verzoek in")

    def a_coordinator_grants_coulance(self, why: str) -> None:
        """Take it up and decide for all claims."""
        self.logs_in(TEAM)
        self.me.go("/beoordelen/meldingen/coulance/")
        self.me.follow(re.compile("^CO"))
        self.me.press("Pak dit verzoek op")
        self.me.fill({"Wat besluit u?": "Toekennen", "Waarom besluit u dit?": why})
        self.me.press("Leg het besluit vast")

    def she_makes_a_link_for_the_insured(self) -> str:
        """Make it from the page of the request, and return the code that is shown once."""
        self.the_request_is_opened_by(JANSEN)
        self.me.follow("Link voor de verzekerde")
        self.me.press("Maak een link")
        return self.me.page.locator("#code").inner_text()

    def the_request_is_opened_by(self, who: str) -> None:
        """Log in, and open the page of the request."""
        self.logs_in(who)
        self.me.go(f"/aanvragen/{self.reference}/")

    def the_insured_types_the_code(self, code: str) -> None:
        """Come by way of the help, without an account."""
        self.somebody_comes_to("/informatie/")
        self.me.follow("Zie hoe het met uw aanvraag staat")
        self.me.fill({"Uw code": code})
        self.me.press("Bekijk uw aanvraag")

    def she_registers_a_machtiging_from_elsewhere(self, number: str) -> None:
        """Say whose it is, from when until when, and add the letter."""
        self.logs_in(JANSEN)
        self.me.go("/zorgtrajecten/overgenomen/")
        self.me.follow("Leg een machtiging vast")
        self.me.fill({
            "Bij welke verzekeraar is de patiënt nu verzekerd?": INSURER,
            "Welke verzekeraar gaf de machtiging?": "Verzekeraar Elders",
            "Nummer van de machtiging": number,
            "Vanaf welke dag geldt de machtiging?": self.today - timedelta(days=30),
            "Tot en met welke dag?": self.today + timedelta(days=60),
            "Waarvoor is de behandeling?": "Chronische pijn",
            "BSN": "999996708",
            "Geboortedatum": walk.insured(0).birth_date,
            "Voorletters": "K.",
            "Achternaam": "de Vries",
        })  # fmt: skip
        self.me.upload(self.me.page.get_by_label("De brief van die verzekeraar"), ("machtiging.pdf", pdf()))
        self.me.press("Leg vast")

    def the_office_registers_a_paper_request(self, name: str) -> None:
        """Register what came by post, of an institution that the portal doesn't know, and stop after the first step."""
        self.logs_in(DESK)
        self.me.go("/beoordelen/papier/")
        self.me.follow("Leg een papieren aanvraag vast")
        self.me.fill({
            "Op welke dag kwam de aanvraag binnen?": self.today - timedelta(days=2),
            "Wie vraagt aan?": "De zorgaanbieder",
            "Onder welk beleid valt de aanvraag?": "Medisch-specialistische revalidatie",
            "Wat wordt er gevraagd?": "MSR aanvraag",
            "Wanneer begint de behandeling, volgens de aanvraag?": self.today + timedelta(days=30),
            "Heeft de zorgaanbieder voor deze zorg een contract met u?": "Nee",
            "AGB-code van de zorgaanbieder": "22990011",
            "Naam van de zorgaanbieder": name,
            "Straat en huisnummer": "Kade 1",
            "Postcode": "1234 AB",
            "Plaats": "Voorbeeldstad",
        })  # fmt: skip
        self.me.upload(self.me.page.get_by_label("Scan van de aanvraag"), ("scan.pdf", pdf()))
        self.me.press("Leg vast en ga verder")
        self.remember_reference()

    def somebody_phones_the_office(self, birth_date: Any) -> None:
        """Ask the two facts that belong together."""
        self.logs_in(DESK)
        self.me.go("/beoordelen/papier/")
        self.me.follow("Wie belt er?")
        self.me.fill({"Geboortedatum die de beller noemt": birth_date, "Kenmerk van de aanvraag": self.reference})
        self.me.press("Controleer")

    def a_manager_submits_a_questionnaire(self, why_not: str) -> None:
        """Begin one, submit it empty once, and explain at each condition why it isn't met."""
        self.logs_in(MANAGER)
        self.me.go("/contracten/vragenlijsten/")
        self.me.follow("Begin een vragenlijst")
        self.me.fill({
            "Met welke verzekeraar wilt u een contract?": INSURER,
            "Wat voor zorgaanbieder bent u?": "Zelfstandig behandelcentrum",
        })  # fmt: skip
        self.me.press("Begin")
        self.me.press("Dien de vragenlijst in")
        expect(self.me.page.locator("[data-error-summary]")).to_be_visible()
        for no in self.me.page.locator("input[type=radio][value=nee]").all():
            no.check()
        for words in self.me.page.locator("textarea[name$=_explanation]").all():
            words.fill(why_not)
        self.me.press("Dien de vragenlijst in")

    def a_keeper_offers_a_contract(self, motivation: str) -> None:
        """Judge each condition, and decide for an offer."""
        self.logs_in(KEEPER)
        self.me.go("/contracten/vragenlijsten/")
        self.me.follow("Revalidatie De Esdoorn")
        self.me.follow("Beoordeel de vragenlijst")
        for met in self.me.page.locator("input[type=radio][name$=_judgement][value=voldaan]").all():
            met.check()
        self.me.fill({"Wat komt ervan?": "Wij willen", "Motivering voor de brief": motivation})
        self.me.press("Leg de uitkomst vast")

    def he_brings_the_contract_to(self, *steps: str) -> int:
        """Put it in the register, take these steps of today, and return its year."""
        self.me.follow("Zet een contract in het register")
        year = int(self.me.page.locator("#id_year").input_value())
        self.me.fill({"Wanneer deed u het voorstel?": self.today})
        self.me.press("Zet in het register")
        for step in steps:
            self.me.fill({"Welke stap is gezet?": step, "Op welke dag?": self.today})
            self.me.press("Leg de stap vast")
        return year

    def he_makes_the_list_public(self, year: int) -> None:
        """Publish who has a contract."""
        self.me.go("/contracten/publiceren/")
        self.me.fill({"Van welk jaar?": str(year)})
        self.me.press("Maak de lijst openbaar")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_the_letter_says(self, link: str, *words: str) -> None:
        """Read the PDF behind this link."""
        self.me.reload_until(link)
        said = text_of(self.me.pdf(self.me.page.get_by_role("link", name=link)))
        for word in words:
            assert word in said, (word, said)
