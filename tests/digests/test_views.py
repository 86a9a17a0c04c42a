"""The digest's pages: choosing, looking ahead, stopping without a sign-in (TC-09)."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from digests.models import Muted, Subscription
from digests.tokens import mute_token, stop_token
from notifications.actions import follow, stop
from notifications.models import Choice, Delivery, Follow
from taxonomy.models import Theme
from tests.factories import GroupMembershipFactory, ProjectFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/digest/"
CHOICE = {
    "themes": ["energy", "mobility"], "municipalities": "Albertslund", "frequency": "weekly", "weekday": "2", "hour": "16", "minimum": "3",
    "time_zone": "Europe/Copenhagen", "paused_until": "", "sections": ["projects", "discussions"],
}  # fmt: skip


@pytest.fixture
def signed_in(client, stranger):
    client.force_login(stranger)
    return client


def test_choosing_it_all_at_once(signed_in, stranger):
    assert signed_in.post(PAGE, CHOICE).url == PAGE
    row = Subscription.objects.get(user=stranger)
    assert (row.frequency, row.weekday, row.hour, row.minimum, "projects" in row.without, "events" in row.without) == (
        "weekly", 2, 16, 3, False, True,
    )  # fmt: skip
    assert Follow.objects.filter(user=stranger).count() == 3
    page = signed_in.get(PAGE)
    assert b"The next digest comes on" in page.content


def test_what_is_no_longer_chosen_is_no_longer_followed(signed_in, stranger):
    follow(stranger, Theme.objects.get(slug="water"))
    signed_in.post(PAGE, CHOICE)
    kind = ContentType.objects.get_for_model(Theme)
    keys = Follow.objects.filter(user=stranger, target_type=kind).values_list("target_id", flat=True)
    assert set(Theme.objects.filter(pk__in=keys).values_list("slug", flat=True)) == {"energy", "mobility"}


@pytest.mark.parametrize(
    "field, value",
    [
        ("frequency", "hourly"), ("weekday", "7"), ("hour", "24"), ("hour", "\x00"), ("minimum", "0"), ("time_zone", "Nowhere"),
        ("paused_until", "2099-01-01"), ("paused_until", "31/31/2026"), ("paused_until", "0001-01-01"), ("paused_until", "2026-11-23"),
        ("municipalities", "Atlantis"), ("themes", "nothing"), ("sections", "nothing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(signed_in, stranger, time_machine, field, value):
    time_machine.move_to("2026-11-23T12:00Z")
    response = signed_in.post(PAGE, {**CHOICE, field: value})
    assert (response.status_code in (200, 400), Subscription.objects.exists(), Follow.objects.exists()) == (True, False, False)
    if response.status_code == 200:
        assert list(response.context["form"].errors) == [field]


def test_a_new_schedule_counts_from_now_and_the_same_one_changes_nothing(signed_in, stranger):
    SubscriptionFactory(user=stranger)
    signed_in.post(PAGE, CHOICE)
    since = Subscription.objects.get().since
    signed_in.post(PAGE, {**CHOICE, "minimum": "1"})
    assert (timezone.now() - since < timedelta(minutes=5), Subscription.objects.get().since) == (True, since)


def test_the_preview_holds_what_would_come_and_changes_nothing(signed_in, stranger):
    SubscriptionFactory(user=stranger)
    theme = Theme.objects.get(slug="energy")
    follow(stranger, theme)
    made = ProjectFactory(published_at=timezone.now() - timedelta(days=1))
    made.themes.add(theme)
    assert str(made) in signed_in.get(f"{PAGE}preview/").content.decode()
    mail = signed_in.get(f"{PAGE}preview/mail/")
    assert (str(made) in mail.content.decode(), Delivery.objects.count()) == (True, 0)
    assert mail["Content-Security-Policy"].startswith("default-src 'none'")
    assert ('/en/digest/preview/"' in mail.content.decode(), "/digest/mails/" in mail.content.decode()) == (True, False)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "on Monday 30 November 2026 at 07:00, Copenhagen time, when there is something new"),
        ({"weekday": 4, "hour": 16, "minimum": 3}, "on Friday 27 November 2026 at 16:00, Copenhagen time, when there are at least 3 news"),
        ({"frequency": "daily", "user__time_zone": "America/New_York"}, "on Thursday 26 November 2026 at 07:00, New York time"),
        ({"frequency": "fortnightly"}, "on Monday 30 November 2026 at 07:00"),
        ({"frequency": "monthly"}, "on Monday 7 December 2026 at 07:00"),
        ({"paused_until": date(2026, 12, 24)}, "until Thursday 24 December 2026.</b></p><p>The next digest comes on Monday 28 Dec"),
        ({"frequency": "off"}, "No digest comes."),
    ],
    ids=["weekly", "friday", "daily", "fortnightly", "monthly", "paused", "off"],
)  # fmt: skip
def test_promise_8_the_page_says_when_the_next_one_comes(client, time_machine, chosen, words):
    time_machine.move_to("2026-11-26T11:00Z")
    client.force_login(SubscriptionFactory(**chosen).user)
    assert words in client.get(PAGE).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "Det næste ugebrev kommer mandag 30. november 2026 kl. 07:00 (tid i København), hvis der er noget nyt."),
        ("sv", "Nästa veckobrev kommer måndag 30 november 2026 kl. 07:00 (tid i Köpenhamn), om det finns något nytt."),
    ],
)
def test_promise_8_it_says_so_in_the_readers_language(client, time_machine, language, words):
    time_machine.move_to("2026-11-26T11:00Z")
    client.force_login(SubscriptionFactory().user)
    assert words in client.get(f"/{language}/digest/").text


def test_promise_8_a_period_that_had_its_digest_gets_no_other(client, time_machine):
    time_machine.move_to("2026-11-25T11:00Z")
    user = SubscriptionFactory(weekday=4).user
    Delivery.objects.create(user=user, reader=f"member:{user.pk}", list="digest", period="2026-W48", template="digest", state="sent")
    client.force_login(user)
    assert "on Friday 4 December 2026" in client.get(PAGE).text


def test_promise_8_the_groups_say_how_their_news_come_and_lead_there(signed_in, stranger, same_queries):
    row = GroupMembershipFactory(user=stranger, group__slug="heat", group__text__name="Heat", news="mute")
    page = signed_in.get(PAGE).text
    assert ('href="/en/working-groups/heat/#membership">Heat</a>' in page, row.get_news_display() in page) == (True, True)
    same_queries(PAGE, lambda: GroupMembershipFactory(user=stranger))


def test_promise_8_a_preview_for_everybody(signed_in, stranger):
    theme = Theme.objects.get(slug="energy")
    follow(stranger, theme)
    ProjectFactory(published_at=timezone.now() - timedelta(days=1), text__title="Lamps").themes.add(theme)
    seen = {}
    for name, chosen in {"enough": {}, "too few": {"minimum": 2}, "off": {"frequency": "off"}}.items():
        Subscription.objects.all().delete()
        SubscriptionFactory(user=stranger, **chosen)
        page = signed_in.get(f"{PAGE}preview/").text
        seen[name] = [words in page for words in ("Subject of the mail: <b>Lamps", "Not enough for a mail", "No digest comes to you")]
        assert signed_in.get(f"{PAGE}preview/mail/").status_code == 200
    assert seen == {"enough": [True, False, False], "too few": [True, True, False], "off": [True, False, True]}


def test_promise_8_what_may_not_have_arrived_stands_in_the_preview(signed_in, stranger):
    SubscriptionFactory(user=stranger, started_at=timezone.now() - timedelta(days=9))
    made, now = ProjectFactory(), timezone.now()
    held = [["projects", ContentType.objects.get_for_model(made).pk, made.pk]]
    Delivery.objects.create(user=stranger, reader=f"member:{stranger.pk}", list="digest", period="2026-W47", template="digest", held=held,
                            state="unknown", since=now - timedelta(days=8), until=now - timedelta(days=1))  # fmt: skip
    page = signed_in.get(f"{PAGE}preview/").text
    assert ("You may have seen this" in page, str(made) in page) == (True, True)


def test_a_member_who_never_chose_sees_an_empty_preview(signed_in):
    assert b"Nothing new" in signed_in.get(f"{PAGE}preview/").content
    assert signed_in.get(f"{PAGE}preview/mail/").url == f"{PAGE}preview/"


def test_the_preview_of_who_gets_none_looks_back_a_month(signed_in, stranger):
    theme = Theme.objects.get(slug="energy")
    follow(stranger, theme)
    stranger.date_joined = timezone.now() - timedelta(days=900)
    stranger.save()
    titles = []
    for days in (400, 2):
        made = ProjectFactory(published_at=timezone.now() - timedelta(days=days))
        made.themes.add(theme)
        titles.append(str(made))
    page = signed_in.get(f"{PAGE}preview/").content.decode()
    assert [title in page for title in titles] == [False, True]


@pytest.fixture
def address(stranger):
    SubscriptionFactory(user=stranger)
    return f"{PAGE}unsubscribe/{stop_token(stranger.pk)}/"


def frequency(user):
    return Subscription.objects.get(user=user).frequency


def test_tc09_one_post_without_cookie_or_token_stops_the_digest(client, stranger, address):
    client.handler.enforce_csrf_checks = True
    response = client.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (response.status_code, frequency(stranger), Choice.objects.count()) == (200, "off", 0)
    assert client.post(address).status_code == 200


def test_tc09_a_scanner_that_follows_links_stops_nothing(client, stranger, address):
    assert [client.get(address).status_code, client.head(address).status_code, frequency(stranger)] == [200, 200, "weekly"]


def test_tc09_no_other_way_of_asking_changes_anything(client, stranger, address):
    ways = [client.options, client.put, client.patch, client.delete]
    assert [way(address).status_code for way in ways] == [405] * 4
    assert (client.get(address, headers={"sec-purpose": "prefetch"}).status_code, frequency(stranger)) == (200, "weekly")


def test_tc09_the_page_is_kept_by_no_cache_and_names_nobody(client, stranger, address):
    answer = client.get(address)
    assert ("no-store" in answer["Cache-Control"], stranger.name in answer.text, stranger.email in answer.text) == (True, False, False)


def test_tc09_an_altered_token_is_not_there(client, stranger, address):
    token, other = stop_token(stranger.pk), stop_token(stranger.pk + 1)
    swapped = other.partition("~")[0] + "~" + token.partition("~")[2]
    forged = [token[:-1], token + "x", token[: len(token) // 2], swapped, "x", "~", token.swapcase(), mute_token(stranger.pk, (1, 1))]
    assert [client.post(f"{PAGE}unsubscribe/{one}/").status_code for one in forged] == [404] * 8
    assert frequency(stranger) == "weekly"


def test_tc09_a_token_stops_its_own_member_only(client, stranger, colleague, address):
    SubscriptionFactory(user=colleague)
    client.force_login(colleague)
    client.post(address)
    assert (frequency(stranger), frequency(colleague)) == ("off", "weekly")


def test_tc09_a_token_of_an_old_mail_works_after_the_address_changed(client, stranger, address):
    stranger.email = "elsewhere@example.org"
    stranger.save()
    assert (client.post(address).status_code, frequency(stranger)) == (200, "off")


def test_tc09_the_tokens_of_somebody_who_is_gone_do_no_harm(client):
    paths = [f"unsubscribe/{stop_token(999_999)}/", f"mute/{mute_token(999_999, (1, 1))}/", f"mute/{mute_token(999_999, (999_999, 1))}/"]
    answers = [client.post(PAGE + path, posted).status_code for path in paths for posted in ({}, {"all": "1"}, {"again": "1"})]
    assert (answers, Muted.objects.count(), Choice.objects.count()) == ([200] * 9, 0, 0)


def test_tc09_all_mails_are_stopped_by_the_second_button(client, stranger, address):
    client.post(address, {"all": "1"})
    assert (frequency(stranger), list(Choice.objects.values_list("kind", "channel", "is_on"))) == ("off", [("", "mail", False)])


def test_tc09_a_mistake_is_taken_back_on_the_page_that_follows(client, stranger, address):
    Subscription.objects.update(frequency="monthly")
    started_at = Subscription.objects.get().started_at
    assert "let it come again" in client.post(address).text
    assert "let it come again" in client.get(address).text  # also when the mail program's own button stopped it
    assert "It comes again" in client.post(address, {"again": "1"}).text
    assert (frequency(stranger), Subscription.objects.get().started_at) == ("monthly", started_at)
    client.post(address, {"again": "1"})
    assert frequency(stranger) == "monthly"


def test_tc09_all_mails_come_again_where_they_came_before(client, stranger, address):
    assert 'name="all" value="1"><button' in client.post(address, {"all": "1"}).text.replace(' type="hidden"', "")
    client.post(address, {"again": "1", "all": "1"})
    assert (frequency(stranger), Choice.objects.count()) == ("weekly", 0)
    stop(stranger.pk, "")
    assert 'type="hidden"' not in client.post(address, {"all": "1"}).text  # they were off already: not by mistake


def test_tc09_what_was_switched_off_in_the_settings_is_not_begun_again_by_a_mail(signed_in, stranger, address):
    signed_in.post(PAGE, {**CHOICE, "frequency": "off"})
    assert "switched off already" in signed_in.get(address).text
    signed_in.post(address, {"again": "1"})
    assert frequency(stranger) == "off"


def test_promise_9_keeping_a_theme_out_from_the_mail_and_letting_it_in_again(client, stranger):
    theme = Theme.objects.get(slug="energy")
    noun = (ContentType.objects.get_for_model(theme).pk, theme.pk)
    address = f"{PAGE}mute/{mute_token(stranger.pk, noun)}/"
    assert (client.get(address).status_code, Muted.objects.count()) == (200, 0)
    assert [client.post(address).status_code for _twice in range(2)] == [200, 200]
    assert ("Energy" in client.get(address).text, "let it in again" in client.get(address).text) == (True, True)
    assert ("stands in your digest again" in client.post(address, {"again": "1"}).text, Muted.objects.count()) == (True, 0)
    client.post(address)
    client.force_login(stranger)
    assert b"Let it in again" in client.get(PAGE).content
    assert client.post(f"{PAGE}let-in/{Muted.objects.get().pk}/").url == PAGE
    assert Muted.objects.count() == 0


def test_a_sent_digest_is_read_by_its_reader_only(client, stranger, colleague):
    made = ProjectFactory()
    now = timezone.now()
    kind = ContentType.objects.get_for_model(made).pk
    sent = Delivery.objects.create(user=stranger, reader=f"member:{stranger.pk}", list="digest", period="2026-W48", template="digest",
                                   state="sent", since=now - timedelta(days=7), until=now, held=[["projects", kind, made.pk]])  # fmt: skip
    client.force_login(stranger)
    assert str(made) in client.get(f"{PAGE}mails/{sent.key}/").content.decode()
    type(made).objects.update(state="hidden")
    assert str(made) not in client.get(f"{PAGE}mails/{sent.key}/").content.decode()
    client.force_login(colleague)
    assert client.get(f"{PAGE}mails/{sent.key}/").status_code == 404


def test_tc09_what_was_stopped_long_ago_is_not_begun_again_by_a_mail(client, stranger, address):
    stop(stranger.pk, "")
    Choice.objects.update(chosen_at="2026-01-01T00:00Z")
    for posted in ({"all": "1"}, {"again": "1", "all": "1"}):
        client.post(address, posted)
    assert list(Choice.objects.values_list("kind", "is_on")) == [("", False)]


@pytest.mark.parametrize(("address", "sent"), [("/en/digest/", {"minimum": "999"}), ("/en/notifications/settings/", {"quiet_from": "99"})])
def test_the_title_of_a_form_with_mistakes_says_so_first(client, stranger, address, sent):
    client.force_login(stranger)
    pages = [client.get(address), client.post(address, sent)]
    assert ["<title>Errors: " in page.content.decode() for page in pages] == [False, True]
