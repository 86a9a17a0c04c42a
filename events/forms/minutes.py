"""The form in which minutes are written: all of it on one page, part by part (`events.content`)."""

import json
import uuid
from functools import cached_property

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import CleanText
from common.widgets import RichTextArea
from events import actions
from events.content import COLUMNS, PLAIN, base_of, content_of, digest, read_base
from events.enums import Presence
from events.forms.minutes_rows import SETS
from events.models.minutes import POINT_LIMIT
from events.people import organisations_at, owners_at

#: Sets that show an empty row where there is none yet.
INVITING = ("points", "decisions", "agreed")
NOTHING = {"user": None, "organisation": None, "owner": None}


class HeadForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language of the minutes"), choices=settings.LANGUAGES)
    remarks = CleanText(
        label=gettext_lazy("Opening and general remarks"), max_length=POINT_LIMIT, single_line=False, required=False,
        widget=RichTextArea(attrs={"rows": 4}),
    )  # fmt: skip


class MinutesForm:
    """The draft as it stands, or as somebody sent it. What is valid is saved, what is not stays as it was typed."""

    def __init__(self, minutes, data=None, *, more=""):
        self.minutes, self.data, self.clashes = minutes, data, {}
        self.content = content_of(minutes)
        self.token = _uuid((data or {}).get("token"))
        if data is not None and more in SETS:
            self.data = data = data.copy()
            data[f"{more}-TOTAL_FORMS"] = min(_counted(data.get(f"{more}-TOTAL_FORMS")) + 1, 400)
        self.head = HeadForm(data, initial={name: self.content[name] for name in PLAIN}, use_required_attribute=False)
        context = {"token": self.token, "choices": self._choices()}
        self.sets = {
            name: made(data, initial=None if data is not None else self._initial(name), prefix=name, context=context)
            for name, made in SETS.items()
        }  # fmt: skip

    def _initial(self, name):
        return [*self.content[name], *([{}] if name in INVITING and not self.content[name] else [])]

    def _choices(self):
        event = self.minutes.event
        points = [(row["key"], f"{number}. {row['title']}") for number, row in enumerate(self.content["points"], 1)]
        owners = owners_at(event, self.content)
        gone = [(row["owner"], _("A member")) for row in self.content["agreed"] if row["owner"] and row["owner"] not in dict(owners)]
        return {
            "decisions": {"point": [("", _("None of them")), *points], "organisations": organisations_at(event, self.content)},
            "agreed": {"owner": [("", _("Nobody of these")), *owners, *gone]},
        }

    @property
    def base(self):
        """What the hidden field carries."""
        return json.dumps(base_of(self.content) if self.data is None else read_base(self.data.get("base")), sort_keys=True)

    @cached_property
    def is_valid(self):
        """Whether everything is; all of it is checked, so that every error is found at once."""
        return all([self.head.is_valid(), *(one.management_form.is_valid() and one.is_right for one in self.sets.values())])

    @cached_property
    def typed(self):
        """(content, spared): what is valid, and the names of the parts that are not."""
        self.head.is_valid()
        said = getattr(self.head, "cleaned_data", {})
        content, spared = {name: said.get(name, self.content[name]) for name in PLAIN}, [name for name in PLAIN if name not in said]
        for name, one in self.sets.items():
            content[name] = []
            if not one.management_form.is_valid():  # a form that arrived in pieces takes nothing out
                spared += [f"{name}:{row['key']}" for row in self.content[name]]
                continue
            for key, form in one.keyed():
                if form.is_valid():
                    content[name].append(self._row(name, key, form.cleaned_data))
                else:
                    spared.append(f"{name}:{key}")
        return content, spared

    def _row(self, name, key, said):
        row = {"key": key} | {column: said[column] for column in COLUMNS[name]}
        if name == "decisions":
            row["organisations"] = sorted(row["organisations"])
        return row

    def save(self, *, by, by_hand=True):
        """Keep what is valid; afterwards the form carries the base of what it shows. Raises `WrongState`, `ValidationError`."""
        content, spared = self.typed
        saved = actions.save_minutes(
            self.minutes, by=by, typed=content, base=read_base(self.data.get("base")), spared=spared, by_hand=by_hand
        )
        self.minutes, self.clashes = saved.minutes, saved.clashes
        self.data = self.data.copy()
        self.data["base"] = json.dumps(saved.base, sort_keys=True)
        return not self.clashes and self.is_valid

    def give_way(self):
        """Theirs has been shown: the next save of the same form counts."""
        marks = read_base(self.data["base"]) | {name: digest(value) for name, value in self.clashes.items()}
        self.data["base"] = json.dumps(marks, sort_keys=True)

    @property
    def theirs(self):
        """[(what it is, what somebody else wrote)] of parts that both have changed."""
        return [(_name_of(name), _words_of(value)) for name, value in self.clashes.items()]

    @property
    def errors(self):
        """[(id of the control, label, sentence)] of everything that needs another look, in the order of the page."""
        found = [(bound.auto_id, bound.label, sentence) for bound in self.head for sentence in bound.errors]
        for one in self.sets.values():
            if not one.management_form.is_valid():
                continue
            for number, (_key, form) in enumerate(one.keyed(), 1):
                found += [
                    (bound.auto_id, f"{one.one} {number}, {bound.label}", sentence) for bound in form for sentence in bound.errors
                ]  # fmt: skip
        return found

    @property
    def present(self):
        """How many were there, as it is saved."""
        return sum(row["presence"] == Presence.PRESENT for row in self.content["people"])

    @property
    def shows_people(self):
        """The list is folded: whoever has nothing to change there goes on."""
        people = self.sets["people"]
        return not people.forms or "people" in (self.data or {}).get("add", "") or bool(self.data is not None and not people.is_right)

    @property
    def media(self):
        return sum((one.media for one in self.sets.values()), self.head.media)


def _uuid(text):
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return uuid.uuid4()


def _counted(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _name_of(name):
    kind = name.partition(":")[0]
    if kind in PLAIN:
        return HeadForm.base_fields[kind].label
    return SETS[kind].one


def _words_of(value):
    """A part in words, for whoever wrote the same one at the same time."""
    if value is None:
        return _("Taken out")
    if isinstance(value, str):
        return value
    return " · ".join(str(one) for one in value.values() if isinstance(one, str) and one and len(one) != 36)
