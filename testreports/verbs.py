"""The verbs of a report as doors offer them: whom they are for, what their button and their answer say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from testreports import actions
from testreports.enums import WRITTEN, State


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

    @property
    def url_name(self):
        return self.name.replace("-", "_")

    @property
    def permission(self):
        return f"testreports.{self.url_name}"


#: In the order of their buttons. *Publish* of a submitted report has a form of its own on the page.
VERBS = {
    verb.name: verb
    for verb in (
        Verb("submit", actions.submit, WRITTEN, "check", pgettext_lazy("test report", "Submit to the other side"),
             _("“%(title)s” is submitted. The other side is asked whether it says what happened."), is_primary=True),
        Verb("take-back", actions.take_back, (State.SUBMITTED,), "arrow-left", pgettext_lazy("test report", "Take it back"),
             _("“%(title)s” is a draft again.")),
        Verb("return", actions.return_, (State.SUBMITTED,), "arrow-left", pgettext_lazy("test report", "Ask for changes"),
             _("“%(title)s” is returned, with what you wrote."), reason=_("What should be changed? The other side reads this.")),
        Verb("publish", actions.publish, (State.SUBMITTED, State.HIDDEN), "check", pgettext_lazy("verb", "Publish"),
             _("“%(title)s” is published."), is_primary=True),
        Verb("reopen", actions.reopen, (State.PUBLISHED,), "edit", pgettext_lazy("test report", "Correct it"),
             _("“%(title)s” is a draft again. Nobody else reads it until the other side has agreed anew.")),
        Verb("hide", actions.hide, (State.PUBLISHED,), "eye", pgettext_lazy("verb", "Hide"), _("“%(title)s” is hidden."),
             reason=_("Why is it hidden? The organisation reads this.")),
        Verb("delete", actions.delete, (State.DRAFT,), "trash", pgettext_lazy("verb", "Delete the draft"), _("“%(title)s” is deleted.")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A verb's button on one report."""

    verb: Verb
    url: str

    def __getattr__(self, name):
        return getattr(self.verb, name)


def available(user, report):
    """The verbs that lead on from where the report stands and that `user` may carry out."""
    if not user.is_authenticated:
        return []
    possible = [verb for verb in VERBS.values() if report.state in verb.sources and not (verb.name == "delete" and report.published_at)]
    return [Offered(verb, reverse(f"testreports:{verb.url_name}", args=[report.slug])) for verb in possible
            if user.has_perm(verb.permission, report)]  # fmt: skip


def carry_out(name, report, *, by, reason="", **said):
    """Call the verb's action. Raises `WrongState` where it does not lead on from here."""
    verb = VERBS[name]
    verb.action(report, by=by, **({"reason": reason} if verb.reason else {}), **said)
    return verb
