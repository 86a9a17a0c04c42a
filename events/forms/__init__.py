"""What is asked of hosts about an event, and of those who come."""

from events.forms.details import DetailsForm
from events.forms.opening import OpeningForm
from events.forms.registering import MaterialForm, ReasonForm, RegisterForm

__all__ = ["DetailsForm", "MaterialForm", "OpeningForm", "ReasonForm", "RegisterForm"]
