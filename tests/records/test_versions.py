"""Versions of a project: kept, told apart, compared, restored."""

import datetime

import pytest
from django.utils import timezone

from projects.actions import edit_project, restore_version, update_project
from projects.content import read_content
from projects.differences import compared, marked
from records.actions import keep_version, note_editing, others_editing
from records.actions.versions import PRESENT, SITTING
from records.models import AuditEntry, EditNotice, Version
from tests.factories import ProjectFactory
from tests.factories.projects import full_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(organisation):
    return ProjectFactory(organisation=organisation, state="draft", text__title="Lamps")


def numbers(project):
    return [(version.number, version.is_automatic) for version in Version.objects.about(project)]


def test_each_save_worth_keeping_is_a_version(project, editor):
    for title in ("One", "Two"):
        edit_project(project, by=editor, said={"title": title})
    assert [(one.number, one.content["title"], one.by) for one in Version.objects.about(project)] == [
        (3, "Two", editor), (2, "One", editor), (1, "Lamps", None),
    ]  # fmt: skip


def test_saves_while_typing_become_one(project, editor):
    for title in ("L", "La", "Lam"):
        edit_project(project, by=editor, said={"title": title}, automatic=True)
    assert (numbers(project), AuditEntry.objects.filter(verb="update").count()) == ([(2, True), (1, False)], 0)


def test_saved_by_hand_what_was_typed_is_meant(project, editor):
    edit_project(project, by=editor, said={"title": "Typed"}, automatic=True)
    edit_project(project, by=editor, said={"title": "Typed"})
    assert (numbers(project), AuditEntry.objects.filter(verb="update").count()) == ([(2, False), (1, False)], 1)


def test_the_next_sitting_is_another_version(project, editor):
    now = timezone.now()
    for minutes, title in ((0, "One"), (5, "Two"), (40, "Three")):
        keep_version(project, {"title": title}, by=editor, automatic=True, now=now + datetime.timedelta(minutes=minutes))
    assert (SITTING, numbers(project)) == (datetime.timedelta(minutes=30), [(2, True), (1, True)])


def test_the_same_again_is_no_version(project, editor):
    versions = [keep_version(project, {"title": "One"}, by=editor) for _time in range(2)]
    assert versions[0] == versions[1]


@pytest.mark.parametrize("state", ["draft", "published", "archived"])
def test_restoring_says_everything_again_and_is_a_version_itself(organisation, owner, state):
    project = full_project(organisation=organisation, state=state)
    edit_project(project, by=owner, said={"title": "Other"})
    before = Version.objects.about(project).last()
    emptied = {name: [] for name in ("results", "sites", "partners", "milestones", "lessons", "links", "themes", "goals")}
    update_project(project, by=owner, texts=[{"language": "sv", "title": "Lampor"}], tags=["x"], budget=None, **emptied)
    restore_version(project, before, by=owner)
    assert read_content(project) == before.content
    assert Version.objects.about(project).first().note == "Restored from version 1"


def test_who_may_read_it_is_not_restored(project, owner):
    edit_project(project, by=owner, said={"visibility": "organisation", "title": "Other"})
    project.refresh_from_db()
    restore_version(project, Version.objects.about(project).last(), by=owner)
    assert (project.visibility, str(project)) == ("organisation", "Lamps")


def test_words_that_went_and_came_are_marked():
    assert marked(["Half the <b>energy</b> use"], ["A third of the energy use"]) == (
        "<del>Half</del> the <del>&lt;b&gt;energy&lt;/b&gt;</del> use",
        "<ins>A third of</ins> the <ins>energy</ins> use",
    )


def test_a_comparison_names_what_differs_in_words(project, editor):
    before = read_content(project)
    edit_project(project, by=editor, said={"phase": "operation", "tags": ["rain"]})
    project.refresh_from_db()
    rows = [(row["label"], row["before"], row["after"]) for row in compared(before, read_content(project))]
    assert rows == [("Tags", "–", "<ins>rain</ins>"), ("Phase", "<del>Demonstration</del>", "<ins>In operation</ins>")]


def test_a_long_story_is_compared_in_good_time(project, editor):
    old, new = (["word " * 9_000], ["other " * 9_000])
    assert marked(old, new)[0].startswith("<del>")


def test_the_list_has_one_number_of_queries(client, editor, project, same_queries):
    client.force_login(editor)
    titles = map(str, range(100))
    assert same_queries(f"/en/projects/{project.slug}/versions/", lambda: keep_version(project, {"title": next(titles)}, by=editor)) <= 20


@pytest.mark.parametrize(
    ("part", "answers"),
    [("editor", (200, 200, 302)), ("owner", (200, 200, 302)), ("colleague", (403, 403, 403)), ("stranger", (404, 404, 404)),
     ("suspended", (403, 403, 403))],
)  # fmt: skip
def test_who_sees_and_who_restores(client, request, project, editor, part, answers):
    edit_project(project, by=editor, said={"title": "Other"})
    client.force_login(request.getfixturevalue(part))
    address = f"/en/projects/{project.slug}/versions/"
    assert (client.get(address).status_code, client.get(f"{address}1/?with=now").status_code,
            client.post(f"{address}1/restore/").status_code) == answers  # fmt: skip


def test_a_version_of_another_project_is_not_restored(client, editor, project):
    other = ProjectFactory()
    keep_version(other, {"title": "Theirs"}, by=None)
    client.force_login(editor)
    assert client.post(f"/en/projects/{project.slug}/versions/1/restore/").status_code == 404


def test_restoring_is_asked_for_never_followed(client, editor, project):
    keep_version(project, {"title": "One"}, by=None)
    client.force_login(editor)
    assert client.get(f"/en/projects/{project.slug}/versions/1/restore/").status_code == 405


def test_a_notice_ends_by_itself(project, editor, owner):
    now = timezone.now()
    note_editing(project, owner, now=now)
    note_editing(project, owner, now=now)
    assert [others_editing(project, editor, now=now + wait) for wait in (PRESENT, PRESENT * 2)] == [[owner], []]
    assert EditNotice.objects.count() == 1
