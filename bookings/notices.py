"""What can be told of visits."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.kinds import Kind, register_area, register_kind, register_reason

MINE = pgettext_lazy("group of notifications", "Visits of mine")
HOSTED = pgettext_lazy("group of notifications", "Visits to my living labs")
OPEN = _("Open the visit")
ANSWER = _("Answer")

register_reason("visit_guest", _("You get this because you asked for the visit."))

register_area("visits", _("Visits"), "visit")
register_kind(
    Kind("visit.asked", _("Somebody asks for a visit"), HOSTED,
         _("%(delegation)s ask to visit %(lab)s: %(when)s. People: %(people)s."), ANSWER, urgent=True, icon="calendar"),
    Kind("visit.changed", _("A delegation asks for another date"), HOSTED,
         _("%(delegation)s would rather visit %(lab)s at another time: %(when)s."), ANSWER, urgent=True, icon="calendar"),
    Kind("visit.accepted", _("A delegation accepts the date I proposed"), HOSTED,
         _("%(delegation)s come to %(lab)s at the time you proposed: %(when)s."), OPEN, urgent=True, icon="calendar"),
    Kind("visit.withdrawn", _("A delegation no longer asks for a visit"), HOSTED,
         _("%(delegation)s no longer ask to visit %(lab)s. It was about: %(when)s."), OPEN, icon="calendar"),
    Kind("visit.confirmed", _("My visit is confirmed"), MINE,
         _("Your visit to %(lab)s is confirmed: %(when)s."), OPEN, urgent=True, icon="calendar"),
    Kind("visit.declined", _("My visit is declined"), MINE,
         _("%(lab)s cannot receive you: %(when)s. The reason stands here."), OPEN, urgent=True, icon="calendar"),
    Kind("visit.proposed", _("Another date is proposed for my visit"), MINE,
         _("%(lab)s proposes another date for your visit: %(when)s. Accept it, or ask for yet another one."), ANSWER, urgent=True,
         icon="calendar"),
    Kind("visit.cancelled", _("A visit is cancelled"), MINE,
         _("The visit of %(delegation)s to %(lab)s is cancelled. It was to take place: %(when)s."), OPEN, urgent=True, icon="calendar"),
    Kind("visit.reminder", _("Reminder the day before a visit"), MINE,
         _("Soon: %(delegation)s visit %(lab)s, %(when)s."), OPEN, urgent=True, icon="calendar", digest="soon"),
    Kind("visit.thanked", _("Thanks and material after a visit"), MINE,
         _("%(lab)s thanks you for your visit. The material is on the page of the visit."), _("See the material"), urgent=True,
         icon="file"),
)  # fmt: skip
