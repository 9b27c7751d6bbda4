"""The provider follows a request: its status, its questions, its letter."""

import re

from playwright.sync_api import expect

from tests.journeys import pictures
from tests.journeys.story import JANSEN, Story, text_of


class Following(Story):
    """Steps of who waits, answers and reads."""

    # -- when ----------------------------------------------------------------------------------------------------------

    def the_provider_opens_the_request(self, who: str = JANSEN) -> None:
        """Log in and open the page of the request."""
        self.logs_in(who)
        self.me.go(f"/aanvragen/{self.reference}/")

    def somebody_elsewhere_opens_it(self, who: str) -> None:
        """Type the number of a request that is of another organisation."""
        self.logs_in(who)
        self.me.go(f"/aanvragen/{self.reference}/")

    def somebody_elsewhere_searches_for_it(self) -> None:
        """Search for the number on the own dashboard."""
        self.me.go(f"/aanvragen/?q={self.reference}")

    def she_asks_something_back(self, text: str) -> None:
        """Put a counter-question."""
        self.me.follow("Vragen beantwoorden")
        self.me.page.get_by_text("Ik heb eerst zelf een vraag").click()
        self.me.fill({"Uw vraag aan de medisch adviseur": text})
        self.me.press(re.compile("^Stel uw vraag"))

    def she_answers(self, text: str, name: str, content: bytes) -> None:
        """Answer the question with words and a file, and send it."""
        self.me.follow("Vragen beantwoorden")
        self.me.fill({"Uw antwoord": text})
        self.me.upload(self.me.page.locator(".mp-message input[type=file]"), (name, content))
        expect(self.me.page.get_by_role("link", name=name)).to_be_visible()
        self.me.look("met bestand")
        self.me.press("Antwoorden versturen")

    def she_adds_on_her_own_initiative(self, name: str, content: bytes) -> None:
        """Add a document that nobody asked for."""
        self.me.follow("Documenten toevoegen")
        self.me.upload(self.me.page.locator("#bestand"), (name, content))
        expect(self.me.page.get_by_role("link", name=name)).to_be_visible()
        self.me.press("Bewaar en ga terug")

    def she_withdraws(self, because: str) -> None:
        """Take the request back."""
        self.me.follow("Aanvraag intrekken")
        self.me.fill({"Waarom trekt u de aanvraag in?": because})
        self.me.press("Trek de aanvraag in")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_the_status_is(self, words: str) -> None:
        """Read the status as the provider reads it."""
        expect(self.me.page.locator("main .utrecht-status-badge").first).to_have_text(words)

    def then_she_reads(self, *words: str) -> None:
        """See these words on the page."""
        self.me.sees(*words)

    def then_there_is_no_such_page(self) -> None:
        """Read that there is nothing here, and not a word about the request."""
        expect(self.me.heading()).to_have_text("Deze pagina is er niet")
        self.me.does_not_see(self.reference)

    def then_nothing_is_found(self) -> None:
        """Read that nothing was found."""
        self.me.sees("Wij vinden geen aanvraag")

    def then_the_letter_is_in_the_portal(self, *words: str) -> None:
        """Read the letter that the worker made."""
        self.me.reload_until("Lees de besluitbrief (pdf)")
        pdf = self.me.pdf(self.me.page.get_by_role("link", name="Lees de besluitbrief (pdf)"))
        said = text_of(pdf)
        for word in (self.reference, *words):
            assert word in said, (word, said)
        if self.request.status == "partly_granted":
            pictures.keep_first_page("brief", pdf)

    def then_a_mail_told_without_medical_content(self, who: str, subject: str) -> None:
        """Find the mail that the worker sent, with a link and nothing medical."""
        for _ in range(60):
            mails = [mail for mail in self.mails_to(who) if self.reference in mail and subject in mail]
            if mails:
                break
            self.me.page.wait_for_timeout(500)
        assert mails, self.mails_to(who)
        for mail in mails:
            assert f"/{self.reference}/" in mail
            assert not re.search("pijn|Bakker|999996708|M79|revalidatie van", mail, re.IGNORECASE), mail
