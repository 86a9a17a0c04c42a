"""The second step: who may read it, who may come, what is asked, and the other languages."""

from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import CleanText, MomentField
from common.moments import exists_on_the_clock
from common.widgets import NotedRadio, RichTextArea
from events import actions
from events.enums import Visibility
from events.forms.fields import ProjectsField
from events.forms.stale import Revised
from events.models import DESCRIPTION_LIMIT, MOST_SEATS
from workinggroups.enums import GroupVisibility

QUESTIONS = range(1, 5)
NOTES = {
    Visibility.PUBLIC: gettext_lazy("Everybody finds and reads it. Whoever registers has an account."),
    Visibility.MEMBERS: gettext_lazy("Only those who are signed in."),
    Visibility.HOST: gettext_lazy("Only those who belong to the organisation or the working group that holds it."),
}


class OpeningForm(Revised, forms.Form):
    visibility = forms.ChoiceField(label=gettext_lazy("Who may read it"), widget=NotedRadio(notes=NOTES))
    takes_registrations = forms.BooleanField(label=gettext_lazy("People register for it here"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=MOST_SEATS,
        help_text=gettext_lazy("Leave it empty where there is no limit. Whoever comes after the last seat stands on the waiting list."),
    )  # fmt: skip
    register_until = MomentField(
        label=gettext_lazy("Registration open until"), required=False, help_text=gettext_lazy("Without it: until the event is over.")
    )
    projects = ProjectsField(label=gettext_lazy("Projects on the agenda"), required=False)

    def __init__(self, data=None, *, user, event):
        self.user, self.event = user, event
        super().__init__(data, initial=self._initial(), use_required_attribute=False)
        self.fields["projects"].user = user
        self.fields["projects"].widget.labelled = self.fields["projects"].labelled
        self.fields["visibility"].choices = self._audiences()
        for number in QUESTIONS:
            self._add_question(number)
        for code, language in settings.LANGUAGES:
            if code != self.original.language:
                self._add_language(code, language)

    @property
    def original(self):
        return next(text for text in self.event.texts.all() if text.is_original)

    def _initial(self):
        one = self.event
        until = one.register_until.astimezone(one.zone).replace(tzinfo=None) if one.register_until else None
        return {
            "visibility": one.visibility, "takes_registrations": one.takes_registrations, "capacity": one.capacity,
            "register_until": until, "projects": [project.slug for project in one.projects.all()],
        }  # fmt: skip

    def _audiences(self):
        if self.event.is_of_portal:
            return [(one.value, one.label) for one in Visibility if one != Visibility.HOST]
        if self.event.group_id and self.event.group.visibility == GroupVisibility.PRIVATE:
            return [(Visibility.HOST.value, Visibility.HOST.label)]
        return list(Visibility.choices)

    def _add_question(self, number):
        asked = list(self.event.questions.all())
        known = asked[number - 1] if number <= len(asked) else None
        self.fields[f"question_{number}"] = CleanText(
            label=_("Question %(number)d") % {"number": number}, max_length=200, required=False, initial=known.text if known else ""
        )
        self.fields[f"required_{number}"] = forms.BooleanField(
            label=_("Question %(number)d must be answered") % {"number": number}, required=False, initial=bool(known and known.is_required)
        )

    def _add_language(self, code, language):
        text = next((text for text in self.event.texts.all() if text.language == code), None)
        self.fields[f"title_{code}"] = CleanText(
            label=_("Title in %(language)s") % {"language": language}, max_length=200, required=False, initial=text.title if text else ""
        )
        self.fields[f"summary_{code}"] = CleanText(
            label=_("In one or two sentences, in %(language)s") % {"language": language}, max_length=600, single_line=False, required=False,
            initial=text.summary if text else "", widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        self.fields[f"description_{code}"] = CleanText(
            label=_("Programme in %(language)s") % {"language": language}, max_length=DESCRIPTION_LIMIT, single_line=False, required=False,
            initial=text.description if text else "", widget=RichTextArea(attrs={"rows": 6}),
        )  # fmt: skip

    @property
    def readers(self):
        return [self["visibility"]]

    @property
    def seats(self):
        return [self[name] for name in ("takes_registrations", "capacity", "register_until")]

    @property
    def questions(self):
        return [self[f"{name}_{number}"] for number in QUESTIONS for name in ("question", "required")]

    @property
    def languages(self):
        """[(code, name, fields)] of the languages that are not the original's."""
        return [
            (code, name, [self[f"{part}_{code}"] for part in ("title", "summary", "description")])
            for code, name in settings.LANGUAGES
            if code != self.original.language
        ]

    def clean(self):
        said = super().clean()
        if said.get("register_until") and not exists_on_the_clock(said["register_until"], self.event.zone):
            self.add_error("register_until", _("This hour does not exist that night: the clocks are put forward. Choose another time."))
        for code, name, _fields in self.languages:
            if not said.get(f"title_{code}") and (said.get(f"summary_{code}") or said.get(f"description_{code}")):
                self.add_error(f"title_{code}", _("A text in %(language)s needs a title.") % {"language": name})
        return said

    def save(self):
        """Whether it was written; a refusal of the verb stands at its field."""
        said = self.cleaned_data
        until = said["register_until"].replace(tzinfo=ZoneInfo(self.event.time_zone)) if said["register_until"] else None
        asked = [(said[f"question_{number}"], said[f"required_{number}"]) for number in QUESTIONS]
        data = {name: said[name] for name in ("visibility", "takes_registrations", "capacity", "projects")} | {
            "register_until": until, "texts": self._texts(),
            "questions": [{"text": text, "is_required": required} for text, required in asked if text],
        }  # fmt: skip
        try:
            actions.update_event(self.event, by=self.user, **data)
        except ValidationError as refusal:
            self.take(refusal)
        return not self.errors

    def _texts(self):
        said, shown = self.cleaned_data, {code for code, _name, _fields in self.languages}
        kept = [text for text in self.event.texts.all() if text.language not in shown]
        texts = [
            {"language": text.language, "title": text.title, "summary": text.summary, "description": text.description,
             "is_original": text.is_original}
            for text in kept
        ]  # fmt: skip
        return texts + [
            {"language": code, "title": said[f"title_{code}"], "summary": said[f"summary_{code}"],
             "description": said[f"description_{code}"]}
            for code in shown
            if said[f"title_{code}"]
        ]  # fmt: skip
