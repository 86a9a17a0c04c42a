import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from notifications.providers import PROVIDERS

GOOD = {
    "SECRET_KEY": "rJ3v9-Qx_71Lb0aZpTnWdKfYh2m8Us5GcEoViB6tRyXqN4wDkAzMj",
    "ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp+tls://user:p%40ss@mail.example.org:587",
    "ALLAUTH_TRUSTED_PROXY_COUNT": "1",
    "DATABASE_URL": "postgres://portal:secret@db/portal",
    "REDIS_URL": "redis://redis:6379/0",
}
SHOW = """
import json, sys
from portal.settings import production as s
names = sys.argv[1:]
print(json.dumps([getattr(s, name) for name in names]))
"""


def load(*names, **changes):
    """Loads production settings in a process of its own; returns (exit status, output)."""
    environ = {"PATH": os.environ["PATH"], **GOOD, **changes}
    environ = {name: value for name, value in environ.items() if value is not None}
    done = subprocess.run([sys.executable, "-c", SHOW, *names], cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True)
    return done.returncode, done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_complete_settings_load():
    shown = load("DEBUG", "DEMO_SIGN_INS", "SESSION_COOKIE_SECURE", "EMAIL_HOST", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD")
    assert shown == (0, '[false, false, true, "mail.example.org", true, "p@ss"]')


def test_a_trial_on_localhost_may_do_without_https():
    assert load("SESSION_COOKIE_SECURE", SITE_URL="http://localhost") == (0, "[false]")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "true"),
        ("DEMO_SIGN_INS", "true"),
        ("SECRET_KEY", None),
        ("SECRET_KEY", "development-only-not-a-secret"),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", None),
        ("SITE_URL", "http://portal.example.org"),
        ("SITE_URL", "https://portal.example.org/portal"),
        ("EMAIL_URL", None),
        ("EMAIL_URL", "consolemail://"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", None),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", "many"),
        ("DATABASE_URL", None),
    ],
)
def test_nonsense_is_refused_by_name_with_what_to_write(name, value):
    status, message = load(**{name: value})
    assert status == 1
    assert re.match(rf"django\.core\.exceptions\.ImproperlyConfigured: {name} .*Write for example {name}=", message)


@pytest.mark.parametrize(
    ("provider", "secret", "wrong"),
    [
        ("sendmail", "4f1c9a7b2d8e6035a9c1b7", "MAIL_EVENTS_FROM"),
        ("mailgun", "", "MAIL_EVENTS_SECRET"),
        ("mailgun", "short", "MAIL_EVENTS_SECRET"),
        ("mailersend", "changeme-changeme-changeme", "MAIL_EVENTS_SECRET"),
        ("postmark", "4f1c9a7b2d8e6035a9c1b7d0", "MAIL_EVENTS_SECRET"),  # no user
        ("brevo", "portal:short", "MAIL_EVENTS_SECRET"),
        ("postal", "4f1c9a7b2d8e6035a9c1b7", "MAIL_EVENTS_SECRET"),
    ],
)
def test_an_address_that_anybody_could_write_to_is_refused(provider, secret, wrong):
    status, message = load(MAIL_EVENTS_FROM=provider, MAIL_EVENTS_SECRET=secret)
    assert (status, message.split(": ")[1].split()[0]) == (1, wrong)


def test_a_provider_that_proves_itself_is_listened_to():
    good = {"MAIL_EVENTS_FROM": "postmark", "MAIL_EVENTS_SECRET": "portal:4f1c9a7b2d8e6035a9c1b7"}
    assert load("MAIL_EVENTS_FROM", "MAIL_EVENTS_SECRET", **good) == (0, '["postmark", "portal:4f1c9a7b2d8e6035a9c1b7"]')
    assert load("MAIL_EVENTS_FROM", "MAIL_EVENTS_SECRET", "MAIL_RESEND_UNKNOWN") == (0, '["", "", false]')


def test_every_provider_is_known_to_settings_and_reader():
    code = "import json; from portal.settings import production; print(json.dumps(sorted(production.MAIL_EVENTS_SECRETS)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env={"PATH": os.environ["PATH"], **GOOD}, capture_output=True
    )
    assert json.loads(done.stdout) == sorted(PROVIDERS)


def test_check_deploy_has_no_warnings():
    environ = {"PATH": os.environ["PATH"], **GOOD, "DJANGO_SETTINGS_MODULE": "portal.settings.production"}
    argv = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(argv, cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_variable_is_documented():
    code = [*settings.BASE_DIR.glob("portal/settings/*.py"), settings.BASE_DIR / "deploy" / "gunicorn.conf.py"]
    pattern = re.compile(r"(?:env(?:\.[a-z_]+)?\(|environ\.get\()\s*\"([A-Z_]+)\"")
    read = {name for path in code for name in pattern.findall(path.read_text())}
    documented = set(re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert read - documented == set()
