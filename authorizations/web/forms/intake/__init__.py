"""The steps of a request as forms, by the code of the step; what a step's page needs is fetched by the view."""

from authorizations.web.forms.intake.base import UNREAD, Context, StepForm
from authorizations.web.forms.intake.care import CareForm
from authorizations.web.forms.intake.consent import ConsentForm
from authorizations.web.forms.intake.follow_up import FollowUpForm
from authorizations.web.forms.intake.history import HistoryForm
from authorizations.web.forms.intake.patient import PatientForm
from authorizations.web.forms.intake.plan import PlanForm
from authorizations.web.forms.intake.referral import ReferralForm
from authorizations.web.forms.intake.stay import StayForm

FORMS: dict[str, type[StepForm]] = {
    "patient": PatientForm,
    "aanvraag": CareForm,
    "verwijzing": ReferralForm,
    "voortraject": HistoryForm,
    "vervolg": FollowUpForm,
    "behandelplan": PlanForm,
    "verblijf": StayForm,
    "toestemming": ConsentForm,
}

__all__ = ["FORMS", "UNREAD", "Context", "StepForm"]
