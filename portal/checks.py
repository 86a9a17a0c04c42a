"""Checks of `manage.py check`: each has an id and says what to do."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections


@register(Tags.translation)
def catalogues_compiled(app_configs, **kwargs):
    """Every language but English has a compiled catalogue."""
    missing = [
        code
        for code, _name in settings.LANGUAGES
        if code != "en" and not any((Path(folder) / code / "LC_MESSAGES" / "django.mo").exists() for folder in settings.LOCALE_PATHS)
    ]
    hint = "Run 'python3 run.py manage check_translations --compile' and commit the files."
    return [Warning(f"The translation into '{code}' is not compiled.", hint=hint, id="portal.W001") for code in missing]


@register(Tags.security, deploy=True)
def shared_cache(app_configs, **kwargs):
    """Several web processes need one cache and one queue."""
    if settings.REDIS_URL:
        return []
    hint = "Set REDIS_URL, for example to redis://redis:6379/0."
    return [Warning("Without REDIS_URL each process has a cache and limits of its own.", hint=hint, id="portal.W002")]


@register(Tags.database)
def commits_last(app_configs, databases=None, **kwargs):
    """A mail is recorded before it goes out: a server that forgets what it committed would let it go twice."""
    errors = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] == "off":
                hint = "Take synchronous_commit=off out of the options of DATABASE_URL."
                errors.append(Error(f"The database '{alias}' may forget what it committed.", hint=hint, id="portal.E002"))
    return errors


@register(Tags.database)
def database_knows_letters(app_configs, databases=None, **kwargs):
    """Search and sorting need a UTF-8 database whose lower() knows æøåäö."""
    errors = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT lower('ÆØÅÄÖ') = 'æøåäö'")
            if not cursor.fetchone()[0]:
                hint = "Create it with ENCODING 'UTF8' and the locale C.UTF-8, en_DK.UTF-8 or alike."
                errors.append(Error(f"The database '{alias}' does not know æøåäö.", hint=hint, id="portal.E001"))
    return errors
