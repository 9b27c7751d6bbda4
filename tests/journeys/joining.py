"""A manager invites, a colleague comes in."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from accounts.domain import codes
from tests.journeys.story import Story
from tests.journeys.visitor import Visitor

MANAGER = "beheer@esdoorn.example"


class Joining(Story):
    """Steps of who comes to work here."""

    # -- given and when ------------------------------------------------------------------------------------------------

    def somebody_comes_to(self, path: str) -> None:
        """Open a page as somebody who hasn't logged in."""
        self.visitors[f"iemand{len(self.visitors)}"] = self.me = Visitor(self.chromium, self.address)
        self.me.go(path)

    def a_manager_invites(self, name: str, email: str, role: str) -> None:
        """Log in as who looks after the organisation, and invite somebody."""
        self.logs_in(MANAGER)
        self.me.follow("Organisatie")
        self.me.follow(re.compile("ollega"), within=self.me.main)
        self.me.follow("Nodig een collega uit")
        self.me.fill({"Naam": name, "E-mailadres": email, "Rollen": [role]})
        self.me.press("Verstuur uitnodiging")
        self.me.sees(email)

    def the_colleague_opens_the_link_in_the_mail(self, email: str) -> None:
        """Wait for the mail of the worker, and open the link in it in another browser."""
        links: list[str] = []
        for _ in range(60):
            links = re.findall(r"/uitnodiging/[^/\s]+/", "".join(self.mails_to(email)))
            if links:
                break
            self.me.page.wait_for_timeout(500)
        assert len(links) == 1, links
        self.somebody_comes_to(links[0])

    def she_chooses_a_password(self, password: str) -> None:
        """Type a password and go on."""
        self.me.fill({"Wachtwoord": password})
        self.me.press("Maak mijn account")

    def she_links_an_app(self) -> None:
        """Set up the second step that the portal asks for, and keep the recovery codes."""
        expect(self.me.heading()).to_have_text("Uw tweede stap")
        self.me.follow("Koppel een app")
        self.me.page.get_by_text("Lukt het niet met de camera?").click()
        secret = self.me.page.locator(".mp-secret").inner_text().replace(" ", "")
        self.me.fill({"Code uit de app": codes.code_at(secret, codes.step_at(timezone.now()))})
        self.me.press("Koppel de app")
        self.me.press("Toon mijn herstelcodes")
        expect(self.me.page.locator(".mp-codes li")).to_have_count(10)
        self.me.follow("Ik heb ze bewaard, verder")

    def she_logs_out(self) -> None:
        """Log out."""
        self.me.press("Uitloggen")

    def she_logs_in_with_her_own_password(self, email: str, password: str) -> None:
        """Log in."""
        self.me.log_in(email, password)

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_she_is_at_work(self, name: str, organization: str) -> None:
        """See the own name and organisation above the page."""
        expect(self.me.page.locator("header")).to_contain_text(name)
        expect(self.me.page.locator("header")).to_contain_text(organization)

    def then_the_portal_asks_who_she_is(self, path: str) -> None:
        """Come to the log-in page instead."""
        self.me.go(path)
        expect(self.me.heading()).to_have_text("Inloggen")
