"""What reaches a member: kind × way, presets, and what is chosen group by group."""

import pytest
from django.utils import timezone

from digests.choosing import Shared
from digests.choosing import choose as choose_news
from digests.news import Reader
from discussions.following import follow_thread, mute_thread
from notifications import fanout, tasks
from notifications.actions import choose, choose_all, follow, notify, take_preset
from notifications.choices import PRESETS, preset_of
from notifications.kinds import KINDS
from notifications.models import Choice, Delivery, Notification, QuietHours
from tests.factories import (
    DeliveryFactory,
    GroupMembershipFactory,
    NotificationFactory,
    OrganisationFactory,
    OutboxEntryFactory,
    ProjectFactory,
    SubscriptionFactory,
    WorkingGroupFactory,
)
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
PAGE = "/en/notifications/settings/"


@pytest.fixture
def digest(member):
    """Returns a function that gives {section: number of news} of the member's digest of the last week."""
    row = SubscriptionFactory(user=member)

    def read():
        now = timezone.now()
        reader = Reader(member, now - timezone.timedelta(days=7), now, row)
        choose_news([reader], now, Shared().of(None))
        return {section: len(told) for section, told in reader.told.items() if told}

    return read


def posted(client, **changed):
    """What the form sends as it stands, with some of it changed; None takes a box away."""
    form = client.get(PAGE).context["form"]
    data = {name: "on" if field.initial is True else field.initial for name, field in form.fields.items()}
    return {name: value for name, value in (data | changed).items() if value not in (None, False)}


@pytest.mark.parametrize(
    ("portal", "mail", "in_digest", "found"),
    [
        (True, True, True, ("shown", 1, {})),  # mailed at once: not read twice
        (True, False, True, ("shown", 0, {"unread": 1})),
        (True, False, False, ("shown", 0, {})),
        (False, False, True, ("not shown", 0, {"unread": 1})),
        (False, False, False, (None, 0, {})),
    ],
)
def test_promise_12_each_kind_comes_in_the_ways_that_are_chosen(client, member, digest, portal, mail, in_digest, found):
    choose_all(member, {("project.returned", way): on for way, on in (("portal", portal), ("mail", mail), ("digest", in_digest))})
    fanout.tell(notify("project.returned", ProjectFactory(), by=None, to=[(member, "author")]).pk, now=timezone.now())
    rows = {None: None, True: "shown", False: "not shown"}[Notification.objects.values_list("is_shown", flat=True).first()]
    assert (rows, Delivery.objects.count(), digest()) == found
    assert client.get("/en/notifications/").context["page"].unread == int(portal)


def test_what_is_opened_in_the_portal_is_not_in_the_digest(client, member, digest):
    notice = NotificationFactory(user=member)
    before = digest()
    client.post(f"/en/notifications/{notice.pk}/open/")
    assert (before, digest()) == ({"unread": 1}, {})


def test_news_of_what_is_followed_can_be_kept_out_of_the_digest(member, digest):
    lund = OrganisationFactory()
    follow(member, lund)
    ProjectFactory(organisation=lund, published_at=timezone.now() - timezone.timedelta(days=1))
    before = digest()
    choose(member, "followed", "digest", False)
    assert (before, digest()) == ({"projects": 1}, {})


@pytest.mark.parametrize(("kind", "left"), [("discussion.posted", 1), ("discussion.started", 2), ("workinggroup.announced", 3)])
def test_posts_can_be_kept_out_of_the_digest(member, write_posts, digest, kind, left):
    write_posts(3)
    choose(member, kind, "digest", False)
    now = timezone.now()
    reader = Reader(member, now - timezone.timedelta(days=7), now, member.digest)
    choose_news([reader], now, Shared().of(None))
    assert [told.news.facts[0] for told in reader.told["discussions"]] == [left]


def test_a_post_whose_mail_waits_until_quiet_hours_end_is_not_in_the_digest(member, write_posts, digest):
    thread, before = write_posts(2), digest()
    for post in thread.posts.all():
        DeliveryFactory(user=member, state="pending", entry=OutboxEntryFactory(kind="discussion.posted", target=post, url="/"))
    assert (before, digest()) == ({"discussions": 1}, {})


@pytest.mark.parametrize(
    ("chosen", "kind", "state"),
    [
        ("", "discussion.posted", "sent"),
        ("digest", "discussion.posted", "suppressed"),
        ("digest", "discussion.mentioned", "sent"),
        ("mute", "discussion.mentioned", "suppressed"),
        ("muted discussion", "discussion.mentioned", "suppressed"),
    ],
)
def test_a_mail_that_waits_is_not_sent_once_its_place_is_silenced(member, write_posts, chosen, kind, state):
    thread = write_posts(1)
    member.group_memberships.update(news="at_once")
    entry = OutboxEntryFactory(kind=kind, target=thread.posts.get(), url="/", context={"title": "Lamps", "place": "Light"})
    DeliveryFactory(user=member, entry=entry, stop=kind, reason="discussion_follow")
    if chosen == "muted discussion":
        mute_thread(thread, member)
    elif chosen:
        member.group_memberships.update(news=chosen)
    tasks.send_chunk(timezone.now())
    assert (Delivery.objects.get().state, Delivery.objects.get().error) == (state, "" if state == "sent" else "unsubscribed")


@pytest.fixture
def write_posts(member):
    """Returns a function that writes so many posts of others in a new discussion of a group of the member; gives the discussion."""
    from django.contrib.contenttypes.models import ContentType

    from conversations.models import Post, Thread
    from tests.factories import UserFactory

    def write(number, title="Which lamps?"):
        group, at = WorkingGroupFactory(text__name="Light"), timezone.now() - timezone.timedelta(days=1)
        GroupMembershipFactory(user=member, group=group, news="digest")
        kind, author = ContentType.objects.get_for_model(group), UserFactory()
        thread = Thread.objects.create(target_type=kind, target_id=group.pk, title=title, language="en", created_at=at, last_post_at=at)
        Post.objects.bulk_create(
            Post(thread=thread, number=n + 1, author=author, text="x", language="en", created_at=at) for n in range(number)
        )
        return thread

    return write


def test_the_form_shows_only_ways_there_are(client, member):
    boxes = client.get(PAGE).context["form"].boxes
    ways = {kind: {way for name, way in boxes if name == kind} for kind, _way in boxes}
    assert ways["project.returned"] == {"portal", "mail", "digest"}
    assert (ways["project.received"], ways["discussion.removed"]) == ({"portal", "digest"}, {"portal", "mail"})
    hidden = {"discussion.posted_quietly", "testreport.released", "project.submitted"}  # a twin, followers only, moderators only
    assert hidden & ways.keys() == set() and hidden <= KINDS.keys()


def test_a_kind_and_its_quiet_twin_are_one_choice(member, write_posts):
    post = write_posts(1).posts.get()
    choose(member, "discussion.posted", "portal", False)
    entry = notify("discussion.posted_quietly", post, by=None, to=[(member, "discussion_follow")], context={"title": "", "place": ""})
    assert fanout.tell(entry.pk, now=timezone.now()) == (0, 0)


def test_groups_and_discussions_are_chosen_in_the_same_form(client, member, write_posts):
    thread, muted = write_posts(1), write_posts(1, title="Poles")
    follow_thread(thread, member)
    mute_thread(muted, member)
    group = f"place:group:{thread.target_id}"
    names = {f"place:discussion:{thread.pk}": "mute", f"place:discussion:{muted.pk}": "neither", group: "at_once"}
    client.post(PAGE, posted(client, **names))
    form = client.get(PAGE).context["form"]
    assert {name: form.fields[name].initial for name in names if name in form.fields} == {
        group: "at_once", f"place:discussion:{thread.pk}": "mute",
    }  # fmt: skip
    assert member.group_memberships.get(group=muted.target_id).news == "digest"


def test_a_group_that_was_left_meanwhile_changes_nothing_else(client, member):
    group = GroupMembershipFactory(user=member).group
    data = posted(client, **{f"place:group:{group.pk}": "mute", "project.returned:mail": None})
    member.group_memberships.all().delete()
    other = GroupMembershipFactory(news="at_once")
    answer = client.post(PAGE, data | {f"place:group:{other.group_id}": "mute"})
    other.refresh_from_db()
    assert (answer.status_code, other.news, Choice.objects.get().kind) == (302, "at_once", "project.returned")


def test_presets_set_everything_and_are_known_again(client, member):
    choose(member, "project.returned", "portal", False)
    seen = []
    for name in PRESETS:
        client.post(f"{PAGE}preset/", {"preset": name})
        seen.append((preset_of(member), Choice.objects.count()))
    everything = sum(kind.mail and not kind.urgent and not kind.twin_of for kind in KINDS.values())
    assert seen == [("quiet", 1), ("usual", 0), ("everything", everything)]
    choose(member, "project.returned", "portal", False)
    assert (preset_of(member), client.post(f"{PAGE}preset/", {"preset": "\x00"}).status_code) == ("", 302)


def test_quiet_hours_are_kept_and_taken_away(client, member):
    client.post(PAGE, posted(client, quiet_from="20", quiet_until="7", quiet_weekend="on"))
    kept = QuietHours.objects.values_list("starts", "ends", "weekend").get()
    client.post(PAGE, posted(client, quiet_from="", quiet_until="", quiet_weekend=None))
    assert (kept, QuietHours.objects.count(), Choice.objects.count()) == ((20, 7, True), 0, 0)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"quiet_from": "20"}, "quiet_until"),
        ({"quiet_until": "7"}, "quiet_from"),
        ({"quiet_from": "7", "quiet_until": "7"}, "quiet_until"),
        ({"quiet_from": "24", "quiet_until": "7"}, "quiet_from"),
        ({"quiet_from": "\x00", "quiet_until": "'"}, "quiet_from"),
    ],
)
def test_hours_that_mean_nothing_are_told_at_the_field_and_what_was_ticked_stays(client, member, typed, field):
    page = client.post(PAGE, posted(client, **{"project.returned:mail": None}, **typed))
    assert (page.status_code, field in page.context["form"].errors, Choice.objects.count()) == (200, True, 0)
    assert page.context["form"]["project.returned:mail"].value() is False


@pytest.mark.parametrize("value", ["everything", "\x00", "<script>", "at_once\r\nBcc: x"])
def test_a_choice_there_is_not_changes_nothing(client, member, value):
    group = GroupMembershipFactory(user=member, news="digest").group
    page = client.post(PAGE, posted(client, **{f"place:group:{group.pk}": value}))
    assert (page.status_code, member.group_memberships.get().news) == (200, "digest")


def test_promise_12_the_page_costs_the_same_with_1_and_30_groups(member, write_posts, same_queries):
    assert same_queries(PAGE, lambda: follow_thread(write_posts(1), member)) <= 30


@pytest.mark.django_db(transaction=True)
def test_keeping_choices_and_taking_a_preset_at_once(client, stranger):
    GroupMembershipFactory(user=stranger)
    client.force_login(stranger)
    data = posted(client, **{"project.returned:mail": None, "quiet_from": "20", "quiet_until": "7"})
    answers = at_once(*[lambda: client.post(PAGE, data).status_code] * 2, lambda: take_preset(stranger, "everything"))
    assert (answers, QuietHours.objects.count()) == ([302, 302, None], 1)
    OutboxEntryFactory()
    assert Choice.objects.values("kind", "channel").distinct().count() == Choice.objects.count()
