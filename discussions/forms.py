"""What members write in discussions. `key` comes with the form: sent twice, it is one post."""

import uuid
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy

from common.fields import CleanText
from common.stale import Revised
from common.widgets import RichTextArea
from conversations.models import POST_LIMIT, REASON_LIMIT, TITLE_LIMIT
from discussions.files import files_on
from discussions.widgets import FilesField


class PostForm(forms.Form):
    """A post at the end of a discussion. `seen` is the last post its writer had before her, `quoted` the number of the one it answers.

    `draft` is what was kept, with its files; `names_url` offers people to mention.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    quoted = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    text = CleanText(
        label=gettext_lazy("Your post"), max_length=POST_LIMIT, single_line=False, widget=RichTextArea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))
    files = FilesField()

    def __init__(self, data=None, files=None, *, initial=None, draft=None, names_url="", **options):
        super().__init__(data, files, initial=_kept(draft) | (initial or {}), use_required_attribute=False, **options)
        self.draft = draft
        if draft:
            self.show_waiting(draft)
        if names_url:
            self.fields["text"].widget.attrs |= {"data-names-url": names_url, "data-label-names": gettext("People you can mention")}
        if "key" in self.fields:
            self.fields["key"].initial = uuid.uuid4
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()
        self.fields["language"].widget.attrs["class"] = "input input--short"

    def show_waiting(self, noun):
        """The files of the draft or of the post stand in the form."""
        self.fields["files"].widget.waiting = files_on(noun)


def _kept(draft):
    """What a draft brings into the form."""
    if draft is None:
        return {}
    quoted = draft.quoted.number if draft.quoted and not draft.quoted.is_removed else None
    return {"title": draft.title, "text": draft.text, **({"quoted": quoted} if quoted else {})}


class StartForm(PostForm):
    """A new discussion: its title and its first post."""

    seen = quoted = None
    title = CleanText(
        label=gettext_lazy("Title"), max_length=TITLE_LIMIT, words=True,
        help_text=gettext_lazy("One question or one matter, so that others see whether it is for them."),
    )  # fmt: skip
    field_order = ["key", "title", "text", "files", "language"]


class EditForm(Revised, PostForm):
    """A post as it is mended; `revision` is the version its author saw. The first post carries the title of the discussion."""

    key = seen = quoted = None
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    changed_words = gettext_lazy(
        "This post has been changed meanwhile. Yours is kept here, what is saved stands below. Save again to keep yours."
    )

    def __init__(self, data=None, files=None, *, post, **options):
        self.standing = SimpleNamespace(revision=post.edit_count)
        said = {"text": post.text, "language": post.language, "title": post.thread.title}
        super().__init__(data, files, initial=said, **options)
        self.show_waiting(post)
        if post.number == 1:
            self.fields["title"] = CleanText(label=gettext_lazy("Title"), max_length=TITLE_LIMIT, words=True)
            self.order_fields(["title", "text", "files", "language"])


class ReasonForm(forms.Form):
    reason = CleanText(max_length=REASON_LIMIT, single_line=False, required=False)
