"""M: the patient agrees; and what whoever signs should know."""

from collections.abc import Sequence
from typing import Any, ClassVar

from authorizations.web.forms.intake.base import Explanation, StepForm
from authorizations.web.forms.intake.layout import Question, Section, Template
from kit.fields import DateField, LineField


class ConsentForm(StepForm):
    """The consent of the insured, and a reason for a second request. Signing itself is the filing."""

    part: ClassVar[str] = "consent"

    consented_on = DateField(label="Op welke datum gaf de patiënt toestemming?", help_text="Bijvoorbeeld 12 11 2026.")
    duplicate_reason = Explanation(label="Waarom dient u nog een aanvraag in?", rows=4)
    signatory_profession = LineField(
        label="Uw beroep",
        max_length=80,
        help_text="Dit staat nog niet in uw profiel. Het komt onder de aanvraag te staan.",
    )

    def arrange(self) -> None:
        signed = self.fields.get("signatory_profession")
        if signed and self.context.authorization.received_on_paper:
            signed.label, signed.help_text = "Beroep van wie op papier ondertekende", ""

    def asks(self, name: str) -> bool:
        own = self.context.own
        if name == "duplicate_reason":
            return bool(own.get("duplicates") or self.context.application.consent.duplicate_reason)
        if name == "signatory_profession":
            return not own.get("profession")
        return super().asks(name)

    def blocks(self) -> Sequence[Any]:
        return [
            Section(
                "Toestemming van de patiënt",
                Question(
                    "consented_on",
                    "U vraagt de machtiging aan namens de patiënt. Daarvoor is zijn of haar toestemming nodig, "
                    "want u deelt medische gegevens met de verzekeraar.",
                    sources=["S1: machtiging", "Beleidsregels machtigingsvereiste van de Autoriteit Persoonsgegevens"],
                ),
            ),
            Section(
                "Er loopt al een aanvraag",
                Template("authorizations/intake/_duplicates.html", duplicates=self.context.own.get("duplicates", ())),
                "duplicate_reason",
            ),
            Section("Wie ondertekent?", "signatory_profession"),
        ]
