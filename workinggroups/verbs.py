"""The buttons of a group: which verbs this reader may do now, each with its address."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.publishing import State


@dataclass(frozen=True)
class Verb:
    """`states` from which it leads on, `reason` what its field asks ("" where it takes none), `is_link` for a page of its own."""

    name: str
    label: Any
    icon: str
    states: tuple
    reason: Any = ""
    is_primary: bool = False
    is_link: bool = False
    permission: str = ""


VERBS = (
    Verb("publish", pgettext_lazy("verb", "Publish"), "eye", (State.DRAFT,), is_primary=True),
    Verb("edit", pgettext_lazy("verb", "Edit"), "edit", (State.DRAFT, State.PUBLISHED), is_link=True, permission="change"),
    Verb("announce", pgettext_lazy("verb", "Announce"), "bell", (State.PUBLISHED,), is_link=True),
    Verb("close", pgettext_lazy("verb", "Close the group"), "lock", (State.PUBLISHED,), is_link=True),
    Verb("reopen", pgettext_lazy("verb", "Reopen"), "replication", (State.ARCHIVED, State.HIDDEN)),
    Verb("hide", pgettext_lazy("verb", "Hide"), "lock", (State.PUBLISHED, State.ARCHIVED), _("Why? The chairs read this.")),
)


def available(group, user):
    """[{name, label, icon, reason, url, is_primary, is_link}]"""
    return [
        {"name": verb.name, "label": verb.label, "icon": verb.icon, "reason": verb.reason, "is_primary": verb.is_primary,
         "is_link": verb.is_link, "url": reverse(f"workinggroups:{verb.name}", args=[group.slug])}
        for verb in VERBS
        if group.state in verb.states and user.has_perm(f"workinggroups.{verb.permission or verb.name}", group)
    ]  # fmt: skip
