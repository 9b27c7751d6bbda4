"""
What using each address means for the access log. A test sees to it that every address of the portal stands here.

Bron: NEN 7513, chapter 6 (events); security.md 2.2.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from accounts import queries as accounts
from audit.domain.events import Kind, Purpose, Sensitivity, Subject, Who
from audit.services.recording import pseudonym
from audit.web.log import Logged, Unlogged
from authorizations.queries import keeping, traject_imports
from kit.encrypted import fingerprint
from papers import queries as papers

PUBLIC = Unlogged("openbaar: toont niets van een aanvraag")
OWN = Unlogged("toont alleen het eigen account of de eigen organisatie")
TECHNICAL = Unlogged("aantallen en standen van werk, zonder aanvraag")
FIGURES = Unlogged("aantallen van de eigen verzekeraar, zonder aanvraag of persoon")
POLICIES = Unlogged("beleid: openbaar zodra het geldt, zonder aanvraag; wie wat deed staat bij het concept zelf")
CODES = Unlogged("codelijsten: openbaar, zonder aanvraag; wie wat deed staat bij de uitgave zelf")
CONTRACTS = Unlogged(
    "contracten van organisaties, zonder aanvraag of persoon; wie wat deed staat bij het contract zelf"
)
CEILINGS = Unlogged("meldingen over een contract van zorgaanbieder en verzekeraar, zonder aanvraag of verzekerde")
KEEPS = Unlogged("bewaart een ingevulde bladzijde versleuteld; wat daarna wordt verstuurd staat wel in het logboek")
REQUESTING, REVIEWING, ACCOUNTS = Purpose.REQUESTING, Purpose.REVIEWING, Purpose.ACCOUNTS
STATUS, MEDICAL = Sensitivity.STATUS, Sensitivity.MEDICAL


REFERENCE = re.compile(r"\bMA-[0-9A-Z]{9}")
"""The number of a request in the key of a mail. Bron: R-25."""


def asking(get: Kind | None, post: Kind | None = None, how: Sensitivity = MEDICAL, **more: Any) -> Logged:
    """An address where a provider works on a request."""
    return Logged(get, post, REQUESTING, how, **more)


def desk(get: Kind | None, post: Kind | None = None, how: Sensitivity = MEDICAL, **more: Any) -> Logged:
    """An address where an insurer works on a request."""
    return Logged(get, post, REVIEWING, how, **more)


ENTRANCE = Logged(None, Kind.LOG_IN, ACCOUNTS)
ACCESS = Logged(None, Kind.ACCESS_CHANGED, ACCOUNTS)
POSTING = Logged(None, Kind.POST, Purpose.POSTING, STATUS)
LOGBOOK = Logged(Kind.LOG_READ, Kind.LOG_READ, Purpose.LOGGING, STATUS)

ADDRESSES: dict[str, Logged | Unlogged] = {
    # the house
    "home": PUBLIC,
    "portal:health": PUBLIC,
    "portal:alive": PUBLIC,
    "portal:privacy": PUBLIC,
    "portal:accessibility": PUBLIC,
    "portal:failures": TECHNICAL,
    "portal:failures-retry": TECHNICAL,
    "style": PUBLIC,
    # coming in and going out, and who may do what
    "account_login": ENTRANCE,
    "account_inactive": PUBLIC,
    "account_logout": Logged(None, Kind.LOG_OUT, ACCOUNTS),
    "account_reset_password": ACCESS,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": ACCESS,
    "account_reset_password_from_key_done": PUBLIC,
    "account_change_password": ACCESS,
    "accounts:resume": KEEPS,
    "accounts:stay": KEEPS,
    "accounts:invitation": ACCESS,
    "accounts:profile": OWN,
    "accounts:choose-organization": ACCESS,
    "accounts:organization": OWN,
    "accounts:organization-change": OWN,
    "accounts:location-add": OWN,
    "accounts:location-change": OWN,
    "accounts:location-stop": OWN,
    "accounts:colleagues": OWN,
    "accounts:invite": ACCESS,
    "accounts:colleague-roles": ACCESS,
    "accounts:colleague-remove": ACCESS,
    "accounts:invitation-resend": ACCESS,
    "accounts:invitation-withdraw": ACCESS,
    "accounts:ask-access": PUBLIC,
    "accounts:access-asked": PUBLIC,
    "accounts:access-requests": OWN,
    "accounts:access-request": ACCESS,
    "accounts:colleague-reset-factor": ACCESS,
    "accounts:api-keys": OWN,
    "accounts:api-key-make": ACCESS,
    "accounts:api-key-revoke": ACCESS,
    "accounts:confirm": Logged(None, Kind.CONFIRM, ACCOUNTS),
    "accounts:onward": KEEPS,
    "accounts:identity-begin": PUBLIC,
    "accounts:identity-back": Logged(Kind.LOG_IN, None, ACCOUNTS),
    "accounts:factor-remove": ACCESS,
    "mfa_index": OWN,
    "mfa_authenticate": ENTRANCE,
    "mfa_activate_totp": ACCESS,
    "mfa_add_webauthn": ACCESS,
    "mfa_generate_recovery_codes": ACCESS,
    "mfa_view_recovery_codes": OWN,
    "usersessions_list": ACCESS,
    "portal:csp-report": TECHNICAL,
    # asking for a machtiging
    "authorizations:dashboard": asking(Kind.LIST, how=STATUS, search=("q",)),
    "authorizations:needed-check": PUBLIC,
    "authorizations:needed-state": PUBLIC,
    "authorizations:needed-statement": PUBLIC,
    "authorizations:simulator": PUBLIC,
    "authorizations:simulator-agenda": PUBLIC,
    "authorizations:checks": PUBLIC,
    "authorizations:crisis-zorgtype": PUBLIC,
    "authorizations:check": PUBLIC,
    "authorizations:check-file": PUBLIC,
    "authorizations:check-runs": asking(Kind.CHECK_READ, Kind.CHECK_BROUGHT, STATUS),
    "authorizations:check-run": asking(Kind.CHECK_READ, how=STATUS),
    "authorizations:check-run-progress": TECHNICAL,
    "authorizations:check-run-columns": asking(None, Kind.CHECK_BROUGHT, STATUS),
    "authorizations:check-run-result": asking(Kind.CHECK_TAKEN),
    "authorizations:check-run-workbook": asking(Kind.CHECK_TAKEN),
    "authorizations:check-run-report": asking(Kind.CHECK_TAKEN, how=STATUS),
    "authorizations:check-run-stop": asking(None, Kind.CHECK_BROUGHT, STATUS),
    "authorizations:check-run-go-on": asking(None, Kind.CHECK_BROUGHT, STATUS),
    "authorizations:check-run-discard": asking(None, Kind.CHECK_BROUGHT, STATUS),
    "checks-api:judge": PUBLIC,
    "checks-api:openapi": PUBLIC,
    "checks-api:codes": PUBLIC,
    "checks-api:code": PUBLIC,
    "codes:codes": PUBLIC,
    "codes:codes-file": PUBLIC,
    "codes:code": PUBLIC,
    "codes:estimate": PUBLIC,
    "authorizations:figures-public": PUBLIC,
    "authorizations:information": PUBLIC,
    "authorizations:information-policy": PUBLIC,
    "authorizations:send-documents": asking(None, how=STATUS, search=("number",)),
    "authorizations:request-detail": asking(Kind.READ),
    "authorizations:request-withdraw": asking(Kind.READ, Kind.WITHDRAW, STATUS),
    "authorizations:request-amend": asking(Kind.READ, Kind.AMEND, STATUS),
    "authorizations:request-changes": asking(Kind.READ),
    "authorizations:grant-change": asking(Kind.READ, Kind.ASK_CHANGE),
    "authorizations:overleg": asking(Kind.READ, Kind.OVERLEG),
    "authorizations:privacyverklaring": asking(Kind.READ, Kind.PRIVACY),
    "authorizations:privacyverklaring-withdraw": asking(Kind.READ, Kind.PRIVACY),
    "authorizations:heroverweging": asking(Kind.READ, Kind.RECONSIDER),
    "authorizations:answer-questions": asking(Kind.READ, Kind.ANSWER),
    "authorizations:answers-autosave": asking(None, Kind.ANSWER),
    "authorizations:notices": CEILINGS,
    "authorizations:ceiling-tell": CEILINGS,
    "authorizations:ceiling": CEILINGS,
    "authorizations:coulance-begin": asking(None, Kind.COULANCE_TOLD, STATUS),
    "authorizations:coulance-example": PUBLIC,
    "authorizations:coulance": asking(Kind.COULANCE_READ, Kind.COULANCE_TOLD, STATUS),
    "authorizations:coulance-discard": asking(None, Kind.COULANCE_TOLD, STATUS),
    "authorizations:coulance-letter": asking(Kind.LETTER, how=STATUS),
    "authorizations:coulance-paper": asking(Kind.DOCUMENT, how=STATUS),
    "authorizations:coulance-paper-page": asking(Kind.PAGE, how=STATUS),
    "authorizations:coulance-paper-original": asking(Kind.DOWNLOAD, how=STATUS),
    "authorizations:review-coulances": desk(Kind.COULANCE_READ, how=STATUS),
    "authorizations:review-coulance": desk(Kind.COULANCE_READ, Kind.COULANCE_TOLD, STATUS),
    "authorizations:review-notices": CEILINGS,
    "authorizations:review-ceiling": CEILINGS,
    "authorizations:intake-start": asking(Kind.LIST, Kind.START, STATUS),
    "authorizations:intake-step": asking(Kind.READ, Kind.FILL_IN),
    "authorizations:intake-autosave": asking(None, Kind.FILL_IN),
    "authorizations:intake-check": asking(Kind.READ),
    "authorizations:intake-adopt-policy": asking(None, Kind.FILL_IN),
    "authorizations:intake-submit": asking(None, Kind.FILE),
    "authorizations:intake-filed": asking(Kind.READ, how=STATUS),
    "authorizations:intake-delete": asking(Kind.READ, Kind.DELETE, STATUS),
    "authorizations:intake-documents": asking(Kind.READ, Kind.UPLOAD),
    "authorizations:document-upload": asking(None, Kind.UPLOAD),
    "authorizations:documents-autosave": asking(None, Kind.UPLOAD),
    "authorizations:extra-documents": asking(Kind.READ, Kind.UPLOAD),
    "authorizations:bsn": Logged(None, Kind.SHOW_NUMBER, REQUESTING, MEDICAL),
    # both sides read documents and letters
    "authorizations:document-view": asking(Kind.DOCUMENT),
    "authorizations:document-page": asking(Kind.PAGE),
    "authorizations:document-small-page": asking(Kind.PAGE),
    "authorizations:pin-mark": asking(None, Kind.UPLOAD),
    "authorizations:pin-remove": asking(None, Kind.UPLOAD),
    "authorizations:document-original": asking(Kind.DOWNLOAD),
    "authorizations:receipt": asking(Kind.LETTER),
    "authorizations:letter": asking(Kind.LETTER),
    "authorizations:dossier": asking(Kind.READ, Kind.DOSSIER),
    # the insured, who has a link and no account
    "authorizations:insured-link": asking(Kind.READ, Kind.LINK, STATUS),
    "authorizations:insured-status": asking(Kind.STAND, how=STATUS),
    "authorizations:insured-status-code": asking(None, Kind.STAND, STATUS),
    # the desk
    "authorizations:review-queue": desk(Kind.LIST, how=STATUS, search=("zoek",)),
    "authorizations:review-decided": desk(Kind.LIST, how=STATUS, search=("zoek",)),
    "authorizations:review-next": desk(None, Kind.ASSIGN, STATUS),
    "authorizations:review-bsn": desk(None, Kind.FIND_INSURED, STATUS),
    "authorizations:review-views": OWN,
    "authorizations:review-columns": OWN,
    "authorizations:review-teams": OWN,
    "authorizations:review-absence": OWN,
    "authorizations:figures": FIGURES,
    "authorizations:figures-file": FIGURES,
    "authorizations:review-division": desk(Kind.LIST, Kind.ASSIGN, STATUS),
    "authorizations:review-bulk": desk(Kind.LIST, Kind.DECIDE),
    "authorizations:review-bulk-look": desk(None, Kind.READ),
    "authorizations:review-detail": desk(Kind.READ),
    "authorizations:review-claim": desk(None, Kind.ASSIGN, STATUS),
    "authorizations:review-release": desk(None, Kind.ASSIGN, STATUS),
    "authorizations:review-assign": desk(Kind.READ, Kind.ASSIGN, STATUS),
    "authorizations:review-criterion": desk(None, Kind.JUDGE),
    "authorizations:review-document": desk(None, Kind.JUDGE),
    "authorizations:review-pin": desk(None, Kind.JUDGE),
    "authorizations:review-pin-remove": desk(None, Kind.JUDGE),
    "authorizations:review-pin-adopt": desk(None, Kind.JUDGE),
    "authorizations:review-reading": desk(None, Kind.JUDGE),
    "authorizations:review-search": desk(None, Kind.DOCUMENT),
    "authorizations:review-draft": desk(None, Kind.JUDGE),
    "authorizations:review-note": desk(None, Kind.JUDGE),
    "authorizations:review-ask": desk(Kind.READ, Kind.ASK),
    "authorizations:review-close-questions": desk(Kind.READ, Kind.ASK),
    "authorizations:review-extend": desk(Kind.READ, Kind.ASK),
    "authorizations:review-reply": desk(Kind.READ, Kind.ASK),
    "authorizations:review-decide": desk(Kind.READ, Kind.DECIDE),
    "authorizations:review-opinion": desk(Kind.READ, Kind.JUDGE),
    "authorizations:review-third": desk(Kind.READ, Kind.ASSIGN, STATUS),
    "authorizations:review-overleg": desk(Kind.READ, Kind.OVERLEG),
    "authorizations:review-privacyverklaring": desk(Kind.READ, Kind.PRIVACY),
    "authorizations:review-correct": desk(Kind.READ, Kind.DECIDE),
    "authorizations:review-confirm": desk(Kind.READ, Kind.DECIDE),
    "authorizations:review-return": desk(None, Kind.DECIDE),
    "authorizations:review-heroverwegingen": desk(Kind.LIST, how=STATUS),
    "authorizations:review-heroverweging": desk(Kind.READ, Kind.DECIDE),
    "authorizations:review-heroverweging-file": desk(Kind.READ, Kind.RECONSIDER, STATUS),
    "authorizations:review-heroverweging-claim": desk(None, Kind.ASSIGN, STATUS),
    "authorizations:review-heroverweging-release": desk(None, Kind.ASSIGN, STATUS),
    "authorizations:paragraphs": OWN,
    "authorizations:review-grant-changes": desk(Kind.LIST, how=STATUS),
    "authorizations:review-grant-change": desk(Kind.READ, Kind.DECIDE),
    "authorizations:retention": desk(Kind.LIST, Kind.HOLD, STATUS),
    "authorizations:retention-lift": desk(None, Kind.HOLD, STATUS),
    "authorizations:policies": POLICIES,
    "authorizations:policy-version": POLICIES,
    "authorizations:policy-draft-begin": POLICIES,
    "authorizations:policy-draft": POLICIES,
    "authorizations:policy-draft-part": POLICIES,
    "authorizations:policy-draft-discard": POLICIES,
    "authorizations:policy-replay": desk(Kind.LIST, None, STATUS),
    "authorizations:policy-publish": POLICIES,
    # zorgtrajecten, of both sides
    "authorizations:trajects": asking(Kind.TRAJECTS, how=STATUS, search=("q",)),
    "authorizations:trajects-near": asking(Kind.TRAJECTS, how=STATUS),
    "authorizations:traject-imports": asking(Kind.ACTIVITIES_READ, Kind.ACTIVITIES_BROUGHT, STATUS),
    "authorizations:traject-import-example": Unlogged("een verzonnen voorbeeld van de kolommen"),
    "authorizations:traject-import": asking(Kind.ACTIVITIES_READ),
    "authorizations:traject-import-progress": TECHNICAL,
    "authorizations:traject-import-faults": asking(Kind.ACTIVITIES_FAULTS),
    "authorizations:traject-import-apply": asking(None, Kind.ACTIVITIES_BROUGHT),
    "authorizations:traject-import-cancel": asking(None, Kind.ACTIVITIES_BROUGHT, STATUS),
    "authorizations:traject-import-check-again": asking(None, Kind.ACTIVITIES_BROUGHT, STATUS),
    "authorizations:traject": asking(Kind.TRAJECT_READ),
    "authorizations:traject-begin": asking(Kind.LIST, Kind.TRAJECT_BEGIN),
    "authorizations:activity-register": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:activity-correct": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD),
    "authorizations:activity-remove": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD),
    "authorizations:traject-finish": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:traject-died": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:subtraject-finish": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:subtraject-grant": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD),
    "authorizations:subtraject-declare": asking(None, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:subtraject-take-back": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:subtraject-follow-up": asking(None, Kind.START),
    "authorizations:traject-files": asking(Kind.TRAJECT_FILE_READ, Kind.TRAJECT_FILE_TOLD, STATUS),
    "authorizations:traject-file-example": Unlogged("een verzonnen voorbeeld van de kolommen"),
    "authorizations:traject-file": asking(Kind.TRAJECT_FILE_READ),
    "authorizations:traject-file-faults": asking(Kind.TRAJECT_FILE_READ),
    "authorizations:traject-file-apply": asking(None, Kind.TRAJECT_FILE_TOLD),
    "authorizations:traject-file-cancel": asking(None, Kind.TRAJECT_FILE_TOLD, STATUS),
    "authorizations:ggz-traject-begin": asking(None, Kind.TRAJECT_BEGIN),
    "authorizations:dbc-add": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:dbc-close": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:dbc-remove": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:traject-numbers": asking(Kind.TRAJECTS, how=STATUS),
    "authorizations:traject-number-record": asking(Kind.TRAJECT_READ, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:traject-number-withdraw": asking(None, Kind.TRAJECT_TOLD, STATUS),
    "authorizations:number-signal-new": asking(None, Kind.TRAJECT_TOLD, STATUS),
    # machtigingen of other insurers, of both sides
    "authorizations:taken-over": asking(Kind.TITLES, how=STATUS),
    "authorizations:taken-over-register": asking(None, Kind.TITLE_TOLD),
    "authorizations:taken-over-one": asking(Kind.TITLE_READ, Kind.TITLE_TOLD),
    "authorizations:taken-over-evidence": asking(Kind.DOWNLOAD),
    # what programs of providers do
    # claims, of the provider alone
    "authorizations:declarations": asking(Kind.CLAIMS),
    "authorizations:declarations-due": asking(Kind.CLAIMS),
    "authorizations:declarations-calendar": asking(Kind.CLAIMS),
    "authorizations:declarations-exempt": asking(Kind.CLAIMS),
    "authorizations:declaration-add": asking(None, Kind.CLAIM_TOLD),
    "authorizations:declarations-bring": asking(None, Kind.CLAIM_TOLD),
    "authorizations:declarations-example": PUBLIC,
    "authorizations:declaration": asking(Kind.CLAIM_READ),
    "authorizations:declaration-change": asking(Kind.CLAIM_READ, Kind.CLAIM_TOLD),
    "authorizations:declaration-remove": asking(None, Kind.CLAIM_TOLD),
    "activities-api:register": asking(None, Kind.ACTIVITIES_TOLD, STATUS),
    "activities-api:traject": asking(Kind.TRAJECT_READ, how=STATUS),
    # codes, which are public
    "releases:releases": CODES,
    "releases:release": CODES,
    "releases:release-progress": CODES,
    "releases:release-difference": CODES,
    "releases:release-activate": CODES,
    "releases:release-cancel": CODES,
    # contracts between insurers and providers
    "contracting:contracts": CONTRACTS,
    "contracting:contracts-file": CONTRACTS,
    "contracting:contract-propose": CONTRACTS,
    "contracting:contract": CONTRACTS,
    "contracting:contract-step": CONTRACTS,
    "contracting:publish": CONTRACTS,
    "contracting:budgets": CONTRACTS,
    "contracting:budget-note": CONTRACTS,
    "contracting:budget-withdraw": CONTRACTS,
    "contracting:seasons": CONTRACTS,
    "contracting:season-new": CONTRACTS,
    "contracting:season": CONTRACTS,
    "contracting:season-send": CONTRACTS,
    "contracting:start-letter": CONTRACTS,
    "contracting:desks": CONTRACTS,
    "contracting:questionnaires": CONTRACTS,
    "contracting:questionnaire-begin": CONTRACTS,
    "contracting:questionnaire": CONTRACTS,
    "contracting:questionnaire-fill": CONTRACTS,
    "contracting:questionnaire-judge": CONTRACTS,
    "contracting:questionnaire-paper": CONTRACTS,
    "contracting:questionnaire-letter": CONTRACTS,
    "contracting:publications": PUBLIC,
    "contracting:publication": PUBLIC,
    "contracting:publication-file": PUBLIC,
    # what came by post, and the telephone
    "authorizations:paper": desk(Kind.LIST, how=STATUS),
    "authorizations:paper-register": desk(None, Kind.START),
    "authorizations:phone": desk(None, Kind.PHONED, STATUS),
    # letters by post
    "authorizations:print-batches": Logged(Kind.LIST, None, Purpose.POSTING, STATUS),
    "authorizations:print-batch-make": POSTING,
    "authorizations:print-batch": Logged(Kind.PRINT, None, Purpose.POSTING, MEDICAL),
    "authorizations:print-batch-sent": POSTING,
    "authorizations:print-item-returned": POSTING,
    "authorizations:print-item-again": POSTING,
    # the log itself
    "logbook:log": LOGBOOK,
    "logbook:months": LOGBOOK,
    "logbook:month": Logged(Kind.LOG_READ, Kind.LOG_SIGNED, Purpose.LOGGING, STATUS),
    "logbook:insured": Logged(None, Kind.INSURED_OVERVIEW, Purpose.LOGGING, STATUS),
    "logbook:account": LOGBOOK,
    "logbook:account-export": Logged(Kind.LOG_EXPORT, None, Purpose.LOGGING, STATUS),
}


def subjects(
    *,
    references: Iterable[str] = (),
    letters: Iterable[int] = (),
    files: Iterable[int] = (),
    mails: Iterable[int] = (),
    trajects: Iterable[int] = (),
    seen_at: int | None = None,
) -> Iterator[Subject]:
    """
    Yield the dossiers as the log names them, also those of another organisation.

    `seen_at` is the organisation of who looks: then a surname that a colleague there bears is noted.
    """
    named = {reference.group() for key in papers.mail_keys(mails) for reference in REFERENCE.finditer(key)}
    wanted = [*references, *sorted(named)]
    for row in keeping.named_for_log(wanted, letters=letters, files=files, seen_at=seen_at):
        yield Subject(
            reference=row["reference"],
            request_id=row["pk"],
            provider_id=row["provider_id"],
            insurer_id=row["insurer_id"],
            insured=pseudonym(row["insured__bsn_hash"] or ""),
            consented=row["submitted_at"] is not None,
            same_name=bool(row.get("same_name")),
        )
    for row in traject_imports.for_log(trajects):
        yield Subject(
            reference=row["number"],
            provider_id=row["provider_id"],
            insurer_id=row["insurer_id"],
            insured=pseudonym(row["insured__bsn_hash"] or ""),
            # Who keeps a zorgtraject treats: the relation is that treatment.
            consented=True,
        )


def insured(bsn: str) -> str:
    """Return by which pseudonym the log knows the insured with this BSN: made of its fingerprint, never of itself."""
    return pseudonym(fingerprint(bsn, "bsn"))


def person(*, user_id: int | None = None, login: str = "") -> Who | None:
    """Return whose account this is and where he or she works, or None when nobody is known by that."""
    user = accounts.users_by_id([user_id]).first() if user_id else accounts.user_by_email(login) if login else None
    # Asked for also when there is no such account: a wrong name takes as long as a wrong password.
    actor = accounts.actor_by_email(login) if login and not user_id else accounts.actor_of(user) if user else None
    if user is None:
        return None
    return Who(
        user_id=user.pk,
        name=user.full_name,
        login=user.email,
        roles=tuple(role.value for role in actor.roles) if actor else (),
        organization_id=actor.organization_id if actor else None,
        organization_name=actor.organization_name if actor else "",
    )
