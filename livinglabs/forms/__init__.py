"""What labs and offers say of themselves, in forms."""

from livinglabs.forms.offer import OfferForm
from livinglabs.forms.steps import STEPS, BasicsForm

__all__ = ["STEPS", "BasicsForm", "OfferForm"]
