"""Form fields that several apps share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.text import clean_name, clean_text, has_words


class CleanText(forms.CharField):
    """Text through the portal's cleaner; `words` refuses what cannot be read out."""

    def __init__(self, *, single_line=True, words=False, **options):
        self.single_line, self.words = single_line, words
        super().__init__(**options)

    def to_python(self, value):
        text = clean_name(value) if self.single_line else clean_text(value)
        if text and self.words and not has_words(text):
            raise ValidationError(_("Use letters or digits, so that it can be read out and found."), code="no_words")
        return text
