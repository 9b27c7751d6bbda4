"""Looking codes up, without an account."""

from datetime import date

from tests.journeys.joining import Joining


class LookingUp(Joining):
    """Somebody wants to know whether a code holds."""

    def somebody_looks_for(self, words: str, on: date | None = None) -> None:
        """Come by way of the checks, and search."""
        self.somebody_comes_to("/controles/")
        self.me.follow("Kijk in de codes")
        self.me.fill({"Code of woorden": words} | ({"Op welke dag?": on} if on else {}))
        self.me.press("Zoeken")

    def she_opens_the_code(self, code: str) -> None:
        """Follow it to its own page."""
        self.me.follow(code, within=self.me.main)

    def she_asks_what_product_to_expect(self, diagnosis: str, minutes: str) -> None:
        """Fill in the estimate."""
        self.me.go("/codes/schatting/")
        self.me.fill({
            "Wanneer is het subtraject geopend?": date(2017, 2, 1),
            "Typerende diagnose": diagnosis,
            "Hoeveel gewogen minuten behandeling zijn er?": minutes,
        })  # fmt: skip
        self.me.press("Bekijk de schatting")
