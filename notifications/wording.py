"""What a member reads of an entry, in the language that is active."""

import textwrap

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.languages import in_language
from notifications.kinds import REASONS, kind_of


class Said(dict):
    """The keys of a sentence; one that the entry lacks reads as nothing instead of stopping the mail."""

    def __missing__(self, key):
        return ""


def said(entry):
    """The keys of an entry's sentence, each in the reader's language."""
    by = (entry.by.name or _("A member")) if entry.by else settings.PORTAL["name"]
    return Said({"by": by} | {key: in_language(value) if isinstance(value, dict) else value for key, value in entry.context.items()})


def sentence(entry):
    """What happened."""
    return str(kind_of(entry.kind).sentence) % said(entry)


def of_many(entry, number, people):
    """What happened `number` times, the newest being `entry`; "" for a kind without such words. `people` are those who did it."""
    kind = kind_of(entry.kind)
    words = kind.many or kind_of(kind.twin_of).many
    name = (entry.by.name if entry.by else "") or _("A member")
    others = len(people) - 1
    if others:
        name = ngettext("%(name)s and %(number)d other", "%(name)s and %(number)d others", others) % {"name": name, "number": others}
    return words % Said(said(entry) | {"number": number, "people": name}) if words else ""


def why(reason, followed=None, entry=None):
    """Why it comes to this member; "" for a reason that is registered no longer."""
    name = (followed or {}).get("followed", "")
    keys = (said(entry) if entry else Said()) | {"followed": in_language(name) if isinstance(name, dict) else name}
    return str(REASONS[reason]) % Said(keys) if reason in REASONS else ""


def quoted(note):
    """A note as plain text mails quote: each line behind a mark."""
    lines = [textwrap.wrap(line, 72, break_on_hyphens=False) or [""] for line in note.split("\n")]
    return "\n".join(f"> {part}".rstrip() for parts in lines for part in parts)
