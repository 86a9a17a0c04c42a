"""A form that knows at which revision of the event it was opened: whoever saves second is told, and sees both."""

from django import forms
from django.utils.translation import gettext as _


class Revised(forms.Form):
    """`event` is the event that is changed, or None for a new one."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    event = None

    def __init__(self, data=None, *, initial=None, **options):
        initial = {**(initial or {}), "revision": self.event.revision if self.event else 0}
        super().__init__(data, initial=initial, **options)
        self.theirs = []

    def clean(self):
        said = super().clean() or self.cleaned_data
        if self.event and said.get("revision") != self.event.revision:
            self._show_theirs()
        return said

    def _show_theirs(self):
        """Nothing is saved yet: what stands now is shown beside what was typed, and the next save counts."""
        self.theirs = [
            (field.label, field.field.prepare_value(field.initial))
            for field in self.visible_fields()
            if field.name in self.cleaned_data and field.field.has_changed(field.initial, field.data)
        ]
        self.data = self.data.copy()
        self.data["revision"] = str(self.event.revision)
        words = _("Somebody else has changed this event meanwhile. Yours is kept here, theirs stands below. Save again to keep yours.")
        self.add_error(None, words)

    def take(self, refusal, names=None):
        """The verb's reasons, each at the field of the form that it is about."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            field = (names or {}).get(name, name)
            self.add_error(field if field in self.fields else None, errors)
