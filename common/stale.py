"""A form that knows at which revision of its noun it was opened: whoever saves second is told, and sees both."""

from django import forms
from django.utils.translation import gettext_lazy

from common.errors import STALE
from common.forms import take


class Revised(forms.Form):
    """`standing` is the row that is changed, with its `revision`; None for a new one. The template includes forms/theirs.html.

    The verb is told the revision, too (`opened_at`): of two saves in the same moment the second is refused, and `take` shows both.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    standing = None
    changed_words = gettext_lazy(
        "Somebody else has changed this meanwhile. Yours is kept here, theirs stands below. Save again to keep yours."
    )

    def __init__(self, data=None, files=None, *, initial=None, **options):
        initial = {**(initial or {}), "revision": self.standing.revision if self.standing else 0}
        super().__init__(data, files, initial=initial, **options)
        self.theirs = []

    @property
    def opened_at(self):
        return self.cleaned_data.get("revision") if self.standing else None

    def clean(self):
        said = super().clean() or self.cleaned_data
        if self.standing and said.get("revision") not in (None, self.standing.revision):
            self._show_theirs()
        return said

    def _show_theirs(self):
        """Nothing is saved yet: what stands now is shown beside what was typed, and the next save counts."""
        self.theirs = [
            (field.label, _shown(field))
            for field in self.visible_fields()
            if field.name in self.cleaned_data and field.field.has_changed(field.initial, field.data)
        ]
        self.data = self.data.copy()
        self.data["revision"] = str(self.standing.revision)
        self.add_error(None, self.changed_words)

    def take(self, refusal, names=None):
        """The verb's reasons, each at the field of the form that it is about."""
        if getattr(refusal, "code", "") == STALE:
            self.standing.refresh_from_db(fields=["revision"])
            self.data = self.data.copy()
            self.data["revision"] = str(self.standing.revision)
        take(self, refusal, names)


def _shown(field):
    """What stands there now, as people read it: choices by their names."""
    value = field.field.prepare_value(field.initial)
    names = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    if isinstance(value, list | tuple | set):
        return ", ".join(names.get(str(one), str(one)) for one in value if one is not None)
    return names.get(str(value), value)
