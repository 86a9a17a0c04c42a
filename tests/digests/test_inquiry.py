"""Promise 11, "what would X get now": the mail as it would be composed, why none comes, and who may look: recorded, nothing planned."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from digests import running
from digests.inquiry import Inquiry, Look
from digests.planning import plan
from members.models import User
from notifications.actions import follow, reader_of
from notifications.models import Delivery, Suppression
from records.models import AuditEntry
from taxonomy.models import Theme
from tests.factories import DeliveryFactory, ProjectFactory, SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db
MEMBERS = "/cms/digests/members/"


@pytest.fixture
def administrator(client):
    person = UserFactory(name="Admin", is_superuser=True)
    client.force_login(person)
    return person


@pytest.fixture
def reader():
    """Daily, due at this hour, follows energy, for whom one project is new."""
    since = timezone.localtime() - timedelta(days=30)
    user = UserFactory(name="Karin Reader", email="karin@example.org", language="da")
    SubscriptionFactory(user=user, frequency="daily", hour=timezone.localtime().hour, since=since, started_at=since)
    theme = Theme.objects.get(slug="energy")
    follow(user, theme)
    ProjectFactory(text__title="Warm water", published_at=timezone.now() - timedelta(days=1)).themes.add(theme)
    return user


def keep(user, **fields):
    for name, value in fields.items():
        setattr(user.digest, name, value)
    user.digest.save()


def have(user, state):
    now = timezone.now()
    DeliveryFactory(user=user, reader=f"member:{user.pk}", list="digest", entry=None, state=state, period=timezone.localdate().isoformat(),
                    since=now - timedelta(days=1), until=now - timedelta(minutes=5), finished_at=now)  # fmt: skip


WHY = {
    "nothing": (lambda user: None, ""),
    "closed": (lambda user: User.objects.filter(pk=user.pk).update(is_active=False), "The account is closed."),
    "suspended": (lambda user: User.objects.filter(pk=user.pk).update(suspended_at=timezone.now()), "The member is suspended."),
    "everybody": (lambda user: running.switch_off(by=user), "Digests are switched off for everybody."),
    "never chosen": (lambda user: user.digest.delete(), "The member has never chosen a digest."),
    "off": (lambda user: keep(user, frequency="off"), "The member wants none: it is switched off."),
    "paused": (lambda user: keep(user, paused_until=timezone.localdate() + timedelta(days=9)), "The member pauses it until"),
    "chosen since": (lambda user: keep(user, since=timezone.now()), "Its moment has not come yet, or passed before the member chose it."),
    "sent": (lambda user: have(user, "sent"), "This period's digest is there already: Sent"),
    "failed": (lambda user: have(user, "failed"), "This period's digest is there already: Failed"),
}  # fmt: skip


@pytest.mark.parametrize("case", WHY)
def test_it_says_why_none_comes_exactly_where_the_next_run_plans_none(reader, case):
    change, words = WHY[case]
    change(reader)
    page = Inquiry(User.objects.get(pk=reader.pk), timezone.now())
    assert ([said[: len(words)] for said in page.hindrances], page.is_planned_now) == ([words] if words else [], not words)
    run = plan()
    assert (run.planned if run else 0) == int(not words)


def test_an_address_that_gets_no_mail_is_said_though_a_digest_is_planned(reader):
    Suppression.objects.create(address=reader_of(None, reader.email), why="bounces")
    page = Inquiry(reader, timezone.now())
    assert (page.hindrances, page.is_planned_now) == (["The address gets no mail: Three mails came back."], True)


def test_promise_11_what_would_come_now_is_the_mail_itself_and_nothing_is_written(client, administrator, reader):
    page = client.post(f"{MEMBERS}{reader.pk}/look/", {"reason": "Karin asks why none came"})
    look = page.context["page"]
    assert ("Warm water" in look.html, "Warm water" in look.text, look.message.subject, Delivery.objects.count()) == (
        True, True, "Warm water", 0,
    )  # fmt: skip
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.target, entry.note) == ("look_into_digest", administrator, reader, "Karin asks why none came")
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_nothing_in_it_can_be_followed_or_acts_for_the_member(client, administrator, reader):
    look = client.post(f"{MEMBERS}{reader.pk}/look/", {"reason": "asked"}).context["page"]
    page = client.post(f"{MEMBERS}{reader.pk}/look/", {"reason": "asked"}).content.decode()
    assert (look.html.count('href="http'), "unsubscribe/" in look.html, "unsubscribe/…" in look.text) == (0, False, True)
    assert (page.count("<iframe"), page.count(" sandbox title=")) == (1, 1)


def test_nothing_is_shown_without_a_reason_and_nothing_before_it(client, administrator, reader):
    for nothing in ("  ", "\u200b", "\x00"):
        assert client.post(f"{MEMBERS}{reader.pk}/look/", {"reason": nothing}).url == f"{MEMBERS}{reader.pk}/"
    page = client.get(f"{MEMBERS}{reader.pk}/").content.decode()
    assert ("Say why you look" in page, "Warm water" in page, AuditEntry.objects.count()) == (True, False, 0)


def test_what_decides_what_stands_in_it(reader):
    keep(reader, minimum=3, without=["events"])
    first, *rest = Look(reader, timezone.now()).remarks
    assert (first, len(rest)) == ("There is 1 piece of news, and the member wants a mail only from 3 on: none would come.", 1)


def test_somebody_without_news_and_somebody_who_never_chose(client, administrator, stranger):
    look = client.post(f"{MEMBERS}{stranger.pk}/look/", {"reason": "asked"}).context["page"]
    assert (look.html, look.remarks[0].startswith("Nothing is new for this member since")) == ("", True)


def test_members_are_found_by_name_or_address(client, administrator, reader, stranger):
    found = [[person.name for person in client.get(MEMBERS, {"q": words}).context["people"]] for words in ("karin r", "KARIN@ex", "")]
    assert found == [["Karin Reader"], ["Karin Reader"], []]


def test_moderators_look_into_nobodys_digest_unless_they_are_given_the_right(client, moderator, reader):
    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(moderator)
    paths = (MEMBERS, f"{MEMBERS}{reader.pk}/")
    before = [client.get(path).status_code for path in paths] + [client.post(f"{MEMBERS}{reader.pk}/look/", {"reason": "x"}).status_code]
    moderator.user_permissions.add(Permission.objects.get(codename="look_into"))
    after = [client.get(path).status_code for path in paths] + [client.post(f"{MEMBERS}{reader.pk}/look/", {"reason": "x"}).status_code]
    # The administration leads whoever may not see a page of it back to its front page.
    assert (before, after, AuditEntry.objects.count()) == ([302] * 3, [200] * 3, 1)
