"""
Settings of the portal. Everything that differs per installation comes from the environment (.env.example names it all).

`PORTAL_ENV` is `production` (default), `demo` or `test`; production refuses demo secrets and DEBUG.
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from django.core.exceptions import ImproperlyConfigured

from kit import crypto
from portal import logs, tls
from portal.environment import ENVIRONMENT, PRODUCTION, database, given, given_in_file

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO_SECRET = "alleen-voor-de-demo-en-de-tests"  # noqa: S105


if ENVIRONMENT not in ("production", "demo", "test"):
    raise ImproperlyConfigured(f"PORTAL_ENV is {ENVIRONMENT!r}. Kies production, demo of test.")
SECRET_KEY = given("SECRET_KEY", DEMO_SECRET, "het geheim waarmee sessies en links getekend worden, minstens 50 tekens")
DEBUG = os.environ.get("DEBUG", "") == "1"
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG=1 toont gegevens van mensen in foutpagina's. Haal DEBUG weg uit de omgeving.")
if PRODUCTION and (SECRET_KEY == DEMO_SECRET or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured(
        "SECRET_KEY is te kort of die van de demo. Maak een nieuwe: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

# Secrets in the database are sealed under keys that never stand there; never made from SECRET_KEY. Bron: adr/0006.
# What the demo and the tests use stands here for everybody to read, so production refuses it.
DEMO_DATA_KEYS = "demo:ZGUgc2xldXRlbCB2YW4gZGUgZGVtbywgMzIgYnl0ZXM="
DEMO_LOOKUP_KEY = "em9la3NsZXV0ZWwgdmFuIGRlIGRlbW8sIDMyIGJ5dGU="


DATA_KEYS = given_in_file("DATA_KEYS", DEMO_DATA_KEYS, "de sleutels van de gegevens, naam:base64, de huidige eerst")
LOOKUP_KEY = given_in_file("LOOKUP_KEY", DEMO_LOOKUP_KEY, "de sleutel waarmee een BSN wordt opgezocht, base64")
try:
    KEYRING = crypto.Keyring.read(DATA_KEYS, LOOKUP_KEY)
    DEMO_KEYRING = crypto.Keyring.read(DEMO_DATA_KEYS, DEMO_LOOKUP_KEY)
except crypto.BadKeys as error:
    raise ImproperlyConfigured(f"{error} Maak een sleutel met: python -m kit.crypto") from None
if PRODUCTION and {*KEYRING.keys.values(), KEYRING.lookup_key} & {
    *DEMO_KEYRING.keys.values(),
    DEMO_KEYRING.lookup_key,
}:
    raise ImproperlyConfigured(
        "DATA_KEYS of LOOKUP_KEY is die van de demo: iedereen kent haar. Maak een nieuwe: python -m kit.crypto"
    )
ALLOWED_HOSTS = given(
    "ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]", "de namen waaronder het portaal bereikbaar is"
).split()
PORTAL_URL = os.environ.get("PORTAL_URL") or (f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_structlog",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "portal",
    "authorizations",
    "contracting",
    "papers",
    "ggz_codes",
    "accounts",
    "audit",
    "kit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.AnswerHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Outside all that opens a transaction: what it writes stays, also when a page fails.
    "audit.web.middleware.AccessLog",
    "portal.middleware.KnownMethods",
    "portal.middleware.NobodyByCookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.RequestLog",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.web.middleware.ActorMiddleware",
    "accounts.web.middleware.Gate",
    "portal.tenancy.middleware.TenantContext",
    "portal.middleware.ActionPages",
    "portal.limits.Limits",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.scanner",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("mp",)
CRISPY_TEMPLATE_PACK = "mp"


# Where the truth is, and what may be wiped.


DATABASE_URL = given(
    "DATABASE_URL", "postgresql:///portaal", "waar PostgreSQL staat, postgresql://naam:geheim@host/portaal"
)
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
"""Who makes the tables (migrate, secure_database, flush). The portal itself runs as the role of DATABASE_URL."""
REDIS_URL = given("REDIS_URL", "redis://127.0.0.1:6379/0", "waar Redis staat, redis://:geheim@host:6379/0")
DATABASES = {"default": database(DATABASE_URL)}
DATABASE_RUNTIME = database(DATABASE_URL)
DATABASE_OWNER = database(DATABASE_OWNER_URL) if DATABASE_OWNER_URL else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that limits on guessing hold while Redis is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Django throws away a third when there are more than 300 rows: then a limit on guessing would be forgotten.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DATA_DIR = Path(os.environ.get("PORTAL_DATA_DIR", BASE_DIR / ".demo"))
MEDIA_ROOT = DATA_DIR / "files"
PRIVATE_DOWNLOADS = os.environ.get("PRIVATE_DOWNLOADS", "direct")
"""Who sends files that not everybody may have: `direct` (we) or `nginx` (by X-Accel-Redirect, after we said yes)."""
PRIVATE_DOWNLOADS_URL = "/prive/"
CLAMD_ADDRESS = given("CLAMD_ADDRESS", "", "waar de virusscanner staat, /run/clamav/clamd.ctl of host:3310")
if CLAMD_ADDRESS and not re.fullmatch(r"/.+|[^/]+:\d{1,5}", CLAMD_ADDRESS):
    raise ImproperlyConfigured(f"CLAMD_ADDRESS is {CLAMD_ADDRESS!r}. Geef een socket (/run/…) of host:poort.")
CLAMD_SIGNATURES = "" if PRODUCTION else os.environ.get("CLAMD_SIGNATURES", "")
"""`test` in the demo and the tests: then the scanner knows one virus, and that is none."""
FILE_UPLOAD_HANDLERS = ["portal.uploads.CappedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_NUMBER_FILES = 80

# The worker: tasks are bells, rows are the truth (architecture.md). The clock's times stand in portal/celery.py.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": 1,
    "socket_timeout": 15,
    # Who rings while the broker is away doesn't wait for it.
    "max_retries": 0,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_DEFAULT_QUEUE = "portaal"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "Europe/Amsterdam"

# The access log (NEN 7513). Its two keys stand outside the database, so that who manages that can't forge the log.
AUDIT_ADDRESSES = "portal.audited.ADDRESSES"
AUDIT_SUBJECTS = "portal.audited_about.subjects"
AUDIT_PERSON = "portal.audited_about.person"
AUDIT_MEDICAL_ROLES = frozenset({"lezer", "indiener", "behandelaar", "medisch_adviseur"})
AUDIT_ANCHOR = DATA_DIR / "logboek-anker"
"""Where the worker remembers the newest seal: never in the database."""
AUDIT_SOURCE = os.environ.get("AUDIT_SOURCE") or urlsplit(PORTAL_URL).hostname or "machtigingsportaal"
AUDIT_SITE = os.environ.get("AUDIT_SITE") or "machtigingsportaal"
LOG_LOOKUP_KEY = given("LOG_LOOKUP_KEY", DEMO_SECRET, "de sleutel waarmee het logboek een BSN onherkenbaar maakt")
LOG_SEAL_KEY = given("LOG_SEAL_KEY", DEMO_SECRET + "-zegel", "de sleutel waarmee het logboek wordt verzegeld")
if PRODUCTION:
    for _name, _key in (("LOG_LOOKUP_KEY", LOG_LOOKUP_KEY), ("LOG_SEAL_KEY", LOG_SEAL_KEY)):
        if DEMO_SECRET in _key or len(_key) < 43 or _key == SECRET_KEY:
            raise ImproperlyConfigured(
                f"{_name} is te kort, die van de demo, of gelijk aan SECRET_KEY. Maak een nieuwe: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
    if LOG_LOOKUP_KEY == LOG_SEAL_KEY:
        raise ImproperlyConfigured("LOG_LOOKUP_KEY en LOG_SEAL_KEY zijn gelijk. Maak er 2 verschillende.")

# People.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
HOME_OF = {"provider": "authorizations:dashboard", "insurer": "authorizations:review-queue"}
"""Where people land after logging in, by the kind of their organisation."""
HOME_OF_LOGBEHEERDER = "logbook:log"
ACCOUNT_ADAPTER = "accounts.web.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.web.forms.account.LogIn",
    "reset_password": "accounts.web.forms.account.AskReset",
    "reset_password_from_key": "accounts.web.forms.account.Reset",
    "change_password": "accounts.web.forms.account.ChangePassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Accounts begin with an invitation by mail, so an address is known to be right.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
# A hospital shares one address, so the limits per address are wide. Wrong passwords are counted by
# accounts.services.guessing; "login_failed" is what is left to allauth: wrong codes of the second step.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "5/300s/key", "reset_password": "60/m/ip,5/m/key"}
# The second step, for everybody: an app or a security key. No browser is trusted without one.
MFA_ADAPTER = "accounts.web.factors.Adapter"
MFA_FORMS = {
    "authenticate": "accounts.web.forms.factors.Authenticate",
    "authenticate_webauthn": "accounts.web.forms.factors.AuthenticateKey",
    "add_webauthn": "accounts.web.forms.factors.AddKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TRUST_ENABLED = False
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proved by the invitation that came there
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Logging in with the identity provider of one's organisation; off until OIDC_ISSUER names one.


def pairs(name: str) -> dict[str, str]:
    """Read `a=b c=d` of the environment."""
    return dict(one.rsplit("=", 1) for one in os.environ.get(name, "").split())


OIDC: dict[str, Any] = {}
if os.environ.get("OIDC_ISSUER"):
    OIDC = {
        "issuer": os.environ["OIDC_ISSUER"],
        "client_id": given("OIDC_CLIENT_ID", "portaal", "de naam van dit portaal bij de identiteitsverstrekker"),
        "client_secret": given("OIDC_CLIENT_SECRET", DEMO_SECRET, "het geheim bij de identiteitsverstrekker"),
        "name": os.environ.get("OIDC_NAME") or "het account van uw organisatie",
        "scope": os.environ.get("OIDC_SCOPE") or "openid email profile",
        "acr_values": os.environ.get("OIDC_ACR_VALUES", ""),
        "levels": pairs("OIDC_LEVELS"),  # acr=niveau: wachtwoord, tweede-stap, substantieel of hoog
        "agb_claim": os.environ.get("OIDC_AGB_CLAIM") or "agb",
        "uzovi_claim": os.environ.get("OIDC_UZOVI_CLAIM") or "uzovi",
        "role_claim": os.environ.get("OIDC_ROLE_CLAIM") or "role",
        "roles": pairs("OIDC_ROLES"),  # role there=role here
        "link_by_email": os.environ.get("OIDC_LINK_BY_EMAIL", "") == "1",
        "make_accounts": os.environ.get("OIDC_MAKE_ACCOUNTS", "") == "1",
        "schemes": ("https",) if PRODUCTION else ("https", "http"),
    }
LEVEL_OF_ROUTE = {
    "/aanvragen/": "tweede-stap",
    "/beoordelen/": "tweede-stap",
    "/beheer/": "tweede-stap",
    "/organisatie/": "tweede-stap",
} | pairs("LEVEL_OF_ROUTE")
"""The least that is demanded per beginning of an address; own password and app is "tweede-stap", not eIDAS."""
# How often somebody may ask (portal/limits.py). Only where speed is measured they are off, and never in production.
RATE_LIMITS = PRODUCTION or os.environ.get("RATE_LIMITS") != "off"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.services.passwords.Rule"}]
PASSWORD_RESET_TIMEOUT = 2 * 3600
# That of allauth writes a row when somebody only looks at the link; the address is in this one too.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
SESSION_ENGINE = "accounts.web.sessions"
# Until somebody is known; after that accounts.domain.sessions says how long, per side.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie of its own: what people are told may hold a name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What browsers may do.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sessie" if PRODUCTION else "sessie"
LAST_PERSON_COOKIE_NAME = "__Host-laatst" if PRODUCTION else "laatst"
KNOWN_DEVICE_COOKIE_NAME = "__Host-bekend" if PRODUCTION else "bekend"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # Only the scripts that the page itself names, by a number that is new in every answer.
        "script-src": [NONCE, STRICT_DYNAMIC],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        # Text never becomes part of a page, but for the answers of our own server (static/js/upload.js).
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["portaal"],
        "report-uri": ["/meldingen/csp/"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
# deploy/nginx.conf sets these two headers itself, whatever a browser sends.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP" if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# security.W021: whether a whole domain goes on the browsers' preload list is for the owner of the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Language and looks.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if ENVIRONMENT == "test" else HASHED_STATIC},
}
# Tests read static/ itself; elsewhere collectstatic has filled STATIC_ROOT.
WHITENOISE_USE_FINDERS = ENVIRONMENT == "test"
WHITENOISE_AUTOREFRESH = False

# Mail goes out by the worker; in the demo it lands in .demo/mail.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if PRODUCTION else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 20
PLAIN_HOSTS = os.environ.get("PLAIN_HOSTS", "").split()
"""Servers that are reached without TLS, on a network of their own that leads nowhere."""
if PRODUCTION:
    tls.demand(
        [
            *tls.database("DATABASE_URL", DATABASE_URL, PLAIN_HOSTS),
            *tls.database("DATABASE_OWNER_URL", DATABASE_OWNER_URL, PLAIN_HOSTS),
            *tls.redis("REDIS_URL", REDIS_URL, PLAIN_HOSTS),
            *tls.mail(EMAIL_HOST, EMAIL_USE_TLS, PLAIN_HOSTS),
            *tls.scanner(CLAMD_ADDRESS, PLAIN_HOSTS),
        ]
    )
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "portaal@machtigingen.example")
OPERATIONS_EMAIL = os.environ.get("OPERATIONS_EMAIL", "beheer@machtigingen.example")

LOGGING = logs.logging(machine=PRODUCTION, level=os.environ.get("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = 20
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = 10
