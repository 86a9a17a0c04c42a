"""A photo or a data set of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanText


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("A picture, a table (CSV, XLSX, ODS) or a document, at most 20 MB."))
    title = CleanText(label=_("Name"), max_length=200, required=False)
    alt = CleanText(label=_("What the picture shows"), max_length=300, required=False,
                    help_text=_("For pictures: in words, for people who do not see it."))  # fmt: skip

    def __init__(self, data=None, files=None):
        super().__init__(data, files, use_required_attribute=False, auto_id="file_%s")
