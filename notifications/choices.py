"""What a member hears where: the quiet default of each kind, and what the member chose instead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.enums import Channel
from notifications.kinds import KINDS, governing, kind_of
from notifications.models import Choice

#: Stands in the place of a kind: all mails at once.
EVERYTHING = ""


def default(kind, channel):
    """In the portal: everything. In the digest: what it can carry. By mail at once: only what concerns the member in person."""
    return can_reach(kind, channel) and (channel != Channel.MAIL or kind.urgent)


def can_reach(kind, channel):
    """Whether there is this way for a kind at all."""
    return {Channel.PORTAL: True, Channel.MAIL: kind.mail, Channel.DIGEST: bool(kind.digest)}[channel]


def chosen_by(users):
    """`{(member, kind, channel): is on}` of these members' own choices; one query."""
    rows = Choice.objects.filter(user__in=users).values_list("user_id", "kind", "channel", "is_on")
    return {(user, kind, channel): is_on for user, kind, channel, is_on in rows}


def wants(user_id, kind_name, channel, chosen, reason=""):
    """Whether this member hears of this kind in this way, given why it would come."""
    kind = kind_of(governing(kind_name, reason))
    if not (can_reach(kind, channel) and can_reach(kind_of(kind_name), channel)):
        return False
    if channel == Channel.MAIL and chosen.get((user_id, EVERYTHING, channel)) is False:
        return False
    return chosen.get((user_id, kind.name, channel), default(kind, channel))


def by_itself(kind_name, channel):
    """What the portal does as long as the member chooses nothing; all mails at once are on."""
    return True if kind_name == EVERYTHING else default(kind_of(kind_name), channel)


def declined_in_digest(users):
    """{(member, kind)} of what these members do not want in the digest; one query."""
    return set(Choice.objects.filter(user__in=users, channel=Channel.DIGEST, is_on=False).values_list("user_id", "kind"))


@dataclass(frozen=True)
class Preset:
    """Choices for all kinds at once. `wanted` gives those that differ from what the portal does by itself."""

    label: Any
    about: Any
    wanted: Callable


def _everything():
    return {(kind.name, Channel.MAIL): True for kind in KINDS.values() if kind.mail and not kind.urgent and not kind.twin_of}


#: Word in the form → what it chooses.
PRESETS = {
    "quiet": Preset(
        pgettext_lazy("preset", "Quiet"), _("No mail at once. What happens stands under your bell and in your digest."),
        lambda: {(EVERYTHING, Channel.MAIL): False},
    ),
    "usual": Preset(
        pgettext_lazy("preset", "Usual"),
        _("A mail at once about what concerns you in person. Everything else stands under your bell and in your digest."), dict,
    ),
    "everything": Preset(
        pgettext_lazy("preset", "Everything"), _("A mail at once about everything, news of what you follow included."), _everything
    ),
}  # fmt: skip


def preset_of(user):
    """The word of the preset that the member's choices are; "" for choices of his or her own."""
    chosen = {(kind, channel): is_on for (_user, kind, channel), is_on in chosen_by([user.pk]).items()}
    return next((word for word, preset in PRESETS.items() if preset.wanted() == chosen), "")
