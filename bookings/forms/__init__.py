"""Forms of visits and of the lab's calendar."""

from bookings.forms.blocking import BlockForm
from bookings.forms.visits import AskForm, ConfirmForm, DateForm, ProposeForm, ReasonForm, ThankForm

__all__ = ["AskForm", "BlockForm", "ConfirmForm", "DateForm", "ProposeForm", "ReasonForm", "ThankForm"]
