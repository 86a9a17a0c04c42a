"""The digest's pages: choosing, looking ahead, stopping without a sign-in (TC-09)."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from digests.models import Muted, Subscription
from digests.tokens import mute_token, stop_token
from notifications.actions import follow
from notifications.models import Choice, Delivery, Follow
from taxonomy.models import Theme
from tests.factories import ProjectFactory, SubscriptionFactory

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
    [("frequency", "hourly"), ("weekday", "7"), ("hour", "24"), ("minimum", "0"), ("time_zone", "Nowhere"), ("paused_until", "2099-01-01"),
     ("paused_until", "31/31/2026"), ("municipalities", "Atlantis"), ("themes", "nothing"), ("sections", "nothing"), ("hour", "\x00")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(signed_in, stranger, field, value):
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


def test_a_member_who_never_chose_sees_an_empty_preview(signed_in):
    assert b"Nothing new" in signed_in.get(f"{PAGE}preview/").content


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


def test_tc09_an_altered_token_is_not_there(client, stranger, address):
    token, other = stop_token(stranger.pk), stop_token(stranger.pk + 1)
    swapped = other.partition("~")[0] + "~" + token.partition("~")[2]
    forged = [token[:-1], token + "x", swapped, "x", "~", mute_token(stranger.pk, (1, 1))]
    assert [client.post(f"{PAGE}unsubscribe/{one}/").status_code for one in forged] == [404] * 6
    assert frequency(stranger) == "weekly"


def test_tc09_all_mails_are_stopped_by_the_second_button(client, stranger, address):
    client.post(address, {"all": "1"})
    assert (frequency(stranger), list(Choice.objects.values_list("kind", "channel", "is_on"))) == ("off", [("", "mail", False)])


def test_keeping_a_theme_out_from_the_mail_and_letting_it_in_again(client, stranger):
    theme = Theme.objects.get(slug="energy")
    noun = (ContentType.objects.get_for_model(theme).pk, theme.pk)
    address = f"{PAGE}mute/{mute_token(stranger.pk, noun)}/"
    assert (client.get(address).status_code, Muted.objects.count()) == (200, 0)
    assert [client.post(address).status_code for _twice in range(2)] == [200, 200]
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
