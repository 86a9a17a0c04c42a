"""What an event is marked with: its state, and what is shown and never a state."""

from django.utils.html import format_html
from django.utils.translation import pgettext

from common.markup import icon
from events.enums import State

LOOKS = {
    State.DRAFT: ("neutral", "edit"),
    State.CANCELLED: ("error", "close"),
    State.HIDDEN: ("warning", "eye"),
}


def state_badge(event):
    """Nothing for what simply takes place."""
    if event.state not in LOOKS:
        return ""
    return badge(*LOOKS[event.state], event.get_state_display())


def badge(kind, drawing, words):
    return format_html('<span class="kind kind--{} state">{}{}</span>', kind, icon(drawing), words)


def badges(event, *, taken=0, past=False):
    """[markup] beside a title: cancelled, over, full."""
    found = [one for one in [state_badge(event)] if one]
    if past:
        found.append(badge("neutral", "clock", pgettext("event", "Over")))
    elif event.state == State.PUBLISHED and event.capacity is not None and taken >= event.capacity:
        found.append(badge("warning", "users", pgettext("event", "Full")))
    return found
