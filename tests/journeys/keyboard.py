"""The provider has no mouse."""

from playwright.sync_api import expect

from portal.world import people
from tests.factories import logging_in
from tests.journeys import answers
from tests.journeys.filing import Filing

MANY = 120
FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
    const words = [...(one.labels ?? []), one].map((part) => part.textContent.trim()).join(" ");
    const group = one.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
    const covered = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return {
        words, group, value: one.value ?? "", tag: one.tagName,
        shown: look.outlineStyle !== "none" || look.boxShadow !== "none" || look.backgroundColor === "rgb(255, 221, 0)",
        free: box.width <= 1 || !covered || one.contains(covered) || covered.contains(one)
            || covered.closest("label")?.control === one,
    };
}"""


class Keyboard(Filing):
    """Steps of who only has keys."""

    def by_keyboard_she_logs_in(self, who: str) -> None:
        """Log in with Tab and Enter."""
        self.she_tabs_to("E-mailadres")
        self.types(who)
        self.she_tabs_to("Wachtwoord")
        self.types(people.PASSWORD)
        self.presses("Enter")
        logging_in.forget_spent(who)
        self.she_tabs_to("Code")
        self.types(logging_in.code_for(who))
        self.presses("Enter")

    def by_keyboard_she_skips_to_the_content(self) -> None:
        """Follow the skip link, the first thing on every page."""
        self.me.page.keyboard.press("Tab")
        assert "Naar de inhoud" in self.focused()["words"]
        self.me.page.keyboard.press("Enter")
        expect(self.me.page.locator("#inhoud")).to_be_focused()

    def by_keyboard_she_fills_in_the_patient(self) -> None:
        """Fill in every field of a step and send it."""
        for question, answer in answers.patient().items():
            if isinstance(answer, str):
                self.she_tabs_to(question)
                self.types(answer)
                continue
            for part, value in zip(("Dag", "Maand", "Jaar"), (answer.day, answer.month, answer.year), strict=True):
                self.she_tabs_to(part)
                self.types(str(value))
        self.presses("Enter")

    def by_keyboard_she_signs(self) -> None:
        """Tick the declaration and file."""
        self.she_tabs_to("Ik verklaar")
        self.me.page.keyboard.press("Space")
        self.she_tabs_to("Onderteken en dien in")
        self.presses("Enter")

    # -- with ----------------------------------------------------------------------------------------------------------

    def focused(self) -> dict:
        """Return what has the focus; it is to be seen, and nothing lies over it."""
        found = self.me.page.evaluate(FOCUSED)
        assert found["shown"] or found["tag"] == "BODY", f"De focus is niet te zien op {found}."
        assert found["free"], f"Iets ligt over {found}."
        return found

    def she_tabs_to(self, words: str) -> None:
        """Press Tab until there."""
        for _ in range(MANY):
            self.me.page.keyboard.press("Tab")
            if self.focused()["words"].startswith(words):
                return
        raise AssertionError(f"Met Tab is {words!r} niet te bereiken op {self.me.page.url}.")

    def types(self, text: str) -> None:
        """Type in the field that has the focus, instead of what stood there."""
        self.me.page.keyboard.press("Control+A")
        self.me.page.keyboard.type(text)

    def presses(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.me.page.expect_navigation():
            self.me.page.keyboard.press(key)
        self.me.look()
