"""What members write in discussions. `key` comes with the form: sent twice, it is one post."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy

from common.fields import CleanText
from common.widgets import RichTextArea
from conversations.models import POST_LIMIT, REASON_LIMIT, TITLE_LIMIT


class PostForm(forms.Form):
    """A post at the end of a discussion. `seen` is the last post its writer had before her, `quoted` the number of the one it answers."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    quoted = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    text = CleanText(
        label=gettext_lazy("Your post"), max_length=POST_LIMIT, single_line=False, widget=RichTextArea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))

    def __init__(self, data=None, *, initial=None, **options):
        super().__init__(data, initial=initial, use_required_attribute=False, **options)
        if "key" in self.fields:
            self.fields["key"].initial = uuid.uuid4
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()
        self.fields["language"].widget.attrs["class"] = "input input--short"


class StartForm(PostForm):
    """A new discussion: its title and its first post."""

    seen = quoted = None
    title = CleanText(
        label=gettext_lazy("Title"), max_length=TITLE_LIMIT, words=True,
        help_text=gettext_lazy("One question or one matter, so that others see whether it is for them."),
    )  # fmt: skip
    field_order = ["key", "title", "text", "language"]


class EditForm(PostForm):
    """A post as it is mended; `revision` is the version its author saw. The first post carries the title of the discussion."""

    key = seen = quoted = None
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *, post, **options):
        said = {"text": post.text, "language": post.language, "revision": post.edit_count, "title": post.thread.title}
        super().__init__(data, initial=said, **options)
        if post.number == 1:
            self.fields["title"] = CleanText(label=gettext_lazy("Title"), max_length=TITLE_LIMIT, words=True)
            self.order_fields(["title", "text", "language"])


class ReasonForm(forms.Form):
    reason = CleanText(max_length=REASON_LIMIT, single_line=False, required=False)
