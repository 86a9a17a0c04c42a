"""`{% load notifications %}`: the bell of the header and the button that follows a noun."""

from django import template
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.bounces import hindrance_of
from notifications.enums import Hindrance
from notifications.kinds import followable_of
from notifications.models import Follow
from notifications.pages import unread_count

register = template.Library()
ADDRESS_WORDS = {
    Hindrance.BOUNCES: gettext_lazy("Three mails to %(address)s came back, so digest and news are not mailed any more."),
    Hindrance.COMPLAINT: gettext_lazy("A mail to %(address)s was marked as spam, so digest and news are not mailed any more."),
    Hindrance.UNSUBSCRIBED: gettext_lazy(
        "Our mails to %(address)s were stopped at your mail provider, so digest and news are not mailed any more."
    ),
}


@register.inclusion_tag("components/bell.html", takes_context=True)
def bell(context):
    """What waits for the member: one small query for who is signed in, none and nothing to see for others."""
    user = getattr(context.get("request"), "user", None)
    is_member = bool(user and user.is_authenticated)
    return {"is_member": is_member, "unread": unread_count(user) if is_member else 0}


@register.inclusion_tag("components/follow_button.html", takes_context=True)
def follow_button(context, noun):
    """Follow or unfollow a noun; who is signed out is led to the sign-in page and back here. Nothing for a noun nobody can follow."""
    kind, request = followable_of(noun), context.get("request")
    user = getattr(request, "user", None)
    is_member = bool(user and user.is_authenticated)
    follows = (
        is_member
        and kind
        and Follow.objects.filter(user=user, target_type=ContentType.objects.get_for_model(kind.model), target_id=noun.pk).exists()
    )
    shown = bool(kind and request and (not is_member or user.may_act))
    return {"noun": noun, "kind": kind, "shown": shown, "is_member": is_member, "follows": follows, "request": request,
            "csrf_token": context.get("csrf_token"), "page": request.get_full_path() if request else ""}  # fmt: skip


@register.inclusion_tag("notifications/_address.html", takes_context=True)
def address_notice(context):
    """Why no more mail goes to the member's address, with the verb that changes it; nothing where mail goes."""
    request = context["request"]
    row = hindrance_of(request.user)
    if row is None:
        return {"row": None}
    verb = _("My address works again") if row.why == Hindrance.BOUNCES else _("Mail me again")
    words = f"{ADDRESS_WORDS[row.why]} " % {"address": request.user.email} + _("Mails about your account still come.")
    return {
        "row": row, "title": _("No digest and no news by mail at present"), "words": words,
        "verb": verb, "page": request.path, "csrf_token": context.get("csrf_token"),
    }  # fmt: skip
