"""The real records beside the project: every row in, twice without change, and what people look for is found."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from common.markup import lang_badge
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
    texts = [project.text for project in Project.objects.filter(texts__language="mul").prefetch_related("texts")]
    assert (len(texts), {lang_badge(text.language) for text in texts}) == (101, {""})


FIRST = {
    "Sege Park": "SE1420-20200410",
    "Copenhagen Healthtech": "DK1420-0089",
    "gront byggeri": "DK0713-0391",
    "Oresundspendling": "IR-OKS-1e7bf7",
    "luftmiljo sensor": "VC-46086-1",
    "water observatory": "CORDIS-308429",
    "belysningsdesign": "SWECRIS-P2021-00024_Energi",
}


def found(client, words):
    """The keys of the projects on the first page for these words, the best first."""
    page = client.get("/en/projects/", {"q": words})
    slugs = re.findall(r'class="card__title"[^>]*>\s*<a[^>]*href="/en/projects/([a-z0-9-]+)/"', page.content.decode())
    keys = dict(Project.objects.filter(slug__in=slugs).values_list("slug", "source_key"))
    return [keys[slug] for slug in slugs]


def test_what_people_look_for_stands_first(run, client):
    run()
    assert {words: found(client, words)[0] for words in FIRST} == FIRST
    assert "VC-46086-1" not in found(client, "luftmiljo sensor -luft")
    assert found(client, "belysningsdesing")[0] == FIRST["belysningsdesign"]
    assert found(client, "zzqx") == []
