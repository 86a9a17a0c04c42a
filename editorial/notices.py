"""Which editorial pages can be followed: what happens on a theme and in a municipality."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import register_followable
from taxonomy.models import Municipality, Theme

register_followable("theme", Theme, _("Themes"))
register_followable("municipality", Municipality, _("Municipalities"))
