"""What a provider tells of a zorgtraject in the GGZ."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django.http import QueryDict

from authorizations.domain.dbcs import Dbc, DbcKind
from authorizations.domain.policy import Policy
from authorizations.services.traject_numbers import Wrong
from authorizations.web.forms.intake.layout import Section, Template
from authorizations.web.forms.subtrajects import PATIENT
from authorizations.web.forms.subtrajects import Begin as BeginSubtraject
from authorizations.web.forms.subtrajects import Told as Base
from kit import widgets
from kit.fields import DateField, LineField

DAYS = ("opened_on", "closed_on")


class Told(Base):
    """A form of which the rules say what is wrong, field by field."""

    def put(self, refusal: Wrong) -> None:
        """Put what is wrong at its field, when the field didn't say so itself."""
        for name, said in refusal.faults:
            place = name if name in self.fields else None
            if place is None or place not in self.errors:
                self.add_error(place, said)


def zorgtype_field() -> LineField:
    """Return where a zorgtype is typed, with those of the catalogue to choose from."""
    widget = widgets.digits(5)
    widget.attrs["list"] = "codes"
    return LineField(
        label="Zorgtype", max_length=20, required=False, widget=widget, help_text="3 cijfers, bijvoorbeeld 155."
    )


class Add(Told):
    """A dbc: its kind follows from what stands there."""

    zorgtype = zorgtype_field()
    opened_on = DateField(label="Op welke dag is de dbc geopend?", required=False)
    closed_on = DateField(
        label="Op welke dag is de dbc gesloten?", required=False, help_text="Laat leeg als de dbc nog open is."
    )

    def __init__(self, *args: Any, kind: DbcKind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)
        for name in ("zorgtype", "opened_on"):
            # Asked by the rule: "not required" would say something else.
            self.fields[name].marked = False  # type: ignore[attr-defined]

    @property
    def told(self) -> Dbc:
        """What was told, as the rule takes it."""
        given = self.cleaned_data
        return Dbc(self.kind, given["zorgtype"], given["opened_on"], given["closed_on"])


class Close(Told):
    """On which day a dbc closed."""

    closed_on = DateField(label="Op welke dag is de dbc gesloten?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].marked = False  # type: ignore[attr-defined]


class Begin(Told, BeginSubtraject):
    """A zorgtraject in the GGZ with its initial dbc; whose care it is, is asked as for a subtraject."""

    grant = None  # type: ignore[assignment]
    grant_number = None  # type: ignore[assignment]
    indication = None  # type: ignore[assignment]
    zorgtype = zorgtype_field()  # type: ignore[assignment]
    opened_on = DateField(label="Op welke dag is de initiële dbc geopend?")
    closed_on = DateField(
        label="Op welke dag is de dbc gesloten?", required=False, help_text="Laat leeg als de dbc nog open is."
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        policies: Mapping[str, Policy],
        valid_on: Any,
        known_otherwise: Any,
        today: date,
    ) -> None:
        only = next(iter(policies)) if len(policies) == 1 else None
        super().__init__(
            data,
            policies=policies,
            grants=(),
            valid_on=valid_on,
            grant_numbered=None,
            known_otherwise=known_otherwise,
            today=today,
            initial={"policy": only} if only else {},
        )
        for name in PATIENT:
            self.fields[name].required = True
        self.fields["zorgtype"].marked = False  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Section("Het zorgtraject", "number", "policy"),
            Section("De patiënt", *PATIENT),
            Section(
                "De diagnose",
                "privacyverklaring",
                "diagnosis_code",
                Template("authorizations/intake/_diagnosis.html"),
            ),
            Section("De initiële dbc", "zorgtype", *DAYS),
        )

    def _contradictions(self, given: Mapping[str, Any]) -> None:
        # The days are those of a dbc, of which the rules of the dbc's judge.
        super()._contradictions({**given, "opened_on": None})

    @property
    def told(self) -> Dbc:
        """The initial dbc, as the rule takes it."""
        given = self.cleaned_data
        return Dbc(DbcKind.INITIAL, given["zorgtype"], given["opened_on"], given["closed_on"])
