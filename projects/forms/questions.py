"""A question on a project, and its answer."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.fields import CleanText
from common.widgets import RichTextArea
from conversations.models import ANSWER_LIMIT, QUESTION_LIMIT


class QuestionForm(forms.Form):
    """What a member asks."""

    text = CleanText(
        label=_("Your question"), single_line=False, words=True, max_length=QUESTION_LIMIT,
        help_text=_("One matter at a time is answered soonest."), widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your question"), choices=settings.LANGUAGES)


class VisitorQuestionForm(QuestionForm):
    """What a visitor asks: with the name that is shown and the address that is not."""

    name = CleanText(label=_("Your name"), words=True, max_length=120, help_text=_("Stands beside your question."))
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        help_text=_("Never shown. We send you one mail to confirm it and one with the answer, then we erase it."),
    )  # fmt: skip
    field_order = ["text", "language", "name", "email"]


class AnswerForm(forms.Form):
    """The answer of the project's organisation. `revision` is the answer that its writer saw."""

    text = CleanText(
        label=_("Your answer"), single_line=False, words=True, max_length=ANSWER_LIMIT, widget=RichTextArea(attrs={"rows": 10})
    )
    language = forms.ChoiceField(label=_("Language of your answer"), choices=settings.LANGUAGES)
    revision = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
