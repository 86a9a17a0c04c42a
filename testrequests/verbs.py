"""The plain verbs of an application as its page offers them: what their button and their answer say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from testrequests import actions
from testrequests.enums import MOVES
from testrequests.rules import may


@dataclass(frozen=True)
class Verb:
    """`note` is what its field asks ("" where it takes none), `takes` the name the verb knows it by."""

    name: str
    action: Callable
    icon: str
    label: Any
    done: Any
    note: Any = ""
    takes: str = "reason"
    is_required: bool = True
    is_primary: bool = False


#: In the order of their buttons.
VERBS = {
    verb.name: verb
    for verb in (
        Verb("accept", actions.accept, "check", pgettext_lazy("verb", "Accept"), _("Accepted. Next you agree on the terms."),
             note=_("A few words to go with it"), takes="note", is_required=False, is_primary=True),
        Verb("start", actions.start, "arrow-right", pgettext_lazy("verb", "Start the test"), _("The test is running."), is_primary=True),
        Verb("finish", actions.finish, "check-circle", pgettext_lazy("verb", "End the test"),
             _("The test is over. Now its report is written."), is_primary=True),
        Verb("complete", actions.complete, "check-circle", pgettext_lazy("verb", "Complete"), _("Completed."), is_primary=True),
        Verb("decline", actions.decline, "close", pgettext_lazy("verb", "Decline"), _("Declined. Who asked reads the reason."),
             note=_("Why? Who asked reads this.")),
        Verb("withdraw", actions.withdraw, "arrow-left", pgettext_lazy("verb", "Withdraw"), _("Withdrawn. The lab is told."),
             note=_("Why? The lab reads this."), is_required=False),
        Verb("cancel", actions.cancel, "close", pgettext_lazy("verb", "Cancel the test"), _("Cancelled. The other side is told."),
             note=_("Why? The other side reads this.")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A verb's button on one application."""

    verb: Verb
    url: str
    is_primary: bool

    def __getattr__(self, name):
        return getattr(self.verb, name)


def available(user, row):
    """The verbs that lead on from where it stands, and that `user` may carry out."""
    return [
        Offered(verb, reverse(f"testrequests:{verb.name}", args=[row.request_id, row.pk]), verb.is_primary and bool(row.turn))
        for verb in VERBS.values()
        if row.state in MOVES[verb.name].sources and may(user, verb.name, row)
    ]


def carry_out(name, row, *, by, note=""):
    """Call the verb's action. Raises `ValidationError` where it does not lead on from here."""
    verb = VERBS[name]
    verb.action(row, by=by, **({verb.takes: note} if verb.note else {}))
    return verb
