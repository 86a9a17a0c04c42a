"""What is asked of somebody who registers, and of hosts about a reason or a file."""

from django import forms
from django.utils.translation import gettext_lazy

from common.fields import CleanText
from events.enums import Way
from events.models import ANSWER_LIMIT
from events.moments import where_on_site


class RegisterForm(forms.Form):
    """How one takes part where both is possible, and the host's questions."""

    def __init__(self, data=None, *, event):
        super().__init__(data, use_required_attribute=False)
        self.event = event
        if event.is_hybrid:
            choices = [(Way.PLACE.value, where_on_site(event)), (Way.ONLINE.value, Way.ONLINE.label)]
            self.fields["way"] = forms.ChoiceField(
                label=gettext_lazy("I take part"), choices=choices, widget=forms.RadioSelect, initial=Way.PLACE
            )
        self.asked = {f"answer_{question.pk}": question for question in event.questions.all()}
        for name, question in self.asked.items():
            self.fields[name] = CleanText(
                label=question.text, max_length=ANSWER_LIMIT, single_line=False, required=question.is_required,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def answers(self):
        """`{primary key of the question: text}`."""
        return {question.pk: self.cleaned_data.get(name, "") for name, question in self.asked.items()}


class ReasonForm(forms.Form):
    reason = CleanText(label=gettext_lazy("Reason"), max_length=2_000, single_line=False, widget=forms.Textarea(attrs={"rows": 4}))


class MaterialForm(forms.Form):
    """Slides, minutes, a picture: for those who read the event."""

    file = forms.FileField(label=gettext_lazy("File"))
    title = CleanText(label=gettext_lazy("What it is"), max_length=200, required=False)
    alt = CleanText(
        label=gettext_lazy("What the picture shows"), max_length=300, required=False,
        help_text=gettext_lazy("Only for pictures: read aloud to those who do not see it."),
    )  # fmt: skip
