"""The verbs of labs and offers as doors offer them: whom they are for, what their button and their answer say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglabs import actions


@dataclass(frozen=True)
class Verb:
    """One verb: its path word, the action, and what people read. `reason` is what its field asks, "" where it takes none."""

    name: str
    action: Callable
    icon: str
    label: str
    done: str
    is_primary: bool = False
    reason: str = ""


#: In the order of their buttons; at most one of them is the primary one.
LAB_VERBS = {
    verb.name: verb
    for verb in (
        Verb("publish", actions.publish, "check", pgettext_lazy("verb", "Publish"), _("“%(title)s” is published."), is_primary=True),
        Verb("submit", actions.submit, "arrow-right", pgettext_lazy("verb", "Submit for review"),
             _("“%(title)s” is submitted. A moderator looks at it next."), is_primary=True),
        Verb("return", actions.return_, "arrow-left", pgettext_lazy("verb", "Return"),
             _("“%(title)s” is returned to its authors."), reason=_("What is to be mended? The authors read this.")),
        Verb("reopen", actions.reopen, "edit", pgettext_lazy("verb", "Reopen as draft"), _("“%(title)s” is a draft again."),
             is_primary=True),
        Verb("archive", actions.archive, "file", pgettext_lazy("verb", "Archive"),
             _("“%(title)s” is archived. It keeps its address and takes no requests.")),
        Verb("withdraw", actions.withdraw, "close", pgettext_lazy("verb", "Withdraw"), _("“%(title)s” is withdrawn.")),
        Verb("hide", actions.hide, "eye", pgettext_lazy("verb", "Hide"),
             _("“%(title)s” is hidden."), reason=_("Why is it hidden? The organisation reads this.")),
    )
}  # fmt: skip
OFFER_VERBS = {
    verb.name: verb
    for verb in (
        Verb("publish", actions.publish_offer, "check", pgettext_lazy("verb", "Publish"), _("“%(title)s” is published."),
             is_primary=True),
        Verb("reopen", actions.reopen_offer, "edit", pgettext_lazy("verb", "Reopen as draft"), _("“%(title)s” is a draft again."),
             is_primary=True),
        Verb("archive", actions.archive_offer, "file", pgettext_lazy("verb", "Archive"),
             _("“%(title)s” is archived. It keeps its address and takes no requests.")),
        Verb("hide", actions.hide_offer, "eye", pgettext_lazy("verb", "Hide"),
             _("“%(title)s” is hidden."), reason=_("Why is it hidden? The organisation reads this.")),
    )
}  # fmt: skip


def lab_verbs(user, lab):
    """The verbs that lead on from the lab's state and that `user` may carry out, each with its address."""
    if not user.is_authenticated:
        return []
    allowed = [
        verb
        for verb in LAB_VERBS.values()
        if lab.state in actions.STEPS[verb.name].sources and user.has_perm(f"livinglabs.{verb.name}", lab)
    ]
    names = {verb.name for verb in allowed}
    allowed = [verb for verb in allowed if not (verb.name == "submit" and "publish" in names)]
    return _buttons(allowed, lambda verb: reverse(f"livinglabs:{verb.name}", args=[lab.slug]))


def offer_verbs(user, offer):
    """The same for an offer."""
    if not user.is_authenticated:
        return []
    allowed = [
        verb
        for verb in OFFER_VERBS.values()
        if offer.state in actions.OFFER_STEPS[verb.name][0] and user.has_perm(f"livinglabs.{verb.name}_offer", offer)
    ]
    return _buttons(allowed, lambda verb: reverse(f"livinglabs:offer_{verb.name}", args=[offer.lab.slug, offer.slug]))


def _buttons(verbs, address):
    first = next((verb for verb in verbs if verb.is_primary), None)
    return [
        {"name": verb.name, "label": verb.label, "icon": verb.icon, "reason": verb.reason, "primary": verb is first, "url": address(verb)}
        for verb in verbs
    ]
