"""Keeping in the outbox what happened, in the transaction of the verb."""

import pytest
from django.db import transaction
from django.utils import translation

from notifications.actions import follow, move_follows, notify, queue_mail, unfollow
from notifications.models import Delivery, Follow, Notification, OutboxEntry
from tests.factories import OrganisationFactory, ProjectFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_each_is_named_once_with_the_first_reason_and_never_the_actor(editor, owner, colleague):
    entry = notify("project.returned", ProjectFactory(), by=editor,
                   to=[(owner, "author"), (colleague.pk, "member"), (owner.pk, "owner"), (editor, "author")])  # fmt: skip
    assert entry.receivers == [[owner.pk, "author"], [colleague.pk, "member"]]


def test_the_address_has_no_language_in_front(editor):
    project = ProjectFactory(slug="lamps")
    with translation.override("da"):
        danish = notify("project.returned", project, by=editor).url
    assert (danish, notify("project.returned", project, by=editor).url) == ("/projects/lamps/", "/projects/lamps/")


def test_a_name_that_differs_by_language_is_kept_in_each(editor):
    theme = ThemeFactory(slug="lighting")
    entry = notify("project.published", ProjectFactory(text__title="Lamps"), by=editor, followers_of=[theme])
    assert entry.followed[0][2] == theme.names
    assert entry.context["title"] == "Lamps"


def test_a_kind_or_reason_nobody_registered_is_refused(editor, owner):
    with pytest.raises(ValueError, match="No kind"):
        notify("project.eaten", ProjectFactory(), by=editor)
    with pytest.raises(ValueError, match="No reason"):
        notify("project.returned", ProjectFactory(), by=editor, to=[(owner, "bored")])


def test_nothing_is_told_of_a_verb_that_fails(editor, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        notify("project.returned", ProjectFactory(), by=editor, to=[(owner, "author")])
        raise ZeroDivisionError
    assert (OutboxEntry.objects.count(), Notification.objects.count()) == (0, 0)


def test_from_the_verb_to_the_mail(editor, owner, organisation, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify("project.returned", ProjectFactory(organisation=organisation), by=editor, to=[(owner, "author")], note="Add a number.")
    assert [mail.to for mail in mailoutbox] == [[owner.email]]
    assert Notification.objects.get().user == owner
    assert Delivery.objects.get().state == "sent"


def test_following_twice_is_following_once(stranger):
    organisation = OrganisationFactory()
    assert follow(stranger, organisation) == follow(stranger, organisation)
    assert (unfollow(stranger, organisation), unfollow(stranger, organisation), Follow.objects.count()) == (True, False, 0)


def test_who_follows_both_of_two_that_are_merged_follows_one(stranger):
    old, new, other = OrganisationFactory(), OrganisationFactory(), UserFactory()
    for user, noun in ((stranger, old), (stranger, new), (other, old)):
        follow(user, noun)
    move_follows(old, new)
    assert sorted(Follow.objects.values_list("user", "target_id")) == sorted([(stranger.pk, new.pk), (other.pk, new.pk)])


def queue(address, **more):
    return queue_mail("account", "notice", address=address, language="en", context={"headline": "Hello"}, period="once", **more)


def test_a_second_mail_of_the_same_period_is_the_first_one():
    assert queue("a@example.org") == queue("A@Example.org ")
    assert queue("b@example.org") != queue("a@example.org")


def test_known_and_unknown_addresses_cost_the_same(stranger, django_assert_num_queries, django_capture_on_commit_callbacks):
    costs = []
    for user, address in ((stranger, stranger.email), (None, "nobody@example.org")):
        with django_capture_on_commit_callbacks() as woken, django_assert_num_queries(6):
            queue(address, user=user)
        costs.append(len(woken))
    assert costs == [1, 1]
