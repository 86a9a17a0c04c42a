"""The copy of everything held on a member: complete against the inventory, about nobody else, fetched by its owner only (TC-27)."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from common.errors import WrongState
from notifications.models import Notification
from portal.models import PersonalFile
from portal.privacy.actions import ask_for_copy
from portal.privacy.copying import make_copy, shown, write_copy
from portal.privacy.inventory import HOLDINGS
from tests.factories import UserFactory
from tests.portal.privacy.test_erasure import ADDRESS, NAME, member  # noqa: F401 - the member with something everywhere

pytestmark = pytest.mark.django_db


def opened(user, language="en"):
    """The archive of a user's copy, and its data."""
    file = io.BytesIO()
    with translation.override(language):
        write_copy(user, file, timezone.now())
    archive = zipfile.ZipFile(file)
    return archive, json.loads(archive.read("data.json"))


def test_tc27_the_copy_holds_what_the_inventory_says(member):  # noqa: F811
    archive, data = opened(member)
    assert archive.testzip() is None
    assert {"members.User", "members.Profile", "account.EmailAddress", "conversations.Question", "records.Report", "notifications.Follow",
            "organisations.JoinRequest", "organisations.Invitation", "projects.Project",
            "records.Version"} <= set(data["held"])  # fmt: skip
    for label, rows in data["held"].items():
        shown = [set(HOLDINGS[label].shows), set(HOLDINGS[label].did_shows), set(HOLDINGS[label].target_shows)]
        assert [row for row in rows if set(row) not in shown] == []


def test_tc27_every_row_about_the_member_is_in_the_copy(member):  # noqa: F811
    from portal.privacy.holdings import Person

    _archive, data = opened(member)
    own = {label: holding.own_rows(Person.of(member)).distinct().count() for label, holding in HOLDINGS.items() if holding.shows}
    short = {
        label: (len(data["held"].get(label, [])), number) for label, number in own.items() if len(data["held"].get(label, [])) < number
    }
    assert short == {}


def test_tc27_the_copy_is_about_nobody_else(member, organisation):  # noqa: F811
    UserFactory(name="Somebody Else", email="else@canary.example")
    archive, _data = opened(member)
    text = "".join(archive.read(name).decode() for name in ("data.json", "index.html"))
    assert [word for word in ("Somebody Else", "else@canary.example", "pbkdf2", member.password) if word in text] == []


TITLES = {"en": "What is held on me", "da": "Hvad der er gemt om mig", "sv": "Vad som finns sparat om mig"}


@pytest.mark.parametrize(("language", "title"), TITLES.items())
def test_the_page_is_in_the_readers_language(member, language, title):  # noqa: F811
    page = BeautifulSoup(opened(member, language)[0].read("index.html"), "html.parser")
    assert (page.h1.get_text(), page.html["lang"], page.select("script, style, [style]")) == (title, language, [])
    assert NAME in page.get_text()


def test_the_photo_comes_along(member):  # noqa: F811
    names = [name for name in opened(member)[0].namelist() if name.startswith("files/")]
    assert len(names) == 1
    assert names[0].endswith("-quokka.jpg")


def test_one_copy_at_a_time(stranger):
    ask_for_copy(stranger)
    with pytest.raises(WrongState):
        ask_for_copy(stranger)
    assert ask_for_copy(stranger, now=timezone.now() + timedelta(hours=7))
    assert PersonalFile.objects.filter(user=stranger).count() == 1


def test_a_copy_is_made_once_and_told_once(stranger, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        copy = ask_for_copy(stranger)
    assert make_copy(copy.pk) is False
    copy.refresh_from_db()
    told = [one.entry.kind for one in Notification.objects.filter(user=stranger)]
    assert (bool(copy.ready_at), copy.size > 500, told) == (True, True, ["privacy.copy_ready"])
    copy.file.delete(save=False)


def test_a_copy_does_not_tell_that_somebody_reported_the_member(member, stranger, moderator):  # noqa: F811
    from editorial.moderation import actions as moderation

    report = moderation.report(member, by=stranger, reason="offensive", text="Look at the headline.")
    moderation.dismiss(report, by=moderator, note="We see nothing wrong with it.")
    verbs = {row["verb"] for row in opened(member)[1]["held"]["records.AuditEntry"]}
    assert verbs.isdisjoint({"report", "dismiss"})
    assert "nothing wrong with it" not in opened(member)[0].read("data.json").decode()


def test_moments_and_days_are_written_as_people_write_them():
    moment = datetime(2026, 11, 25, 15, 47, 52, 810204, tzinfo=UTC)
    with translation.override("da"):
        assert [shown(moment), shown(moment.date())] == ["25. november 2026 16:47", "25. november 2026"]
