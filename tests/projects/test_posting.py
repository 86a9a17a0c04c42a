"""Writing a project in five steps: what is kept, what is refused, what leads on."""

import pytest

from projects.content import read_content
from projects.models import Project
from tests.factories import ProjectFactory
from tests.factories.projects import full_project
from tests.support.forms import send

pytestmark = pytest.mark.django_db
NEW = "/en/projects/new/"


@pytest.fixture
def draft(organisation, editor):
    empty = {"phase": "", "start_date": None, "end_date": None, "themes": [], "municipalities": []}
    return ProjectFactory(organisation=organisation, state="draft", created_by=editor, text__title="Lamps", **empty)


@pytest.fixture
def at_work(client, editor):
    client.force_login(editor)
    return client


def path(project, step="basics", word="edit"):
    return f"/en/projects/{project.slug}/{word}/" + ("" if step == "basics" else f"{step}/")


def test_a_title_and_an_organisation_make_a_draft(at_work, organisation, editor):
    response = send(at_work, NEW, title="Rain beds in the street")
    project = Project.objects.get()
    assert (response.url, project.state, project.organisation, project.created_by) == (
        path(project, "where"), "draft", organisation, editor,
    )  # fmt: skip


@pytest.mark.parametrize("step", ["basics", "where", "partners", "story", "check"])
def test_each_step_has_its_address(at_work, draft, step):
    assert at_work.get(path(draft, step)).status_code == 200


@pytest.mark.parametrize("step", ["basics", "where", "partners", "story", "check"])
def test_saving_what_was_not_touched_changes_nothing(at_work, full, step):
    before = read_content(full)
    response = send(at_work, path(full, step))
    full.refresh_from_db()
    assert (response.status_code, read_content(full), full.revision) == (302, before, 0)


@pytest.fixture
def full(organisation):
    return full_project(organisation=organisation, state="draft")
