"""What a provider tells of a zorgtraject."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html

from authorizations.domain import identifiers, kinds, references, traject_start, words, zorgactiviteiten
from authorizations.domain.policy import Policy
from authorizations.domain.subtrajects import REHABILITATION, DotZorgtype
from authorizations.domain.terms import Discipline
from authorizations.models import Grant, PolicyVersion
from authorizations.queries.titles import Title
from authorizations.web.forms.intake.layout import Section, Template
from authorizations.web.forms.intake.referral import MOST, SEARCH
from authorizations.web.policies import insurer_choices
from kit import widgets
from kit.fields import DateField, LineField, LinesField, NameField, WholeNumberField
from kit.forms import Form

PATIENT = ("bsn", "birth_date", "initials", "surname")
# Where the refusal of a service is said: at the field with which it can be mended.
PLACES = (
    ("zorgtrajectnummer", "number"),
    ("niet in de toekomst openen", "opened_on"),
    ("kan niet in de toekomst afgerond", "finished_on"),
    ("was al afgerond", "finished_on"),
    ("niet in de toekomst liggen", "died_on"),
    ("Deze dag staat er al", "died_on"),
    ("Vul een latere dag in", "finished_on"),
    ("Vul een latere dag in", "died_on"),
    ("andere verzekeraar", "policy"),
    ("andere patiënt", "bsn"),
    ("andere indicatie", "indication"),
    ("al afgerond op", "finished_on"),
    ("is overleden op", "performed_on"),
    ("machtiging", "grant_number"),
    ("nog niet uitgevoerd", "performed_on"),
    ("geen subtraject", "performed_on"),
    ("geen subtraject", "finished_on"),
    ("staat er op deze dag al", "units"),
    ("heeft 6 cijfers", "code"),
    ("Leg uit waarom", "reason"),
)


class Told(Form):
    """A form of which a service judges what it says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def refuse(self, refusal: Exception) -> None:
        """Say what the service refused, at the field that it is about."""
        said = str(refusal)
        place = next((name for words_, name in PLACES if words_ in said and name in self.fields), None)
        self.add_error(place, said)


class Begin(Told):
    """
    A zorgtraject with its first subtraject. With a machtiging the patient needn't be typed again.

    `policies` are those of today by slug, `valid_on` finds the version of a day, `grant_numbered` a machtiging;
    `known_otherwise` tells whether somebody with this BSN and another date of birth is known here: asked about once.
    """

    number = LineField(
        label="Zorgtrajectnummer",
        max_length=40,
        widget=widgets.short(20),
        help_text="Het nummer in uw eigen systeem: hoogstens 15 letters en cijfers.",
    )
    policy = forms.ChoiceField(label="Bij welke verzekeraar is de patiënt verzekerd?", widget=forms.RadioSelect)
    grant = forms.ChoiceField(label="Kies een machtiging", required=False)
    grant_number = LineField(
        label="Of typ het nummer van de machtiging of de aanvraag",
        max_length=40,
        required=False,
        widget=widgets.short(20),
        help_text="Bijvoorbeeld M26… of MA-…. Een overgenomen machtiging kan ook.",
    )
    bsn = LineField(
        label="BSN",
        max_length=40,
        required=False,
        widget=widgets.digits(),
        help_text="9 cijfers. Zet bij 8 er een 0 voor.",
    )
    birth_date = DateField(label="Geboortedatum", required=False, help_text="Bijvoorbeeld 2 4 1981.")
    initials = NameField(label="Voorletters", max_length=20, required=False, widget=widgets.short(11))
    surname = NameField(label="Achternaam", max_length=120, required=False)
    indication = forms.ChoiceField(
        label="Waarvoor is de behandeling?",
        widget=forms.RadioSelect,
        choices=kinds.SUBTRAJECT_CHOICES,
    )
    privacyverklaring = forms.BooleanField(
        label="De patiënt heeft een privacyverklaring",
        required=False,
        help_text="Wij bewaren dan geen diagnose.",
    )
    diagnosis_code = LineField(
        label="ICD-10-code", max_length=20, required=False, widget=widgets.short(11), help_text="Bijvoorbeeld M79.7."
    )
    diagnosis_search = LineField(
        label="Zoek een ICD-10-code",
        max_length=80,
        required=False,
        help_text="Zoek op een deel van de code of op een Engels woord, bijvoorbeeld fibromyalgia.",
    )
    opened_on = DateField(label="Wanneer is het subtraject geopend?", help_text="De dag van de eerste activiteit.")
    zorgtype = forms.ChoiceField(
        label="Zorgtype",
        widget=forms.RadioSelect,
        choices=[(one.value, f"{one.value}: {one.label.lower()}") for one in (DotZorgtype.FIRST, DotZorgtype.CONSULT)],
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        policies: Mapping[str, Policy],
        grants: Sequence[tuple[str, str]],
        valid_on: Any,
        grant_numbered: Any,
        known_otherwise: Any,
        today: date,
        initial: Mapping[str, Any],
    ) -> None:
        self.policies, self.valid_on, self.grant_numbered = policies, valid_on, grant_numbered
        self.known_otherwise, self.today, self.doubtful = known_otherwise, today, False
        if data is not None and data.get("diagnosis_choice"):
            data = data.copy()
            data.setlist("diagnosis_code", data.getlist("diagnosis_choice")[-1:])
        self.pressed = data is not None and SEARCH in data
        self.searched = identifiers.clean(data.get("diagnosis_search", "") if data else "")[:80]
        self.found = identifiers.search_icd10(self.searched, most=MOST) if self.searched and self.pressed else []
        self.version: PolicyVersion | None = None
        self.granted: Title | None = None
        super().__init__(data, initial=dict(initial))
        self.fields["policy"].choices = insurer_choices(policies)  # type: ignore[attr-defined]
        if grants:
            self.fields["grant"].choices = [("", "Geen machtiging gekozen"), *grants]  # type: ignore[attr-defined]
        else:
            self.fields.pop("grant", None)
        self._name_diagnosis()
        for name in PATIENT:
            # Asked of who chose no machtiging: "not required" would say something else.
            self.fields[name].marked = False  # type: ignore[attr-defined]
        linked = [name for name in ("grant", "grant_number") if name in self.fields]
        self.helper.layout = Layout(
            Section("Het zorgtraject", "number", "policy"),
            Section(
                "De machtiging",
                *linked,
                hint="Heeft u een machtiging? Kies die dan. U ziet later hoeveel uren er zijn gebruikt.",
            ),
            Section(
                "De patiënt",
                *PATIENT,
                hint="Koos u een machtiging? Dan hoeft u de patiënt niet in te vullen. Wij nemen die over.",
            ),
            Section(
                "De behandeling",
                "indication",
                "privacyverklaring",
                "diagnosis_code",
                Template("authorizations/intake/_diagnosis.html"),
            ),
            Section("Het eerste subtraject", "opened_on", "zorgtype"),
        )

    def _name_diagnosis(self) -> None:
        try:
            named = identifiers.icd10(str(self["diagnosis_code"].value() or "")).description
        except ValueError:
            return
        self.fields["diagnosis_code"].help_text = format_html('Nu gekozen: <span lang="en">{}</span>.', named)

    def clean_number(self) -> str:
        """Return the number as it is kept."""
        return read(identifiers.zorgtrajectnummer, self.cleaned_data["number"])

    def clean_bsn(self) -> str:
        """Return the BSN in nine digits, checked as in a request."""
        typed: str = self.cleaned_data["bsn"]
        return read(identifiers.bsn, typed) if typed else ""

    def clean_diagnosis_code(self) -> str:
        """Return the code as the list has it."""
        typed: str = self.cleaned_data["diagnosis_code"]
        try:
            return identifiers.icd10(typed).code if typed else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None

    def clean(self) -> dict[str, Any]:
        """Find policy and machtiging, and ask for the patient when nothing says who it is."""
        given = super().clean() or {}
        slug, opened_on = given.get("policy"), given.get("opened_on")
        if slug and opened_on:
            self.version = self.valid_on(slug, opened_on)
            if self.version is None:
                name = self.policies[slug].insurer.name
                self.add_error("opened_on", f"Van {name} kennen wij geen beleid dat geldt op {words.day(opened_on)}.")
        number = given.get("grant") or given.get("grant_number")
        if number:
            self._find_grant(number, given)
        if isinstance(self.granted, Grant) and self.granted.authorization.without_diagnosis:
            given["privacyverklaring"] = True
        if given.get("privacyverklaring") and given.get("diagnosis_code"):
            self.add_error("diagnosis_code", "Met een privacyverklaring bewaren wij geen diagnose. Maak dit veld leeg.")
        self._contradictions(given)
        if self.granted is None and not number:
            for name in PATIENT:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, f"Vul “{self.fields[name].label}” in, of kies een machtiging.")
        return given

    def _contradictions(self, given: Mapping[str, Any]) -> None:
        known = {name: given.get(name) for name in ("birth_date", "opened_on")}
        found = traject_start.wrong(
            number=given.get("number") or "", bsn=given.get("bsn") or "", today=self.today, **known
        )
        for field, told in found:
            self.add_error(field, told)
        bsn, birth_date = given.get("bsn"), given.get("birth_date")
        if bsn and birth_date and "birth_date" not in self.errors and self.known_otherwise(bsn, birth_date):
            self.doubtful = True
            if "zeker" not in self.data:
                told = "Bij uw organisatie staat dit BSN bij een andere geboortedatum. Controleer beide. Klopt het zo?"
                self.add_error("birth_date", f"{told} Ga dan onderaan verder.")

    def _find_grant(self, number: str, given: Mapping[str, Any]) -> None:
        place = "grant" if given.get("grant") else "grant_number"
        _one_number(self, given)
        granted: Title | None = self.grant_numbered(number)
        if granted is None:
            self.add_error(
                place, "Wij vinden bij uw organisatie geen machtiging met dit nummer. Controleer het nummer."
            )
            return
        self.granted = granted

    def patient(self) -> dict[str, Any]:
        """Return who it is: as typed, else as the machtiging has it."""
        known = self.granted.authorization.insured if isinstance(self.granted, Grant) else self.granted
        return {name: self.cleaned_data.get(name) or getattr(known, name, None) for name in PATIENT}


class Activity(Told):
    """What was done, on which day."""

    performed_on = DateField(label="Wanneer is het gedaan?")
    code = LineField(
        label="Zorgactiviteit",
        max_length=40,
        widget=widgets.digits(),
        help_text="De code van 6 cijfers, bijvoorbeeld 190961.",
    )
    discipline = forms.ChoiceField(
        label="Welke discipline deed het?", choices=[("", "Kies een discipline"), *Discipline.choices()]
    )
    units = WholeNumberField(
        label="Aantal",
        min_value=1,
        max_value=zorgactiviteiten.MOST_UNITS,
        help_text="In eenheden van 5 minuten: een half uur is 6.",
    )
    profile_class = WholeNumberField(
        label="Zorgprofielklasse",
        min_value=1,
        max_value=99,
        help_text="14 is revalidatie. Alleen klasse 1, 2, 3, 14 en 19 tellen mee voor de 42 dagen.",
    )

    unknown = ""
    """A code that isn't in our list, to be confirmed."""

    def __init__(self, data: QueryDict | None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"profile_class": REHABILITATION, **(initial or {})})
        self.fields["code"].widget.attrs["list"] = "codes"

    def clean_code(self) -> str:
        """Return the six digits; what Excel made of a code is told apart."""
        return read(zorgactiviteiten.code, self.cleaned_data["code"])


class Correction(Activity):
    """What it should have been, and why."""

    reason = LinesField(
        label="Waarom verbetert u dit?",
        max_length=500,
        rows=3,
        help_text="Schrijf geen naam op. Wie het zorgtraject mag inzien, leest dit.",
    )


class Reason(Told):
    """Why something goes, or is taken back."""

    reason = LinesField(
        label="Waarom?",
        max_length=500,
        rows=3,
        help_text="Schrijf geen naam op. Wie het zorgtraject mag inzien, leest dit.",
    )


class UnderGrant(Told):
    """Under which machtiging a subtraject falls."""

    grant = forms.ChoiceField(label="Kies een machtiging van deze patiënt", required=False, widget=forms.RadioSelect)
    grant_number = LineField(
        label="Of typ het nummer van de machtiging of de aanvraag",
        max_length=40,
        required=False,
        widget=widgets.short(20),
        help_text="Bijvoorbeeld M26… of MA-…. Een overgenomen machtiging kan ook.",
    )

    def __init__(
        self, data: QueryDict | None, *, grants: Sequence[tuple[str, str]], now: str, grant_numbered: Any
    ) -> None:
        self.granted: Title | None = None
        self.grant_numbered = grant_numbered
        super().__init__(data, initial={"grant": now})
        self.fields["grant"].choices = [*grants, ("", "Geen machtiging")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the machtiging: what is typed goes before what is chosen."""
        given = super().clean() or {}
        if given.get("grant") != self.initial["grant"]:
            _one_number(self, given)
        number = given.get("grant_number") or given.get("grant")
        self.granted = self.grant_numbered(number) if number else None
        if number and self.granted is None:
            self.add_error("grant_number", "Wij vinden bij uw organisatie geen machtiging met dit nummer.")
        return given


def _one_number(form: Told, given: Mapping[str, Any]) -> None:
    """Refuse two numbers that differ: which one is meant, only the person knows."""
    chosen, typed = given.get("grant"), given.get("grant_number")
    if chosen and typed and references.normalise(typed) != chosen:
        form.add_error("grant_number", "U koos een machtiging en typte een ander nummer. Laat er een staan.")


def read(reader: Any, typed: str) -> Any:
    """Return what a reader of the domain makes of it; its words become those of the field."""
    try:
        return reader(typed)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from None
