"""What is asked of hosts about an event, of those who come, and of whoever writes its agenda and minutes."""

from events.forms.agenda import ItemFileForm, ItemForm, TakerForm
from events.forms.details import DetailsForm
from events.forms.following import AssignForm, FinishForm
from events.forms.minutes import MinutesForm
from events.forms.opening import OpeningForm
from events.forms.registering import MaterialForm, ReasonForm, RegisterForm

__all__ = [
    "AssignForm", "DetailsForm", "FinishForm", "ItemFileForm", "ItemForm", "MaterialForm", "MinutesForm", "OpeningForm", "ReasonForm",
    "RegisterForm", "TakerForm",
]  # fmt: skip
