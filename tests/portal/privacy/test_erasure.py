"""Leaving, coming back, and the erasure: no personal value is left in any table, file or cache (TC-27)."""

import shutil
import subprocess
import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.utils import timezone

from common.errors import WrongState
from conversations.models import Question
from members.models import Photo, Profile, User
from notifications.actions import follow, notify, queue_mail
from notifications.models import Delivery
from organisations.models import Invitation, JoinRequest
from portal.models import Farewell, PersonalFile
from portal.privacy.actions import come_back, leave
from portal.privacy.erasure import erase
from portal.tasks import keep_rights
from projects.models import Project
from records.actions import add_attachment, audit, keep_version
from records.models import Attachment, AuditEntry, Report
from tests.conftest import of
from tests.factories import MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.records.test_attachments import picture

pytestmark = pytest.mark.django_db

NAME = "Quokka Birdwatcher"
ADDRESS = "quokka@canary-town.example"
OTHER = "quokka.old@canary-town.example"
#: What must be nowhere afterwards. Each stands in more than one table before.
CANARIES = ("quokka", "canary-town", "canaryheadline", "canaryabout")
MONTH = timedelta(days=30, minutes=1)


@pytest.fixture
def member(organisation):
    """A member with something in every model that knows of members."""
    user = of(organisation, "editor", name=NAME, email=ADDRESS)
    user.set_password("quokka-secret-1")
    user.save()
    fill(user, organisation)
    return user


def fill(user, organisation):
    now = timezone.now()
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=OTHER, verified=False)
    profile, _made = Profile.objects.update_or_create(
        user=user, defaults={"slug": "quokka-birdwatcher", "headline": "Canaryheadline", "about": "Canaryabout", "keywords": NAME}
    )
    photo, _made = Photo.objects.get_or_create(profile=profile)
    add_attachment(photo, ContentFile(picture(), name="quokka.jpg"), by=user, alt=NAME)
    project = ProjectFactory(organisation=organisation, created_by=user, contact_name=NAME, contact_email=ADDRESS)
    ProjectFactory(organisation=organisation, contact_name=NAME, contact_email="info@lejre.example")
    keep_version(project, {"contact_name": NAME, "contact_email": ADDRESS, "title": "Lamps"}, by=user)
    audit("update", project, by=user, changes={"contact_email": [OTHER, ADDRESS]})
    audit("suspend", user, by=None, note=f"{NAME} wrote nonsense")
    follow(user, project)
    Question.objects.create(target=project, asked_by=user, name=NAME, email=ADDRESS, text=f"Call {ADDRESS}?", language="en",
                            state="published", created_at=now)  # fmt: skip
    Question.objects.create(target=project, name=NAME, email=OTHER, text="Why?", language="en", state="published", created_at=now)
    Report.objects.create(target=user, by=UserFactory(), reason="other", text=f"{NAME} is rude", created_at=now)
    Report.objects.create(target=project, by=user, reason="other", text=f"Write to {ADDRESS}", created_at=now)
    elsewhere = OrganisationFactory()
    JoinRequest.objects.create(organisation=elsewhere, user=user, note=f"I am {NAME}")
    Invitation.objects.create(organisation=elsewhere, email=ADDRESS.upper(), token_hash="t" * 64, sent_at=now, expires_at=now)
    queue_mail("account", "farewell", address=OTHER, language="en", context={"name": NAME, "day": "x"}, period="canary-1")
    queue_mail("account", "farewell", address=ADDRESS, user=user, language="en", context={"name": NAME, "day": "x"}, period="canary-2")
    UserSession.objects.create(user=user, ip="192.0.2.7", user_agent="Quokka browser", session_key="s" * 32)


def rows_with(words):
    """Tables in which a word stands, every column of every table read as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT row_to_json(one)::text FROM {name} one WHERE lower(row_to_json(one)::text) ~ %s", ["|".join(words)])
            if rows := cursor.fetchall():
                found[table] = [row[0][:300] for row in rows]
    return found


def gone(user):
    """The member leaves and the days go by."""
    farewell = leave(user)
    return erase(farewell.pk, now=timezone.now() + MONTH)


def test_tc27_nothing_of_the_person_is_left(member):
    before = rows_with(CANARIES)
    assert gone(member)
    assert rows_with(CANARIES) == {}
    assert len(before) >= 12, sorted(before)


def test_tc27_the_canaries_stood_in_every_table_about_people(member):
    tables = {"members_user", "members_profile", "account_emailaddress", "projects_project", "records_version", "records_auditentry",
              "records_attachment", "records_report", "conversations_question", "organisations_joinrequest", "organisations_invitation",
              "usersessions_usersession"}  # fmt: skip
    assert tables - set(rows_with(CANARIES)) == set()


@pytest.mark.django_db(transaction=True)
def test_tc27_a_dump_of_the_database_holds_nothing(member):
    program = shutil.which("pg_dump")
    assert gone(member)
    assert rows_with(CANARIES) == {}
    if program and (dump := dumped(program)):
        assert [word for word in CANARIES if word in dump.lower()] == []


def dumped(program):
    """The database as text; "" where the program is older than the server."""
    values = connections.settings["default"]
    argv = [program, "--data-only", "--inserts", "-h", values["HOST"], "-U", values["USER"], "-d", values["NAME"]]
    argv += ["-p", str(values["PORT"])] if values["PORT"] else []
    done = subprocess.run(argv, capture_output=True, text=True, env={"PGPASSWORD": values["PASSWORD"], "PATH": "/usr/bin:/bin"})
    return "" if done.returncode else done.stdout


def test_tc27_files_and_cache_hold_nothing(member, django_capture_on_commit_callbacks):
    (photo,) = Attachment.objects.filter(alt=NAME).values_list("file", flat=True)
    was_there = default_storage.exists(photo)
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(member)
    kept = repr(cache._cache).lower()
    assert (was_there, default_storage.exists(photo), [word for word in CANARIES if word in kept]) == (True, False, [])


def test_tc27_what_the_organisation_owns_stays(member, organisation):
    owned = Project.objects.filter(organisation=organisation).count()
    gone(member)
    assert Project.objects.filter(organisation=organisation, contact_name="", contact_email="").count() == owned == 2
    assert organisation.memberships.filter(user=member).count() == 0


def test_tc27_what_was_done_stays_as_done_by_a_former_member(member):
    gone(member)
    entry = AuditEntry.objects.filter(by=member).first()
    former = User.objects.get(pk=member.pk)
    assert (str(former), str(entry.by), former.is_active, former.has_usable_password()) == ("Former member", "Former member", False, False)


def test_erasing_twice_is_erasing_once(member):
    farewell = leave(member)
    later = timezone.now() + MONTH
    assert [erase(farewell.pk, now=later), erase(farewell.pk, now=later)] == [True, False]


def test_nobody_is_erased_before_the_days_are_over(member):
    farewell = leave(member)
    assert erase(farewell.pk, now=timezone.now() + timedelta(days=29)) is False
    assert User.objects.get(pk=member.pk).name == NAME


# ---- leaving


def test_a_closed_account_is_closed_at_once(client, member):
    client.force_login(member)
    leave(member)
    assert client.get("/en/desk/").status_code == 302
    assert not Profile.objects.visible_to(UserFactory()).filter(user=member).exists()


def test_the_one_mail_says_until_when(member, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        farewell = leave(member)
    deliveries = Delivery.objects.filter(period=f"farewell-{farewell.pk}")
    assert [(one.address or "sent", one.list) for one in deliveries] in ([(ADDRESS, "account")], [("sent", "account")])


def test_nothing_is_told_to_a_closed_account(member, django_capture_on_commit_callbacks, mailoutbox):
    leave(member)
    project = Project.objects.filter(created_by=member).get()
    with django_capture_on_commit_callbacks(execute=True):
        notify("project.returned", project, by=None, to=[(member, "author")], note="Mend it")
    assert (member.notifications.count(), [mail for mail in mailoutbox if mail.to == [ADDRESS]]) == (0, [])


def test_coming_back_is_as_it_was(member):
    leave(member)
    come_back(member)
    user = User.objects.get(pk=member.pk)
    assert (user.is_active, user.name, Farewell.objects.count()) == (True, NAME, 0)
    with pytest.raises(WrongState):
        come_back(member)


def test_the_last_owner_hands_over_first(owner, colleague, organisation):
    with pytest.raises(WrongState, match=organisation.name):
        leave(owner)
    MembershipFactory(organisation=organisation, role="owner")
    assert leave(owner)


def test_the_only_member_may_leave_and_moderators_hear_of_it(owner, moderator, organisation, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        leave(owner)
    assert [one.entry.kind for one in moderator.notifications.all()] == ["organisation.left"]


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_in_the_same_second_one_stays(organisation):
    owners = [of(organisation, "owner"), of(organisation, "owner")]
    of(organisation, "member")
    barrier, answers = threading.Barrier(2), []

    def go(user):
        barrier.wait()
        try:
            leave(user)
            answers.append("left")
        except WrongState:
            answers.append("stays")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(user,)) for user in owners]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["left", "stays"]


# ---- the tick


def test_the_tick_makes_what_was_lost_and_takes_away_what_is_over(member):
    now = timezone.now()
    farewell = leave(member)
    Farewell.objects.filter(pk=farewell.pk).update(due_at=now)
    stranger = UserFactory()
    lost = PersonalFile.objects.create(user=stranger, language="en", asked_at=now - timedelta(hours=1))
    over = PersonalFile.objects.create(user=UserFactory(), language="en", asked_at=now, ready_at=now, expires_at=now)
    keep_rights()
    lost.refresh_from_db()
    assert (bool(lost.ready_at), PersonalFile.objects.filter(pk=over.pk).exists(), Farewell.objects.exists()) == (True, False, False)
    default_storage.delete(lost.file.name)
