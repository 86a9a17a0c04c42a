"""What a group says of itself, in one form: founded with it and changed with it."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.fields import CleanText
from common.markup import language_name
from common.stale import Revised
from common.widgets import NotedRadio, RichTextArea, TwoColumns, TypeAheadMany
from organisations.models import Organisation
from projects.forms.fields import PeriodField
from projects.models import Project
from taxonomy.fields import TagsField
from taxonomy.models import Theme
from workinggroups import actions
from workinggroups.actions.founding import FIELDS
from workinggroups.enums import GroupVisibility, Joining
from workinggroups.lookalikes import lookalikes
from workinggroups.models import MOST_MEMBERS, TEXT_LIMIT

VISIBILITY_NOTES = {
    GroupVisibility.PUBLIC: gettext_lazy("Everybody reads the mandate; who belongs to it is read by members of the portal."),
    GroupVisibility.MEMBERS: gettext_lazy("Only people who have signed in."),
    GroupVisibility.PRIVATE: gettext_lazy("Only its own members, and moderators. For everybody else it does not exist."),
}
JOINING_NOTES = {
    Joining.OPEN: gettext_lazy("Whoever wants to joins at once."),
    Joining.REQUEST: gettext_lazy("Whoever wants to asks with a note; you answer."),
    Joining.INVITATION: gettext_lazy("You invite people by e-mail address."),
}
TEXTS = ("name", "purpose", "why", "deliverables", "decides")
#: What a published group says in its first language; a draft may lack all but the name.
NEEDED = ("name", "purpose", "why")
MOST_PROJECTS = 60


def area(label, *, help_text="", limit=TEXT_LIMIT, rows=4):
    return CleanText(label=label, max_length=limit, single_line=False, required=False, widget=RichTextArea(attrs={"rows": rows}),
                     help_text=help_text)  # fmt: skip


class GroupForm(Revised):
    """`languages` groups the fields of the texts; the first language must have a name."""

    original = forms.ChoiceField(label=gettext_lazy("First language"), help_text=gettext_lazy("The language the group works in."))
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.none(), to_field_name="slug", required=False, widget=TwoColumns,
        help_text=gettext_lazy("One to three are enough."),
    )  # fmt: skip
    tags = TagsField(
        label=gettext_lazy("Tags"), required=False, most=30, widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["tags"])),
        help_text=gettext_lazy("Words people will search for, separated by commas."),
    )  # fmt: skip
    mandate_from = PeriodField(label=gettext_lazy("Mandate from"), help_text=gettext_lazy("A month or a day, such as 03 2026."))
    mandate_to = PeriodField(label=gettext_lazy("Mandate to"), ends=True, help_text=gettext_lazy("A group with an end is easier to join."))
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=GroupVisibility, widget=NotedRadio(notes=VISIBILITY_NOTES),
        initial=GroupVisibility.PUBLIC,
    )  # fmt: skip
    joining = forms.ChoiceField(
        label=gettext_lazy("How people join"), choices=Joining, widget=NotedRadio(notes=JOINING_NOTES), initial=Joining.OPEN
    )
    member_limit = forms.IntegerField(
        label=gettext_lazy("Member limit"), required=False, min_value=1, max_value=MOST_MEMBERS,
        help_text=gettext_lazy("Empty for any number. Whoever comes to a full group waits in the order of coming."),
    )  # fmt: skip
    projects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Projects"), queryset=Project.objects.none(), to_field_name="slug", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Projects of your organisations that the group works with."),
    )  # fmt: skip

    def __init__(self, data=None, *, user, group=None):
        self.user, self.group, self.standing = user, group, group
        self.texts = {text.language: text for text in group.texts.all()} if group else {}
        super().__init__(data, initial=self._initial(), use_required_attribute=False)
        self.fields["themes"].queryset = Theme.objects.order_by("position", "slug")
        self._offer_projects()
        self.fields["original"].choices = settings.LANGUAGES
        for code, _name in settings.LANGUAGES:
            self._add_language(code, language_name(code))

    def _initial(self):
        if not self.group:
            return {"original": get_language()}
        group = self.group
        original = next((text.language for text in self.texts.values() if text.is_original), "")
        return {name: getattr(group, name) for name in FIELDS} | {
            "original": original if original in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
            "themes": [theme.slug for theme in group.themes.all()], "tags": sorted(tag.name for tag in group.tags.all()),
            "projects": list(group.projects.values_list("slug", flat=True)),
        }  # fmt: skip

    def _offer_projects(self):
        """Those of the member's organisations, and those tied already, as long as the member sees them."""
        seen = Project.objects.visible_to(self.user).listed().prefetch_related("texts")
        own = seen.filter(organisation__in=self.user.memberships.values("organisation")).order_by("-published_at", "-pk")
        keys = list(own.values_list("pk", flat=True)[:MOST_PROJECTS])
        tied = list(self.group.projects.values_list("pk", flat=True)) if self.group else []
        self.fields["projects"].queryset = seen.filter(pk__in=[*keys, *tied]).order_by("-published_at", "-pk")
        if not keys and not tied:
            del self.fields["projects"]

    def _add_language(self, code, language):
        text, named = self.texts.get(code), {"language": language}
        made = {
            "name": CleanText(label=_("Name in %(language)s") % named, max_length=160, words=True, required=False),
            "purpose": CleanText(
                label=_("Purpose in %(language)s") % named, max_length=300, required=False,
                widget=forms.TextInput(), help_text=_("One sentence: what the group does. It stands in lists."),
            ),
            "why": area(_("Why in %(language)s") % named, help_text=_("What is to be solved together that nobody solves alone?")),
            "deliverables": area(_("Deliverables in %(language)s") % named, help_text=_("What there will be at the end.")),
            "decides": area(
                _("Who decides in %(language)s") % named, help_text=_("How the group decides, and who takes it further."), rows=3
            ),
        }  # fmt: skip
        for name, field in made.items():
            field.initial = getattr(text, name) if text else ""
            field.asked_later = name in NEEDED
            self.fields[f"{name}_{code}"] = field

    @property
    def languages(self):
        """[(code, name of the language, its fields)], the first language first."""
        first = self["original"].value()
        rows = sorted(settings.LANGUAGES, key=lambda row: row[0] != first)
        return [(code, language_name(code), [self[f"{field}_{code}"] for field in TEXTS]) for code, _name in rows]

    @property
    def classing(self):
        return [self[name] for name in ("themes", "tags", "mandate_from", "mandate_to", "projects") if name in self.fields]

    @property
    def openness(self):
        return [self[name] for name in ("visibility", "joining", "member_limit")]

    def clean(self):
        said = super().clean()
        original = said.get("original")
        if original and not said.get(f"name_{original}") and f"name_{original}" not in self.errors:
            self.add_error(f"name_{original}", ValidationError(_("Give the group a name in its first language."), code="required"))
        for code, _name in settings.LANGUAGES:
            others = any(said.get(f"{name}_{code}") for name in TEXTS[1:])
            if code != original and others and not said.get(f"name_{code}") and f"name_{code}" not in self.errors:
                self.add_error(f"name_{code}", ValidationError(_("Give the group a name in this language, too."), code="required"))
        return said

    def said(self):
        """What the verbs take: fields, texts, themes, tags and projects; projects the member cannot see stay tied."""
        said = self.cleaned_data
        kept = self.group.projects.exclude(pk__in=self._offered()) if self.group else Project.objects.none()
        return {name: said[name] for name in FIELDS} | {
            "texts": self._texts(), "themes": list(said["themes"]), "tags": said["tags"],
            "projects": [*said.get("projects", []), *kept],
        }  # fmt: skip

    def _offered(self):
        field = self.fields.get("projects")
        return field.queryset.values("pk") if field else []

    def _texts(self):
        said, shown = self.cleaned_data, dict(settings.LANGUAGES)
        typed = [
            {"language": code, "is_original": code == said["original"]} | {name: said[f"{name}_{code}"] for name in TEXTS}
            for code in shown
            if said[f"name_{code}"]
        ]
        kept = [
            {"language": code, "is_original": False} | {name: getattr(text, name) for name in TEXTS}
            for code, text in self.texts.items()
            if code not in shown
        ]
        return typed + kept

    def save(self):
        """Write what is said; errors of the verb come to the form. Returns the group, or None."""
        try:
            return actions.update_group(self.group, by=self.user, revision=self.opened_at, **self.said())
        except ValidationError as refusal:
            return self.take(refusal)


class FoundForm(GroupForm):
    """Shows what looks alike first: it founds the group when the member says that it is none of these."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none(),
        help_text=gettext_lazy("The organisation you found the group for. Members may come from any."),
    )  # fmt: skip

    def __init__(self, data=None, *, user):
        self.alike = []
        super().__init__(data, user=user)
        own = Organisation.objects.writable_by(user).filter(verified_at__isnull=False).order_by("name")
        field = self.fields["organisation"]
        field.queryset, field.empty_label = own, _("Choose")
        if len(own) == 1:
            field.initial = own[0].pk

    def found(self):
        """The new group; None while what looks alike (`alike`) is to be looked at, or when the verb refuses."""
        said, original = self.cleaned_data, self.cleaned_data["original"]
        self.alike = lookalikes(self.user, name=said[f"name_{original}"], purpose=said[f"purpose_{original}"])
        if self.alike and "none_of_these" not in self.data:
            return None
        try:
            return actions.found(by=self.user, organisation=said["organisation"], **self.said())
        except ValidationError as refusal:
            return self.take(refusal)
