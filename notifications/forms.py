"""What reaches a member: one box for each kind and channel."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.actions import choose
from notifications.choices import EVERYTHING, chosen_by, default
from notifications.enums import Channel
from notifications.kinds import kinds_by_group


class ChoicesForm(forms.Form):
    """Boxes named `<kind>:<channel>`; without any of them posted, everything is off, as the member sees it."""

    mail_at_once = forms.BooleanField(
        required=False,
        label=_("Mail me at once about what is ticked below"),
        help_text=_("Without this tick no such mail is sent. Mails about your account come in any case."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = chosen_by([user.pk])
        self.fields["mail_at_once"].initial = chosen.get((user.pk, EVERYTHING, Channel.MAIL), True)
        self.boxes = {}
        self.kinds = kinds_by_group(user)
        for _group, kinds in self.kinds:
            for kind in kinds:
                for channel in (Channel.PORTAL, Channel.MAIL) if kind.mail else (Channel.PORTAL,):
                    initial = chosen.get((user.pk, kind.name, channel), default(kind, channel))
                    label = f"{kind.label}: {channel.label}"
                    self.fields[f"{kind.name}:{channel}"] = forms.BooleanField(required=False, initial=initial, label=label)
                    self.boxes[kind.name, channel] = f"{kind.name}:{channel}"

    def groups(self):
        """(heading, how many are mailed, [(kind, box in the portal, box of mails or None)]) as the page shows them."""
        for group, kinds in self.kinds:
            rows = [(kind, self[self.boxes[kind.name, Channel.PORTAL]], self._mail_box(kind)) for kind in kinds]
            yield group, sum(bool(mail and mail.value()) for _kind, _portal, mail in rows), rows

    def _mail_box(self, kind):
        name = self.boxes.get((kind.name, Channel.MAIL))
        return self[name] if name else None

    def save(self):
        """Keep what differs from what the portal does by itself."""
        choose(self.user, EVERYTHING, Channel.MAIL, self.cleaned_data["mail_at_once"])
        for (kind, channel), name in self.boxes.items():
            choose(self.user, kind, channel, self.cleaned_data[name])
