"""A provider brings a file of activities, and sees what it does."""

import re
from datetime import timedelta

from authorizations import queries
from authorizations.domain.terms import Discipline, Indication
from authorizations.domain.traject_import import NEEDED
from authorizations.models import Zorgtraject
from authorizations.services import subtrajects
from authorizations.services.closing import close_due
from authorizations.services.subtrajects import Entry, Patient
from portal.world import people
from tests.factories.subtrajects import BSN
from tests.journeys.story import JANSEN, Story, expect

HEADER = ";".join(NEEDED)


class Bringing(Story):
    """Steps of who keeps a zorgtraject in a system of her own, and brings what was done as a file."""

    traject: Zorgtraject

    def a_zorgtraject_that_closed(self, *, opened: int, last: int, by: str = JANSEN) -> None:
        """Begin with a zorgtraject that the night closed, for the last activity known was so many days ago."""
        own, then = people.actor(by), self.now - timedelta(days=last)
        version = queries.policy_version_on("zilveren-kruis-msr", self.today)
        assert version
        self.traject = subtrajects.begin(
            number="ZT20260042",
            insurer_id=version.insurer_id or 0,
            policy_version=version,
            indication=Indication.OTHER,
            patient=Patient(BSN, "K.", "Voorbeeld", self.today - timedelta(days=9000)),
            opened_on=self.today - timedelta(days=opened),
            by=own,
            now=then,
        )
        for ago in (opened, last):
            entry = Entry("190961", self.today - timedelta(days=ago), Discipline.FYSIOTHERAPIE)
            subtrajects.register(zorgtraject_id=self.traject.pk, entry=entry, by=own, now=then)
        close_due(judged_on=self.today - timedelta(days=1), now=self.now)

    def she_goes_to_bring_a_file(self) -> None:
        """Find the way from the list of zorgtrajecten."""
        self.logs_in(JANSEN)
        self.me.go("/zorgtrajecten/")
        self.me.follow("Activiteiten inlezen")

    def she_brings(self, *lines: str, header: str = HEADER, name: str = "november.csv") -> None:
        """Choose a file and send it."""
        content = "\n".join([header, *lines]).encode()
        self.me.page.locator("#id_file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        self._press("Lees in en controleer")

    def a_line(self, ago: int, *, code: str = "190961", discipline: str = "ergotherapie", number: str = "") -> str:
        """Return a line of a file, of something done so many days ago."""
        return f"{number or self.traject.number};{code};{self.today - timedelta(days=ago)};{discipline}"

    def then_the_portal_has_checked_it(self) -> None:
        """Wait as people do: the page brings itself up to date, or is asked again where there is no JavaScript."""
        if self.me.javascript:
            expect(self.me.main).to_contain_text("Gecontroleerd: wacht op u")
            self.me.look()
        else:
            self.me.reload_until("Gecontroleerd: wacht op u")

    def then_a_line_is_wrong(self, line: int, column: str, value: str, told: str) -> None:
        """Read in the table of faults which line, which column, what stands there and what to do."""
        rows = self.me.page.get_by_role("row").filter(has=self.me.page.get_by_role("rowheader", name=str(line)))
        for text in (column, value, told):
            expect(rows.first).to_contain_text(text)

    def she_looks_at(self, tab: str) -> None:
        """Go to another part of the outcome."""
        self.me.follow(re.compile(f"^{tab}"))

    def she_applies(self, button: str) -> None:
        """Let it be registered, and wait until the worker did."""
        self._press(button)
        expect(self.me.main).to_contain_text("vastgelegd.")
        self.me.look()

    def then_the_zorgtraject_says(self, *texts: str) -> None:
        """Open the zorgtraject from the outcome."""
        self.she_looks_at("Per zorgtraject")
        self.me.follow(self.traject.number)
        self.me.sees(*texts)

    def _press(self, button: str) -> None:
        """Press a button, and look at what comes unless it is about to bring itself up to date."""
        with self.me.page.expect_navigation():
            self.me.page.get_by_role("button", name=button).click()
        if not self.me.page.locator("[data-poll], [data-done]").count():
            self.me.look()
