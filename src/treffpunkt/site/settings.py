"""How the house is put together; every setting an administrator may change comes from `site.env`."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from treffpunkt.launch import logs
from treffpunkt.site.env import read

env = read()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = env.secret_key
DEBUG = env.debug
DEMO = env.demo
ALLOWED_HOSTS = env.hosts
BASE_URL = env.base_url
NETWORK_NAME = env.network_name
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "treffpunkt.ui",  # its templates stand before those of allauth
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_cotton",
    "procrastinate.contrib.django",
    "treffpunkt.core",
    "treffpunkt.journal",
    "treffpunkt.links",
    "treffpunkt.retention",
    "treffpunkt.post",
    "treffpunkt.upkeep",
    "treffpunkt.search",
    "treffpunkt.people",
    "treffpunkt.vocabulary",
    "treffpunkt.tasks",
    "treffpunkt.intake",
    "treffpunkt.network",
    "treffpunkt.meetings",
    "treffpunkt.agreements",
    "treffpunkt.web",
    "treffpunkt.portal",
    "treffpunkt.public",
    "treffpunkt.jobs",
]

MIDDLEWARE = [
    "treffpunkt.web.watching.middleware.watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads by chance against BREACH; tokens are masked anew each time
    "csp.middleware.CSPMiddleware",
    "treffpunkt.site.middleware.no_store",
    "treffpunkt.site.middleware.secret_addresses",
    "treffpunkt.site.middleware.readable",
    "treffpunkt.site.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "treffpunkt.ui.errors.database_away",
    "django.middleware.common.CommonMiddleware",
    "treffpunkt.site.middleware.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "treffpunkt.site.middleware.reader_language",
    "treffpunkt.site.middleware.last_seen",
    "treffpunkt.ui.limits.Door",
    "treffpunkt.site.middleware.database_subject",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "treffpunkt.ui.errors.refused",
]

ROOT_URLCONF = "treffpunkt.site.urls"
WSGI_APPLICATION = "treffpunkt.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "treffpunkt.ui.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "treffpunkt.ui.templatetags.ui",
                "treffpunkt.ui.templatetags.kept",  # in place of Django's `url` and `translate`
            ],
        },
    }
]
COTTON_SNAKE_CASED_NAMES = False
COTTON_ISOLATE_BY_DEFAULT = False
FORM_RENDERER = "treffpunkt.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "treffpunkt.ui.errors.csrf_failure"

# The middleware opens the transaction that carries `app.subject`; ATOMIC_REQUESTS stays on as well,
# since the middleware's own would commit after a 500 or 403.
# A pooler lends a connection for one transaction: no cursor outlives it. Statements are never prepared (Django's
# default), and connections are kept by us or by the pooler, so a pool of our own would only be one more.
DATABASES = {
    "default": env.database
    | {
        "ENGINE": "treffpunkt.core.postgresql",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": env.pooled,
    }
}

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "treffpunkt.people.signin.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"request_login_code": "treffpunkt.people.signin.RequestCodeForm"}


MFA_ADAPTER = "treffpunkt.people.second_step.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Treffpunkt"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "treffpunkt.people.second_step.SetUpAppForm",
    "authenticate": "treffpunkt.people.second_step.CodeForm",
    "reauthenticate": "treffpunkt.people.second_step.CodeAgainForm",
    "add_webauthn": "treffpunkt.people.second_step.AddPasskeyForm",
    "edit_webauthn": "treffpunkt.people.second_step.RenamePasskeyForm",
}
# The organisation's own sign-in, for accounts that exist; nothing it tells is stored.
OIDC_NAME = env.oidc.name if env.oidc else ""
SOCIALACCOUNT_ADAPTER = "treffpunkt.web.signin.organisation.Adapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": env.oidc.name,
                    "client_id": env.oidc.client,
                    "secret": env.oidc.secret,
                    "settings": {"server_url": env.oidc.url},
                }
            ],
        }
    }
    if env.oidc
    else {}
)
# Counted by `ui.limits` instead, in the database and not in the memory of one process.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False

SESSION_ENGINE = "treffpunkt.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Not "no-referrer": browsers then send `Origin: null` with every form. Only pages behind a link go that far.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BASE_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.behind_proxy else None
BEHIND_PROXY = env.behind_proxy
LIMITS_FOR = "treffpunkt"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Browsers hold the page a form leads to by a redirect to this as well.
        "form-action": [SELF, *([env.oidc.origin] if env.oidc else [])],
    }
}

LANGUAGE_CODE = env.language
LANGUAGES = [
    ("de", _("German")),
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("fr", _("French")),
    ("sr", _("Serbian (Cyrillic)")),
    ("sr-latn", _("Serbian (Latin)")),
    ("es", _("Spanish")),
]
LANGUAGES_BIDI = ["ar"]
STAFF_LANGUAGES = ("de", "en")
OUTSIDE_LANGUAGES = ("de", "en", "ar", "fr", "sr", "sr-latn", "es")
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["treffpunkt.site.formats"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = env.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = None if env.testing else env.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG or env.testing:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILES_ROOT = env.files
HOME = env.home
ERASURES_FILE = env.erasures_file
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
IMPORT_MAX_BYTES = env.import_max_mb * 2**20

METRICS_TOKEN = env.metrics_token
SMTP = env.smtp
IMAP = env.imap
BBB = env.bbb
JITSI_URL = env.jitsi_url
MAIL_FROM = env.mail_from
# Where mail comes back that does not arrive, as `name+reference@host`; empty means to the sender.
BOUNCE_ADDRESS = env.bounce_address

PROCRASTINATE_IMPORT_PATHS = ["treffpunkt.jobs.work"]
PROCRASTINATE_ON_APP_READY = "treffpunkt.jobs.timetable.register"

LOGGING = logs.config(debug=DEBUG)
TEST_RUNNER = "django.test.runner.DiscoverRunner"
