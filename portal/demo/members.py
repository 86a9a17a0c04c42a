"""Demo members with verified addresses. Only the sign-ins have a password, and only where the settings allow it."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from members.actions import accept_terms
from members.models import User
from organisations.actions import add_member
from portal.demo.content import read
from portal.demo.life import domain_to_try

#: Printed with the sign-ins; production refuses the setting that makes it work.
PASSWORD = "laid-again-elsewhere"
SIGN_IN_DOMAIN = "demo.example.org"


def seed_members(organisations, tally):
    """Make what is missing; returns `{key: User}`."""
    rows = read("members.toml")["member"]
    present = {user.email: user for user in User.objects.filter(email__in=[row[2] for row in rows])}
    found = {}
    for key, name, email, language, organisation, role, _headline in rows:
        user = present.get(email)
        tally.note("members", made=user is None)
        found[key] = user or _make(name, email, language, organisations.get(organisation), role)
    _set_passwords(found.values())
    return found


def _make(name, email, language, organisation, role):
    user = User.objects.create_user(email, name=name, language=language, is_demo=True)
    accept_terms(user)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if organisation:
        add_member(organisation, user, by=None, role=role)
    else:
        user.groups.add(Group.objects.get(name=role))
    return user


def _set_passwords(users):
    """Sign-ins work where `DEMO_SIGN_INS` is on; where it is off, a password left from before is taken away."""
    for user in users:
        if not user.email.endswith(f"@{SIGN_IN_DOMAIN}"):
            continue
        works = user.has_usable_password() and user.check_password(PASSWORD)
        if works != settings.DEMO_SIGN_INS:
            user.set_password(PASSWORD if settings.DEMO_SIGN_INS else None)
            user.save(update_fields=["password"])


def demo_people():
    """(member, part) of each demo sign-in; none where that is off or nothing was seeded."""
    if not settings.DEMO_SIGN_INS:
        return []
    users = User.objects.filter(is_demo=True, email__endswith=f"@{SIGN_IN_DOMAIN}").order_by("pk")
    return [(user, _part(user)) for user in users.prefetch_related("groups", "memberships__organisation")]


def sign_ins():
    """Lines that tell how to sign in to the demo."""
    lines = [f"  {user.email:<30} {user.name}, {part}" for user, part in demo_people()]
    return [f"Demo sign-ins, all with the password {PASSWORD}", *lines, domain_to_try()] if lines else []


def _part(user):
    """What the member may do, in a word or two of the reader's language."""
    membership = next(iter(user.memberships.all()), None)
    return f"{membership.get_role_display()}, {membership.organisation.name}" if membership else _("Moderator and editor of pages")
