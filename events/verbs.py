"""The verbs of an event as doors offer them: whom they are for, what their button and their answer say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import actions
from events.enums import State


@dataclass(frozen=True)
class Verb:
    """One verb: its path word, the action, from where it leads on, and what people read."""

    name: str
    action: Callable
    sources: tuple
    icon: str
    label: str
    done: str
    is_primary: bool = False
    reason: str = ""  # what the reason's field asks; "" where the verb takes none
    only_to_come: bool = False

    @property
    def permission(self):
        return f"events.{self.name}"


#: In the order of their buttons.
VERBS = {
    verb.name: verb
    for verb in (
        Verb("publish", actions.publish, (State.DRAFT, State.HIDDEN), "check", pgettext_lazy("verb", "Publish"),
             _("“%(title)s” is published."), is_primary=True),
        Verb("cancel", actions.cancel, (State.PUBLISHED,), "close", pgettext_lazy("verb", "Cancel the event"),
             _("“%(title)s” is cancelled. Everybody who was registered or waited is told."),
             reason=_("Why is it cancelled? Everybody who is registered reads this."), only_to_come=True),
        Verb("hide", actions.hide, (State.PUBLISHED, State.CANCELLED), "eye", pgettext_lazy("verb", "Hide"),
             _("“%(title)s” is hidden."), reason=_("Why is it hidden? The organisation reads this.")),
        Verb("delete", actions.delete, (State.DRAFT,), "trash", pgettext_lazy("verb", "Delete the draft"), _("“%(title)s” is deleted.")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A verb's button on one event."""

    verb: Verb
    url: str

    def __getattr__(self, name):
        return getattr(self.verb, name)


def available(user, event, now):
    """The verbs that lead on from where the event stands and that `user` may carry out."""
    if not user.is_authenticated:
        return []
    possible = [verb for verb in VERBS.values() if event.state in verb.sources and not (verb.only_to_come and event.ends_at <= now)]
    return [Offered(verb, reverse(f"events:{verb.name}", args=[event.slug])) for verb in possible if user.has_perm(verb.permission, event)]


def carry_out(name, event, *, by, reason=""):
    """Call the verb's action. Raises `WrongState` where it does not lead on from here."""
    verb = VERBS[name]
    verb.action(event, by=by, **({"reason": reason} if verb.reason else {}))
    return verb
