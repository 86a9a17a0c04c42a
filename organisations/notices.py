"""What can be told of organisations and of belonging to them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.kinds import Kind, register_area, register_followable, register_kind, register_reason
from organisations.models import Organisation

MINE = pgettext_lazy("group of notifications", "My organisations")
MEMBERS = pgettext_lazy("group of notifications", "Members of my organisations")
MODERATION = pgettext_lazy("group of notifications", "Moderation")
OPEN = _("Open the organisation")
OPEN_MEMBERS = _("Open the list of members")

register_followable("organisation", Organisation, _("Organisations"))
register_reason("address", _("You get this because a confirmed address of yours is in a domain of the organisation."))

register_area("organisations", _("Organisations"), "organisation")
register_kind(
    Kind("organisation.offered", _("I can join an organisation at once"), MINE,
         _("Your address shows that you work at %(title)s. You can join at once."), _("Join"), mail=False, icon="organisation"),
    Kind("organisation.invited", _("I am invited to an organisation"), MINE,
         _("%(by)s invites you to join %(title)s."), _("Look at the invitation"), mail=False, icon="organisation"),
    Kind("organisation.accepted", _("My request to join is accepted"), MINE,
         _("You belong to %(title)s now: %(by)s has accepted your request."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.declined", _("My request to join is declined"), MINE,
         _("Your request to join %(title)s was declined."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.role_changed", _("My role in an organisation changes"), MINE,
         _("%(by)s has changed your role in %(title)s. It is now: %(role)s."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.handed_over", _("I become the owner of an organisation"), MINE,
         _("%(by)s has handed %(title)s over to you. You are its owner now."), OPEN_MEMBERS, urgent=True, icon="organisation"),
    Kind("organisation.removed", _("I am taken out of an organisation"), MINE,
         _("%(by)s has taken you out of %(title)s. What you wrote for it stays with it."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.verified", _("My organisation is verified"), MINE,
         _("%(title)s is verified. Everybody sees it now."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.proposal_declined", _("My proposal of an organisation is declined"), MINE,
         _("A moderator has declined your proposal of %(title)s."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.merged", _("My organisation is merged with another"), MINE,
         _("%(other)s is now a part of %(title)s here: they were one and the same. Everything has moved."), OPEN, icon="organisation"),
    Kind("organisation.domain_given", _("My organisation gets a domain"), MINE,
         _("%(domain)s is a domain of %(title)s now. Whoever has an address in it can join at once."), OPEN, icon="organisation"),
    Kind("organisation.domain_declined", _("A domain is declined"), MINE,
         _("%(domain)s does not become a domain of %(title)s."), OPEN, urgent=True, icon="organisation"),
    Kind("organisation.asked", _("Somebody asks to join"), MEMBERS,
         _("%(by)s asks to join %(title)s."), _("Answer the request"), urgent=True, icon="users",
         many=_("%(people)s ask to join %(title)s.")),
    Kind("organisation.joined", _("Somebody has joined by a confirmed address"), MEMBERS,
         _("%(by)s has joined %(title)s with an address in its domain."), OPEN_MEMBERS, icon="users",
         many=_("%(people)s have joined %(title)s with addresses in its domain.")),
    Kind("organisation.member_left", _("Somebody leaves"), MEMBERS,
         _("%(by)s has left %(title)s."), OPEN_MEMBERS, icon="users", many=_("%(people)s have left %(title)s.")),
    Kind("organisation.invitation_accepted", _("My invitation is accepted"), MEMBERS,
         _("%(by)s has accepted your invitation to %(title)s."), OPEN_MEMBERS, icon="users",
         many=_("%(people)s have accepted your invitations to %(title)s.")),
    Kind("organisation.invitation_declined", _("My invitation is declined"), MEMBERS,
         _("%(by)s has declined your invitation to %(title)s."), OPEN_MEMBERS, icon="users"),
    Kind("organisation.proposed", _("An organisation is proposed"), MODERATION,
         _("%(by)s proposes %(title)s as a new organisation."), _("Look at the proposal"), icon="organisation",
         many=ngettext_lazy("%(number)d organisation is proposed.", "%(number)d organisations are proposed.", "number"),
         about=None),
    Kind("organisation.domain_asked", _("An organisation asks for a domain"), MODERATION,
         _("%(by)s asks for %(domain)s as a domain of %(title)s."), _("Look at the request"), icon="organisation"),
)  # fmt: skip
