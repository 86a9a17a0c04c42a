"""The buttons over a discussion: which verbs this reader may do now, each with its address."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Verb:
    """`shown` says of the discussion whether the verb leads on; `reason` what its field asks ("" where it takes none)."""

    name: str
    label: Any
    icon: str
    shown: Any
    reason: Any = ""
    of_open_place: bool = True


VERBS = (
    Verb("pin", pgettext_lazy("verb of a discussion", "Pin"), "chevron-up", lambda thread: not thread.is_pinned),
    Verb("unpin", pgettext_lazy("verb of a discussion", "Unpin"), "chevron-up", lambda thread: thread.is_pinned),
    Verb("close", pgettext_lazy("verb of a discussion", "Close"), "lock", lambda thread: not thread.is_closed),
    Verb("reopen", pgettext_lazy("verb of a discussion", "Open again"), "replication", lambda thread: thread.is_closed),
    Verb("remove_thread", pgettext_lazy("verb of a discussion", "Take away"), "trash", lambda thread: True,
         _("Why? Whoever began the discussion reads this."), of_open_place=False),
)  # fmt: skip


def available(topic):
    """[{name, label, icon, reason, url}]"""
    if not topic.leads:
        return []
    return [
        {"name": verb.name, "label": verb.label, "icon": verb.icon, "reason": verb.reason,
         "url": topic.place.url_of(verb.name, topic.thread.pk)}
        for verb in VERBS
        if verb.shown(topic.thread) and (topic.place.is_open or not verb.of_open_place)
    ]  # fmt: skip
