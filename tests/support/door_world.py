"""What the addresses of tests/test_doors.py are tried on: own (of the cast's organisation), other (of another one), private (of another
one, and for nobody else)."""

import re
import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.utils.functional import cached_property

from members.models import Profile
from notifications.models import Suppression
from organisations.models import DomainRequest, Invitation, JoinRequest
from projects.actions import update_project
from records.actions import add_attachment
from records.models import Version
from taxonomy.models import Tag
from tests.factories import (
    DeliveryFactory,
    DomainFactory,
    MembershipFactory,
    NotificationFactory,
    OrganisationFactory,
    ProjectFactory,
    QuestionFactory,
    ReportFactory,
    UserFactory,
)

TARGETS = ("own", "other", "private")
#: Addresses written as regular expressions: what is tried there.
SAMPLES = {"confirm-email": "en/accounts/confirm-email/MQ:1t:x/", "((?:[": "en/about/"}


class World:
    """Rows made once for a test; each answer is tried and undone. `by_target` are the nouns of each target."""

    def __init__(self, organisation, cast):
        self.cast, self.made = cast, {}
        self.sessions = {part: session_of(user) for part, user in cast.items() if user.is_authenticated}
        cast["moderator"].groups.add(Group.objects.get(name="Moderators"))  # who may enter the administration, too
        self.organisations = {
            "own": organisation,
            "other": OrganisationFactory(name="Elsewhere Kommune", slug="elsewhere-kommune"),
            "private": OrganisationFactory(name="Proposed Kommune", slug="proposed-kommune", verified_at=None),
        }
        elsewhere, stranger = self.organisations["other"], cast["stranger"]
        EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
        self.projects = {
            "own": ProjectFactory(organisation=organisation, slug="own-project", created_by=cast["colleague"]),
            "other": ProjectFactory(organisation=elsewhere, slug="other-project"),
            "private": ProjectFactory(organisation=elsewhere, slug="private-project", state="draft"),
        }

    def address(self, route, target):
        """The address of a route on a target; "" as a target stands for pages without one."""
        for part, sample in SAMPLES.items():
            if part in route:
                return sample
        if (route, target) not in self.made:
            self.made[route, target] = self.values(route, target)
        values = self.made[route, target]
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found.group(1)]), route)

    def values(self, route, target):
        """What stands for the converters: of the longest prefix that fits."""
        fitting = [prefix for prefix in MAKERS if route.startswith(prefix)]
        return MAKERS[max(fitting, key=len)](self, target or "own") if fitting else {}

    # ---- nouns about the targets, made when an address asks for them

    @cached_property
    def somebody(self):
        """A member of another organisation, with a page for nobody."""
        user = MembershipFactory(organisation=self.organisations["other"], role="owner", user__name="Somebody").user
        self.profile(user, "somebody", "nobody")
        return user

    def profile(self, user, slug, listed_to):
        return Profile.objects.update_or_create(user=user, defaults={"slug": slug, "listed_to": listed_to, "headline": "Here"})[0]

    def person(self, target):
        user = {"own": self.cast["colleague"], "other": UserFactory(name="Other"), "private": self.somebody}[target]
        return self.profile(user, f"person-{target}", {"own": "everybody", "other": "members", "private": "nobody"}[target])

    def question(self, target):
        return QuestionFactory(target=self.projects[target])

    def attachment(self, target):
        return add_attachment(self.projects[target], ContentFile(b"%PDF-1.7 x", name="plan.pdf"), by=None)

    def version(self, target):
        project = self.projects[target]
        update_project(project, by=None, programme="Two")
        number = Version.objects.filter(target_id=project.pk).order_by("number").values_list("number", flat=True).first()
        return number or 1

    def invitation(self, target):
        """To the stranger's address, except for private: to another one."""
        email = "somebody.else@example.org" if target == "private" else self.cast["stranger"].email
        now = timezone.now()
        return Invitation.objects.create(organisation=self.organisations[target], email=email, token_hash=uuid.uuid4().hex * 2,
                                         sent_at=now, expires_at=now + timedelta(days=7))  # fmt: skip

    def domains(self, target):
        """A domain of the organisation, and one its owner asked for."""
        organisation = self.organisations[target]
        asked = DomainRequest.objects.create(organisation=organisation, by=self.cast["owner"], name="asked.example")
        return {"pk": organisation.pk, "domain": DomainFactory(organisation=organisation).pk, "asked": asked.pk}

    def join_request(self, target):
        return JoinRequest.objects.create(organisation=self.organisations[target], user=self.somebody)

    def own_request(self, target):
        """The stranger's; of somebody else where private."""
        user = self.somebody if target == "private" else self.cast["stranger"]
        return JoinRequest.objects.create(organisation=self.organisations[target], user=user)

    def membership(self, target):
        return MembershipFactory(organisation=self.organisations[target])

    def notification(self, target):
        """The colleague's; of somebody else where private."""
        return NotificationFactory(user=self.somebody if target == "private" else self.cast["colleague"])


def session_of(user):
    """The key of a session in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def _slug_of(nouns):
    return lambda world, target: {"slug": getattr(world, nouns)[target].slug}


def _with(nouns, name, make):
    """Slug of the noun and the key of something that belongs to it."""

    def values(world, target):
        made = getattr(world, make)(target)
        return {"slug": getattr(world, nouns)[target].slug, name: getattr(made, "pk", made)}

    return values


def _pk_of(nouns):
    return lambda world, target: {"pk": getattr(world, nouns)[target].pk}


def _made(make, **more):
    return lambda world, target: {"pk": getattr(world, make)(target).pk, **more}


MAKERS = {
    "sitemap-": lambda world, target: {"section": "projects", "number": 1},
    "dev/mail/": lambda world, target: {"name": "none"},
    "styleguide/": lambda world, target: {"status": 404},
    "files/": lambda world, target: {"uuid": world.attachment(target).uuid, "name": "plan.pdf"},
    "en/themes/": lambda world, target: {"slug": "energy"},
    "en/municipalities/": lambda world, target: {"slug": "koge"},
    "en/people/": lambda world, target: {"slug": world.person(target).slug},
    "en/report/": lambda world, target: {"word": "project", "pk": world.projects[target].pk},
    "en/accounts/privacy/copy/": lambda world, target: {"uuid": uuid.uuid4()},
    # projects
    "en/projects/<slug:slug>/": _slug_of("projects"),
    "en/projects/<slug:slug>/edit/": lambda world, target: {"slug": world.projects[target].slug, "step": "where"},
    "en/projects/<slug:slug>/questions/": _with("projects", "pk", "question"),
    "en/projects/<slug:slug>/versions/": _with("projects", "number", "version"),
    "en/projects/suggest/": lambda world, target: {"what": "tags"},
    "en/projects/questions/confirm/": lambda world, target: {"token": "nonsense"},
    # organisations
    "en/organisations/<slug:slug>/": _slug_of("organisations"),
    "en/organisations/<slug:slug>/members/": _with("organisations", "pk", "membership"),
    "en/organisations/<slug:slug>/invitations/": _with("organisations", "pk", "invitation"),
    "en/organisations/<slug:slug>/requests/": _with("organisations", "pk", "join_request"),
    "en/organisations/invitations/<int:pk>/": _made("invitation"),
    "en/organisations/invitations/<str:token>/": lambda world, target: {"token": "nonsense"},
    "en/organisations/requests/": _made("own_request"),
    # notifications
    "en/notifications/<int:pk>/": _made("notification"),
    "en/notifications/follow/": lambda world, target: {"word": "project", "pk": world.projects[target].pk},
    "en/notifications/unfollow/": lambda world, target: {"word": "project", "pk": world.projects[target].pk},
    "en/notifications/stop/": lambda world, target: {"token": "nonsense"},
    "mail-events/": lambda world, target: {"provider": "mailgun"},
    # administration
    "cms/projects/": _pk_of("projects"),
    "cms/organisations/": _pk_of("organisations"),
    "cms/organisations/<int:pk>/domains/": lambda world, target: world.domains(target),
    "cms/deliveries/": lambda world, target: {"pk": DeliveryFactory().pk},
    "cms/deliveries/addresses/": lambda world, target: {"pk": Suppression.objects.create(address=target, why="bounces").pk},
    "cms/history/": lambda world, target: {"word": "project", "pk": world.projects[target].pk},
    "cms/members/": lambda world, target: {"pk": world.somebody.pk},
    "cms/users/": lambda world, target: {"pk": world.somebody.pk},
    "cms/tags/": lambda world, target: {"pk": Tag.objects.get_or_create(name="Lamps", slug="lamps")[0].pk},
    "cms/waiting/<slug:kind>/": lambda world, target: {
        "kind": "project",
        "pk": ProjectFactory(organisation=world.organisations[target], state="submitted").pk,
    },
    "cms/waiting/reports/": lambda world, target: {"pk": ReportFactory(target=world.projects["other"]).pk},
}
