"""What is written and agreed once a request is sent."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy

from common.fields import CleanText
from conversations.models import POST_LIMIT
from projects.forms.fields import PeriodField
from testrequests.enums import Side
from testrequests.forms.places import PlacesField
from testrequests.models import TERMS_LIMIT


class Keyed(forms.Form):
    """The same form sent twice does one thing: its key is made when it is drawn."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, initial=None, **options):
        super().__init__(data, initial={"key": uuid.uuid4(), **(initial or {})}, use_required_attribute=False, **options)


class MessageForm(Keyed):
    text = CleanText(
        label=gettext_lazy("Message"), max_length=POST_LIMIT, single_line=False, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )  # fmt: skip


class TermsForm(forms.Form):
    """`base` is the number of the version that was read; 0 for none."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = CleanText(
        label=gettext_lazy("Terms"), max_length=TERMS_LIMIT, single_line=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Who does what, who pays what, who has the data, who is liable, what is published."),
    )  # fmt: skip
    starts_on = PeriodField(label=gettext_lazy("Test from"), required=True)
    ends_on = PeriodField(label=gettext_lazy("Test until"), ends=True, required=True)
    price = CleanText(label=gettext_lazy("Price"), max_length=200, required=False)

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, use_required_attribute=False)

    def take(self, refusal):
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class TaskForm(Keyed):
    title = CleanText(label=gettext_lazy("Task"), max_length=200, words=True)
    side = forms.ChoiceField(label=gettext_lazy("Who does it"), choices=Side)
    due_on = PeriodField(label=gettext_lazy("Until"), ends=True)


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("PDF, office documents, CSV, text or a picture."))
    title = CleanText(label=gettext_lazy("Title"), max_length=200, required=False)
    alt = CleanText(label=gettext_lazy("What the picture shows"), max_length=300, required=False,
                    help_text=gettext_lazy("Needed for pictures: one sentence for people who do not see it."))  # fmt: skip

    def __init__(self, data=None, files=None):
        super().__init__(data, files, use_required_attribute=False)


class AskLabForm(forms.Form):
    """One more lab; values as in `PlacesField`."""

    places = PlacesField(label=gettext_lazy("Ask another lab"))

    def __init__(self, data=None, *, user):
        super().__init__(data, use_required_attribute=False)
        self.fields["places"].user = user
