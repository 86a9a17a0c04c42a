"""What a member chooses for the digest: what it is about, how often, when."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.widgets import TwoColumns
from digests import actions
from digests.enums import Frequency, Weekday
from digests.models import MOST_MINIMUM, Subscription
from digests.schedule import zone_of
from digests.sections import SECTIONS
from members.forms.account import zone_choices
from notifications.models import Follow
from taxonomy.fields import MunicipalitiesField
from taxonomy.models import Municipality, Theme

LONGEST_PAUSE = 366  # days


class DigestForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.none(), to_field_name="slug", required=False, widget=TwoColumns
    )
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), required=False, help_text=gettext_lazy("Those you want to hear from, separated by commas."),
    )  # fmt: skip
    frequency = forms.ChoiceField(label=gettext_lazy("How often"), choices=Frequency, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"),
        choices=Weekday,
        coerce=int,
        help_text=gettext_lazy("Once a month: the first such day of the month."),
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("From"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text=gettext_lazy("The mail goes out in the minutes after this hour."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zone_choices)
    minimum = forms.TypedChoiceField(
        label=gettext_lazy("Only from so many news on"), coerce=int, choices=[(n, str(n)) for n in range(1, MOST_MINIMUM + 1)],
        help_text=gettext_lazy("With fewer no mail comes, and they stand in the next one that has enough."),
    )  # fmt: skip
    paused_until = forms.DateField(
        label=gettext_lazy("Pause until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leave it empty for no pause. What happens meanwhile stands in the first mail afterwards."),
    )  # fmt: skip
    sections = forms.MultipleChoiceField(label=gettext_lazy("What it tells"), required=False, widget=TwoColumns)

    def __init__(self, data=None, *, user):
        self.user = user
        self.row = Subscription.objects.filter(user=user).first()
        super().__init__(data, initial=self._initial(), use_required_attribute=False)
        self.fields["themes"].queryset = Theme.objects.order_by("position", "slug")
        self.fields["municipalities"].widget.labelled = self.fields["municipalities"].labelled
        self.fields["sections"].choices = [(section.key, section.about) for section in SECTIONS]

    def _initial(self):
        row = self.row or Subscription(frequency=Frequency.WEEKLY)
        over = row.paused_until and row.paused_until <= timezone.localdate(timezone=zone_of(self.user.time_zone))
        return {name: getattr(row, name) for name in ("frequency", "weekday", "hour", "minimum")} | {
            "paused_until": None if over else row.paused_until,
            "themes": self._followed(Theme), "municipalities": self._followed(Municipality), "time_zone": self.user.time_zone,
            "sections": [section.key for section in SECTIONS if section.key not in row.without],
        }  # fmt: skip

    def _followed(self, model):
        rows = Follow.objects.filter(user=self.user, target_type__app_label="taxonomy", target_type__model=model._meta.model_name)
        return list(model.objects.filter(pk__in=rows.values("target_id")).values_list("slug", flat=True))

    def clean_paused_until(self):
        day, today = self.cleaned_data["paused_until"], timezone.localdate(timezone=zone_of(self.cleaned_data.get("time_zone", "")))
        if day and day <= today:
            raise ValidationError(_("This day has come already. Choose a later one, or leave it empty for no pause."))
        if day and (day - today).days > LONGEST_PAUSE:
            raise ValidationError(_("A pause lasts a year at most. To have no mail at all, choose “Never”."))
        return day

    @property
    def about(self):
        return [self["themes"], self["municipalities"]]

    @property
    def when(self):
        return [self[name] for name in ("frequency", "weekday", "hour", "time_zone", "minimum", "paused_until")]

    def save(self):
        """Keep it all, or nothing."""
        said = self.cleaned_data
        wanted = {name: said[name] for name in ("frequency", "weekday", "hour", "minimum", "paused_until")}
        without = [section.key for section in SECTIONS if section.key not in said["sections"]]
        with transaction.atomic():
            actions.follow_only(self.user, Theme, list(said["themes"]))
            actions.follow_only(self.user, Municipality, list(Municipality.objects.filter(slug__in=said["municipalities"])))
            return actions.choose(self.user, time_zone=said["time_zone"], without=without, **wanted)
