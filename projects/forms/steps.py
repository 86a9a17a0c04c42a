"""The forms of the steps: each knows which names of a project's content (projects/content.py) it asks for."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.fields import CleanText
from common.formats import number
from common.languages import UNSPECIFIED
from common.publishing import State, Visibility
from common.widgets import NotedRadio, RichTextArea, TwoColumns, TypeAheadMany
from organisations.models import Organisation
from projects.content import TRANSLATION
from projects.enums import Kind, Phase
from projects.forms.fields import PeriodField, SumField
from projects.models import STORY_LIMIT
from taxonomy.fields import MunicipalitiesField, TagsField, municipality_options
from taxonomy.models import Goal, Theme

KIND_NOTES = {
    Kind.DEMONSTRATION: gettext_lazy("It is shown in real use, so that others can see it"),
    Kind.PILOT: gettext_lazy("A small trial, to learn whether it works"),
    Kind.RESEARCH: gettext_lazy("Something new is found out or developed"),
    Kind.PROCUREMENT: gettext_lazy("Something is bought, in a way others can repeat"),
    Kind.ROLLOUT: gettext_lazy("What was tried is put into use widely"),
}
PHASE_NOTES = {
    Phase.IDEA: gettext_lazy("We look for partners or money"),
    Phase.PLANNING: gettext_lazy("Decided and funded, not yet begun"),
    Phase.DEMONSTRATION: gettext_lazy("It is being tried now"),
    Phase.EVALUATION: gettext_lazy("Tried; we are counting"),
    Phase.OPERATION: gettext_lazy("It has become everyday"),
    Phase.STOPPED: gettext_lazy("It ended early. These are worth reading"),
}
VISIBILITY_NOTES = {
    Visibility.PUBLIC: gettext_lazy("Everybody can read it, search engines too"),
    Visibility.MEMBERS: gettext_lazy("People with an account can read it"),
    Visibility.ORGANISATION: gettext_lazy("Members of your organisation and of the partners can read it"),
}


class ContentForm(forms.Form):
    """A form over some names of a project's content. Fields that are named otherwise say so in `initial_from` and `said`."""

    def __init__(self, data=None, *, context, **kwargs):
        self.context = context
        super().__init__(data, initial=self.initial_from(context["content"]), use_required_attribute=False, **kwargs)

    def initial_from(self, content):
        return {name: content[name] for name in self.base_fields if name in content}

    def said(self):
        """`{name of content: value}` of the fields that are valid."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}


class BasicsForm(ContentForm):
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none(),
        help_text=gettext_lazy("The project belongs to it, also when you leave."),
    )  # fmt: skip
    title = CleanText(
        label=gettext_lazy("Title"), max_length=300, words=True,
        help_text=gettext_lazy("Say what was done, not what the project is called: “Lamps that dim when nobody is near”."),
    )  # fmt: skip
    summary = CleanText(
        label=gettext_lazy("Summary"), max_length=600, single_line=False, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Two or three sentences. They stand in lists and in mails."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), help_text=gettext_lazy("The language you write in. You can add others in step 4.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind, widget=NotedRadio(notes=KIND_NOTES), initial=Kind.DEMONSTRATION)
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.none(), to_field_name="slug", required=False, widget=TwoColumns,
        help_text=gettext_lazy("One to three are enough."),
    )  # fmt: skip
    tags = TagsField(
        label=gettext_lazy("Tags"), required=False, most=30, widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["tags"])),
        help_text=gettext_lazy("Words people will search for, separated by commas."),
    )  # fmt: skip
    goals = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sustainable Development Goals"), queryset=Goal.objects.none(), to_field_name="number", required=False,
        widget=TwoColumns,
    )  # fmt: skip

    def __init__(self, data=None, *, context, **kwargs):
        super().__init__(data, context=context, **kwargs)
        project = context["project"]
        if project and project.state != State.DRAFT:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = Organisation.objects.writable_by(context["user"]).order_by("name")
            self.fields["organisation"].empty_label = _("Choose")
        self.fields["language"].choices = language_choices(context)
        self.fields["themes"].queryset = Theme.objects.order_by("position", "slug")
        self.fields["goals"].queryset = Goal.objects.order_by("number")

    def clean_language(self):
        code, content = self.cleaned_data["language"], self.context["content"]
        if f"{TRANSLATION}{code}" in content:
            raise ValidationError(_("There is a text in this language already. Remove it in step 4 first."))
        return code

    def said(self):
        said = super().said()
        chosen = said.get("organisation")
        said |= {"organisation": chosen.pk} if chosen else {}
        said |= {"themes": [theme.slug for theme in said["themes"]]} if "themes" in said else {}
        return said | ({"goals": [goal.number for goal in said["goals"]]} if "goals" in said else {})


def language_choices(context):
    """The portal's languages, and the one the text has where that is another."""
    code = context["content"].get("language", "")
    other = [(code, _("Several or not known") if code == UNSPECIFIED else code)] if code not in ("", *dict(settings.LANGUAGES)) else []
    return [*settings.LANGUAGES, *other]


class WhereForm(ContentForm):
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), required=False,
        widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["municipalities"]), options=municipality_options),
        help_text=gettext_lazy("Where it is tried, not where the partners sit. You can choose several."),
    )  # fmt: skip
    phase = forms.ChoiceField(label=gettext_lazy("Phase"), choices=Phase, required=False, widget=NotedRadio(notes=PHASE_NOTES))
    stopped_reason = CleanText(
        label=gettext_lazy("Why it was stopped"), max_length=2_000, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Only for a stopped project. It spares others the same way."),
    )  # fmt: skip
    start_date = PeriodField(label=gettext_lazy("Start"), widget=forms.TextInput(attrs={"class": "input--short"}))
    end_date = PeriodField(label=gettext_lazy("End"), ends=True, widget=forms.TextInput(attrs={"class": "input--short"}))

    def __init__(self, data=None, *, context, **kwargs):
        super().__init__(data, context=context, **kwargs)
        field = self.fields["municipalities"]
        field.widget.labelled = field.labelled

    def initial_from(self, content):
        days = {name: content.get(name) or None for name in ("start_date", "end_date")}
        slugs = [site["municipality"] for site in content.get("sites", []) if site["municipality"]]
        dates = {name: PeriodField().to_python(day) if day else None for name, day in days.items()}
        return super().initial_from(content) | dates | {"municipalities": list(dict.fromkeys(slugs))}

    def clean(self):
        start, end = self.cleaned_data.get("start_date"), self.cleaned_data.get("end_date")
        if start and end and end < start:
            words = _("The end lies before the start: write %(year)d or later.") % {"year": start.year}
            self.add_error("end_date", words)

    def said(self):
        said = super().said()
        for name in ("start_date", "end_date"):
            if name in said:
                said[name] = said[name].isoformat() if said[name] else ""
        return said


class PartnersForm(ContentForm):
    budget = SumField(
        label=gettext_lazy("Budget"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("The whole sum, own hours included. Shown to everybody."),
    )  # fmt: skip
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    programme = CleanText(
        label=gettext_lazy("Funding programme"), max_length=160, required=False,
        help_text=gettext_lazy("Who pays for it, if it is not only your own money."),
    )  # fmt: skip
    contact_name = CleanText(
        label=gettext_lazy("Contact"), max_length=120, required=False,
        help_text=gettext_lazy("Whom colleagues elsewhere may ask. Shown with the project."),
    )  # fmt: skip
    contact_email = forms.EmailField(label=gettext_lazy("Contact's e-mail address"), required=False)

    def __init__(self, data=None, *, context, **kwargs):
        super().__init__(data, context=context, **kwargs)
        codes = dict.fromkeys([*settings.PORTAL["currencies"], *filter(None, [context["content"].get("currency")])])
        self.fields["currency"].choices = [("", _("Choose")), *((code, code) for code in codes)]

    def initial_from(self, content):
        amount = content.get("budget") or ""
        shown = number(amount, 0 if amount.endswith(".00") else 2) if amount else ""
        return super().initial_from(content) | {"budget": shown.replace("\N{NO-BREAK SPACE}", " ")}

    def clean(self):
        """A currency written with the sum counts: “1.2 mio. SEK”."""
        found = self.cleaned_data.get("budget")
        if found and found[1] and found[1] in dict(self.fields["currency"].choices):
            self.cleaned_data["currency"] = found[1]
        elif found and not self.cleaned_data.get("currency"):
            self.add_error("currency", _("Say which currency the budget is in."))

    def said(self):
        said = super().said()
        if "currency" in self.errors:
            said.pop("budget", None)
        if "budget" in said:
            said["budget"] = f"{said['budget'][0]:.2f}" if said["budget"] else ""
        return said


class StoryForm(ContentForm):
    story = CleanText(
        label=gettext_lazy("Story"), max_length=STORY_LIMIT, single_line=False, required=False, widget=RichTextArea,
        help_text=gettext_lazy("What was the problem, what did you do, what came of it? Write what failed, too."),
    )  # fmt: skip


class CheckForm(ContentForm):
    visibility = forms.ChoiceField(
        label=pgettext_lazy("who may read", "Who may read it"), choices=Visibility, widget=NotedRadio(notes=VISIBILITY_NOTES)
    )
