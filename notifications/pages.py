"""What the pages of notifications show, read in a fixed number of queries."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from common.sorting import sorted_by_name
from notifications.access import may_see
from notifications.choices import PRESETS, preset_of
from notifications.composing import entry_path
from notifications.kinds import FOLLOWABLE, Kind, kind_of
from notifications.models import Follow, Notification
from notifications.wording import sentence, why

#: The bell counts up to here and then says "99+".
MOST = 99


@dataclass(frozen=True)
class Row:
    """One notification as it is read."""

    notification: Notification
    kind: Kind
    text: str
    why: str
    note: str
    url: str

    @property
    def is_unread(self):
        return self.notification.read_at is None


def rows(notifications, user):
    """The rows of one page. What its reader may see no longer keeps its place and loses its words."""
    notifications = list(notifications)
    seen = may_see([(user, one.entry.target_type_id, one.entry.target_id) for one in notifications])
    return [row_of(one, is_seen=(user.pk, one.entry.target_type_id, one.entry.target_id) in seen) for one in notifications]


def row_of(notification, *, is_seen):
    entry = notification.entry
    if not is_seen:
        gone = _("This was about something that is not shown to you any more.")
        return Row(notification, kind_of(""), gone, "", "", "")
    reason, url = why(notification.reason, notification.followed, entry), entry_path(entry, get_language()) if entry.url else ""
    return Row(notification, kind_of(entry.kind), sentence(entry), reason, entry.note, url)


def unread_count(user):
    """How many are unread, at most one more than the bell shows; one small query."""
    return Notification.objects.visible_to(user).unread()[: MOST + 1].count()


#: (name of the tab, label, name of the address): what apps above add comes behind.
PAGES = [
    ("list", gettext_lazy("Notifications"), "notifications:list"),
    ("follows", pgettext_lazy("notifications", "What I follow"), "notifications:follows"),
    ("settings", pgettext_lazy("notifications", "What reaches me"), "notifications:settings"),
]


def register_page(name, label, address):
    """Let a page of an app above stand beside the pages about notifications."""
    PAGES.append((name, label, address))


def tabs(current):
    """The pages about notifications, as links."""
    return [{"label": label, "url": reverse(address), "current": name == current} for name, label, address in PAGES]


def trail(title=""):
    """Where one is."""
    steps = [(_("Home"), f"/{get_language()}/"), (_("Notifications"), reverse("notifications:list") if title else "")]
    return [*steps, (title, "")] if title else steps


def followed_by(user):
    """(noun's word, the nouns this member follows and may see, in the order of their names), one query for each type of noun."""
    wanted = {}
    for type_id, pk in Follow.objects.filter(user=user).values_list("target_type_id", "target_id"):
        wanted.setdefault(type_id, set()).add(pk)
    found = []
    for one in FOLLOWABLE.values():
        keys = wanted.get(ContentType.objects.get_for_model(one.model).pk, ())
        nouns = one.visible_to(user).filter(pk__in=keys) if keys else ()
        found.append((one, sorted_by_name(nouns)))
    return [(one, nouns) for one, nouns in found if nouns]


class SettingsPage:
    """What stands around the form of what reaches a member."""

    def __init__(self, user):
        self.user = user
        self.title = pgettext("notifications", "What reaches me")

    @property
    def tabs(self):
        return tabs("settings")

    @property
    def trail(self):
        return trail(self.title)

    @property
    def presets(self):
        """[(word, preset, whether it is what the member has chosen)]."""
        chosen = preset_of(self.user)
        return [(word, preset, word == chosen) for word, preset in PRESETS.items()]

    @property
    def digest_url(self):
        """Where the digest is chosen; "" without an app that makes one."""
        return next((reverse(address) for name, _label, address in PAGES if name == "digest"), "")
