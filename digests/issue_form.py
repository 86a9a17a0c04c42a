"""What an editor writes of an issue: the week, one introduction for each language, what is pinned, and for whom."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.rich_text import get_rich_text_editor_widget

from common.text import clean_text
from digests.issues import monday_of
from organisations.enums import OrganisationType

FEATURES = ["bold", "italic", "link", "ol", "ul"]
LONGEST = 1_500  # characters of an introduction, without its markup
WEEKS = 13
LANGUAGES = [(f"intro_{code.replace('-', '_')}", code, name) for code, name in settings.LANGUAGES]


def week_choices(today, own=None):
    """This week and a quarter of a year ahead, by the dates people know; and whatever an issue has already."""
    mondays = {monday_of(today) + timedelta(weeks=number) for number in range(WEEKS)} | ({own} if own else set())
    return [(day.isoformat(), _week_words(day)) for day in sorted(mondays)]


def _week_words(day):
    year, week, _number = day.isocalendar()
    dates = {
        "week": week,
        "year": year,
        "first": date_format(day, "DATE_FORMAT"),
        "last": date_format(day + timedelta(days=6), "DATE_FORMAT"),
    }
    return _("Week %(week)d, %(year)d: %(first)s – %(last)s") % dates


def _is_number(word, longest=3):
    return word.isascii() and word.isdigit() and len(word) <= longest


def _are_whole(data):
    """Whether what is pinned is sent as the editor's browser sends it: how many there are, and each part of each."""
    count = data.get("pinned-count", "")
    blocks = [f"pinned-{place}" for place in range(int(count))] if _is_number(count) else [""]
    return all(
        f"{one}-deleted" in data and f"{one}-type" in data and _is_number(data.get(f"{one}-order", ""))
        and _is_number(data.get(f"{one}-value") or "0", 18)
        for one in blocks
    )  # fmt: skip


def _is_readable(data, name):
    """Whether an introduction is what Wagtail's editor sends."""
    try:
        get_rich_text_editor_widget(features=FEATURES).value_from_datadict(data, {}, name)
    except (AttributeError, LookupError, TypeError, ValueError):
        return False
    return True


def readable(data):
    """(what was sent, without what Wagtail takes for granted and is not so; the introductions that cannot be read)."""
    broken = [name for name, _code, _label in LANGUAGES if not _is_readable(data, name)]
    mended = dict.fromkeys(broken, "null") | ({} if _are_whole(data) else {"pinned-count": "0"})
    if mended:
        data = data.copy()
    for name, value in mended.items():
        data[name] = value
    return data, broken


class IssueForm(WagtailAdminModelForm):
    """The introductions are fields of their own, so that each language stands beside the others."""

    week = forms.TypedChoiceField(label=gettext_lazy("Week"), coerce=date.fromisoformat)
    organisation_types = forms.MultipleChoiceField(
        label=gettext_lazy("Members of organisations of these kinds"), choices=OrganisationType, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    for _name, _code, _label in LANGUAGES:
        locals()[_name] = forms.CharField(label=_label, required=False, max_length=20_000)
    del _name, _code, _label

    def __init__(self, data=None, *args, **kwargs):
        self.broken = []
        if data is not None:
            data, self.broken = readable(data)
        super().__init__(data, *args, **kwargs)
        own = self.instance.week if self.instance.pk else None
        self.fields["week"].choices = week_choices(timezone.localdate(), own)
        self.fields["week"].initial = (own or monday_of(timezone.localdate()) + timedelta(weeks=1)).isoformat()
        self.initial["week"] = self.fields["week"].initial
        if self.instance.used_at:
            self.fields["week"].disabled = True
        self.fields["municipalities"].queryset = self.fields["municipalities"].queryset.filter(in_portal=True).order_by("name")
        self.fields["regions"].queryset = self.fields["regions"].queryset.filter(municipalities__in_portal=True).distinct()
        for name, code, _label in LANGUAGES:
            self.fields[name].widget = get_rich_text_editor_widget(features=FEATURES)
            self.fields[name].initial = self.initial[name] = self.instance.intro.get(code, "")

    def clean(self):
        said = super().clean()
        for name, _code, _label in LANGUAGES:
            said[name] = clean_text(said.get(name) or "")
            if name in self.broken:
                self.add_error(name, ValidationError(_("The text holds a character that cannot be stored. Paste it again as plain text.")))
            elif len(strip_tags(said[name])) > LONGEST:
                self.add_error(name, ValidationError(_("Write at most %(number)d characters.") % {"number": LONGEST}))
        return said

    def _post_clean(self):
        """What is previewed is what is kept."""
        said = self.cleaned_data
        self.instance.intro = {code: said[name] for name, code, _label in LANGUAGES if strip_tags(said.get(name) or "").strip()}
        super()._post_clean()
