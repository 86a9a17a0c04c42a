"""The main menu: only what exists. An entry is shown as soon as its address resolves."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    icon: str


ENTRIES = (
    Entry(_("Projects"), "projects:list", "project"),
    Entry(_("Themes"), "editorial:themes", "tag"),
    Entry(_("Municipalities"), "editorial:municipalities", "pin"),
    Entry(_("Living labs"), "livinglabs:list", "lab"),
    Entry(_("Working groups"), "workinggroups:list", "users"),
    Entry(_("Events"), "events:list", "calendar"),
    Entry(_("Needs"), "needs:list", "need"),
    Entry(_("Organisations"), "organisations:list", "organisation"),
    Entry(_("People"), "people:list", "users"),
    Entry(_("Insights"), "insights:overview", "chart"),
)


@lru_cache(maxsize=64)
def address(url_name, language):
    """The address of a named page in a language, or "" while there is no such page yet. `language` keys the memory."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def main_menu(path=""):
    """Label, address, icon and whether it is the current part of the portal, for each entry that exists."""
    return [entry | {"current": path.startswith(entry["url"])} for entry in _existing(ENTRIES)]


ACCOUNT = (
    Entry(_("Desk"), "portal:desk", "home"),
    Entry(_("Notifications"), "notifications:list", "bell"),
    Entry(_("Weekly digest"), "digests:settings", "mail"),
    Entry(_("Test requests"), "testrequests:list", "lab"),
    Entry(_("My page"), "people:me", "users"),
    Entry(_("My organisations"), "organisations:mine", "organisation"),
    Entry(_("Account"), "account_settings", "user"),
    Entry(_("E-mail address"), "account_email", "mail"),
    Entry(_("Password"), "account_change_password", "lock"),
    Entry(_("Sign-in in two steps"), "mfa_index", "check-circle"),
    Entry(_("Where I am signed in"), "usersessions_list", "globe"),
    Entry(_("My data"), "portal:privacy", "file"),
    Entry(_("Administration"), "wagtailadmin_home", "settings"),
)
FOOTER = (
    (
        _("Find"),
        (
            Entry(_("Projects"), "projects:list", "project"),
            Entry(_("Map"), "projects:map", "map"),
            Entry(_("Themes"), "editorial:themes", "tag"),
            Entry(_("Municipalities"), "editorial:municipalities", "pin"),
            Entry(_("Living labs"), "livinglabs:list", "lab"),
            Entry(_("Test reports"), "testreports:list", "file"),
            Entry(_("Organisations"), "organisations:list", "organisation"),
            Entry(_("People"), "people:list", "users"),
        ),
    ),
    (
        _("Take part"),
        (
            Entry(_("Post a project"), "projects:create", "edit"),
            Entry(_("Working groups"), "workinggroups:list", "users"),
            Entry(_("Events"), "events:list", "calendar"),
            Entry(_("Needs"), "needs:list", "need"),
        ),
    ),
    (
        _("Keep up"),
        (
            Entry(_("Weekly digest"), "digests:settings", "mail"),
            Entry(_("Feed of new projects"), "projects:feed", "feed"),
            Entry(_("Insights"), "insights:overview", "chart"),
        ),
    ),
)


@lru_cache(maxsize=64)
def _existing_in(entries, language):
    found = ((entry, address(entry.url_name, language)) for entry in entries)
    return [{"label": str(entry.label), "url": url, "icon": entry.icon} for entry, url in found if url]


def _existing(entries):
    """Label, address and icon of the entries whose address resolves, in the reader's language."""
    return _existing_in(tuple(entries), get_language())


def account_menu(user):
    """What stands under the member's name; the administration only for those who may enter it."""
    closed = () if user.is_authenticated and user.has_perm("wagtailadmin.access_admin") else ("wagtailadmin_home",)
    return _existing(entry for entry in ACCOUNT if entry.url_name not in closed)


def footer_columns():
    """The footer while editors have not arranged one: columns of what exists."""
    return [{"title": title, "links": links} for title, entries in FOOTER if (links := _existing(entries))]
