"""Writing records about other nouns."""

from records.models import AuditEntry


def audit(verb, target, *, by, note="", changes=None):
    """Record that `by` carried out `verb` on `target`. Call inside the verb's transaction."""
    return AuditEntry.objects.create(verb=verb, target=target, by=by, note=note, changes=changes or {})
