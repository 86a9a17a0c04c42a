"""Fields that the forms of labs and of offers share, and the languages beside the first one."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.fields import CleanText
from common.markup import language_name
from common.widgets import RichTextArea


def line(label, limit, *, words=False, required=False, help_text="", **attrs):
    return CleanText(label=label, max_length=limit, words=words, required=required, help_text=help_text,
                     widget=forms.TextInput(attrs=attrs))  # fmt: skip


def area(label, limit, *, rows=4, rich=False, help_text=""):
    """A text of several lines; `rich` with the tool bar for headings and lists."""
    widget = RichTextArea(attrs={"rows": rows}) if rich else forms.Textarea(attrs={"rows": rows})
    return CleanText(label=label, max_length=limit, single_line=False, required=False, widget=widget, help_text=help_text)


class OtherLanguages:
    """Fields of a text in the portal's languages beside the original: `<name>_<code>`. `made` gives the fields by name.

    A language whose first field stays empty has no text; whoever writes the others is asked for it.
    """

    def __init__(self, form, noun, made, original):
        self.form, self.made = form, made
        self.first = next(iter(made))
        texts = {text.language: text for text in noun.texts.all()} if noun else {}
        self.codes = [code for code, _name in settings.LANGUAGES if code != original]
        for code in self.codes:
            for name, make in made.items():
                field = make()
                field.initial = getattr(texts[code], name) if code in texts else ""
                form.fields[f"{name}_{code}"] = field

    @property
    def groups(self):
        """[(code, name of the language, its fields, whether something is written in it)]"""
        rows = []
        for code in self.codes:
            fields = [self.form[f"{name}_{code}"] for name in self.made]
            rows.append((code, language_name(code), fields, any(field.value() or field.errors for field in fields)))
        return rows

    def check(self):
        said = self.form.cleaned_data
        for code in self.codes:
            main = f"{self.first}_{code}"
            if any(said.get(f"{name}_{code}") for name in self.made) and not said.get(main) and main not in self.form.errors:
                self.form.add_error(main, ValidationError(_("Write it in this language, too."), code="required"))

    def said(self):
        """Mappings for the verb; an empty one takes the language away."""
        return [{"language": code} | {name: self.form.cleaned_data[f"{name}_{code}"] for name in self.made} for code in self.codes]


def original_of(noun):
    """The original text of a lab or an offer."""
    return next((text for text in noun.texts.all() if text.is_original), noun.text)


def language_choices(code=""):
    """The portal's languages, and the one the text has where that is another."""
    return [*settings.LANGUAGES, *([(code, code)] if code and code not in dict(settings.LANGUAGES) else [])]
