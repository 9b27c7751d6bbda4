"""A zorgtraject gets another number: the provider tells which came after which, and the insurer can follow it."""

from playwright.sync_api import expect

from authorizations import queries
from authorizations.domain.dbcs import Dbc, DbcKind
from authorizations.services import dbcs
from authorizations.services.subtrajects import Patient
from portal.world import people, stay, walk
from tests.journeys.story import NOOR
from tests.journeys.treating import Treating, noon

SWITCH = "Andere software"


class Renumbering(Treating):
    """Steps of who records that a number changed, and of who looks for the old one."""

    # -- given ---------------------------------------------------------------------------------------------------------

    def a_zorgtraject_in_the_ggz(self, number: str, *, opened: int, closed: int, by: str) -> None:
        """Begin with an initial dbc that opened and closed so many days ago."""
        who, insured = people.actor(by), walk.insured(4)
        version = queries.policy_version_on(stay.SLUG, self.ago(opened))
        assert version
        dbcs.begin(
            number=number, policy_version=version, by=who, now=noon(self.ago(closed)), diagnosis="F33.1",
            patient=Patient(insured.bsn, insured.initials, insured.surname, insured.birth_date),
            first=Dbc(DbcKind.INITIAL, "155", self.ago(opened), self.ago(closed)),
        )  # fmt: skip

    # -- when ----------------------------------------------------------------------------------------------------------

    def she_says_it_is_the_same_care(self, old: str, new: str) -> None:
        """Press the button of the question; both numbers stand there already."""
        self.me.follow("Leg de omzetting vast", within=self.me.main)
        self.then_the_form_has(old, new)

    def she_says_the_number_changed(self, old: str) -> None:
        """Follow the link on the page of a zorgtraject; its number stands there already."""
        self.me.follow("Het nummer is veranderd", within=self.me.main)
        self.then_the_form_has(old, "")

    def she_records_the_switch(self, *, days_ago: int, new: str = "") -> None:
        """Say why and when, and the new number where it isn't known."""
        self.me.fill({"Nieuw zorgtrajectnummer": new} if new else {})
        self.me.fill({
            "Waarom is het nummer veranderd?": SWITCH,
            "Op welke dag veranderde het nummer?": self.ago(days_ago),
        })  # fmt: skip
        self.me.press("Leg de omzetting vast", within=self.me.main)

    def she_adds_a_vervolg_dbc(self, zorgtype: str, *, opened: int) -> None:
        """Send the form empty once, and then filled in."""
        self.me.follow("Leg een vervolg-dbc vast", within=self.me.main)
        self.me.press("Leg de dbc vast")
        assert self.me.obstacles()
        self.me.fill({"Zorgtype": zorgtype, "Op welke dag is de dbc geopend?": self.ago(opened)})
        self.me.press("Leg de dbc vast")

    def the_insurer_looks_at_the_numbers(self, who: str = NOOR) -> None:
        """Go there as people do, by the list of zorgtrajecten."""
        self.logs_in(who)
        self.me.go("/zorgtrajecten/")
        self.me.follow("Zorgtrajectnummers", within=self.me.main)

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_the_form_has(self, old: str, new: str) -> None:
        """Find filled in what the portal knows."""
        expect(self.me.page.get_by_label("Oud zorgtrajectnummer")).to_have_value(old)
        expect(self.me.page.get_by_label("Nieuw zorgtrajectnummer")).to_have_value(new)

    def then_it_waits_for_an_explanation(self, number: str) -> None:
        """Find it in the list of what stands out."""
        expect(self.me.page.locator("section[aria-labelledby=opvallend]")).to_contain_text(number)

    def then_it_stands_as_changed(self, old: str, new: str, *, days_ago: int) -> None:
        """Find one line with both numbers, why and when, and nothing that waits."""
        day = self.ago(days_ago)
        line = self.me.page.locator("section[aria-labelledby=omgezet] tbody tr").filter(has_text=old)
        for words in (new, SWITCH, f"{day.day} "):
            expect(line).to_contain_text(words)
        expect(self.me.page.locator("section[aria-labelledby=opvallend]")).to_contain_text("geen ander nummer")
