"""The verbs of a visit as doors offer them: on which side they stand, which form they take, what their button and their answer say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings import actions
from bookings.actions.visits import SOURCES
from bookings.enums import VisitState
from bookings.forms import ConfirmForm, DateForm, ProposeForm, ReasonForm, ThankForm

HOST, GUEST = "bookings.host_visit", "bookings.guest_visit"


@dataclass(frozen=True)
class Verb:
    """One verb: its name, the action, who carries it out, its form (None where a button is enough), and what people read."""

    name: str
    action: Callable
    permissions: tuple
    form: type | None
    icon: str
    label: str
    done: str
    is_primary: bool = False

    def is_open(self, visit, now):
        """Whether it leads on from where the visit stands now."""
        if self.name == "thank":
            return visit.state == VisitState.CONFIRMED and visit.ends_at <= now and visit.thanked_at is None
        return visit.state in SOURCES[self.name] and (self.name not in ("cancel", "confirm", "accept", "propose") or visit.starts_at > now)


#: In the order of their buttons.
VERBS = {
    verb.name: verb
    for verb in (
        Verb("confirm", actions.confirm, (HOST,), ConfirmForm, "check", pgettext_lazy("verb", "Confirm the visit"),
             _("The visit is confirmed, and the guests are told."), is_primary=True),
        Verb("accept", actions.accept, (GUEST,), None, "check", pgettext_lazy("verb", "Accept this date"),
             _("The visit is confirmed. It stands in your calendar."), is_primary=True),
        Verb("propose", actions.propose, (HOST,), ProposeForm, "calendar", pgettext_lazy("verb", "Propose another date"),
             _("The guests are asked whether this date suits them.")),
        Verb("change_date", actions.change_date, (GUEST,), DateForm, "calendar", pgettext_lazy("verb", "Ask for another date"),
             _("The lab is asked for this date.")),
        Verb("decline", actions.decline, (HOST,), ReasonForm, "close", pgettext_lazy("verb", "Decline the visit"),
             _("The visit is declined, and the guests read why.")),
        Verb("withdraw", actions.withdraw, (GUEST,), None, "close", pgettext_lazy("verb", "We do not come"),
             _("You no longer ask for this visit. The lab is told.")),
        Verb("cancel", actions.cancel, (HOST, GUEST), ReasonForm, "close", pgettext_lazy("verb", "Cancel the visit"),
             _("The visit is cancelled, and the other side is told.")),
        Verb("thank", actions.thank, (HOST,), ThankForm, "mail", pgettext_lazy("verb", "Thank the guests"),
             _("The guests are thanked by mail, with the way to the material."), is_primary=True),
    )
}  # fmt: skip


def may(user, verb, visit):
    return any(user.has_perm(permission, visit) for permission in verb.permissions)


def available(user, visit, now=None):
    """The verbs `user` can carry out on `visit` as it stands, in the order of their buttons."""
    now = now or timezone.now()
    return [verb for verb in VERBS.values() if verb.is_open(visit, now) and may(user, verb, visit)]
