"""What people type, whatever it is made of: every text field of every form keeps it clean or refuses it in words (TC-23).

The forms are found in the apps; a new field is tried without an entry here.
"""

import importlib
import inspect
import pkgutil
import unicodedata

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from tests.test_architecture import APPS

HOSTILE = {
    "right to left": "Lamps \u202egpj.exe",
    "zero width": "La\u200bm\u2060ps\ufeff",
    "controls": "La\x07mps\x1b[31m\x85",
    "tag characters": "Lamps\U000e0041\U000e007f",
    "marks": "Lamp\u0301" + "\u0336" * 10_000 + "s",
    "lone surrogate": "Lamps \ud83d",
    "noncharacters": "Lamps \ufffe\uffff",
    "decomposed": "Ko\u0308pingsvik A\u030arhus",
    "emoji": "Lamps 👩\u200d🔬 🇩🇰",
}
#: Searched for and not kept, or compared with a list: what they hold is never stored as it was typed.
NOT_KEPT = {"q", "time_zone", "language", "base", "revision", "text_language", "login", "password", "code"}
UNWANTED = {"Cc", "Cs", "Cn", "Co"}


def form_classes():
    """Every form of our apps."""
    found = set()
    for app in [one for one in APPS if apps.is_installed(one)]:
        for _finder, name, _is_package in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "forms" in name.split("."):
                for _label, thing in inspect.getmembers(importlib.import_module(name), inspect.isclass):
                    if issubclass(thing, forms.BaseForm) and thing.__module__.partition(".")[0] in APPS:
                        found.add(thing)
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


def text_fields(form):
    """Fields of free text that the field itself cleans; a form's own `clean_<name>` has tests of its own."""
    special = forms.EmailField | forms.URLField | forms.SlugField | forms.ChoiceField | forms.RegexField
    for name, field in form.base_fields.items():
        is_text = isinstance(field, forms.CharField) and not isinstance(field, special)
        if is_text and name not in NOT_KEPT and not hasattr(form, f"clean_{name}") and not isinstance(field.widget, forms.PasswordInput):
            yield name, field


FIELDS = [(f"{form.__module__}.{form.__qualname__}.{name}", field) for form in form_classes() for name, field in text_fields(form)]


def kept(field, text):
    """What a field makes of a text; None where it refuses it in words."""
    try:
        return field.clean(text)
    except ValidationError as refusal:
        assert all(refusal.messages)
        return None


def unclean(value):
    """The characters of a kept text that nobody sees, or that turn what others see."""
    text = value if isinstance(value, str) else ""
    marks = [one for one in text if unicodedata.category(one) in UNWANTED and one not in "\n\t"]
    marks += [one for one in text if unicodedata.category(one) == "Cf" and one != "\u200d"]
    longest = max((len(run) for run in "".join("x" if unicodedata.combining(one) else " " for one in text).split()), default=0)
    return [hex(ord(one)) for one in marks] + ["marks"] * (longest > 3) + ["form"] * (text != unicodedata.normalize("NFC", text))


def test_the_forms_are_found():
    assert len(FIELDS) > 30


@pytest.mark.parametrize("kind", HOSTILE)
def test_tc23_a_text_is_kept_clean_or_refused(kind):
    dirty = {name: found for name, field in FIELDS if (found := unclean(kept(field, HOSTILE[kind])))}
    assert dirty == {}


def test_tc23_nul_is_refused_in_words():
    assert [name for name, field in FIELDS if kept(field, "Lamps\x00") is not None] == []
