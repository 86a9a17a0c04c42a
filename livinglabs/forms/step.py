"""What the steps of a lab's form have in common: fields, sets of rows, and the revision they were opened at."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from common.stale import Revised
from livinglabs import actions


class StepForm(Revised):
    """One step over a lab that is there. `made_sets` gives its sets of rows; `said` what the verb takes."""

    changed_words = gettext_lazy(
        "Somebody else has changed this living lab meanwhile. Yours is kept here, theirs stands below. Save again to keep yours."
    )

    def __init__(self, data=None, *, user, lab=None, more=""):
        self.user, self.lab = user, lab
        super().__init__(data, initial=self.initial_values() if lab else self.first_values(), use_required_attribute=False)
        self.prepare()
        self.sets = {name: self._rows(name, *made, more) for name, made in self.made_sets().items()}

    @property
    def standing(self):
        return self.lab

    @property
    def media(self):
        """Scripts of the fields and of the rows, each once."""
        found = super().media
        for one in self.sets.values():
            found += one.empty_form.media
        return found

    def first_values(self):
        return {}

    def initial_values(self):
        return {}

    def prepare(self):
        """Choices and fields that depend on who asks."""

    def made_sets(self):
        """`{name: (set of rows, initial values, context)}`"""
        return {}

    def _rows(self, name, made, initial, context, more):
        data = self.data if self.is_bound else None
        if data is not None and more == name:
            data = data.copy()
            number = data.get(f"{name}-TOTAL_FORMS", "")
            data[f"{name}-TOTAL_FORMS"] = int(number) + 1 if number.isdecimal() and len(number) < 4 else 1
        return made(data, initial=None if data is not None else initial, prefix=name, context=context, auto_id="id_%s")

    def is_valid(self):
        """Checks all of it, so that every error is found at once."""
        return all([super().is_valid(), *(one.is_valid() for one in self.sets.values())])

    @property
    def row_errors(self):
        """[(id of the control, label, sentence)] of what is wrong in the rows."""
        found = []
        for one in self.sets.values():
            found += [(f"{one.prefix}-set", one.label, sentence) for sentence in one.non_form_errors()]
            for number, form in enumerate(one.forms, 1):
                if one.is_bound and not one._should_delete_form(form):
                    found += [(bound.id_for_label, f"{one.one} {number}, {bound.label}", sentence)
                              for bound in form for sentence in bound.errors]  # fmt: skip
        return found

    def said(self):
        """What the verb takes."""
        return {}

    def save(self):
        """The lab as it stands after the save; None where the verb refuses, with its reason at the field."""
        try:
            return actions.update_lab(self.lab, by=self.user, opened_at=self.opened_at, **self.said())
        except ValidationError as refusal:
            self.take(refusal, self.named_elsewhere)
            return None

    #: Fields of the form that are named otherwise than what the verb takes.
    named_elsewhere = {}

    @property
    def groups(self):
        """[(id, heading, fields)] in the order of the page."""
        return []
