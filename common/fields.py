"""Form fields that several apps share."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.text import clean_name, clean_text, has_words

FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S")
EARLIEST, LATEST = 2000, 2100


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


class MomentField(forms.CharField):
    """A day and a time on the clock, without a zone: the form knows which clock is meant. Cleans to a naive datetime or None."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
        super().__init__(**{"max_length": 40, "widget": widget, **options})

    def widget_attrs(self, widget):
        """HTML knows no `maxlength` for this kind of line."""
        return {}

    def to_python(self, value):
        text = clean_name(value)
        if not text:
            return None
        for form in FORMATS:
            try:
                moment = datetime.strptime(text, form)
            except ValueError:
                continue
            if EARLIEST <= moment.year <= LATEST:
                return moment.replace(second=0)
        raise ValidationError(_("Write a day and a time, like 2026-12-03 13:00."), code="invalid")

    def validate(self, value):
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The length was for what is typed."""

    def prepare_value(self, value):
        return f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value
