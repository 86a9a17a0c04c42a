"""The pages behind the bell: one's own notifications, what one follows, what reaches one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.actions import follow
from notifications.models import Choice, Follow, Notification
from tests.factories import NotificationFactory, OrganisationFactory, OutboxEntryFactory, ProjectFactory, ThemeFactory

pytestmark = pytest.mark.django_db
LIST = "/en/notifications/"


def unread(user):
    return Notification.objects.filter(user=user, read_at=None).count()


def test_the_list_costs_the_same_with_one_and_thirty(member, same_queries):
    assert same_queries(LIST, lambda: NotificationFactory(user=member)) <= 20


def test_others_notifications_are_not_there(client, member):
    other = NotificationFactory()
    for word in ("open", "read", "open-all", "read-all"):
        assert client.post(f"{LIST}{other.pk}/{word}/").status_code == 404
    assert (client.get(LIST).context["page"].days, unread(other.user)) == ([], 1)


def test_opening_marks_as_read_and_leads_on(client, member):
    notification = NotificationFactory(user=member)
    response = client.post(f"{LIST}{notification.pk}/open/")
    assert (response.url, unread(member)) == (f"/en{notification.entry.url}", 0)


def test_reading_the_list_marks_nothing(client, member):
    NotificationFactory(user=member)
    client.get(LIST)
    assert unread(member) == 1


def test_all_are_marked_at_once(client, member):
    NotificationFactory.create_batch(3, user=member)
    other = NotificationFactory()
    client.post(f"{LIST}read/")
    assert (unread(member), unread(other.user)) == (0, 1)


def test_what_may_not_be_seen_any_more_loses_its_words(client, member):
    entry = OutboxEntryFactory(target=ProjectFactory(state="hidden", text__title="Canary"), note="Canary")
    NotificationFactory(user=member, entry=entry)
    page = client.get(LIST).content.decode()
    assert ("Canary" in page, "not shown to you any more" in page) == (False, True)


def test_the_bell_counts_what_is_unread_in_one_query(client, member, count_queries):
    page = f"{LIST}settings/"
    assert "1 unread" not in client.get(page).content.decode()
    none = count_queries(page)
    NotificationFactory.create_batch(120, user=member)
    assert (count_queries(page), "99+" in client.get(page).content.decode()) == (none, True)


def test_who_is_signed_out_sees_no_bell(client):
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/en/projects/").content.decode()
    assert ("/en/notifications/" in page, [one for one in seen if "notifications_" in one["sql"]]) == (False, [])


def test_the_count_answers_304_while_nothing_changes(client, member):
    NotificationFactory(user=member)
    first = client.get(f"{LIST}count/")
    known = {"headers": {"if-none-match": first.headers["ETag"]}}
    again = client.get(f"{LIST}count/", **known)
    NotificationFactory(user=member)
    changed = client.get(f"{LIST}count/", **known)
    assert [answer.status_code for answer in (first, again, changed)] == [200, 304, 200]
    assert (first.headers["Cache-Control"], again.content) == ("private, no-cache", b"")


def test_the_count_of_nobody_is_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "bell__count" not in client.get(f"{LIST}count/").content.decode()


def test_what_is_followed_is_listed_and_unfollowed(client, member):
    project, organisation = ProjectFactory(text__title="Lamps"), OrganisationFactory(name="Lamp Works")
    for word, noun in (("project", project), ("organisation", organisation)):
        client.post(f"{LIST}follow/{word}/{noun.pk}/")
    groups = client.get(f"{LIST}follows/").context["groups"]
    assert {kind.word: [str(noun) for noun in nouns] for kind, nouns in groups} == {"project": ["Lamps"], "organisation": ["Lamp Works"]}
    client.post(f"{LIST}unfollow/project/{project.pk}/")
    assert [row.target for row in Follow.objects.all()] == [organisation]


def test_the_follows_cost_the_same_with_one_and_thirty(member, same_queries):
    assert same_queries(f"{LIST}follows/", lambda: follow(member, ProjectFactory())) <= 20


@pytest.mark.parametrize("word", ["project", "user", "delivery"])
def test_what_cannot_be_seen_or_followed_is_not_there(client, member, word):
    hidden = ProjectFactory(state="hidden")
    assert client.post(f"{LIST}follow/{word}/{hidden.pk}/").status_code == 404
    assert Follow.objects.count() == 0


def test_following_leads_back_but_never_elsewhere(client, member):
    theme = ThemeFactory(slug="lighting-here")
    answers = [client.post(f"{LIST}follow/theme/{theme.pk}/", {"next": page}).url for page in ("/en/projects/", "https://evil.example/")]
    assert answers == ["/en/projects/", "/en/themes/lighting-here/"]


def test_the_button_follows_and_stops(client, member):
    theme = ThemeFactory(slug="lighting-here")
    before = client.get("/en/themes/lighting-here/").content.decode()
    follow(member, theme)
    after = client.get("/en/themes/lighting-here/").content.decode()
    addresses = f"/en/notifications/follow/theme/{theme.pk}/", f"/en/notifications/unfollow/theme/{theme.pk}/"
    assert [[address in page for address in addresses] for page in (before, after)] == [[True, False], [False, True]]


def test_only_what_differs_from_the_quiet_default_is_kept(client, member):
    page = client.get(f"{LIST}settings/").context["form"]
    posted = {name: "on" for name, field in page.fields.items() if field.initial is True}
    client.post(f"{LIST}settings/", posted)
    assert Choice.objects.count() == 0
    posted.pop("project.returned:mail")
    client.post(f"{LIST}settings/", posted | {"followed:mail": "on"})
    assert set(Choice.objects.values_list("kind", "channel", "is_on")) == {("project.returned", "mail", False), ("followed", "mail", True)}


def test_a_box_of_no_kind_is_passed_over(client, member):
    client.post(f"{LIST}settings/", {"user:mail": "on", "is_staff": "on", "user": "1"})
    assert not Choice.objects.filter(kind__in=["user", "is_staff"]).exists()


@pytest.mark.parametrize("address", ["", "settings/", "follows/"])
def test_signed_out_leads_to_the_sign_in_and_suspended_is_refused(client, suspended, address):
    signed_out = client.get(f"{LIST}{address}")
    client.force_login(suspended)
    assert (signed_out.status_code, signed_out.url.startswith("/en/accounts/login/?next="), client.get(f"{LIST}{address}").status_code) == (
        302,
        True,
        403,
    )


@pytest.mark.parametrize(
    "address",
    ["1/open/", "1/read/", "1/open-all/", "1/read-all/", "read/", "settings/preset/", "follow/project/1/", "unfollow/project/1/"],
)
def test_no_verb_is_read(client, member, address):
    assert client.get(f"{LIST}{address}").status_code == 405


def test_only_moderators_choose_what_only_they_hear(client, member, moderator):
    others = client.get(f"{LIST}settings/").content.decode()
    client.force_login(moderator)
    assert ["project.submitted:portal" in page for page in (others, client.get(f"{LIST}settings/").content.decode())] == [False, True]
