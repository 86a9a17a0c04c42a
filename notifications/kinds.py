"""What can be told to members, why they are told, and which nouns can be followed.

Nouns stand above this app: they register here from their module `notices`. A kind is data, never a class of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The section of the digest that tells what concerns a member in person and is unread.
UNREAD = "unread"


@dataclass(frozen=True)
class Kind:
    """One thing that happens, such as "project.returned".

    `label` names it in the settings, `group` the heading it stands under there. `sentence` is what the member reads, with
    `%(by)s`, `%(title)s` and the keys of the entry's context. `button` is the link to its noun. `mail` says whether it can be
    mailed at once, `urgent` whether it is unless the member chose otherwise: only what concerns the member in person. `digest` names
    the section of the digest that carries it; "" for none.

    `many` is read instead of `sentence` where several stand together: with `%(number)d` and, where it counts people, `%(people)s`.
    `about` is the way from the target to the noun under which they do, "" for the target; None puts all of the kind together.
    `twin_of` is the kind whose choices count for this one, too; `only_followed` one that reaches none but followers.
    """

    name: str
    label: Any
    group: Any
    sentence: Any
    button: Any
    mail: bool = True
    urgent: bool = False
    icon: str = "bell"
    digest: str = UNREAD
    many: Any = None
    about: str | None = ""
    twin_of: str = ""
    only_followed: bool = False

    def concerns(self, user):
        """Whether a choice of its own can count for this member."""
        return not self.twin_of and not self.only_followed and (str(self.group) != str(MODERATION) or user.is_moderator)


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
    "followed", _("News of what I follow"), pgettext_lazy("group of notifications", "What I follow"), "%(title)s", _("Open"), icon="follow",
    digest="followed",
)  # fmt: skip
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
UNKNOWN = Kind("", _("Other"), _("Other"), "%(title)s", _("Open"), mail=False, digest="")
#: Word → (label, first words of the kinds' names): by what the list can be narrowed.
AREAS = {}


def register_kind(*kinds):
    """Make kinds known. A name is registered once."""
    for kind in kinds:
        if kind.name in KINDS:
            raise ValueError(f"The kind {kind.name} is registered already")
        KINDS[kind.name] = kind


def register_area(word, label, *nouns):
    """Let the list be narrowed to these: `nouns` are the first words of kinds' names; `word` stands in the address."""
    AREAS[word] = (label, nouns or (word,))


def kinds_of_area(word):
    """The names of an area's kinds; None for a word that is none."""
    nouns = AREAS[word][1] if word in AREAS else ()
    return [name for name in KINDS if name.partition(".")[0] in nouns] if nouns else None


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
    """The name of the kind whose choices decide: its own or its twin's, or that of everything followed."""
    return FOLLOWED.name if reason == "follow" else (kind_of(name).twin_of or name)


def together(kind, target):
    """What entries have in common that read as one on a day: the kind, and the noun they are about."""
    name = kind.twin_of or kind.name
    if kind.about is None:
        return name
    for step in filter(None, kind.about.split(".")):
        target = getattr(target, step, target)
    return f"{name}:{target._meta.label_lower}:{target.pk}"


def kinds_by_group(user):
    """(group, kinds that concern the member) in the order of their registration."""
    groups = {}
    for kind in KINDS.values():
        if kind.concerns(user):
            groups.setdefault(str(kind.group), []).append(kind)
    return list(groups.items())
