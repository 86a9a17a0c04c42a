"""Inviting addresses with and without an account: alike to whoever invites, bound to the address, for 14 days."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.errors import WrongState
from notifications.models import Delivery
from organisations import actions
from organisations.actions import invitations as limits
from organisations.models import Invitation
from records.models import AuditEntry
from tests.factories import MembershipFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def guest(db):
    user = UserFactory(email="guest@elsewhere.example", name="Guest")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    return user


def invite(organisation, owner, email="guest@elsewhere.example", **fields):
    return actions.invite(organisation, email, by=owner, **fields)


def mails():
    return list(Delivery.objects.filter(list="invitation").order_by("pk"))


def token_of(mail):
    return mail.context["url"].rstrip("/").rpartition("/")[2]


def test_the_row_keeps_no_token_and_the_mail_does(organisation, owner):
    invitation = invite(organisation, owner, language="da")
    (mail,) = mails()
    assert invitation.token_hash == actions.hash_of(token_of(mail))
    assert (mail.template, mail.address, mail.language, mail.context["role"]) == (
        "organisation_invitation", "guest@elsewhere.example", "da", "Medlem",
    )  # fmt: skip
    assert mail.context["url"].startswith("http") and "/da/organisations/invitations/" in mail.context["url"]


def test_tc16_known_and_unknown_addresses_are_invited_alike(organisation, owner, guest):
    for email in ("guest@elsewhere.example", "unknown@elsewhere.example"):
        invite(organisation, owner, email)
    rows = [(row.role, row.state, row.times_sent, row.expires_at - row.sent_at) for row in Invitation.objects.all()]
    sent = [(mail.template, mail.user, sorted(mail.context), mail.reason) for mail in mails()]
    assert (rows[0], sent[0]) == (rows[1], sent[1])
    assert told() == [("organisation.invited", "Guest", "invited")]


def test_the_guest_joins_with_the_role_and_the_inviter_hears(organisation, owner, guest):
    actions.accept_invitation(invite(organisation, owner, role="editor"), by=guest)
    assert guest.organisation_roles == {organisation.pk: "editor"}
    assert told("organisation.invitation_accepted") == [("organisation.invitation_accepted", "Owner", "owner")]


def test_declining_tells_the_inviter(organisation, owner, guest):
    actions.decline_invitation(invite(organisation, owner), by=guest)
    assert (guest.organisation_roles, told("organisation.invitation_declined")) == (
        {}, [("organisation.invitation_declined", "Owner", "owner")],
    )  # fmt: skip


@pytest.mark.parametrize(("had", "invited", "has"), [("member", "editor", "editor"), ("editor", "member", "editor")])
def test_who_belongs_already_keeps_the_higher_role(organisation, owner, guest, had, invited, has):
    invitation = invite(organisation, owner, role=invited)
    MembershipFactory(organisation=organisation, user=guest, role=had)
    actions.accept_invitation(invitation, by=guest)
    assert organisation.memberships.get(user=guest).role == has


def test_it_is_for_this_address_only(organisation, owner, stranger):
    invitation = invite(organisation, owner)
    EmailAddress.objects.create(user=stranger, email="guest@elsewhere.example", verified=False)
    with pytest.raises(WrongState) as refused:
        actions.accept_invitation(invitation, by=stranger)
    assert (refused.value.code, stranger.organisation_roles) == ("other_address", {})


def test_after_two_weeks_it_is_over(organisation, owner, guest):
    invitation = invite(organisation, owner)
    with pytest.raises(WrongState) as refused:
        actions.accept_invitation(invitation, by=guest, now=timezone.now() + timedelta(days=14, seconds=1))
    assert refused.value.code == "expired"


@pytest.mark.parametrize("first", [actions.accept_invitation, actions.decline_invitation, actions.withdraw_invitation])
@pytest.mark.parametrize("second", [actions.accept_invitation, actions.decline_invitation, actions.withdraw_invitation])
def test_it_is_answered_once(organisation, owner, guest, first, second):
    invitation = invite(organisation, owner)
    first(invitation, by=guest)
    with pytest.raises(WrongState):
        second(invitation, by=guest)


def test_sending_again_ends_the_older_link_and_has_limits(organisation, owner):
    invitation, now = invite(organisation, owner), timezone.now()
    with pytest.raises(WrongState):
        actions.resend(invitation, by=owner)
    for number in (1, 2):
        actions.resend(invitation, by=owner, now=now + number * 2 * HOUR)
    with pytest.raises(WrongState):
        actions.resend(invitation, by=owner, now=now + 24 * HOUR)
    invitation.refresh_from_db()
    hashes = [actions.hash_of(token_of(mail)) for mail in mails()]
    assert (len(set(hashes)), hashes[-1], invitation.times_sent) == (3, invitation.token_hash, 3)


def test_inviting_an_address_that_waits_sends_again_with_the_new_role(organisation, owner):
    invite(organisation, owner)
    again = invite(organisation, owner, "Guest@Elsewhere.example", role="editor", now=timezone.now() + 2 * HOUR)
    assert (Invitation.objects.count(), again.role, again.times_sent) == (1, "editor", 2)


def test_an_organisation_sends_so_many_a_day(organisation, owner, monkeypatch):
    monkeypatch.setattr(limits, "MOST_A_DAY", 2)
    for number in range(2):
        invite(organisation, owner, f"guest{number}@elsewhere.example")
    with pytest.raises(WrongState):
        invite(organisation, owner, "one.more@elsewhere.example")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        invite(organisation, owner, "one.more@elsewhere.example")


@pytest.mark.parametrize("email", ["", "a", "a@b", "a@b.example\r\nBcc: c@d.example", "a\x00@b.example", "x" * 250 + "@b.example"])
def test_tc10_what_is_no_address_is_refused(organisation, owner, email):
    with pytest.raises(ValidationError):
        invite(organisation, owner, email)
    assert mails() == []


def test_a_member_is_not_invited(organisation, owner, guest):
    MembershipFactory(organisation=organisation, user=guest)
    with pytest.raises(WrongState):
        invite(organisation, owner)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_invitation(organisation, owner):
    at_once(*[lambda: invite(organisation, owner)] * 3)
    assert (Invitation.objects.count(), len(mails()), AuditEntry.objects.filter(verb="invite").count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_accept_against_withdraw_in_the_same_second(organisation, owner, guest):
    invitation = invite(organisation, owner)
    at_once(lambda: actions.accept_invitation(invitation, by=guest), lambda: actions.withdraw_invitation(invitation, by=owner))
    invitation.refresh_from_db()
    assert organisation.memberships.filter(user=guest).exists() == (invitation.state == "accepted")


# ---- the page behind the link


def page_of(client, mail):
    return client.get(mail.context["url"].partition("//")[2].partition("/")[2].join(["/", ""]))


def test_a_visitor_is_led_to_sign_in_or_up_and_back(client, organisation, owner):
    invite(organisation, owner)
    response = page_of(client, mails()[0])
    token = token_of(mails()[0])
    assert f"next=/en/organisations/invitations/{token}/" in response.content.decode()
    assert (response.status_code, Invitation.objects.get().state) == (200, "waiting")


def test_the_guest_accepts_on_the_page(client, organisation, owner, guest):
    invitation = invite(organisation, owner)
    client.force_login(guest)
    assert f"/invitations/{invitation.pk}/accept/" in page_of(client, mails()[0]).content.decode()
    response = client.post(f"/en/organisations/invitations/{invitation.pk}/accept/")
    assert (response.url, guest.memberships.count()) == (organisation.get_absolute_url(), 1)


def test_somebody_else_with_the_link_cannot_take_it_up(client, organisation, owner, stranger):
    invitation = invite(organisation, owner)
    client.force_login(stranger)
    assert "/accept/" not in page_of(client, mails()[0]).content.decode()
    statuses = [client.post(f"/en/organisations/invitations/{invitation.pk}/{verb}/").status_code for verb in ("accept", "decline")]
    assert (statuses, stranger.memberships.count()) == ([404, 404], 0)


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "1", "..%2f"])
def test_an_invented_token_is_not_found(client, db, token):
    assert client.get(f"/en/organisations/invitations/{token}/").status_code in (400, 404)


def test_an_answered_invitation_says_so(client, organisation, owner, guest):
    actions.withdraw_invitation(invite(organisation, owner), by=owner)
    assert "This invitation is not open any more" in page_of(client, mails()[0]).content.decode()
