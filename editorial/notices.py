"""What can be told of reports and of what moderators share; themes and municipalities can be followed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.kinds import Kind, register_area, register_followable, register_kind
from taxonomy.models import Municipality, Theme

MODERATION = pgettext_lazy("group of notifications", "Moderation")
REPORTS = pgettext_lazy("group of notifications", "My reports")

register_followable("theme", Theme, _("Themes"))
register_followable("municipality", Municipality, _("Municipalities"))
register_area("moderation", _("Reports and moderation"), "report", "moderation")
register_kind(
    Kind("report.made", _("Something is reported"), MODERATION, _("“%(title)s” is reported: %(reason)s."), _("Look at the report"),
         icon="flag",
         many=ngettext_lazy("%(number)d report waits.", "%(number)d reports wait.", "number"), about=None),
    Kind("report.closed", _("A report of mine is dealt with"), REPORTS,
         _("A moderator has dealt with your report of “%(title)s”. Outcome: %(outcome)s."), _("Open the portal"), urgent=True, icon="flag"),
    Kind("moderation.assigned", _("Something is assigned to me"), MODERATION, _("%(by)s has assigned “%(title)s” to you."),
         _("Open the list"), icon="user",
         many=ngettext_lazy("%(number)d thing is assigned to you.", "%(number)d things are assigned to you.", "number"),
         about=None),
)  # fmt: skip
