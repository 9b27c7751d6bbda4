"""What comes after a decision: it is looked at again, or the machtiging is changed while it runs."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.story import JANSEN, KOK, Story, text_of


class Reconsidering(Story):
    """Steps of heroverweging, and of a change of the machtiging."""

    # -- when ----------------------------------------------------------------------------------------------------------

    def she_goes_to_ask_for_heroverweging(self, who: str = JANSEN) -> None:
        """Come to the form from the closed request."""
        self.logs_in(who)
        self.me.go(f"/aanvragen/{self.reference}/")
        self.me.follow("Vraag heroverweging")

    def she_asks_for_heroverweging(self, grounds: str, **files: bytes) -> None:
        """Fill in the grounds, choose the files by the name of their field, and send it."""
        self.me.fill({"Waarom klopt het besluit niet?": grounds})
        for name, content in files.items():
            self.me.upload(self.me.page.locator(f"#id_{name}"), (f"{name}.pdf", content))
        self.me.press("Vraag heroverweging")

    def she_adds_to_it(self, name: str, content: bytes) -> None:
        """Add a document while it runs."""
        self.logs_in(JANSEN)
        self.me.go(f"/aanvragen/{self.reference}/")
        self.me.follow("Voeg stukken toe")
        self.me.upload(self.me.page.locator("#id_further"), (name, content))
        self.me.press("Voeg toe")

    def an_advisor_opens_the_heroverweging(self, who: str = KOK) -> None:
        """Find it in the list of its own."""
        self.logs_in(who)
        self.me.go("/beoordelen/heroverwegingen/")
        self.me.follow(self.reference)

    def he_takes_the_heroverweging(self) -> None:
        """Take it."""
        self.me.press("Heroverweging oppakken")
        self.me.sees("opgepakt")

    def he_revises(self, motivation: str, reason: str, *, met: str) -> None:
        """Fill in that all is granted after all, for this criterion is met as well."""
        page = self.me.page
        page.get_by_role("radio", name="Herzien: alsnog toekennen", exact=True).check()
        place = page.locator(f"#criterium-{met}")
        place.get_by_role("radio", name="Voldaan", exact=True).check()
        self.me.fill({"Motivering voor de brief": motivation}, within=place)
        self.me.fill({"Waarom blijft het eerste besluit niet?": reason, "Motivering van het antwoord": motivation})
        self.me.look("ingevuld")

    def he_answers(self) -> None:
        """Press the button."""
        self.me.press("Antwoord vastleggen")

    def she_asks_for_a_longer_machtiging(self, until: date, why: str) -> None:
        """Come to the short form from the request, leave it empty once, and fill it in."""
        self.logs_in(JANSEN)
        self.me.go(f"/aanvragen/{self.reference}/")
        self.me.follow("Vraag een wijziging aan")
        self.me.press("Vraag de wijziging aan")
        self.me.fill({"Wat wilt u wijzigen?": "Langer", "Tot en met wanneer?": until, "Waarom is dit nodig?": why})
        self.me.press("Vraag de wijziging aan")

    def an_advisor_grants_the_change(self, who: str, why: str) -> None:
        """Find it in the list of its own, and grant it as asked."""
        self.logs_in(who)
        self.me.go("/beoordelen/machtigingen-wijzigen/")
        self.me.follow(self.reference)
        self.me.page.get_by_role("radio", name="Toekennen", exact=True).check()
        self.me.fill({"Motivering van het besluit": why})
        self.me.look("ingevuld")
        self.me.press("Besluit vastleggen")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_he_may_not_do_it(self) -> None:
        """Read why, and find no button."""
        self.me.sees("werkte mee aan het eerste besluit")
        expect(self.me.page.get_by_role("button", name="Heroverweging oppakken")).to_have_count(0)

    def then_the_answer_is_in_the_portal(self, *words: str) -> None:
        """Read the letter of the answer as the provider."""
        self.logs_in(JANSEN)
        self.me.go(f"/aanvragen/{self.reference}/")
        self.me.reload_until("Lees het antwoord (pdf)")
        said = text_of(self.me.pdf(self.me.page.get_by_role("link", name="Lees het antwoord (pdf)")))
        for word in (self.reference, *words):
            assert word in said, (word, said)
