"""The verbs of a project as doors offer them: whom they are for, what their button and their answer say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import actions


@dataclass(frozen=True)
class Verb:
    """One verb: its path word, the permission, the action, and what people read."""

    name: str
    action: Callable
    icon: str
    label: str
    done: str
    is_primary: bool = False
    reason: str = ""  # what the reason's field asks; "" where the verb takes none

    @property
    def permission(self):
        return f"projects.{self.name}"

    @property
    def url_name(self):
        return f"projects:{self.name}"


#: In the order of their buttons; at most one of them is the primary one.
VERBS = {
    verb.name: verb
    for verb in (
        Verb("publish", actions.publish, "check", pgettext_lazy("verb", "Publish"), _("“%(title)s” is published."),
             is_primary=True),
        Verb("submit", actions.submit, "arrow-right", pgettext_lazy("verb", "Submit for review"),
             _("“%(title)s” is submitted. A moderator looks at it next."), is_primary=True),
        Verb("return", actions.return_, "arrow-left", pgettext_lazy("verb", "Return"),
             _("“%(title)s” is returned to its authors."), reason=_("What is to be mended? The authors read this.")),
        Verb("reopen", actions.reopen, "edit", pgettext_lazy("verb", "Reopen as draft"), _("“%(title)s” is a draft again."),
             is_primary=True),
        Verb("archive", actions.archive, "file", pgettext_lazy("verb", "Archive"),
             _("“%(title)s” is archived. It keeps its address and leaves the lists.")),
        Verb("withdraw", actions.withdraw, "close", pgettext_lazy("verb", "Withdraw"), _("“%(title)s” is withdrawn.")),
        Verb("hide", actions.hide, "eye", pgettext_lazy("verb", "Hide"),
             _("“%(title)s” is hidden."), reason=_("Why is it hidden? The organisation reads this.")),
    )
}  # fmt: skip


def available(user, project):
    """The verbs that lead on from the project's state and that `user` may carry out, in the order of their buttons."""
    if not user.is_authenticated:
        return []
    possible = [verb for verb in VERBS.values() if project.state in actions.STEPS[verb.name].sources]
    allowed = [verb for verb in possible if user.has_perm(verb.permission, project)]
    names = {verb.name for verb in allowed}
    return [verb for verb in allowed if not (verb.name == "submit" and "publish" in names)]


def carry_out(name, project, *, by, reason=""):
    """Call the verb's action. Raises `WrongState` where it does not lead on from here."""
    verb = VERBS[name]
    extra = {"reason": reason} if verb.reason else {}
    verb.action(project, by=by, **extra)
    return verb
