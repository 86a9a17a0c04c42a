"""Production: every value that matters comes from the environment, and nonsense is refused at start-up."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.logging import config as logging_config
from portal.settings.base import *  # noqa: F403
from portal.settings.base import CELERY_BROKER_URL, env

LOCAL = ("localhost", "127.0.0.1")
_KEY, _PAIR = r"[\x21-\x7e]{20,}", r"[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]{20,}"
_OWN_PAIR = "portal:$(python3 -c 'import secrets; print(secrets.token_urlsafe(30))')"
#: What the secret of each mail provider looks like, and where it comes from: the provider's key, or a password of one's own.
MAIL_EVENTS_SECRETS = {
    "mailgun": (_KEY, "the webhook signing key of Mailgun"),
    "mailersend": (_KEY, "the signing secret of the webhook at MailerSend"),
    "mailtrap": (_KEY, "the signing secret of the webhook at Mailtrap"),
    "postal": (r"[A-Za-z0-9+/=]{200,}", "the public key of Postal's DKIM, without its first and last line, in one line"),
    "postmark": (_PAIR, _OWN_PAIR),
    "brevo": (_PAIR, _OWN_PAIR),
}
WEAK = ("secret", "changeme", "change-me", "development", "insecure", "example")


def refuse(name, why, write):
    """Stops the start with the variable's name, what is wrong and what to write instead."""
    raise ImproperlyConfigured(f"{name} {why}. Write for example {name}={write}")


def secret():
    """Returns SECRET_KEY; refuses a short one and one that came with a file."""
    value = env.str("SECRET_KEY", default="")
    if len(value) < 50 or len(set(value)) < 5 or any(word in value.lower() for word in WEAK):
        write = "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
        refuse("SECRET_KEY", "is missing, short or an example", write)
    return value


def hosts():
    """Returns ALLOWED_HOSTS; refuses none, and * because links in mails are made from the host."""
    value = env.list("ALLOWED_HOSTS", default=[])
    if not value or "*" in value:
        refuse("ALLOWED_HOSTS", "must name the hosts the portal answers to", "portal.example.org")
    return value


def site_url():
    """Returns SITE_URL without a slash at its end; refuses anything but https, except on the own machine."""
    value = env.str("SITE_URL", default="").rstrip("/")
    parts = urlsplit(value)
    if not parts.hostname or parts.path or not (parts.scheme == "https" or parts.hostname in LOCAL):
        refuse("SITE_URL", "must be the address people type, beginning with https://", "https://portal.example.org")
    return value


def mail():
    """Returns Django's e-mail settings from EMAIL_URL; refuses none and those that only print or keep mails."""
    text = env.str("EMAIL_URL", default="")
    if urlsplit(text).scheme not in ("smtp", "smtps", "smtp+tls", "smtp+ssl") or not urlsplit(text).hostname:
        refuse("EMAIL_URL", "must name a mail server", "smtp+tls://user:password@mail.example.org:587")
    return env.email_url("EMAIL_URL")


def mail_events():
    """Returns who tells what became of a mail, and the secret; refuses an address that anybody could write to."""
    name, value = env.str("MAIL_EVENTS_FROM", default=""), env.str("MAIL_EVENTS_SECRET", default="")
    if name and name not in MAIL_EVENTS_SECRETS:
        refuse("MAIL_EVENTS_FROM", "must be a mail provider the portal can listen to, or be left out", "mailgun")
    if name and (not re.fullmatch(MAIL_EVENTS_SECRETS[name][0], value) or any(word in value.lower() for word in WEAK)):
        refuse("MAIL_EVENTS_SECRET", "is missing, short or an example: anybody could tell the portal lies", MAIL_EVENTS_SECRETS[name][1])
    return name, value if name else ""


def proxies():
    """Returns how many proxies stand before the portal; without it all visitors would share one rate limit."""
    value = env.str("ALLAUTH_TRUSTED_PROXY_COUNT", default="")
    if not value.isdigit():
        refuse("ALLAUTH_TRUSTED_PROXY_COUNT", "must be the number of proxies before the portal", "1")
    return int(value)


if env.bool("DEBUG", default=False):
    refuse("DEBUG", "shows visitors the portal's inside and must be off", "false")
if env.bool("DEMO_SIGN_INS", default=False):
    refuse("DEMO_SIGN_INS", "lets anybody sign in and must be off", "false")
if not env.str("DATABASE_URL", default=""):
    refuse("DATABASE_URL", "is missing", "postgres://portal:password@db:5432/portal")

DEBUG = False
DEMO_SIGN_INS = False
SECRET_KEY = secret()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = hosts()
SITE_URL = WAGTAILADMIN_BASE_URL = site_url()
HTTPS = SITE_URL.startswith("https://")
ALLAUTH_TRUSTED_PROXY_COUNT = proxies()
MAIL_EVENTS_FROM, MAIL_EVENTS_SECRET = mail_events()
vars().update({**mail(), "EMAIL_BACKEND": "common.smtp.EmailBackend"})

# Cookies and transport. The proxy ends HTTPS and says so in X-Forwarded-Proto, which it sets itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [
    *SILENCED_SYSTEM_CHECKS,
    # The browsers' preload list cannot be left for months: the operator's own decision (HSTS_PRELOAD).
    "security.W021",
    # The editorial administration previews pages in a frame of the same site; frame-ancestors says the same.
    "security.W019",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The worker: a task that its process did not survive is done again; all tasks may run twice without harm.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 1, "socket_timeout": 5}

LOGGING = logging_config(as_json=True, level=env.str("LOG_LEVEL", default="INFO"))
