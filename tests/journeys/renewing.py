"""The provider asks for a vervolg."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.filing import ONWARD, Filing

EXCEPTIONAL = "Waarom is dit een zeer uitzonderlijk geval?"


class Renewing(Filing):
    """Steps of who goes on after a machtiging."""

    # -- when ----------------------------------------------------------------------------------------------------------

    def she_asks_for_a_vervolg(self) -> None:
        """Begin from the page of the earlier request; the number stands there already."""
        self.me.follow("Vraag een vervolg aan")
        expect(self.me.page.get_by_role("radio", name="MSR vervolgaanvraag")).to_be_checked()
        self.me.fill(
            {
                "Bij welke verzekeraar is de patiënt verzekerd?": "Zilveren Kruis",
                "Wanneer begint de behandeling?": self.starts_on,
                "Heeft u voor deze zorg een contract met deze verzekeraar?": "Nee",
            }
        )
        self.me.press("Begin de aanvraag")
        self.remember_reference()

    def she_goes_through_what_is_known(self) -> None:
        """Look at each step that was filled in from the earlier request, and go on."""
        while "/stap/vervolg/" not in self.me.page.url:
            before = self.me.page.url
            self.me.press(ONWARD)
            assert self.me.page.url != before, self.me.obstacles()

    def she_tells_what_changed_but_not_why_it_is_exceptional(self) -> None:
        """Fill in what changed, and leave out the reason."""
        self.me.fill(
            {
                "Zorgtrajectnummer": "ZT2026000123",
                "Hoeveel uren zijn er tot nu toe gebruikt?": "31,5",
                "Wat leverde de behandeling tot nu toe op?": "Werken lukt nu drie dagdelen.",
                "Waarom is de behandeling nog niet klaar?": "Door een operatie lag de training stil.",
                "Was er meer dan 42 dagen achter elkaar geen behandeling?": "Nee",
            }
        )
        self.me.press(ONWARD)

    def she_tells_why_it_is_exceptional(self) -> None:
        """Give the reason that chronic pain needs beyond 120 days."""
        self.me.fill({EXCEPTIONAL: "De operatie was niet te voorzien, en vlak voor het einde van het programma."})
        self.me.press(ONWARD)

    def she_plans_the_vervolg(self) -> None:
        """Change the period and the hours; goals and code stay as they were."""
        self.me.fill(
            {
                "Wanneer begint de behandeling?": self.starts_on,
                "Wanneer eindigt de behandeling?": self.starts_on + timedelta(days=56),
                "Heeft het team het behandelplan samen gemaakt, voor deze patiënt?": "Ja",
                "Fysiotherapie": "12",
            }
        )
        self.me.press(ONWARD)

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_the_answers_of_before_stand_there(self) -> None:
        """Find the patient filled in, with where that came from."""
        expect(self.me.page.get_by_label("Achternaam")).to_have_value("Bakker")
        expect(self.me.page.get_by_label("BSN")).to_have_value("999996708")
        self.me.sees("Controleer of het klopt.")
