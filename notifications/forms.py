"""What reaches a member: one box for each kind and channel, quiet hours, and one choice for each place."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import WrongState
from notifications.actions import choose_all, set_quiet_hours
from notifications.choices import EVERYTHING, can_reach, chosen_by, default
from notifications.enums import Channel
from notifications.kinds import kinds_by_group
from notifications.models import QuietHours
from notifications.places import places_of

HOURS = [("", "–"), *[(hour, f"{hour:02}:00") for hour in range(24)]]


class ChoicesForm(forms.Form):
    """Boxes named `<kind>:<channel>`; without any of them posted, everything is off, as the member sees it.

    Places are `place:<kind of place>:<key>`; one that is not posted stays as it is.
    """

    mail_at_once = forms.BooleanField(
        required=False,
        label=gettext_lazy("Mail me at once about what is ticked below"),
        help_text=gettext_lazy("Without this tick no such mail is sent. Mails about your account come in any case."),
    )
    quiet_from = forms.TypedChoiceField(label=gettext_lazy("Quiet from"), choices=HOURS, coerce=int, empty_value=None, required=False)
    quiet_until = forms.TypedChoiceField(label=gettext_lazy("Until"), choices=HOURS, coerce=int, empty_value=None, required=False)
    quiet_weekend = forms.BooleanField(label=gettext_lazy("All Saturday and Sunday, too"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = chosen_by([user.pk])
        self.fields["mail_at_once"].initial = chosen.get((user.pk, EVERYTHING, Channel.MAIL), True)
        self.hours = QuietHours.objects.filter(user=user).first() or QuietHours(user=user)
        for name in ("starts", "ends", "weekend"):
            self.fields[{"starts": "quiet_from", "ends": "quiet_until"}.get(name, "quiet_weekend")].initial = getattr(self.hours, name)
        self.kinds, self.places = kinds_by_group(user), places_of(user)
        self.boxes = {}
        for _group, kinds in self.kinds:
            for kind in kinds:
                self._add_boxes(kind, chosen)
        for kind, places in self.places:
            for place in places:
                self.fields[f"place:{kind.word}:{place.pk}"] = forms.ChoiceField(
                    choices=kind.choices, initial=place.value, required=False, label=place.name
                )

    def _add_boxes(self, kind, chosen):
        for channel in Channel:
            if can_reach(kind, channel):
                initial = chosen.get((self.user.pk, kind.name, channel), default(kind, channel))
                label = f"{kind.label}: {channel.label}"
                self.fields[f"{kind.name}:{channel}"] = forms.BooleanField(required=False, initial=initial, label=label)
                self.boxes[kind.name, channel] = f"{kind.name}:{channel}"

    def groups(self):
        """(heading, how many are mailed in words, [(kind, [(way, box or None)])]) as the page shows them."""
        for group, kinds in self.kinds:
            rows = [(kind, [(channel, self._box(kind, channel)) for channel in Channel]) for kind in kinds]
            mailed = sum(bool(box and box.value()) for _kind, ways in rows for channel, box in ways if channel == Channel.MAIL)
            yield group, self._summary(len(rows), mailed), rows

    @staticmethod
    def _summary(number, mailed):
        words = ngettext("%(number)d kind of news, by mail: %(mailed)d", "%(number)d kinds of news, by mail: %(mailed)d", number)
        return words % {"number": number, "mailed": mailed}

    def _box(self, kind, channel):
        name = self.boxes.get((kind.name, channel))
        return self[name] if name else None

    def place_tables(self):
        """(kind of place, [(place, its field)])."""
        for kind, places in self.places:
            yield kind, [(place, self[f"place:{kind.word}:{place.pk}"]) for place in places]

    @property
    def channels(self):
        return list(Channel)

    @property
    def has_errors_below(self):
        return any(":" in name for name in self.errors)

    def clean(self):
        said = super().clean()
        starts, ends = said.get("quiet_from"), said.get("quiet_until")
        if "quiet_from" in self.errors or "quiet_until" in self.errors:
            return said
        if (starts is None) != (ends is None):
            self.add_error("quiet_until" if ends is None else "quiet_from", ValidationError(_("Say both from when and until when.")))
        elif starts is not None and starts == ends:
            self.add_error(
                "quiet_until", ValidationError(_("Choose an hour other than the first. To have no mail at all, untick it above."))
            )
        return said

    def save(self):
        """Keep it all, or nothing: of the boxes what differs from what the portal does by itself, of the places what has changed."""
        said = self.cleaned_data
        with transaction.atomic():
            wanted = {pair: said[name] for pair, name in self.boxes.items()}
            choose_all(self.user, wanted | {(EVERYTHING, Channel.MAIL): said["mail_at_once"]})
            hours = {"starts": said["quiet_from"], "ends": said["quiet_until"], "weekend": said["quiet_weekend"]}
            if any(getattr(self.hours, name) != value for name, value in hours.items()):
                set_quiet_hours(self.user, **hours)
            for kind, places in self.places:
                for place in places:
                    self._choose(kind, place, said[f"place:{kind.word}:{place.pk}"])

    def _choose(self, kind, place, value):
        if value and value != place.value:
            try:
                kind.choose(self.user, place.pk, value)
            except WrongState:  # it is the member's no longer: there is nothing to choose
                return
