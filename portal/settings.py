"""
Settings of the portal. Everything that differs per installation comes from the environment (.env.example names it all).

`PORTAL_ENV` is `production` (default), `demo` or `test`; production refuses demo secrets and DEBUG.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from django.core.exceptions import ImproperlyConfigured

from portal import logs

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = os.environ.get("PORTAL_ENV") or "production"
PRODUCTION = ENVIRONMENT == "production"
DEMO_SECRET = "alleen-voor-de-demo-en-de-tests"  # noqa: S105


def given(name: str, otherwise: str, why: str) -> str:
    """Return a value of the environment; outside production there is a default, in production it must be there."""
    value = os.environ.get(name, "")
    if value or not PRODUCTION:
        return value or otherwise
    raise ImproperlyConfigured(
        f"{name} ontbreekt: {why}. Zet {name} in de omgeving (in .env, zie .env.example), "
        "of kies PORTAL_ENV=demo om het portaal te proberen (make demo)."
    )


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
    "crispy_forms",
    "portal",
    "authorizations",
    "papers",
    "ggz_codes",
    "accounts",
    "kit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.AnswerHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.KnownMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.RequestLog",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.web.middleware.ActorMiddleware",
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
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("mp",)
CRISPY_TEMPLATE_PACK = "mp"


# Where the truth is, and what may be wiped.


def database(url: str) -> dict[str, Any]:
    """Read a `postgresql://` URL; `?host=/a/folder` names a Unix socket."""
    parts = urlsplit(url)
    options: dict[str, Any] = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host = options.pop("host", None) or parts.hostname or ""
    # Pooling halves the time of a page. A worker forks and a test drops its database: those do without.
    if os.environ.get("DATABASE_POOL"):
        options["pool"] = {"min_size": 2, "max_size": int(os.environ["DATABASE_POOL"]), "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # A connection that died with its server is replaced rather than handed to a page.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASE_URL = given(
    "DATABASE_URL", "postgresql:///portaal", "waar PostgreSQL staat, postgresql://naam:geheim@host/portaal"
)
REDIS_URL = given("REDIS_URL", "redis://127.0.0.1:6379/0", "waar Redis staat, redis://:geheim@host:6379/0")
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that limits on guessing hold while Redis is away.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}
DATA_DIR = Path(os.environ.get("PORTAL_DATA_DIR", BASE_DIR / ".demo"))
MEDIA_ROOT = DATA_DIR / "files"
PRIVATE_DOWNLOADS = os.environ.get("PRIVATE_DOWNLOADS", "direct")
"""Who sends files that not everybody may have: `direct` (we) or `nginx` (by X-Accel-Redirect, after we said yes)."""
PRIVATE_DOWNLOADS_URL = "/prive/"
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

# People.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
HOME_OF = {"provider": "authorizations:dashboard", "insurer": "authorizations:review-queue"}
"""Where people land after logging in, by the kind of their organisation."""
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
# A hospital shares one address, so the limits per address are wide; the one per person and address is narrow.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key", "reset_password": "60/m/ip,5/m/key"}
# How often somebody may ask (portal/limits.py). Only where speed is measured they are off, and never in production.
RATE_LIMITS = PRODUCTION or os.environ.get("RATE_LIMITS") != "off"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.services.passwords.Rule"}]
PASSWORD_RESET_TIMEOUT = 2 * 3600
# That of allauth writes a row when somebody only looks at the link; the address is in this one too.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie of its own: what people are told may hold a name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What browsers may do.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sessie" if PRODUCTION else "sessie"
LAST_PERSON_COOKIE_NAME = "__Host-laatst" if PRODUCTION else "laatst"
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
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "portaal@machtigingen.example")
OPERATIONS_EMAIL = os.environ.get("OPERATIONS_EMAIL", "beheer@machtigingen.example")

LOGGING = logs.logging(machine=PRODUCTION, level=os.environ.get("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = 20
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = 10
