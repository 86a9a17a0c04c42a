"""What an editor says about a tag."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanText
from taxonomy.models import Tag


class RenameForm(forms.Form):
    name = CleanText(label=_("Name"), max_length=60)


class MergeForm(forms.Form):
    """Which tag takes over; it is named as people spell it, since there are too many for a list."""

    keep = forms.CharField(label=_("Name of the tag that stays"), max_length=60)

    def clean_keep(self):
        """The tag of that name, whatever its case."""
        tag = Tag.objects.named([self.cleaned_data["keep"]]).first()
        if tag is None:
            raise forms.ValidationError(_("There is no tag of this name."), code="unknown")
        return tag
