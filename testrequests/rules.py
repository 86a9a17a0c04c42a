"""Who may do what with a request and with a lab's answer to it. Doors ask these; verbs check the state."""

import rules

from common.rules import may_act
from livinglabs.rules import answers_of_team, is_of_team, writes_for
from organisations.enums import WRITERS
from testrequests.enums import MOVES, TOGETHER, Side, State


def acts_for_asking(user, request):
    """An owner or editor of the organisation that asks; the member who began the request and still belongs to it."""
    role = user.organisation_roles.get(request.organisation_id)
    return role in WRITERS or (role is not None and request.created_by_id == user.pk)


def answers_for(user, lab):
    """The twin of `LivingLab.objects.run_by`; asked without `has_perm`, to which every administrator has every right."""
    return writes_for(user, lab) or answers_of_team(user, lab)


def sides_of(user, application):
    """The sides `user` acts for; nobody's for most people, both for somebody of two organisations."""
    if not getattr(user, "may_act", False):
        return ()
    asking = acts_for_asking(user, application.request)
    answering = application.state != State.DRAFT and answers_for(user, application.lab)
    return (*((Side.COMPANY,) if asking else ()), *((Side.LAB,) if answering else ()))


def may(user, verb, application):
    """Whether `user` acts for a side that this verb is for. Whether it leads on from here is the verb's matter."""
    return not set(MOVES[verb].sides).isdisjoint(sides_of(user, application))


@rules.predicate
def belongs_to_asking(user, request):
    return getattr(user, "may_act", False) and request.organisation_id in user.organisation_roles


@rules.predicate
def can_see_request(user, request):
    """The twin of `TestRequestQuerySet.visible_to`."""
    if not getattr(user, "may_act", False):
        return False
    if belongs_to_asking(user, request):
        return True
    asked = [one.lab for one in request.applications.exclude(state=State.DRAFT).select_related("lab")]
    return any(lab.organisation_id in user.organisation_roles or is_of_team(user, lab) for lab in asked)


@rules.predicate
def can_see_confidential(user, part):
    """The twin of `ConfidentialQuerySet.visible_to`."""
    if not getattr(user, "may_act", False):
        return False
    if belongs_to_asking(user, part.request):
        return True
    asked = part.request.applications.filter(state__in=TOGETHER).select_related("lab")
    return any(answers_for(user, one.lab) for one in asked)


@rules.predicate
def can_see_application(user, application):
    """The twin of `ApplicationQuerySet.visible_to`."""
    if not getattr(user, "may_act", False):
        return False
    answers = application.state != State.DRAFT and answers_for(user, application.lab)
    return application.organisation_id in user.organisation_roles or answers


@rules.predicate
def asks(user, request):
    return acts_for_asking(user, request)


@rules.predicate
def takes_part(user, application):
    return bool(sides_of(user, application))


rules.add_perm("testrequests.see_request", can_see_request)
rules.add_perm("testrequests.see_confidential", can_see_confidential)
rules.add_perm("testrequests.see", can_see_application)
#: Writes it, sends it, asks a further lab.
rules.add_perm("testrequests.change", may_act & asks)
rules.add_perm("testrequests.take_part", may_act & takes_part)
