"""The provider writes and files a request."""

import hashlib
import re
from datetime import date, timedelta

from playwright.sync_api import expect

from authorizations.domain.terms import DocumentKind
from tests.journeys import answers
from tests.journeys.story import JANSEN, Story, text_of

ONWARD, LATER, FILE = "Bewaar en ga door", "Bewaar en ga later verder", "Onderteken en dien in"
PSYCHOSOCIAL = DocumentKind.BEHANDELVERSLAG_PSYCHOSOCIAAL
REQUIRED = (
    DocumentKind.VERWIJSBRIEF,
    DocumentKind.HUISARTSENJOURNAAL,
    DocumentKind.BEHANDELVERSLAG_LICHAMELIJK,
    PSYCHOSOCIAL,
    DocumentKind.BRIEVEN_EERSTE_LIJN,
    DocumentKind.BEHANDELPLAN,
)


class Filing(Story):
    """Steps of who fills in."""

    @property
    def starts_on(self) -> date:
        """The day on which the treatment begins."""
        return self.today + timedelta(days=30)

    # -- given and when ------------------------------------------------------------------------------------------------

    def a_provider_starts_an_msr_request(self, who: str = JANSEN, **how: bool) -> None:
        """Log in, and choose insurer, kind and day."""
        self.logs_in(who, **how)
        self.me.follow("Nieuwe aanvraag")
        self.me.fill(
            {
                "Bij welke verzekeraar is de patiënt verzekerd?": "Zilveren Kruis",
                "Wat wilt u aanvragen?": "MSR aanvraag",
                "Wanneer begint de behandeling?": self.starts_on,
                "Heeft u voor deze zorg een contract met deze verzekeraar?": "Nee",
            }
        )
        self.me.press("Begin de aanvraag")
        self.remember_reference()

    def she_fills_in_the_patient(self, **changes: str) -> None:
        """Fill in the first step; `bsn` may be another."""
        self.me.fill({**answers.patient(), **({"BSN": changes["bsn"]} if changes else {})})
        self.me.press(ONWARD)

    def she_goes_to_the_step(self, title: str) -> None:
        """Choose a step in the list of steps."""
        self.me.follow(re.compile(title), within=self.me.page.get_by_role("navigation", name="Stappen"))

    def she_fills_in_the_care(self) -> None:
        """Fill in what is asked and who treats."""
        self.me.fill(answers.care())
        self.me.press(ONWARD)

    def she_fills_in_the_referral(self) -> None:
        """Fill in the referral, and find the diagnosis by a word."""
        self.me.fill({**answers.referral(self.today), "Zoek een ICD-10-code": "fibromyalgia"})
        self.me.press("Zoek code")
        self.me.page.get_by_label(re.compile("M79.7")).check()
        self.me.press(ONWARD)

    def she_fills_in_the_earlier_treatment(self) -> None:
        """Fill in two earlier treatments, the second in a row that she adds."""
        self.me.fill(answers.physical(self.today), within=self.row("Behandeling", 1))
        self.adds("Behandeling toevoegen")
        self.me.fill(answers.psychosocial(self.today), within=self.row("Behandeling", 2))
        self.me.fill(answers.why())
        self.me.press(ONWARD)

    def she_fills_in_the_plan(self) -> None:
        """Fill in the plan with its hours, whose total runs along."""
        self.me.fill(answers.plan(self.starts_on))
        if self.me.javascript:
            expect(self.me.page.locator("[data-sum]")).to_have_text("34")
        self.me.press(ONWARD)

    def she_uploads(self, *kinds: DocumentKind) -> None:
        """Choose a file for each of these items."""
        for kind in kinds:
            self.me.upload(self.me.page.locator(f"#bestand-{kind.value}"), answers.paper(kind, self.today))
        for kind in kinds:
            self.then_the_document_is("Compleet", kind)
        self.me.look("met bestanden")

    def she_uploads_what_is_asked(self) -> None:
        """Add a file at every item that the checklist still misses."""
        items = self.me.page.locator(".mp-doc", has_text="Nog toevoegen").all()
        self.she_uploads(*(DocumentKind((item.get_attribute("id") or "").removeprefix("item-")) for item in items))

    def she_chooses_all_files_and_sends_them_with_the_page(self) -> None:
        """Without JavaScript a file goes along with the form."""
        for kind in REQUIRED:
            self.me.upload(self.me.page.locator(f"#bestand-{kind.value}"), answers.paper(kind, self.today))
        self.me.press(ONWARD)

    def she_goes_on(self) -> None:
        """Press the button to go on."""
        self.me.press(ONWARD)

    def she_fills_in_the_consent(self) -> None:
        """Say when the patient agreed."""
        self.me.fill({answers.CONSENT: self.today - timedelta(days=1)})
        self.me.press(ONWARD)

    def she_signs(self) -> None:
        """Declare and file."""
        self.me.page.get_by_label(re.compile("Ik verklaar")).check()
        self.me.press(FILE)

    def she_mends_the_bsn(self) -> None:
        """Follow the obstacle to its field, mend it, and come back to where she was."""
        self.me.follow(re.compile("BSN"), within=self.me.page.locator("[data-error-summary]"))
        expect(self.me.page.locator("#id_bsn")).to_be_focused()
        self.me.fill({"BSN": answers.patient()["BSN"]})
        self.me.press(ONWARD)
        self.then_the_step_is("Controleren en indienen")

    def she_adds_what_was_forgotten(self, kind: DocumentKind) -> None:
        """Follow the obstacle to the item of the checklist, add the file, and come back."""
        self.me.follow(re.compile("psychosocia"), within=self.me.page.locator("main"))
        expect(self.me.page.locator(f"#item-{kind.value}")).to_be_in_viewport()
        self.she_uploads(kind)
        self.me.press(ONWARD)
        self.then_the_step_is("Controleren en indienen")

    # -- then ----------------------------------------------------------------------------------------------------------

    def then_the_step_is(self, title: str) -> None:
        """See this step."""
        expect(self.me.heading()).to_contain_text(title)

    def then_the_document_is(self, state: str, kind: DocumentKind) -> None:
        """See this state at an item of the checklist."""
        expect(self.me.page.locator(f"#kop-{kind.value}")).to_contain_text(state)

    def then_the_request_is_filed(self) -> None:
        """Read that it came in, with number and time."""
        expect(self.me.heading()).to_contain_text("Uw aanvraag is ingediend")
        self.me.sees(self.reference, "Besluit verwacht op")
        assert self.request.submitted_at

    def then_the_receipt_shows_exactly_what_was_sent(self, *kinds: DocumentKind) -> None:
        """Read the PDF: the answers, and each file with its fingerprint."""
        link = self.me.page.get_by_role("link", name=re.compile("Ontvangstbevestiging"))
        said = text_of(self.me.pdf(link))
        for word in (self.reference, "Bakker", "Fysiotherapie", "14D838"):
            assert word in said, (word, said)
        together = said.replace(" ", "")
        for kind in kinds:
            name, content = answers.paper(kind, self.today)
            assert name in together
            assert hashlib.sha256(content).hexdigest() in together

    # -- with ----------------------------------------------------------------------------------------------------------

    def row(self, noun: str, number: int):
        """Return one of the repeating rows."""
        return self.me.page.get_by_role("group", name=f"{noun} {number}", exact=True)

    def adds(self, button: str) -> None:
        """Press the button that adds a row, with or without JavaScript."""
        if self.me.javascript:
            self.me.page.get_by_role("button", name=button).click()
        else:
            self.me.press(button)
