"""The words of bookings and visits, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BookingKind(models.TextChoices):
    """What a unit is held for."""

    AGREEMENT = "agreement", pgettext_lazy("kind of booking", "Agreement")
    VISIT = "visit", pgettext_lazy("kind of booking", "Visit")
    BLOCKED = "blocked", pgettext_lazy("kind of booking", "Blocked")


class BookingState(models.TextChoices):
    """*Running* and *over* are shown, never states."""

    HELD = "held", pgettext_lazy("state of a booking", "Held")
    RELEASED = "released", pgettext_lazy("state of a booking", "Released")


class VisitState(models.TextChoices):
    """Where a visit stands. *Over* and *thanked* are shown, never states."""

    ASKED = "asked", pgettext_lazy("state of a visit", "Asked")
    PROPOSED = "proposed", pgettext_lazy("state of a visit", "Another date proposed")
    CONFIRMED = "confirmed", pgettext_lazy("state of a visit", "Confirmed")
    DECLINED = "declined", pgettext_lazy("state of a visit", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a visit", "Withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("state of a visit", "Cancelled")


#: States in which somebody still has to answer.
OPEN = (VisitState.ASKED, VisitState.PROPOSED)
#: States from which nothing leads on.
ENDED = (VisitState.DECLINED, VisitState.WITHDRAWN, VisitState.CANCELLED)
