"""Joining, asking, inviting, seats, announcing and closing."""

import uuid
from functools import cached_property

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from common.fields import CleanText
from common.widgets import RichTextArea
from organisations.models import NOTE_LIMIT, Organisation
from workinggroups.enums import GroupRole
from workinggroups.models import TEXT_LIMIT, GroupMembership

ROLE_NOTES = {
    GroupRole.MEMBER: gettext_lazy("Member: reads and writes"),
    GroupRole.OBSERVER: gettext_lazy("Observer: reads"),
    GroupRole.CO_CHAIR: gettext_lazy("Co-chair: leads the group together with the chair"),
}
MOST_CHOICES = 300  # members a seat is chosen among, those who lead first


class JoinForm(forms.Form):
    """For whom one takes part; asked only of members of several organisations."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("You take part for"), queryset=Organisation.objects.none(), required=False)

    def __init__(self, data=None, *, user):
        super().__init__(data, use_required_attribute=False)
        own = Organisation.objects.writable_by(user).order_by("name")
        self.fields["organisation"].queryset = own
        self.fields["organisation"].empty_label = _("Myself")
        main = user.memberships.filter(is_main=True).values_list("organisation", flat=True).first()
        self.fields["organisation"].initial = main or own.values_list("pk", flat=True).first()


class AskForm(JoinForm):
    note = CleanText(
        label=gettext_lazy("A note to the chairs"), max_length=NOTE_LIMIT, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What you work with, and what you would bring to the group."),
    )  # fmt: skip
    field_order = ["note", "organisation"]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254,
        help_text=gettext_lazy("With or without an account here. The invitation is for this address and lasts three weeks."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=list(ROLE_NOTES.items()), widget=forms.RadioSelect, initial=GroupRole.MEMBER
    )
    note = CleanText(
        label=gettext_lazy("A few words of yours"), max_length=NOTE_LIMIT, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"))

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()


class SeatForm(forms.Form):
    """An organisation's seat: one of those the members come from, or the one that founded the group."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("Organisation"), queryset=Organisation.objects.none())
    holder = forms.ChoiceField(label=pgettext_lazy("seat", "Held by"), required=False)
    deputy = forms.ChoiceField(
        label=gettext_lazy("Deputy"), required=False, help_text=gettext_lazy("Speaks for the organisation when the other cannot come.")
    )

    def __init__(self, data=None, *, group):
        super().__init__(data, use_required_attribute=False)
        self.group = group
        rows = Organisation.objects.filter(verified_at__isnull=False)
        of_members = rows.filter(pk__in=group.memberships.values("organisation")) | rows.filter(pk=group.organisation_id)
        self.fields["organisation"].queryset = of_members.order_by("name")
        self.fields["organisation"].empty_label = _("Choose")
        for name in ("holder", "deputy"):
            self.fields[name].choices = self._choices

    @cached_property
    def people(self):
        """`{key: membership}` of those a seat is chosen among, read once for both fields."""
        rows = GroupMembership.objects.filter(group=self.group).select_related("user", "organisation").in_order()
        return {str(row.pk): row for row in rows[:MOST_CHOICES]}

    def _choices(self):
        yield "", _("Nobody yet")
        for key, row in self.people.items():
            yield key, f"{row.user.shown_name} ({row.organisation})" if row.organisation else row.user.shown_name

    def clean_holder(self):
        return self.people.get(self.cleaned_data["holder"])

    def clean_deputy(self):
        return self.people.get(self.cleaned_data["deputy"])

    def clean(self):
        said = self.cleaned_data
        if said.get("holder") and said.get("holder") == said.get("deputy"):
            self.add_error("deputy", ValidationError(_("The deputy is somebody else."), code="same"))
        return said


class AnnounceForm(forms.Form):
    """`key` makes the form one announcement, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = CleanText(label=gettext_lazy("Subject"), max_length=160, words=True)
    text = CleanText(
        label=gettext_lazy("Text"), max_length=4_000, single_line=False, widget=RichTextArea(attrs={"rows": 8}),
        help_text=gettext_lazy("All members get it, in the way each of them chose."),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.fields["key"].initial = uuid.uuid4
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()


class CloseForm(forms.Form):
    summary = CleanText(
        label=gettext_lazy("Summary"), max_length=TEXT_LIMIT, single_line=False, widget=RichTextArea(attrs={"rows": 10}),
        help_text=gettext_lazy("What was found out, decided and made, and where it lives now. Readers find it on the group's page."),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, data=None, *, group):
        super().__init__(data, use_required_attribute=False)
        texts = list(group.texts.all())
        names = dict(settings.LANGUAGES)
        self.fields["language"].choices = [(text.language, names.get(text.language, text.language)) for text in texts]
        self.fields["language"].initial = next((text.language for text in texts if text.is_original), "")
        if len(texts) < 2:
            self.fields["language"].widget = forms.HiddenInput()
