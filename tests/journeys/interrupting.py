"""What comes between: two tabs, a session that ends, a finger that presses twice."""

import re

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from authorizations.domain.terms import LetterKind
from portal.world import people
from tests.journeys.filing import FILE, ONWARD, Filing
from tests.journeys.story import JANSEN


class Interrupting(Filing):
    """Steps of who is disturbed."""

    # -- when ----------------------------------------------------------------------------------------------------------

    def she_opens_the_step(self, step: str) -> Page:
        """Open a step of the draft; return the tab."""
        self.me.go(f"/aanvragen/{self.reference}/stap/{step}/")
        return self.me.page

    def in_a_second_tab_she_saves(self, name: str, step: str = "patient") -> Page:
        """Open the same step in another tab, change the name there, and save; return the first tab."""
        first, self.me.page = self.me.page, self.me.context.new_page()
        self.she_opens_the_step(step)
        self.me.fill({"Achternaam": name})
        self.me.press(ONWARD)
        return first

    def in_the_first_tab_she_saves_something_else(self, first: Page, name: str) -> None:
        """Go back to the tab that was opened before, and save another name there."""
        self.me.page = first
        self.me.fill({"Achternaam": name})
        self.me.press(ONWARD)

    def she_chooses(self, version: str) -> None:
        """Choose which of two answers stays."""
        self.me.page.locator(".mp-version", has_text=version).get_by_role("radio").check()
        self.me.press("Bewaar deze keuze")

    def the_session_ends(self) -> None:
        """Let the session end while something stands typed on the page."""
        Session.objects.all().delete()

    def she_logs_in_again_and_goes_on(self) -> None:
        """Log in on the page that came instead, and send what was typed."""
        self.me.log_in(JANSEN, people.PASSWORD)
        self.me.sees("Wat u typte is bewaard")
        self.me.press("Ga verder")

    def she_presses_twice(self) -> None:
        """Press the button that files, twice in a moment."""
        self.me.go(f"/aanvragen/{self.reference}/controle/")
        self.me.page.get_by_label(re.compile("Ik verklaar")).check()
        with self.me.page.expect_navigation(url=re.compile("/ingediend/")):
            self.me.page.get_by_role("button", name=FILE).dblclick()
        self.me.look()

    def in_another_tab_stood_the_same_form(self) -> Page:
        """Open the last page in a second tab as well, ready to file."""
        other = self.me.context.new_page()
        other.goto(f"{self.address}/aanvragen/{self.reference}/controle/")
        other.get_by_label(re.compile("Ik verklaar")).check()
        return other

    def she_files_there_too(self, other: Page) -> None:
        """File once more from the other tab."""
        self.me.page = other
        self.me.press(FILE)

    def she_goes_back_in_her_browser(self) -> None:
        """Press the back button."""
        self.me.page.go_back()

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_she_sees_both_answers(self, theirs: str, mine: str) -> None:
        """Read that there are two versions, with both."""
        expect(self.me.heading()).to_contain_text("twee versies")
        expect(self.me.page.locator(".mp-version")).to_contain_text([theirs, mine])
        assert self.kept("patient", "surname") == theirs

    def then_it_was_kept(self, step: str, name: str, value: str) -> None:
        """Find in the draft what was typed."""
        assert self.kept(step, name) == value

    def then_it_was_filed_once(self) -> None:
        """Find one filing and one receipt."""
        authorization = self.request
        assert authorization.events.filter(move="submit").count() == 1
        assert authorization.letters.filter(kind=LetterKind.RECEIPT).count() == 1

    # -- with ----------------------------------------------------------------------------------------------------------

    def kept(self, step: str, name: str) -> str:
        """Return an answer as the draft keeps it."""
        return "".join(self.request.answers[step][name])
