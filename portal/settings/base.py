"""Settings shared by every environment. Values come from typed environment variables; .env.example documents each."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from common.csp import PUBLIC_POLICY

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
DEV_PAGES = False  # /dev/mail/ and /styleguide/
DEMO_SIGN_INS = env.bool("DEMO_SIGN_INS", default=False)

# The operator's colours: brand_hue and accent_hue in degrees, brand_chroma up to 0.12; {} is the portal's own.
PORTAL_COLOURS = env.dict("PORTAL_COLOURS", default={})
PORTAL_COLOURS_SOURCE = "editorial.frame.colours"
# What is particular to the region this portal serves. Nothing in the code assumes these values.
PORTAL = {
    "name": env.str("PORTAL_NAME", default="Smart City Portal"),
    "region": env.str("PORTAL_REGION", default="Greater Copenhagen"),
    "countries": env.list("PORTAL_COUNTRIES", default=["DK", "SE"]),
    "currencies": env.list("PORTAL_CURRENCIES", default=["DKK", "SEK", "EUR"]),
    # The municipalities shown and their tiles: a file of taxonomy/reference by name, or the path of a CSV file.
    "municipalities": env.str("PORTAL_MUNICIPALITIES", default="greater_copenhagen"),
    "contact_email": env.str("PORTAL_CONTACT_EMAIL", default=""),
    # Which wording of the terms of use is in force: when it changes, members are asked again before they post.
    "terms_version": env.str("PORTAL_TERMS_VERSION", default="1"),
    # The region on the map: west, south, east, north in degrees; the land as GeoJSON (map page) and as a drawing of the
    # same bounds (small maps; projects/projection.py says how it is made), both among the static files.
    "map": {
        "bounds": [float(edge) for edge in env.list("PORTAL_MAP_BOUNDS", default=["10.9", "54.5", "15.3", "56.55"])],
        "land": env.str("PORTAL_MAP_LAND", default="geo/land_oresund.json"),
        "drawing": env.str("PORTAL_MAP_DRAWING", default="img/map.svg"),
        "drawing_size": (720, 600),
        "source": env.str("PORTAL_MAP_SOURCE", default="Natural Earth"),
    },
}

INSTALLED_APPS = [
    "portal",
    "search",
    "digests",
    "editorial",
    "events",
    "testreports",
    "testrequests",
    "bookings",
    "workinggroups",
    "livinglabs",
    "projects",
    "discussions",
    "organisations",
    "conversations",
    "notifications",
    "records",
    "members",
    "taxonomy",
    "common",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "editorial.apps.RolesConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rules.apps.AutodiscoverRulesConfig",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.middleware.RequestIdMiddleware",
    "portal.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before everything that may refuse a request, so that the refusal carries the headers too.
    "common.middleware.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.BodyLimitMiddleware",
    "portal.middleware.UnreadableMiddleware",
    "common.middleware.LastingSessionMiddleware",
    "common.middleware.PersonalMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.middleware.DatabaseAwayMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "common.forms.PortalRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "common.context.portal",
                "editorial.context.editorial",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://portal@127.0.0.1:5432/portal")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Compiling a statement takes longer than any of ours runs; and a page out of order costs an SSD or the memory next to nothing:
# PostgreSQL's own 4.0 is that of a turning disk and makes it read whole tables where an index knows the few rows. What is committed
# is on the disk, whatever the server's own default: a mail is *sending* there before the mail server hears of it.
_OPTIONS = "-c jit=off -c random_page_cost=1.1 -c synchronous_commit=on"
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", _OPTIONS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "common.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Identity
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    # Django's own backend with sign-in by address; beside it a wrong password would be hashed twice for members, once for strangers.
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"  # the adapter leads to the desk in the language of the page
ACCOUNT_ADAPTER = "portal.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "members.forms.signing_in.SignInForm",
    "signup": "members.forms.signing_in.SignUpForm",
    "request_login_code": "members.forms.signing_in.RequestCodeForm",
    "reset_password": "members.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "members.forms.signing_in.ResetPasswordKeyForm",
    "change_password": "members.forms.signing_in.ChangePasswordForm",
    "set_password": "members.forms.signing_in.SetPasswordForm",
    "add_email": "members.forms.signing_in.ChangeAddressForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
# One confirmed address: the one from work, by which an organisation recognises its people. Confirming is a POST, once.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # a mail may take some minutes
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address is changed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Many members sit behind one address of their town hall. `key` of login_failed is account and address together, so that nobody
# locks a member out from elsewhere; login_failed_account is the account's own limit, and a mailed code still signs in.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "login_failed_account": "20/10m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
    "signup": "20/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Under mandatory confirmation a new address counts only once it is confirmed, so two steps need not forbid the change.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = PORTAL["name"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_FORMS = {"add_webauthn": "members.forms.signing_in.AddPasskeyForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # production asks for it

# Languages
LANGUAGE_CODE = env.str("PORTAL_LANGUAGE", default="en")
LANGUAGES = [("en", _("English")), ("da", _("Danish")), ("sv", _("Swedish"))]
FORMAT_MODULE_PATH = "portal.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("PORTAL_TIME_ZONE", default="Europe/Copenhagen")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # it would write years and keys as 2,026; the `number` filter groups

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "common.finders.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
# The proxy sends members' files itself, by X-Accel-Redirect, after the portal has said yes (deploy/nginx).
FILES_BEHIND_PROXY = env.bool("FILES_BEHIND_PROXY", default=False)
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(DATA_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MOST_BODY_BYTES = 26_000_000  # the largest file the portal takes (20 MB, 25 MB in the administration) with its form around it
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# Mail. Silence of the server for so many seconds ends a try; common.smtp ends a whole mail after 25.
EMAIL_BACKEND = "common.smtp.EmailBackend"
EMAIL_TIMEOUT = 20
# Who tells what became of a mail (notifications.providers), and what proves that it is that provider: a key, or user:password.
MAIL_EVENTS_FROM = env.str("MAIL_EVENTS_FROM", default="")
MAIL_EVENTS_SECRET = env.str("MAIL_EVENTS_SECRET", default="")
# A mail of which nobody knows whether it went out is listed as unknown; with this it is sent again under the same Message-ID.
MAIL_RESEND_UNKNOWN = env.bool("MAIL_RESEND_UNKNOWN", default=False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Smart City Portal <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Background work
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING is for the worker too
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "notifications": {"task": "notifications.tick", "schedule": 60.0},
    "digests": {"task": "digests.tick", "schedule": 600.0},
    "prune-notifications": {"task": "notifications.prune", "schedule": 3600.0},
    "refresh-project-index": {"task": "projects.refresh_index", "schedule": 60.0},
    "refresh-project-counts": {"task": "projects.refresh_counts", "schedule": 30.0},
    "forget-unconfirmed-questions": {"task": "conversations.forget_unconfirmed", "schedule": 3600.0},
    "tidy-accounts": {"task": "members.tidy", "schedule": 3600.0},
    "refresh-search-words": {"task": "projects.refresh_words", "schedule": 3600.0},
    "events": {"task": "events.tick", "schedule": 300.0},
    "fill-group-places": {"task": "workinggroups.fill_places", "schedule": 300.0},
    "clear-removed-files": {"task": "workinggroups.clear_removed", "schedule": 3600.0},
    "refresh-group-index": {"task": "workinggroups.refresh_index", "schedule": 60.0},
    "refresh-lab-index": {"task": "livinglabs.refresh_index", "schedule": 60.0},
    "testreports": {"task": "testreports.tick", "schedule": 300.0},
    "refresh-report-index": {"task": "testreports.refresh_index", "schedule": 60.0},
    "bookings": {"task": "bookings.tick", "schedule": 300.0},
    "test-requests": {"task": "testrequests.remind", "schedule": 900.0},
    "refresh-event-index": {"task": "events.refresh_index", "schedule": 60.0},
    "keep-rights": {"task": "portal.keep_rights", "schedule": 300.0},
}
if not REDIS_URL:
    _queue = Path(env.str("QUEUE_DIR", default=str(DATA_DIR / "queue")))
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
    }

# Wagtail: editorial pages and the administration at /cms/
WAGTAIL_SITE_NAME = PORTAL["name"]
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "404.html"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"gif": "png"}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25_000_000
WAGTAILEMBEDS_FINDERS = []
TAGGIT_CASE_INSENSITIVE = True

# Reference data: each loader is called by `load_reference`, lower layers first.
REFERENCE_LOADERS = [
    "taxonomy.reference.load",
    "livinglabs.reference.load",
    "editorial.reference.load",
    "digests.reference.load",
]

# Security: every page carries these; production adds what needs HTTPS.
CONTENT_SECURITY_POLICY = PUBLIC_POLICY
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "common.access.csrf_failure"

# members.User.email is unique through Lower("email"), which this check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
