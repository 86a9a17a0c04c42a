"""The way of a test, for the row of steps over its page."""

from django.utils.translation import gettext as _

from testrequests.enums import State

WAY = (State.SENT, State.CLARIFYING, State.ACCEPTED, State.AGREED, State.RUNNING, State.REPORTING, State.COMPLETED)


def stages(row):
    """For the component `stepper`. What was closed early ends where it was closed."""
    if row.state in WAY:
        place = WAY.index(row.state)
        return [{"label": State(state).label, "current": number == place, "done": number < place} for number, state in enumerate(WAY)]
    done = [state for state, at in ((State.SENT, row.sent_at), (State.AGREED, row.agreed_at), (State.RUNNING, row.started_at)) if at]
    return [{"label": State(state).label, "current": False, "done": True} for state in done] + [
        {"label": State(row.state).label, "current": True, "done": False}
    ]


def label():
    return _("The way of the test")
