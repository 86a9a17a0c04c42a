"""Two at once, for real: versions, folders, a removal and a version, the same form in two windows."""

import uuid

import pytest
from django.core.files.base import ContentFile

from common.errors import WrongState
from records.models import Attachment
from tests.support.threads import at_once
from workinggroups import actions
from workinggroups.models import FileVersion, Folder, Resource

pytestmark = pytest.mark.django_db(transaction=True)


def paper(text="2024"):
    return ContentFile(text.encode(), name="measurements.txt")


def sending(group, member, key=None):
    return lambda: actions.add_file(group, paper(), by=member, key=key or uuid.uuid4())


def test_two_new_versions_are_both_kept_one_after_the_other(group, member, add_file):
    row = add_file(group, member)
    made = at_once(*[lambda text=text: actions.add_version(row, paper(text), by=member, key=uuid.uuid4()) for text in ("a", "b", "c", "d")])
    row.refresh_from_db()
    assert (sorted(version.number for version in made), row.current.number, Attachment.objects.count()) == ([2, 3, 4, 5], 5, 5)


def test_one_form_in_many_windows_is_one_file(group, member, media):
    made = at_once(*[sending(group, member, uuid.UUID(int=1))] * 4)
    assert (len({row.pk for row in made}), Resource.objects.count(), FileVersion.objects.count()) == (1, 1, 1)
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_a_version_of_what_is_being_removed_is_kept_or_refused(group, member, add_file):
    row = add_file(group, member)
    answers = at_once(
        lambda: actions.remove_resource(row, by=member), lambda: actions.add_version(row, paper(), by=member, key=uuid.uuid4())
    )
    is_refused = isinstance(answers[1], WrongState)
    assert (Resource.objects.removed().count(), FileVersion.objects.count()) == (1, 1 if is_refused else 2)


def test_a_folder_is_made_once(group, member):
    answers = at_once(*[lambda: actions.make_folder(group, "Meetings", by=member)] * 3)
    assert (Folder.objects.count(), sum(isinstance(one, Folder) for one in answers)) == (1, 1)


def test_a_folder_that_goes_while_a_link_comes_loses_nothing(group, member):
    folder = actions.make_folder(group, "Meetings", by=member)
    at_once(
        lambda: actions.remove_folder(folder, by=member),
        lambda: actions.add_link(group, "https://example.org/", by=member, key=uuid.uuid4(), title="A report", folder=folder),
    )
    row = Resource.objects.first()
    assert (row is None) == (not Folder.objects.exists()) and (row is None or row.folder == folder)


def test_of_two_editors_at_once_the_second_is_told(group, member, add_file):
    row = add_file(group, member)
    answers = at_once(
        *[lambda title=title: actions.edit_resource(row, by=member, title=title, revision=row.revision) for title in ("One", "Two")]
    )
    assert sum(isinstance(one, WrongState) for one in answers) == 1


def test_files_and_the_closing_of_the_group_come_one_after_the_other(group, chair, member, media):
    answers = at_once(sending(group, member), lambda: actions.close(group, by=chair, summary="Done."))
    assert Resource.objects.count() == (0 if isinstance(answers[0], WrongState) else 1)
