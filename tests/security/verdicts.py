"""
Who may do what at every address: the declared half of the access table. An address without a row here breaks the build.

A row says which ways of asking there are, who is let in (everybody else reads that another role is needed), who of
those finds what the address names (for the others it isn't there), and in which states nobody finds it. Who gave a
password and no second step comes only to addresses with `first_step`.

Bron: decisions.md, "Who may do what"; security.md sections 2.1 and 8, A1.
"""

from collections.abc import Mapping

from accounts.domain.roles import Role
from tests.security import verdicts_contracting
from tests.security.verdict import BOTH, LOOK, SEND, Row

FILE = frozenset({Role.INDIENER, Role.BEHANDELAAR})
READ_OWN = FILE | {Role.LEZER}
PROVIDER = READ_OWN | {Role.ORGANISATIEBEHEERDER}
ADVISE = frozenset({Role.MEDISCH_ADVISEUR})
DESK = ADVISE | {Role.MEDEWERKER, Role.COORDINATOR}
OFFICE = frozenset({Role.MEDEWERKER, Role.COORDINATOR})
MEDICAL = READ_OWN | ADVISE
STATUS = PROVIDER | DESK
# Staff of an insurer come to the form of a request too, and find there only what came by post.
WRITE = FILE | DESK
MANAGE = frozenset({Role.ORGANISATIEBEHEERDER, Role.BEHEERDER})
MANAGE_PROVIDER = frozenset({Role.ORGANISATIEBEHEERDER})
TECHNICAL = frozenset({Role.BEHEERDER})
KEEP = frozenset({Role.COORDINATOR, Role.BEHEERDER})
FIGURES = ADVISE | KEEP
LOG = frozenset({Role.LOGBEHEERDER})
COLLEAGUE = frozenset(Role)

NOBODY = frozenset[Role]()


def page(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to look."""
    return Row(LOOK, let_in, **{"how_first": True, **more})  # type: ignore[arg-type]


def form(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to look and to send."""
    return Row(BOTH, let_in, **more)  # type: ignore[arg-type]


def button(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to send only."""
    return Row(SEND, let_in, **{"how_first": True, **more})  # type: ignore[arg-type]


def button_of_form(let_in: frozenset[Role] | None, **more: object) -> Row:
    """Somewhere to send only, that is there for nobody but who fills in the form that it belongs to."""
    return button(let_in, how_first=False, found_first=True, **more)


def for_programs(asked: frozenset[str]) -> Row:
    """Somewhere for programs, by their key alone: a browser with whatever cookie is nobody there."""
    return Row(asked, FILE, by_key=True, leads=False)


EVERYBODY = None
ROWS: Mapping[str, Row] = {
    # The house
    "home": page(EVERYBODY),
    "portal:health": page(EVERYBODY),
    "portal:alive": page(EVERYBODY, first_step=True),
    "portal:privacy": page(EVERYBODY, first_step=True),
    "portal:accessibility": page(EVERYBODY, first_step=True),
    "portal:csp-report": button(EVERYBODY, leads=False, first_step=True),
    "portal:failures": page(TECHNICAL, how_first=False),
    "portal:failures-retry": button(TECHNICAL, how_first=False),
    "style": form(EVERYBODY),
    # Logging in
    "account_login": form(EVERYBODY),
    "account_inactive": page(EVERYBODY, first_step=True),
    "account_logout": form(EVERYBODY, first_step=True),
    "account_reset_password": form(EVERYBODY),
    "account_reset_password_done": page(EVERYBODY),
    "account_reset_password_from_key": form(EVERYBODY),
    "account_reset_password_from_key_done": page(EVERYBODY),
    "account_change_password": form(COLLEAGUE),
    "accounts:invitation": form(EVERYBODY),
    # Who shows the code is not logged in yet; who is, is led on.
    "mfa_authenticate": form(COLLEAGUE),
    # This installation has no identity provider.
    "accounts:identity-begin": page(EVERYBODY, finds=NOBODY),
    "accounts:identity-back": page(EVERYBODY, finds=NOBODY),
    # The second step, and showing it again
    "accounts:confirm": form(COLLEAGUE, first_step=True),
    "accounts:onward": page(EVERYBODY, first_step=True),
    "mfa_index": form(COLLEAGUE, first_step=True, only_newcomers=True),
    "mfa_activate_totp": form(COLLEAGUE, first_step=True, only_newcomers=True, fresh=BOTH),
    "mfa_add_webauthn": form(COLLEAGUE, first_step=True, only_newcomers=True, fresh=BOTH),
    # Nobody in the table has them.
    "mfa_view_recovery_codes": form(COLLEAGUE, finds=NOBODY, first_step=True, only_newcomers=True, fresh=SEND),
    "mfa_generate_recovery_codes": form(COLLEAGUE, fresh=SEND),
    "accounts:factor-remove": form(COLLEAGUE, fresh=SEND),
    "usersessions_list": form(COLLEAGUE),
    "accounts:resume": form(COLLEAGUE),
    "accounts:stay": form(COLLEAGUE),
    # People and organisations
    "accounts:profile": form(COLLEAGUE),
    "accounts:choose-organization": form(COLLEAGUE),
    "accounts:organization": form(COLLEAGUE),
    "accounts:organization-change": form(MANAGE),
    "accounts:location-add": form(MANAGE),
    "accounts:location-change": form(MANAGE),
    "accounts:location-stop": form(MANAGE),
    "accounts:colleagues": form(COLLEAGUE),
    "accounts:invite": form(MANAGE, fresh=SEND),
    "accounts:colleague-roles": form(MANAGE, fresh=SEND),
    "accounts:colleague-remove": form(MANAGE, fresh=SEND),
    "accounts:colleague-reset-factor": form(MANAGE, fresh=SEND),
    "accounts:api-keys": page(MANAGE_PROVIDER, how_first=False),
    "accounts:api-key-make": form(MANAGE_PROVIDER, fresh=SEND),
    "accounts:api-key-revoke": form(MANAGE_PROVIDER, fresh=SEND),
    "accounts:invitation-resend": form(MANAGE, hidden=True, fresh=SEND),
    "accounts:invitation-withdraw": form(MANAGE, hidden=True, fresh=SEND),
    "accounts:ask-access": form(EVERYBODY),
    "accounts:access-asked": page(EVERYBODY),
    "accounts:access-requests": page(TECHNICAL, how_first=False),
    "accounts:access-request": form(TECHNICAL, fresh=SEND),
    # Who saw what
    "logbook:log": page(LOG, how_first=False),
    "logbook:months": page(LOG, how_first=False),
    "logbook:month": form(LOG),
    "logbook:insured": form(LOG),
    "logbook:account": page(LOG, how_first=False),
    "logbook:account-export": page(LOG, how_first=False),
    # What anybody may read
    "authorizations:figures": page(FIGURES),
    "authorizations:figures-file": page(FIGURES),
    "authorizations:figures-public": page(EVERYBODY),
    "authorizations:information": page(EVERYBODY, first_step=True),
    "authorizations:information-policy": page(EVERYBODY),
    "authorizations:needed-check": page(EVERYBODY),
    "authorizations:needed-state": button(EVERYBODY),
    "authorizations:needed-statement": page(EVERYBODY),
    "authorizations:simulator": page(EVERYBODY),
    "authorizations:simulator-agenda": page(EVERYBODY),
    "authorizations:checks": page(EVERYBODY),
    "authorizations:crisis-zorgtype": page(EVERYBODY),
    "authorizations:check": page(EVERYBODY),
    "authorizations:check-file": button(EVERYBODY),
    "checks-api:judge": button(EVERYBODY, leads=False, first_step=True),
    "checks-api:openapi": page(EVERYBODY, first_step=True),
    "checks-api:codes": page(EVERYBODY, first_step=True),
    "checks-api:code": page(EVERYBODY, first_step=True),
    "codes:codes": page(EVERYBODY),
    "codes:codes-file": page(EVERYBODY),
    "codes:code": page(EVERYBODY),
    "codes:estimate": form(EVERYBODY),
    # What its link shows to an insured; the table has no such code.
    "authorizations:insured-status": page(EVERYBODY, finds=NOBODY),
    "authorizations:insured-status-code": form(EVERYBODY),
    # Programs of a provider
    # The claims of a provider, which no insurer sees
    "authorizations:declarations": page(READ_OWN),
    "authorizations:declarations-due": page(READ_OWN),
    "authorizations:declarations-calendar": page(READ_OWN),
    "authorizations:declarations-exempt": page(READ_OWN),
    "authorizations:declaration-add": form(FILE, how_first=True),
    "authorizations:declarations-bring": form(FILE, how_first=True),
    "authorizations:declarations-example": page(FILE),
    "authorizations:declaration": page(READ_OWN),
    "authorizations:declaration-change": form(FILE, how_first=True),
    "authorizations:declaration-remove": button(FILE),
    "claims-api:claims": for_programs(BOTH),
    "claims-api:claim": for_programs(BOTH),
    "activities-api:register": for_programs(SEND),
    "activities-api:traject": for_programs(LOOK),
    # Writing and filing
    "authorizations:intake-start": form(FILE),
    "authorizations:intake-step": form(WRITE, finds=FILE),
    "authorizations:intake-autosave": button_of_form(WRITE, finds=FILE),
    "authorizations:intake-check": form(WRITE, finds=FILE),
    "authorizations:intake-adopt-policy": button_of_form(WRITE, finds=FILE),
    "authorizations:intake-submit": button_of_form(WRITE, finds=FILE),
    "authorizations:intake-filed": form(COLLEAGUE, finds=PROVIDER),
    "authorizations:intake-delete": form(WRITE, finds=FILE),
    "authorizations:intake-documents": form(WRITE, finds=FILE),
    "authorizations:document-upload": button_of_form(WRITE, finds=FILE),
    "authorizations:documents-autosave": button_of_form(WRITE, finds=FILE),
    "authorizations:extra-documents": form(FILE),
    "authorizations:pin-mark": button_of_form(WRITE, finds=FILE),
    "authorizations:pin-remove": button_of_form(WRITE, finds=FILE),
    # Following
    "authorizations:dashboard": page(COLLEAGUE),
    "authorizations:send-documents": page(PROVIDER),
    "authorizations:request-detail": page(COLLEAGUE, finds=STATUS),
    "authorizations:request-withdraw": form(FILE),
    "authorizations:bsn": button(COLLEAGUE, finds=MEDICAL),
    "authorizations:request-amend": form(FILE),
    "authorizations:request-changes": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:heroverweging": form(FILE),
    "authorizations:overleg": form(FILE),
    "authorizations:privacyverklaring": form(WRITE, finds=FILE),
    "authorizations:privacyverklaring-withdraw": form(WRITE, finds=FILE),
    "authorizations:grant-change": form(FILE),
    "authorizations:answer-questions": form(FILE),
    "authorizations:answers-autosave": button_of_form(WRITE, finds=FILE),
    # Zorgtrajecten, which both sides see and the provider keeps
    "authorizations:trajects": page(STATUS),
    "authorizations:trajects-near": page(STATUS),
    "authorizations:check-runs": form(READ_OWN | DESK, how_first=True),
    "authorizations:check-run": page(READ_OWN | DESK),
    "authorizations:check-run-progress": page(READ_OWN | DESK),
    "authorizations:check-run-columns": button(READ_OWN | DESK),
    "authorizations:check-run-result": page(READ_OWN | DESK),
    "authorizations:check-run-workbook": page(READ_OWN | DESK),
    "authorizations:check-run-report": page(READ_OWN | DESK),
    "authorizations:check-run-stop": button(READ_OWN | DESK),
    "authorizations:check-run-go-on": button(READ_OWN | DESK),
    "authorizations:check-run-discard": button(READ_OWN | DESK),
    "authorizations:traject-imports": form(FILE, how_first=True),
    "authorizations:traject-import-example": page(FILE),
    "authorizations:traject-import": page(FILE),
    "authorizations:traject-import-progress": page(FILE),
    "authorizations:traject-import-faults": page(FILE),
    "authorizations:traject-import-apply": button(FILE),
    "authorizations:traject-import-cancel": button(FILE),
    "authorizations:traject-import-check-again": button(FILE),
    "authorizations:traject": page(STATUS),
    "authorizations:traject-begin": form(FILE, how_first=True),
    "authorizations:activity-register": form(FILE, how_first=True),
    "authorizations:activity-correct": form(FILE, how_first=True),
    "authorizations:activity-remove": form(FILE, how_first=True),
    "authorizations:traject-finish": form(FILE, how_first=True),
    "authorizations:traject-died": form(FILE, how_first=True),
    "authorizations:subtraject-finish": form(FILE, how_first=True),
    "authorizations:subtraject-grant": form(FILE, how_first=True),
    "authorizations:subtraject-declare": button(FILE),
    "authorizations:subtraject-take-back": form(FILE, how_first=True),
    "authorizations:subtraject-follow-up": button(FILE),
    "authorizations:traject-files": form(FILE, how_first=True),
    "authorizations:traject-file-example": page(FILE),
    "authorizations:traject-file": page(FILE),
    "authorizations:traject-file-faults": page(FILE),
    "authorizations:traject-file-apply": button(FILE),
    "authorizations:traject-file-cancel": button(FILE),
    "authorizations:ggz-traject-begin": form(FILE, how_first=True),
    "authorizations:dbc-add": form(FILE, how_first=True, finds=NOBODY),
    "authorizations:dbc-close": form(FILE, how_first=True, finds=NOBODY),
    "authorizations:dbc-remove": form(FILE, how_first=True, finds=NOBODY),
    "authorizations:traject-numbers": page(STATUS),
    "authorizations:traject-number-record": form(FILE, how_first=True),
    "authorizations:traject-number-withdraw": button(FILE),
    "authorizations:number-signal-new": button(FILE),
    # Machtigingen of other insurers, which both sides see and register
    "authorizations:taken-over": page(STATUS),
    "authorizations:taken-over-register": form(FILE | DESK, how_first=True),
    "authorizations:taken-over-one": form(STATUS, how_first=True),
    "authorizations:taken-over-evidence": page(STATUS, finds=MEDICAL),
    # Documents and letters
    "authorizations:document-view": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:document-page": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:document-small-page": form(COLLEAGUE, finds=MEDICAL),
    "authorizations:document-original": form(COLLEAGUE, finds=MEDICAL),
    # What was never filed has no receipt.
    "authorizations:receipt": page(MEDICAL, absent=frozenset({"draft"})),
    "authorizations:letter": page(MEDICAL),
    "authorizations:dossier": form(FILE | ADVISE, how_first=True, absent=frozenset({"draft"})),
    "authorizations:insured-link": form(FILE | DESK, absent=frozenset({"draft"})),
    "authorizations:paper": page(DESK),
    "authorizations:paper-register": form(DESK),
    "authorizations:phone": form(DESK),
    "authorizations:print-batches": page(DESK),
    "authorizations:print-batch-make": button(ADVISE),
    "authorizations:print-batch": page(ADVISE),
    "authorizations:print-batch-sent": button(DESK),
    "authorizations:print-item-returned": button(DESK),
    "authorizations:print-item-again": button(DESK),
    # What stays and what goes
    "authorizations:policies": page(FIGURES),
    "authorizations:policy-version": page(FIGURES),
    "authorizations:policy-draft-begin": button(TECHNICAL),
    "authorizations:policy-draft": form(TECHNICAL),
    "authorizations:policy-draft-part": form(TECHNICAL),
    "authorizations:policy-draft-discard": button(TECHNICAL),
    "authorizations:policy-replay": form(FIGURES),
    "authorizations:policy-publish": form(TECHNICAL),
    "authorizations:paragraphs": form(TECHNICAL),
    "authorizations:retention": form(KEEP, how_first=True),
    "authorizations:retention-lift": button(KEEP),
    **verdicts_contracting.rows(page, form, button, everybody=EVERYBODY, nobody=NOBODY),
    # Releases of codes, of which every insurer looks after the same
    "releases:releases": form(TECHNICAL, how_first=True),
    "releases:release": page(TECHNICAL),
    "releases:release-progress": page(TECHNICAL),
    "releases:release-difference": page(TECHNICAL),
    "releases:release-activate": button(TECHNICAL),
    "releases:release-cancel": button(TECHNICAL),
    # Reviewing
    "authorizations:review-queue": page(DESK, how_first=False),
    "authorizations:review-next": button(ADVISE, how_first=False),
    "authorizations:review-decided": page(DESK, how_first=False),
    "authorizations:review-bsn": form(DESK),
    "authorizations:review-views": form(DESK),
    "authorizations:review-columns": form(DESK),
    "authorizations:review-teams": form(frozenset({Role.COORDINATOR})),
    "authorizations:review-absence": form(ADVISE | {Role.COORDINATOR}),
    "authorizations:review-division": form(frozenset({Role.COORDINATOR})),
    "authorizations:review-bulk": form(ADVISE),
    "authorizations:review-bulk-look": button(ADVISE, how_first=False),
    "authorizations:review-detail": page(DESK, how_first=False),
    "authorizations:review-claim": button(ADVISE, how_first=False),
    "authorizations:review-release": button(ADVISE | {Role.COORDINATOR}, how_first=False),
    "authorizations:review-assign": form(frozenset({Role.COORDINATOR})),
    "authorizations:review-criterion": form(ADVISE),
    "authorizations:review-document": button(ADVISE, how_first=False),
    "authorizations:review-pin": button(ADVISE, how_first=False),
    "authorizations:review-pin-remove": button(ADVISE, how_first=False),
    "authorizations:review-pin-adopt": button(ADVISE, how_first=False),
    "authorizations:review-reading": button(ADVISE, how_first=False),
    "authorizations:review-search": button(ADVISE, how_first=False),
    "authorizations:review-draft": button(ADVISE),
    "authorizations:review-note": button(DESK, how_first=False),
    "authorizations:review-ask": form(ADVISE),
    "authorizations:review-close-questions": form(ADVISE),
    "authorizations:review-extend": form(ADVISE),
    "authorizations:review-reply": form(ADVISE),
    "authorizations:review-decide": form(ADVISE),
    "authorizations:review-opinion": form(ADVISE, fresh=SEND, found_first=True),
    "authorizations:review-third": form(frozenset({Role.COORDINATOR})),
    "authorizations:review-overleg": form(ADVISE),
    "authorizations:review-privacyverklaring": form(ADVISE),
    "authorizations:review-correct": form(ADVISE, fresh=SEND, found_first=True),
    "authorizations:review-confirm": form(ADVISE, fresh=SEND, found_first=True),
    "authorizations:review-return": button(ADVISE, how_first=False),
    # What is told beside any request
    "authorizations:notices": page(PROVIDER),
    "authorizations:ceiling-tell": form(FILE, how_first=True),
    "authorizations:ceiling": form(PROVIDER, how_first=True),
    "authorizations:coulance-begin": form(FILE, how_first=True),
    "authorizations:coulance-example": page(FILE),
    "authorizations:coulance": form(PROVIDER, how_first=True),
    "authorizations:coulance-discard": button(FILE),
    "authorizations:coulance-letter": page(PROVIDER | OFFICE),
    "authorizations:coulance-paper": page(PROVIDER | OFFICE),
    "authorizations:coulance-paper-page": page(PROVIDER | OFFICE),
    "authorizations:coulance-paper-original": page(PROVIDER | OFFICE),
    "authorizations:review-coulances": page(OFFICE),
    "authorizations:review-coulance": form(OFFICE, how_first=True),
    "authorizations:review-notices": page(OFFICE),
    "authorizations:review-ceiling": form(OFFICE, how_first=True),
    # Looking at a decision again
    "authorizations:review-heroverwegingen": page(DESK, how_first=False),
    "authorizations:review-heroverweging": form(ADVISE),
    "authorizations:review-heroverweging-file": form(DESK),
    "authorizations:review-grant-changes": page(DESK, how_first=False),
    "authorizations:review-grant-change": form(ADVISE),
    "authorizations:review-heroverweging-claim": button(ADVISE, how_first=False),
    "authorizations:review-heroverweging-release": button(ADVISE | {Role.COORDINATOR}, how_first=False),
}
