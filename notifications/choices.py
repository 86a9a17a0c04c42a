"""What a member hears where: the quiet default of each kind, and what the member chose instead."""

from notifications.enums import Channel
from notifications.kinds import governing, kind_of
from notifications.models import Choice

#: Stands in the place of a kind: all mails at once.
EVERYTHING = ""


def default(kind, channel):
    """In the portal: everything. By mail at once: only what concerns the member in person."""
    return channel == Channel.PORTAL or (kind.mail and kind.urgent)


def chosen_by(users):
    """`{(member, kind, channel): is on}` of these members' own choices; one query."""
    rows = Choice.objects.filter(user__in=users).values_list("user_id", "kind", "channel", "is_on")
    return {(user, kind, channel): is_on for user, kind, channel, is_on in rows}


def wants(user_id, kind_name, channel, chosen, reason=""):
    """Whether this member hears of this kind in this way, given why it would come."""
    kind = kind_of(governing(kind_name, reason))
    if channel == Channel.MAIL and (not kind.mail or chosen.get((user_id, EVERYTHING, channel)) is False):
        return False
    return chosen.get((user_id, kind.name, channel), default(kind, channel))
