"""Rows of the form of a lab: who works in it. Places and partners are the rows of the projects' form."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.fields import CleanText
from projects.forms.rows import Rows

MOST = 40


class TeamRow(forms.Form):
    user = forms.TypedChoiceField(label=gettext_lazy("Member of the portal"), required=False, coerce=int, empty_value=None)
    name = CleanText(label=gettext_lazy("Or a name"), max_length=120, required=False)
    task = CleanText(label=gettext_lazy("Task in the lab"), max_length=120, required=False)
    answers = forms.BooleanField(label=gettext_lazy("Answers requests for the lab"), required=False)


class TeamRows(Rows):
    """`context["people"]`: [(primary key, name)] of those who may be named."""

    label = gettext_lazy("Team")
    one = pgettext_lazy("row of a form", "Person")
    help_text = gettext_lazy("Members of your organisation and of your partners can answer requests. Others stand on the page by name.")
    add_label = gettext_lazy("Add a person")

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["user"].choices = [("", _("Nobody of the portal")), *self.context["people"]]

    def clean(self):
        once = set()
        for form in self.kept_forms:
            if form.errors:
                continue
            said = form.cleaned_data
            if not (said.get("user") or said.get("name")):
                form.add_error("name", ValidationError(_("Choose somebody, or write a name."), code="required"))
            if said.get("answers") and not said.get("user"):
                form.add_error("answers", _("Only a member of the portal can answer requests."))
            if said.get("user") and said["user"] in once:
                form.add_error("user", _("This person stands here already."))
            once.add(said.get("user"))

    def plain(self, row):
        return {"user_id": row["user"], "name": "" if row["user"] else row["name"], "task": row["task"], "answers": row["answers"]}


TEAM = formset_factory(TeamRow, formset=TeamRows, extra=0, can_delete=True, max_num=MOST, absolute_max=MOST + 1, validate_max=True)
