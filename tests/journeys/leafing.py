"""Reading: what anybody may read, the parts of a request on the desk, and the work around it."""

import re

from playwright.sync_api import expect

from tests.journeys.story import NOOR, Story


class Leafing(Story):
    """Steps of who reads, divides and posts."""

    # -- anybody -------------------------------------------------------------------------------------------------------

    def she_reads_about_a_policy(self, title: str) -> None:
        """Go from the front page to the page of a policy."""
        self.me.follow(re.compile("recht op vergoeding"))
        self.me.follow(re.compile(title))

    def she_asks_whether_a_machtiging_is_needed(self, code: str) -> None:
        """Answer the questions of the check."""
        self.me.follow(re.compile("Doe de check"))
        self.me.fill(
            {
                "Bij welke verzekeraar is de patiënt verzekerd?": "Zilveren Kruis: Medisch",
                "Welke declaratiecode wilt u declareren?": code,
                "Heeft u een contract met deze verzekeraar?": "Nee",
                "Is de behandeling in het kader van een intake?": "Ja",
            }
        )
        self.me.press("Bekijk het antwoord")

    # -- at the desk ---------------------------------------------------------------------------------------------------

    def the_pages_of_the_document_are_there(self) -> None:
        """See the picture of a page that the worker drew."""
        picture = self.me.page.locator("#pagina .mp-leaf image")
        for _ in range(60):
            if picture.count():
                break
            self.me.page.wait_for_timeout(500)
            self.me.page.reload()
        wide = (
            "one => fetch(one.href.baseVal).then(got => got.blob()).then(createImageBitmap).then(drawn => drawn.width)"
        )
        assert picture.first.evaluate(wide) > 600

    def he_looks_at(self, part: str) -> None:
        """Choose a part of the request beside its documents."""
        self.me.follow(part, within=self.me.page.locator(".mp-docnav"))

    def he_writes_a_note(self, text: str) -> None:
        """Leave a note for colleagues."""
        self.he_looks_at("Verloop en notities")
        self.me.fill({"Notitie": text}, within=self.me.page.locator("#pagina"))
        self.me.press(re.compile("notitie", re.IGNORECASE), within=self.me.page.locator("#pagina"))
        self.me.sees(text)

    def he_assigns_it_to(self, name: str, because: str) -> None:
        """Put the request on somebody's desk."""
        self.me.follow("Toewijzen")
        self.me.fill({"Medisch adviseur": name, "Waarom wijst u deze aanvraag toe?": because})
        self.me.press("Wijs toe")

    def an_advisor_goes_to_the_post(self) -> None:
        """Open what goes by post."""
        self.logs_in(NOOR)
        self.me.follow("Post")

    def he_makes_a_batch_and_posts_it(self) -> None:
        """Print what waits and say that it was posted."""
        self.me.reload_until("Maak een printopdracht")
        self.me.press("Maak een printopdracht")
        pdf = self.me.pdf(self.me.page.get_by_role("link", name=re.compile("^Printopdracht")))
        assert pdf.startswith(b"%PDF")
        self.me.press(re.compile("^Is verstuurd"))

    # -- at the provider's ---------------------------------------------------------------------------------------------

    def she_opens_the_document(self, name: str) -> None:
        """Look at the pages of a document, and at their text."""
        self.me.follow(name)
        self.me.page.get_by_text("Tekst van pagina 1").click()
        self.me.sees("Huisartsenpraktijk De Linde")
        self.me.look("met tekst")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_nobody_of_the_provider_reads(self, words: str) -> None:
        """Find nothing of what is for colleagues of the insurer only."""
        expect(self.me.page.locator("body")).not_to_contain_text(words)

    def then_the_queue_begins_and_ends_with(self, first: str, last: str) -> None:
        """Read the queue: the least time left comes first, what rests comes last."""
        numbers = self.me.page.locator("tbody th").all_inner_texts()
        assert (numbers[0], numbers[-1]) == (first, last), numbers

    def then_what_waits_for_her_comes_first(self, reference: str) -> None:
        """Read the dashboard: at the top stands what she must do."""
        expect(self.me.page.locator(".mp-actions__item").first).to_contain_text(reference)
