"""Where an application stands, by colour, icon and word."""

from django.utils.html import format_html

from common.markup import icon
from testrequests.enums import State

LOOKS = {
    State.DRAFT: ("neutral", "edit"),
    State.SENT: ("info", "mail"),
    State.CLARIFYING: ("warning", "comment"),
    State.ACCEPTED: ("success", "check"),
    State.AGREED: ("success", "check-circle"),
    State.RUNNING: ("info", "clock"),
    State.REPORTING: ("warning", "edit"),
    State.COMPLETED: ("success", "check-circle"),
    State.DECLINED: ("neutral", "close"),
    State.CANCELLED: ("neutral", "close"),
    State.WITHDRAWN: ("neutral", "arrow-left"),
}


def state_badge(state):
    kind, drawing = LOOKS[state]
    return format_html('<span class="kind kind--{} state">{}{}</span>', kind, icon(drawing), State(state).label)


def overdue_badge(words):
    return format_html('<span class="kind kind--error state">{}{}</span>', icon("warning"), words)
