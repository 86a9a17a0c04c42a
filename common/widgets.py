"""Controls that several forms share. Each is a plain control first; its script makes it quicker."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import clean_name

_BETWEEN = re.compile(r"[,;\n]")
MOST_CHOSEN = 100
FOUND = gettext_lazy("Suggestions")


class RichTextArea(forms.Textarea):
    """A text area for Markdown (`common.rich_text`). The script adds a small tool bar and a preview."""

    def __init__(self, attrs=None):
        words = {
            "data-rich-text": "",
            "data-label-tools": gettext_lazy("Formatting"),
            "data-label-bold": gettext_lazy("Bold"),
            "data-label-italic": gettext_lazy("Italic"),
            "data-label-heading": gettext_lazy("Heading"),
            "data-label-list": gettext_lazy("List"),
            "data-label-numbers": gettext_lazy("Numbered list"),
            "data-label-quote": gettext_lazy("Quotation"),
            "data-label-link": gettext_lazy("Link"),
        }
        super().__init__({"rows": 12, **words, **(attrs or {})})

    class Media:
        js = [Script("js/rich-text.js", defer=True)]


class TwoColumns(forms.CheckboxSelectMultiple):
    """Boxes to tick, in two columns where there is room."""

    columns = 2


class NotedRadio(forms.RadioSelect):
    """Radio buttons with a sentence under each: `notes` maps values to sentences."""

    def __init__(self, attrs=None, choices=(), *, notes=None):
        self.notes = notes or {}
        super().__init__(attrs, choices)

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"note": self.notes.get(value, "")}


class TypeAhead(forms.TextInput):
    """One line that offers what the portal knows while somebody types; what is typed freely is kept as it is.

    `url` answers `?q=` with `{"found": [{"value", "label", "note"}]}`. `into` is the end of the name of another field of the same
    form (a hidden one), which takes the chosen value and is emptied when the text is changed by hand.
    """

    def __init__(self, url, attrs=None, *, into=""):
        super().__init__({"autocomplete": "off", "data-type-ahead": url, "data-into": into, "data-label-found": FOUND, **(attrs or {})})

    class Media:
        js = [Script("js/type-ahead.js", defer=True)]


class TypeAheadMany(forms.Widget):
    """Several values: what is chosen as boxes that can be unticked, and a line to add more, separated by commas.

    `labelled` gives `[(value, label)]` for chosen values; the field sets it.
    """

    template_name = "widgets/type_ahead_many.html"

    def __init__(self, url, attrs=None, *, options=()):
        self.url, self.options = url, options
        self.labelled = lambda values: [(value, value) for value in values]
        super().__init__(attrs)

    def id_for_label(self, id_, index=None):
        return f"{id_}_add" if id_ else ""

    def value_from_datadict(self, data, files, name):
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        typed = _BETWEEN.split(str(data.get(f"{name}_add") or ""))
        return [value for value in dict.fromkeys([*chosen, *(part.strip() for part in typed)]) if value][: MOST_CHOSEN + 1]

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_add" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "url": self.url,
            "chosen": self.labelled(list(value or [])),
            "options": self.options() if callable(self.options) else self.options,
            "found": FOUND,
        }
        return context

    class Media:
        js = [Script("js/type-ahead.js", defer=True)]


class ManyField(forms.Field):
    """A list of texts, each cleaned and once, from a `TypeAheadMany`."""

    def __init__(self, *, most=MOST_CHOSEN, **options):
        self.most = most
        super().__init__(**options)

    def to_python(self, value):
        names = [name for name in map(clean_name, value or []) if name]
        return list({name.casefold(): name for name in names}.values())

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": self.most}, code="too_many")
