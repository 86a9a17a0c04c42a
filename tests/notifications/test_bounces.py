"""Mails that come back, complaints, and what reaches an address afterwards (promise 5)."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.models import Permission
from django.utils import timezone

from common.mail import message_id
from digests.counting import counts_of
from notifications import bounces, ledger, tasks
from notifications.actions import queue_mail, reader_of
from notifications.models import Delivery, MailEvent, Run, Suppression
from tests.factories import DeliveryFactory, UserFactory
from tests.support.mail_events import KEY, PAIR, key_pair, mailersend, mailgun, postal, postmark, tell
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
ANNA = "anna@example.org"


@pytest.fixture
def anna():
    return UserFactory(email=ANNA)


@pytest.fixture(autouse=True)
def listening(settings):
    settings.MAIL_EVENTS_FROM, settings.MAIL_EVENTS_SECRET = "mailgun", KEY


def words():
    return sorted(MailEvent.objects.values_list("word", flat=True))


def sent_to(user, state="sent", **fields):
    return DeliveryFactory(user=user, state=state, finished_at=timezone.now(), **fields)


def outcome(user, now, **fields):
    """(state, why) of a mail that is due now."""
    made = DeliveryFactory(user=user, planned_at=now, next_attempt_at=now, **fields)
    tasks.send_chunk(now)
    made.refresh_from_db()
    return made.state, made.error


# ---- who may tell


def test_promise_5_without_the_provider_s_signature_nothing_is_believed(client, anna, settings):
    forged = [mailgun("complaint", ANNA, key="another"), ({}, {}), ([], {}), ({"signature": {"token": "ø", "timestamp": 1}}, {}),
              ({"signature": None}, {}), mailgun("complaint", ANNA, signed_at=time.time() - 3 * 24 * 3600)]  # fmt: skip
    assert [tell(client, "mailgun", one) for one in forged] == [403] * 6
    assert client.post("/mail-events/mailgun/", "event=complained", content_type="application/x-www-form-urlencoded").status_code == 403
    assert [client.get("/mail-events/mailgun/").status_code, tell(client, "postmark", postmark("complaint", ANNA))] == [405, 403]
    settings.MAIL_EVENTS_SECRET = ""
    assert (tell(client, "mailgun", mailgun("complaint", ANNA, key="")), words()) == (403, [])


def test_promise_5_every_provider_proves_itself_in_its_own_way(client, anna, settings):
    private, public = key_pair()
    other, _public = key_pair()
    good = {"mailersend": (KEY, mailersend("bounce", ANNA)), "postmark": (PAIR, postmark("bounce", ANNA)),
            "postal": (public, postal("bounce", ANNA, private_key=private))}  # fmt: skip
    bad = {"mailersend": (KEY, mailersend("bounce", ANNA, key="x")), "postmark": (PAIR, postmark("bounce", ANNA, pair="portal:x")),
           "postal": (public, postal("bounce", ANNA, private_key=other))}  # fmt: skip
    for said, status in ((bad, 403), (good, 200)):
        for settings.MAIL_EVENTS_FROM, (settings.MAIL_EVENTS_SECRET, one) in said.items():
            assert tell(client, settings.MAIL_EVENTS_FROM, one) == status
    assert list(MailEvent.objects.order_by("source").values_list("source", "word", "user")) == [
        (name, "hard", anna.pk) for name in ("mailersend", "postal", "postmark")
    ]


def test_what_is_signed_and_says_nothing_readable_is_answered_and_kept_out(client):
    body, headers = mailgun("bounce", ANNA)
    assert [tell(client, "mailgun", ({"signature": body["signature"], "event-data": data}, headers)) for data in ({}, None, 7)] == [400] * 3
    assert words() == []


def test_each_thing_is_told_once_however_often_it_comes(client, anna):
    said = mailgun("bounce", ANNA)
    altered = mailgun("complaint", "other@example.org", token=said[0]["signature"]["token"])  # Mailgun signs the token, not the words
    assert [tell(client, "mailgun", one) for one in (said, said, altered)] == [200] * 3
    assert (words(), Suppression.objects.count()) == (["hard"], 0)


def test_what_is_opened_is_nobody_s_business_and_no_address_is_kept(client, anna):
    assert [tell(client, "mailgun", mailgun(what, ANNA)) for what in ("opened", "arrived", "soft")] == [200] * 3
    event = MailEvent.objects.get()
    assert (event.word, event.address, event.said) == ("soft", reader_of(None, ANNA), "5.1.1 <…>: no such mailbox")


# ---- what follows


def test_promise_5_three_hard_bounces_and_the_address_is_suppressed(client, anna, noon, mailoutbox):
    for _one in range(3):
        assert outcome(anna, noon) == ("sent", "")
        delivery = Delivery.objects.latest("pk")
        tell(client, "mailgun", mailgun("bounce", ANNA, message_id=message_id(delivery.key).strip("<>")))
    assert outcome(anna, noon) == ("suppressed", "bounces")
    assert outcome(UserFactory(), noon) == ("sent", "")
    assert list(Delivery.objects.filter(user=anna).order_by("pk").values_list("state", flat=True)) == ["failed"] * 3 + ["suppressed"]
    assert (len(mailoutbox), bounces.hindrance_of(anna).why) == (4, "bounces")


def test_one_mail_counts_once_and_soft_bounces_never(client, anna, noon):
    name = message_id(sent_to(anna).key)
    for what in ("bounce", "bounce", "bounce", "soft", "soft", "soft"):
        tell(client, "mailgun", mailgun(what, ANNA, message_id=name))
    assert (words(), Suppression.objects.count()) == (["hard"] * 3 + ["soft"] * 3, 0)


def test_what_an_unnamed_mail_says_counts_once_a_day_and_not_for_ever(client, anna):
    for days in (0, 0, 0, 1, 400):
        tell(client, "mailgun", mailgun("bounce", ANNA, at=time.time() - days * 24 * 3600))
    assert Suppression.objects.count() == 0
    tell(client, "mailgun", mailgun("bounce", ANNA, at=time.time() - 2 * 24 * 3600))
    assert Suppression.objects.get().user == anna


def test_tc02_a_server_that_will_not_have_the_receiver_counts_too(sink, noon):
    user = UserFactory(email="never-anna@example.org")
    assert [outcome(user, noon) for _one in range(4)] == [("failed", "550 5.1.1 No such mailbox")] * 3 + [("suppressed", "bounces")]
    assert set(MailEvent.objects.values_list("source", "word", "said")) == {("smtp", "hard", "550 5.1.1 No such mailbox")}


def test_one_mail_sent_again_by_hand_counts_once(sink, noon, moderator):
    user = UserFactory(email="never-anna@example.org")
    outcome(user, noon)
    for _again in range(4):
        ledger.send_again(Delivery.objects.get(), by=moderator, now=noon)
        tasks.send_chunk(noon)
    assert (MailEvent.objects.exists(), Suppression.objects.exists()) == (True, False)


def test_tc02_a_server_that_means_us_counts_against_nobody(sink, planned, noon):
    planned(*[f"policy-{n}@example.org" for n in range(4)])
    tasks.send_chunk(noon)
    assert (words(), set(Delivery.objects.values_list("state", "error"))) == (["soft"] * 4, {("failed", "550 5.7.1 Relaying denied")})


@pytest.mark.parametrize(("what", "why"), [("complaint", "complaint"), ("stop", "opted_out")])
def test_promise_5_a_complaint_stops_digest_and_news_at_once_and_account_mails_still_go(client, anna, noon, mailoutbox, what, why):
    waiting = DeliveryFactory(user=anna, planned_at=noon, next_attempt_at=noon)
    tell(client, "mailgun", mailgun(what, ANNA))
    assert outcome(anna, noon, list="digest", entry=None, stop="", template="digest") == ("suppressed", why)
    waiting.refresh_from_db()
    queue_mail("account", "notice", address=ANNA, user=anna, language="en", context={"headline": "Hi"}, period="1", now=noon)
    tasks.send_chunk(noon)
    assert ((waiting.state, waiting.error), [mail.to for mail in mailoutbox]) == (("suppressed", why), [[ANNA]])


def test_a_complaint_weighs_more_than_what_came_back(client, anna):
    Suppression.objects.create(address=reader_of(None, ANNA), why="bounces", user=anna)
    tell(client, "mailgun", mailgun("complaint", ANNA))
    assert Suppression.objects.get().why == "complaint"


def test_an_unknown_mail_that_arrived_is_sent_and_the_address_works(client, anna):
    delivery = sent_to(anna, state="unknown")
    bounces.record(told("hard"), now=timezone.now())
    tell(client, "mailgun", mailgun("arrived", ANNA, message_id=message_id(delivery.key)))
    delivery.refresh_from_db()
    assert (delivery.state, MailEvent.objects.get().is_over) == ("sent", True)


def test_a_run_counts_a_mail_that_came_back_among_the_failed(client, anna):
    run = Run.objects.create(list="digest", slot=timezone.now(), completed_at=timezone.now(), counts={"sent": 1})
    delivery = sent_to(anna, list="digest", run=run, entry=None)
    tell(client, "mailgun", mailgun("bounce", ANNA, message_id=message_id(delivery.key)))
    assert counts_of(Run.objects.all()) == {run.pk: {"failed": 1}}


def told(word, number=0):
    from notifications.providers import Told

    now = timezone.now()
    return Told("smtp", f"{word}-{number}-{now.timestamp()}", word, ANNA, None, now - timedelta(days=number), "550 no")


@pytest.mark.django_db(transaction=True)
def test_three_bounces_in_the_same_second_are_enough(anna):
    now = timezone.now()
    answers = at_once(*[lambda day=day: bounces.record(told("hard", day), now=now) for day in range(3)])
    assert (answers, Suppression.objects.get().why) == ([True] * 3, "bounces")


@pytest.mark.django_db(transaction=True)
def test_the_same_bounce_told_twice_at_once_counts_once(anna):
    now, one = timezone.now(), told("hard")
    assert sorted(at_once(*[lambda: bounces.record(one, now=now)] * 4)) == [False, False, False, True]


# ---- and back


def suppress(user, why="bounces"):
    for number in range(3):
        bounces.record(told("hard", number), now=timezone.now())
    return Suppression.objects.update_or_create(address=reader_of(None, user.email), defaults={"why": why, "user": user})[0]


def test_a_member_says_that_the_address_works_again_and_needs_three_more(client, anna, noon):
    suppress(anna)
    client.force_login(anna)
    assert client.post("/en/notifications/address/").url == "/en/notifications/settings/"
    assert outcome(anna, noon) == ("sent", "")
    bounces.record(told("hard", 5), now=timezone.now())
    assert (Suppression.objects.count(), client.post("/en/notifications/address/").status_code) == (0, 302)


def test_an_address_that_is_changed_begins_anew(anna, noon):
    suppress(anna)
    anna.email = "anna@town.example.org"
    anna.save()
    assert outcome(anna, noon) == ("sent", "")


def test_confirming_an_address_proves_that_it_works_but_takes_back_no_complaint(anna, client):
    client.force_login(anna)
    for why, left in (("bounces", 0), ("complaint", 1)):
        suppress(anna, why)
        link = EmailAddress.objects.update_or_create(user=anna, email=ANNA, defaults={"verified": False, "primary": True})[0]
        client.post(f"/en/accounts/confirm-email/{EmailConfirmationHMAC(link).key}/")
        assert Suppression.objects.count() == left


def test_what_was_told_long_ago_is_forgotten_and_what_followed_stays(anna):
    suppress(anna)
    assert (bounces.prune(timezone.now() + timedelta(days=179)), bounces.prune(timezone.now() + timedelta(days=400))) == (2, 1)
    assert Suppression.objects.count() == 1


def test_a_mail_that_comes_back_before_its_sender_has_written_down_that_it_went_is_failed(planned, noon):
    planned("a@example.org")
    (delivery,) = ledger.claim(noon)
    ledger.begin(delivery, now=noon)
    assert (ledger.came_back(delivery, now=noon, error="550 no"), ledger.finish(delivery, "sent", now=noon)) == (True, False)
    assert Delivery.objects.get().state == "failed"


def test_a_mail_that_came_back_is_not_sent_again_by_a_lease_that_ends(client, anna, noon):
    delivery = sent_to(anna)
    ledger.came_back(delivery, now=noon, error="550 no")
    assert ledger.expire(noon + timedelta(days=9)) == (0, 0)
    assert Delivery.objects.get(pk=delivery.pk).state == "failed"


@pytest.mark.parametrize(
    ("why", "verb"), [("bounces", "My address works again"), ("complaint", "Mail me again"), ("opted_out", "Mail me again")]
)
def test_promise_5_the_member_sees_why_with_the_verb_that_changes_it(client, anna, why, verb):
    Suppression.objects.create(address=reader_of(None, ANNA), why=why, user=anna, said="550 5.1.1 <script>")
    client.force_login(anna)
    pages = [client.get(f"/en/{page}/").content.decode() for page in ("digest", "notifications/settings")]
    shown = [(ANNA in page, verb in page, "550 5.1.1 &lt;script&gt;" in page) for page in pages]
    client.post("/en/notifications/address/", {"next": "/en/digest/"})
    assert (shown, verb in client.get("/en/digest/").content.decode()) == ([(True, True, True)] * 2, False)


@pytest.fixture
def moderating(client, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(moderator)
    return moderator


def test_moderators_see_the_addresses_and_let_mail_go(client, moderating, anna, noon):
    row = suppress(anna)
    page = client.get("/cms/deliveries/addresses/").content.decode()
    assert (str(anna) in page, ANNA in page, "1 address gets no more mail" in client.get("/cms/deliveries/").content.decode()) == (
        True, str(anna) == ANNA, True,
    )  # fmt: skip
    assert client.post(f"/cms/deliveries/addresses/{row.pk}/let-go/").url == "/cms/deliveries/addresses/"
    assert outcome(anna, noon) == ("sent", "")


def test_the_list_of_addresses_costs_the_same_with_one_and_thirty(moderating, same_queries):
    def add():
        Suppression.objects.create(address=f"address:{Suppression.objects.count()}", why="bounces", user=UserFactory())

    assert same_queries("/cms/deliveries/addresses/", add) <= 20


def test_what_is_too_deep_to_be_read_proves_nothing(client):
    deep = '{"signature": ' + "[" * 100_000
    assert client.post("/mail-events/mailgun/", deep, content_type="application/json").status_code == 403


def test_what_cannot_be_stored_is_no_fault_of_ours(client, anna):
    body, headers = mailgun("bounce", ANNA)
    body["event-data"] |= {"id": "a\x00\ud800b", "recipient": "an\x00na@example.org"}
    assert (tell(client, "mailgun", (body, headers)), words()) == (200, ["hard"])
