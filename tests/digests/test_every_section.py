"""What holds for every section at once: nothing twice, nothing for those who may not see it, and “+N more” leads to exactly the rest."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Visit
from common.mail import build
from digests.composing import compose_chunk
from digests.planning import plan
from digests.sections import BY_KEY
from notifications.actions import follow
from notifications.models import Delivery, OutboxEntry, Run
from taxonomy.models import Theme
from tests.factories import (
    ActionPointFactory,
    ApplicationFactory,
    DecisionFactory,
    EventFactory,
    GroupMembershipFactory,
    IssueFactory,
    LivingLabFactory,
    MembershipFactory,
    MinutesFactory,
    NotificationFactory,
    OfferFactory,
    OrganisationFactory,
    OutboxEntryFactory,
    ProjectFactory,
    RegistrationFactory,
    ResourceFactory,
    SubscriptionFactory,
    TestReportFactory,
    UserFactory,
    WorkingGroupFactory,
)
from workinggroups.models import FileVersion

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, 4, tzinfo=UTC)
BEFORE, LONG_AGO = MONDAY - timedelta(days=2), MONDAY - timedelta(days=200)
WORD = "Quokkabird"
#: More of each than its section shows.
MANY = 10


@pytest.fixture
def reader(db):
    return SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language="en").user


@pytest.fixture
def group(reader):
    made = WorkingGroupFactory(visibility="private", joining="invitation", published_at=LONG_AGO, text__name="Ours")
    GroupMembershipFactory(group=made, user=reader)
    return made


@pytest.fixture
def lund(reader):
    """An organisation the reader follows; its projects, labs, groups and events are news."""
    made = OrganisationFactory(name="Lund")
    follow(reader, made)
    return made


@pytest.fixture
def everything(reader, group, lund, write_in):
    """Something in every section whose news make a mail, much of most."""
    for number in range(MANY):
        ProjectFactory(organisation=lund, published_at=BEFORE, text__title=f"Project {number}")
        WorkingGroupFactory(organisation=lund, published_at=BEFORE, text__name=f"Group {number}")
        TestReportFactory(asking=lund, released_at=BEFORE, text__title=f"Report {number}")
        ResourceFactory(group=group, created_at=BEFORE, title=f"File {number}")
        MinutesFactory(event__organisation=lund, event__text__title=f"Meeting {number}", approved_at=BEFORE)
        EventFactory(organisation=lund, published_at=BEFORE, starts_at=MONDAY + timedelta(days=40), ends_at=MONDAY + timedelta(days=41))
        ActionPointFactory(event=EventFactory(group=group, organisation=None, past=True, visibility="host", published_at=LONG_AGO),
                           owner=reader, due_on=MONDAY.date() + timedelta(days=3))  # fmt: skip
        write_in(group, 2, BEFORE)
        entry = OutboxEntryFactory(at=BEFORE, target=ProjectFactory(published_at=LONG_AGO))
        NotificationFactory(user=reader, entry=entry)
    lab = LivingLabFactory(organisation=lund, published_at=BEFORE)
    OfferFactory(lab=lab, published_at=BEFORE)
    IssueFactory(pins=[ProjectFactory(published_at=LONG_AGO)])


def written(now=MONDAY):
    plan(now)
    (delivery,) = Delivery.objects.filter(state="pending", list="digest").select_related("user")
    compose_chunk([delivery], now)
    return delivery


def test_promise_7_each_plus_n_more_leads_to_exactly_that_list(client, reader, everything):
    delivery = written()
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", held=delivery.held, finished_at=MONDAY)
    sections = {one["key"]: one for one in delivery.mail.context["sections"]}
    news = {key for key, section in BY_KEY.items() if section.is_news}
    assert set(sections) == news
    client.force_login(reader)
    page = client.get(f"/en/digest/mails/{delivery.key}/")
    for shown in page.context["page"].sections:
        mailed = sections[shown["key"]]
        more = int(re.search(r"\d+", mailed.get("more", "0"))[0])
        assert len(shown["rows"]) == len(mailed["rows"]) + more, shown["key"]
        assert more == 0 or mailed["more_url"].endswith(f"{delivery.key}/#{shown['key']}")
        assert f'id="{shown["key"]}"' in page.content.decode()
    assert {one["key"] for one in page.context["page"].sections} == set(sections)
    assert len([one for one in sections.values() if one.get("more")]) >= 7


@pytest.mark.parametrize("how", ["opened", "mailed at once"])
def test_promise_2_whatever_is_known_comes_in_no_section(reader, everything, how):
    held = written().held
    Delivery.objects.filter(list="digest").delete()
    for number, (_key, kind, pk) in enumerate(held):
        entry = OutboxEntry.objects.create(kind="project.published", target_type_id=kind, target_id=pk)
        if how == "opened":
            NotificationFactory(user=reader, entry=entry, read_at=MONDAY - timedelta(hours=1))
        else:
            Delivery.objects.create(reader=f"member:{reader.pk}", list="at_once", period=f"entry:{number}", user=reader, entry=entry,
                                    state="sent", template="notice", planned_at=BEFORE)  # fmt: skip
    Run.objects.all().delete()
    delivery = written()
    assert delivery.mail is None


def test_promise_2_what_an_unknown_mail_held_is_offered_once_more_whatever_it_was(reader, everything):
    first = written()
    Delivery.objects.filter(pk=first.pk).update(state="unknown", held=first.held)
    second = written(MONDAY + timedelta(weeks=1))
    offered = {(kind, pk) for key, kind, pk in second.held if key == "again"}
    lost = {(kind, pk) for key, kind, pk in first.held if key != "intro"} - {(kind, pk) for key, kind, pk in second.held if key != "again"}
    assert offered == lost
    Delivery.objects.filter(pk=second.pk).update(state="sent", held=second.held)
    third = written(MONDAY + timedelta(weeks=2))
    assert [key for key, _kind, _pk in third.held or () if key == "again"] == []


def test_a_word_that_is_not_for_outsiders_stands_in_no_mail_of_theirs(reader, lund, write_in):
    """In nothing that is hidden, private, under embargo, a draft or between two others; an insider reads it."""
    insider = SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language="en").user
    theme = Theme.objects.get(slug="energy")
    group = WorkingGroupFactory(visibility="private", joining="invitation", organisation=lund, published_at=BEFORE, text__name=WORD)
    GroupMembershipFactory(group=group, user=insider)
    MembershipFactory(user=insider, organisation=lund, role="editor")
    lab = LivingLabFactory(organisation=lund, published_at=BEFORE)
    for noun in (theme, group, lab, lund):
        follow(reader, noun)
    ProjectFactory(organisation=lund, published_at=BEFORE, text__title="For everybody")
    ProjectFactory(organisation=lund, published_at=BEFORE, visibility="organisation", text__title=WORD)
    ProjectFactory(organisation=lund, published_at=BEFORE, state="hidden", text__title=WORD)
    TestReportFactory(asking=lund, at=lab, released_at=MONDAY + timedelta(days=30), text__title=WORD)
    TestReportFactory(asking=lund, at=lab, state="draft", text__title=WORD)
    TestReportFactory(asking=lund, at=lab, released_at=BEFORE, visibility="sides", text__title=WORD)
    event = EventFactory(group=group, organisation=None, past=True, visibility="host", published_at=BEFORE, text__title=WORD)
    DecisionFactory(minutes=MinutesFactory(event=event, approved_at=BEFORE), text=WORD)
    MinutesFactory(event=EventFactory(organisation=lund, past=True, text__title=WORD), draft=True)
    ResourceFactory(group=group, created_at=BEFORE, title=WORD)
    write_in(group, 2, BEFORE)
    soon = {"starts_at": MONDAY + timedelta(days=2), "ends_at": MONDAY + timedelta(days=3)}
    ActionPointFactory(event=event, owner=insider, text=WORD, due_on=soon["starts_at"].date())
    Visit.objects.create(offer=OfferFactory(lab=lab), asked_by=UserFactory(), delegation=WORD, state="confirmed", people=2, language="en",
                         **soon)  # fmt: skip
    ApplicationFactory(state="running", asking=lund, request__title=WORD, lab=lab, due_on=soon["starts_at"].date())
    RegistrationFactory(event=EventFactory(organisation=lund, visibility="host", text__title=WORD, **soon), user=insider)
    IssueFactory(pins=[group])
    plan(MONDAY)
    deliveries = list(Delivery.objects.select_related("user"))
    compose_chunk(deliveries, MONDAY)
    mails = {one.user: build(one.mail).message().as_string() for one in deliveries}
    assert (WORD in mails[insider], "For everybody" in mails[reader], WORD in mails[reader]) == (True, True, False)


def test_a_page_of_a_digest_that_was_sent_asks_again(client, reader, everything, group):
    """Whoever leaves a group does not read there what it did."""
    delivery = written()
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", held=delivery.held, finished_at=MONDAY)
    group.memberships.all().delete()
    client.force_login(reader)
    shown = {one["key"] for one in client.get(f"/en/digest/mails/{delivery.key}/").context["page"].sections}
    assert shown & {"files", "discussions", "soon"} == set()


def test_the_number_of_queries_does_not_grow_with_readers_where_every_section_tells(everything, reader, group, lund):
    meeting = EventFactory(group=group, organisation=None, past=True, visibility="host", published_at=LONG_AGO)

    def count(number):
        for _one in range(number):
            user = SubscriptionFactory(started_at="2026-11-01T00:00Z").user
            GroupMembershipFactory(group=group, user=user)
            follow(user, lund)
            follow(user, group)
            ActionPointFactory(event=meeting, owner=user, due_on=MONDAY.date() + timedelta(days=3))
        plan(MONDAY)
        deliveries = list(Delivery.objects.filter(list="digest").select_related("user"))
        with CaptureQueriesContext(connection) as seen:
            compose_chunk(deliveries, MONDAY)
        assert all(one.mail for one in deliveries)
        Delivery.objects.all().delete()
        Run.objects.all().delete()
        return len(seen)

    ContentType.objects.clear_cache()
    count(0)
    few, many = count(1), count(60)
    assert (many <= few + 2, many <= 60) == (True, True), (few, many)


def test_promise_7_what_is_too_little_for_a_mail_stands_in_the_next_one(reader, lund):
    """The reader's minimum never costs a piece of news."""
    reader.digest.minimum = 2
    reader.digest.save()
    first = ProjectFactory(organisation=lund, published_at=BEFORE)
    few = written()
    assert (few.mail, few.not_for) == (None, "too_few")
    Delivery.objects.filter(pk=few.pk).update(state="suppressed", error=few.not_for)
    second = ProjectFactory(organisation=lund, published_at=MONDAY + timedelta(days=2))
    mail = written(MONDAY + timedelta(weeks=1)).mail
    assert [row["text"].split("\n")[0][2:] for row in mail.context["sections"][0]["rows"]] == [str(second), str(first)]


def test_promise_2_what_happened_after_one_looked_is_not_lost(reader, group, lund, write_in):
    """Somebody opened the notification of a discussion and of a file on Friday: what came on Saturday is news."""
    friday, saturday = MONDAY - timedelta(days=3), MONDAY - timedelta(days=2)
    thread, file = write_in(group, 2, saturday), ResourceFactory(group=group, created_at=friday, title="Pumps")
    version = FileVersion.objects.create(resource=file, key=uuid4(), number=2, at=saturday)
    file.kind, file.url, file.current = "file", "", version
    file.save()
    for noun in (thread, file):
        NotificationFactory(user=reader, entry=OutboxEntryFactory(target=noun, at=friday, url="", context={}), read_at=friday)
    told = {(key, (kind, pk)) for key, kind, pk in written().held}
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in (type(thread), type(file))}
    assert told == {("discussions", (kinds[type(thread)], thread.pk)), ("files", (kinds[type(file)], file.pk))}
