"""What can be told to members, why they are told, and which nouns can be followed.

Nouns stand above this app: they register here from their module `notices`. A kind is data, never a class of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Kind:
    """One thing that happens, such as "project.returned".

    `label` names it in the settings, `group` the heading it stands under there. `sentence` is what the member reads, with
    `%(by)s`, `%(title)s` and the keys of the entry's context. `button` is the link to its noun. `mail` says whether it can be
    mailed at once, `urgent` whether it is unless the member chose otherwise: only what concerns the member in person.
    """

    name: str
    label: Any
    group: Any
    sentence: Any
    button: Any
    mail: bool = True
    urgent: bool = False
    icon: str = "bell"

    def concerns(self, user):
        """Whether it can reach this member at all."""
        return str(self.group) != str(MODERATION) or user.is_moderator


@dataclass(frozen=True)
class Followable:
    """A type of noun that members follow: its word in the address, its model, its name for people, and which rows can be seen."""

    word: str
    model: type
    label: Any
    seen: Callable | None = None

    def visible_to(self, user):
        rows = self.model._default_manager
        if self.seen:
            return self.seen(user)
        return rows.visible_to(user) if hasattr(rows, "visible_to") else rows.all()


#: The group of what only moderators hear; others do not find it among their choices.
MODERATION = pgettext_lazy("group of notifications", "Moderation")
#: Governs whatever reaches somebody only because he or she follows a noun, whichever kind it is of.
FOLLOWED = Kind(
    "followed", _("News of what I follow"), pgettext_lazy("group of notifications", "What I follow"), "%(title)s", _("Open"), icon="follow"
)
KINDS = {FOLLOWED.name: FOLLOWED}
FOLLOWABLE = {}
#: Code → "you get this because …". A reason may name what is followed.
REASONS = {
    "follow": _("You get this because you follow %(followed)s."),
    "author": _("You get this because you wrote it."),
    "owner": _("You get this because you are an owner of the organisation."),
    "partner": _("You get this because your organisation is named as a partner."),
    "moderator": _("You get this because you are a moderator."),
    "asked": _("You get this because you asked."),
    "invited": _("You get this because you were invited."),
    "member": _("You get this because you are a member of the organisation."),
}
UNKNOWN = Kind("", _("Other"), _("Other"), "%(title)s", _("Open"), mail=False)


def register_kind(*kinds):
    """Make kinds known. A name is registered once."""
    for kind in kinds:
        if kind.name in KINDS:
            raise ValueError(f"The kind {kind.name} is registered already")
        KINDS[kind.name] = kind


def register_reason(code, sentence):
    """Make a further reason known; its sentence may use the keys of the entry's context."""
    REASONS[code] = sentence


def register_followable(word, model, label, seen=None):
    """Let members follow a noun; `word` stands in the address, `label` over a list of them, `seen(user)` gives the rows one may follow.

    Without `seen` these are the model's `visible_to`, and all rows where it has none.
    """
    FOLLOWABLE[word] = Followable(word, model, label, seen)


def kind_of(name):
    """The kind of this name; one without words of its own for a kind that is registered no longer."""
    return KINDS.get(name, UNKNOWN)


def followable_of(noun):
    """The registered type of a noun, or None."""
    return next((one for one in FOLLOWABLE.values() if isinstance(noun, one.model)), None)


def governing(name, reason):
    """The name of the kind whose choices decide: that of its own, or that of everything followed."""
    return FOLLOWED.name if reason == "follow" else name


def kinds_by_group(user):
    """(group, kinds that concern the member) in the order of their registration."""
    groups = {}
    for kind in KINDS.values():
        if kind.concerns(user):
            groups.setdefault(str(kind.group), []).append(kind)
    return list(groups.items())
