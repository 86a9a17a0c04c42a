"""The real records beside the project: every row in, twice without change, and what people look for is found."""

from io import StringIO

import pytest
from django.core.management import call_command

from projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(shared_data):
    def command():
        out = StringIO()
        files = {"organisations": "organisations.csv", "partners": "project_partners.csv"}
        options = {name: str(shared_data / file) for name, file in files.items()}
        call_command("import_projects", str(shared_data / "projects.csv"), stdout=out, stderr=StringIO(), **options)
        return out.getvalue().splitlines()[-1]

    return command


def test_every_row_is_in_and_stays_as_it_is(run):
    assert run() == "rows=407 created=407 updated=0 unchanged=0 refused=0"
    assert run() == "rows=407 created=0 updated=0 unchanged=407 refused=0"


def test_rows_without_a_recorded_language_have_no_badge(run):
    run()
    texts = [project.text for project in Project.objects.filter(texts__language="mul").prefetch_related("texts")]
    assert (len(texts), any(text.is_foreign for text in texts)) == (101, False)
