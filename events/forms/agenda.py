"""What is asked about an item of an agenda."""

from django import forms
from django.utils.translation import gettext_lazy

from common.fields import CleanText
from common.stale import Revised
from events.models.minutes import ITEM_LIMIT
from events.people import owners_at

LONGEST = 600
FIELDS = ("title", "presenter", "length", "text")


class ItemForm(Revised, forms.Form):
    """One item, new or as it stands."""

    title = CleanText(label=gettext_lazy("What it is about"), max_length=200, words=True)
    presenter = CleanText(label=gettext_lazy("Who presents it"), max_length=120, required=False)
    length = forms.IntegerField(label=gettext_lazy("Length in minutes"), min_value=1, max_value=LONGEST, required=False)
    text = CleanText(
        label=gettext_lazy("What people should know before they come"), max_length=ITEM_LIMIT, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data=None, *, item=None, prefix=None):
        self.standing = item
        initial = {name: getattr(item, name) for name in FIELDS} if item else {}
        super().__init__(data, initial=initial, prefix=prefix, use_required_attribute=False)

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in FIELDS}


class TakerForm(forms.Form):
    """Who writes the minutes."""

    taker = forms.TypedChoiceField(label=gettext_lazy("Who writes the minutes"), coerce=int, empty_value=None, required=False)

    def __init__(self, data=None, *, event):
        super().__init__(data, initial={"taker": event.minute_taker_id or ""})
        people = owners_at(event, {"people": []})
        named = event.minute_taker
        if named and named.pk not in dict(people):
            people = [*people, (named.pk, named.shown_name)]
        self.fields["taker"].choices = [("", gettext_lazy("Those who plan the meeting")), *people]


class ItemFileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"))
    title = CleanText(label=gettext_lazy("What it is"), max_length=200, required=False)
