"""Who did what, written in the verb's own transaction."""

from contextlib import contextmanager

from django.db import connection, transaction

from records.models import AuditEntry


def audit(verb, target, *, by, note="", changes=None):
    """Record that `by` carried out `verb` on `target`. Call inside the verb's transaction."""
    return AuditEntry.objects.create(verb=verb, target=target, by=by, note=note, changes=changes or {})


def audit_many(verb, targets, *, by, changes=()):
    """As `audit` for many targets in one statement; `changes` holds one mapping for each of them, or nothing."""
    rows = zip(targets, changes or [{} for _target in targets], strict=True)
    AuditEntry.objects.bulk_create(AuditEntry(verb=verb, target=target, by=by, changes=change) for target, change in rows)


@contextmanager
def erasing():
    """Inside it, audit entries may be changed: the erasure of a person's data is the only reason. Opens a transaction.

    Everywhere else the database refuses that (migration 0004), but for taking away the name of who did something.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.erasing = 'on'")
        yield
        cursor.execute("SET LOCAL portal.erasing = 'off'")
