"""What is asked before an account is closed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """One box that cannot be ticked by accident; the password is asked for on its own page."""

    agreed = forms.BooleanField(
        label=_("I want my account to be closed now and erased in 30 days"),
        error_messages={"required": _("Tick the box if you really want to leave.")},
    )
