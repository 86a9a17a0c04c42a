"""The part of a form that takes pictures and documents of a post."""

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.actions import Brought

ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv,.txt,.png,.jpg,.jpeg,.webp"


class PostFiles(forms.Widget):
    """New files, with what each picture shows; and those that wait in the draft or hang on the post, to describe or to take away."""

    template_name = "widgets/post_files.html"
    use_fieldset = True
    needs_multipart_form = True
    waiting = ()

    class Media:
        js = [Script("js/discussion.js", defer=True)]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"waiting": self.waiting, "accepted": ACCEPTED}
        return context

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []

    def value_omitted_from_data(self, data, files, name):
        return False


class FilesField(forms.Field):
    widget = PostFiles

    def __init__(self):
        super().__init__(
            required=False, label=gettext_lazy("Pictures and documents"),
            help_text=gettext_lazy("At most ten. PDF, office documents, CSV or text up to 20 MB; PNG, JPEG or WebP pictures up to 10 MB."),
        )  # fmt: skip

    def has_changed(self, initial, data):
        """Files that are brought stand beside those that are there: nobody's are written over."""
        return False


def brought_by(form):
    """What a posted form says of its files."""
    data = form.data
    described = {name.removeprefix("shows-"): data[name] for name in data if name.startswith("shows-")}
    return Brought(
        new=form.fields["files"].widget.value_from_datadict(data, form.files, "files"),
        shows=data.getlist("file_alt"),
        described=described,
        without=frozenset(data.getlist("without")),
    )


def nobody_called(names):
    """What to say of names that were not understood."""
    return _("Nobody was told of these names: %(names)s. Choose a name from those that are offered after @.") % {"names": ", ".join(names)}
