"""The insurer reviews, asks and decides."""

import re

from playwright.sync_api import Response, expect

from authorizations.domain import deadlines
from tests.journeys.story import KOK, NOOR, Story, text_of

MET, NOT_MET = "Voldaan", "Niet voldaan"
FINE = "De stukken onderbouwen dit."


class Desk(Story):
    """Steps of who judges."""

    # -- when ----------------------------------------------------------------------------------------------------------

    def an_advisor_opens_the_request(self, who: str = NOOR) -> None:
        """Log in, find it in the queue, and open it."""
        self.logs_in(who)
        self.me.go("/beoordelen/")
        self.me.follow(self.reference)

    def he_opens_it(self) -> None:
        """Open the page of the request."""
        self.me.go(f"/beoordelen/{self.reference}/")

    def he_takes_it(self) -> None:
        """Take the request."""
        self.me.press("Oppakken")
        self.me.sees("opgepakt")

    def he_checks_the_privacyverklaring(self) -> None:
        """Look whether both signed, and go back to the request."""
        self.me.follow("Controleer de verklaring")
        self.me.fill({"Is de privacyverklaring in orde?": "Ja, beide handtekeningen kloppen"})
        self.me.press("Leg de controle vast")
        self.me.go(f"/beoordelen/{self.reference}/")

    def he_judges_every_criterion(self, **not_met: tuple[str, str, str]) -> None:
        """Judge what is open, one after the other; what isn't met gets its words."""
        while True:
            open_one = self.me.page.locator("details.mp-crit[open] form[action*='/criterium/']")
            if not open_one.count():
                break
            code = re.search(r"/criterium/([a-z0-9_]+)/", open_one.first.get_attribute("action") or "")[1]
            self.he_judges(code, *not_met.get(code, ()))
        self.me.sees(re.compile(r"(\d+) van \1 beoordeeld"))

    def he_judges(self, code: str, *why: str) -> None:
        """Give a verdict on one criterion."""
        place = self.me.page.locator(f"#criterium-{code}")
        if place.get_attribute("open") is None:
            place.locator("summary").click()
        place.get_by_role("radio", name=NOT_MET if why else MET, exact=True).check()
        self.me.fill({"Motivering voor de brief": why[0] if why else FINE}, within=place)
        if why:
            self.me.fill({"Wat ontbreekt?": why[1], "Wat leidt tot toestemming?": why[2]}, within=place)
        self.me.press(re.compile("^Bewaar oordeel"), within=place)

    def he_goes_to_decide(self, outcome: str) -> None:
        """Choose a decision and go on to its page."""
        place = self.me.page.locator("#besluit")
        place.get_by_role("radio", name=outcome, exact=True).check()
        self.me.press("Ga verder", within=place)

    def he_writes(self, **words: str) -> None:
        """Fill in the texts of the decision by the name of their field."""
        for name, text in words.items():
            self.me.page.locator(f"#id_{name}").fill(text)

    def he_decides(self, button: str = "Besluit vastleggen") -> None:
        """Press the button; for a denial it says that this is a proposal."""
        self.me.press(button)

    def he_asks(self, criterion: str, what: str, document: str = "Geen document") -> None:
        """Ask one question, with all that a question needs."""
        self.he_goes_to_decide("Informatie vragen")
        self.me.fill(
            {
                "Bij welk criterium?": criterion,
                "Welk document lost dit op?": document,
                "Wat ontbreekt er?": what,
                "Waarom is dit nodig?": "Zonder dat resultaat kan ik dit criterium niet beoordelen.",
                "Welk antwoord leidt tot toestemming?": "Een verslag waaruit blijkt dat het niet genoeg hielp.",
                "Graag antwoord voor": deadlines.workdays_after(self.today, 10),
            },
            within=self.me.page.get_by_role("group", name="Vraag 1", exact=True),
        )
        self.me.press("Stel de vragen")

    def he_replies_to_the_counter_question(self, text: str) -> None:
        """Find the counter-question beside the questions, and react."""
        self.me.follow(re.compile("^Vragen"), within=self.me.page.locator(".mp-docnav"))
        self.me.follow(re.compile("^Reageer"))
        self.me.fill({"Uw reactie": text})
        self.me.press(re.compile("reactie", re.IGNORECASE))

    def the_second_advisor_opens_the_request(self, who: str = KOK) -> None:
        """Log in, and open the page of an own opinion."""
        self.an_advisor_opens_the_request(who)
        self.me.follow("Geef uw oordeel")

    def he_gives_an_own_opinion(self, outcome: str, **not_met: str) -> None:
        """Judge every criterion as met but for those named, with the reason, and say what he would decide."""
        for field in self.me.page.locator("textarea[name^='motivation_']").all():
            code = (field.get_attribute("name") or "").removeprefix("motivation_")
            place = self.me.page.locator(f"section[aria-labelledby='oordeel-{code}']")
            place.get_by_role("radio", name=NOT_MET if code in not_met else MET, exact=True).check()
            field.fill(not_met.get(code, FINE))
        self.me.page.get_by_role("radio", name=outcome, exact=True).check()
        self.me.press("Geef uw oordeel")

    def he_takes_it_back(self, because: str) -> None:
        """Take the own proposal back, with the reason."""
        self.me.fill({"Waarom neemt u uw voorstel terug?": because})
        self.me.press("Neem het voorstel terug")

    def he_hands_it_back(self, because: str) -> None:
        """Give the proposal back, with the reason."""
        self.me.fill({"Waarom geeft u het voorstel terug?": because})
        self.me.press("Geef het voorstel terug")

    def he_confirms_it(self) -> None:
        """Make the proposal the decision."""
        self.me.press("Bevestig dit besluit")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_the_preview_says(self, button: str, *words: str) -> None:
        """Look at a letter before it exists, in a window of its own."""
        with self.me.context.expect_page() as opened, self.me.context.expect_event("response", self._is_pdf) as shown:
            self.me.page.get_by_role("button", name=button).click()
        # The browser keeps what it shows of a PDF to itself, so the same is asked for once more.
        asked = shown.value.request
        kind = {"Content-Type": asked.headers["content-type"]}
        again = self.me.context.request.post(asked.url, data=asked.post_data or "", headers=kind)
        opened.value.close()
        said = text_of(again.body())
        for word in words:
            assert word in said, (word, said)

    def then_he_reads(self, *words: str) -> None:
        """See these words on the page."""
        self.me.sees(*words)

    def then_he_reads_nothing_of(self, *words: str) -> None:
        """Find none of these words on the page."""
        for said in words:
            expect(self.me.page.locator("body")).not_to_contain_text(said)

    def then_it_is_decided(self, words: str) -> None:
        """See the decision on the page of the request."""
        self.me.sees(words)
        expect(self.me.page.locator("#besluit")).to_contain_text("door")

    def then_nobody_confirms_the_own_proposal(self) -> None:
        """Find no button to confirm what one proposed oneself, and no way around it."""
        self.me.follow("Bekijk het voorstel")
        expect(self.me.page.get_by_role("button", name="Bevestig dit besluit")).to_have_count(0)
        self.me.page.evaluate(
            """() => {
                const form = document.querySelector("form[action$='/teruggeven/']");
                form.action = location.pathname;
                form.submit();
            }"""
        )
        self.me.sees("tweede")
        self.then_nothing_was_decided()

    def then_nothing_was_decided(self) -> None:
        """Find no decision that counts, and no letter of one."""
        assert not self.request.decisions.filter(final_at__isnull=False).exists()
        assert not self.request.letters.exclude(decision=None).exists()

    @staticmethod
    def _is_pdf(answer: Response) -> bool:
        return answer.headers.get("content-type", "").startswith("application/pdf")
