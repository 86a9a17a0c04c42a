"""A word that stands only in a project outsiders may not see: it is looked for in everything the portal answers them (TC-15)."""

import io
from unittest import mock

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from common.publishing import State, Visibility
from organisations.models import Organisation
from projects import counts
from projects.counts import refresh_counts
from projects.indexing import index_projects
from projects.models import Project
from projects.words import refresh_words
from records.models import Attachment
from tests.conftest import of
from tests.factories import (
    LessonFactory,
    LinkFactory,
    MilestoneFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    ResultFactory,
    ThemeFactory,
)
from tests.test_hostile import PLAIN

pytestmark = pytest.mark.django_db

CANARY = "Quokkabird"
TAG = "quokkabird-nest"
PARTNER = "quokkabird-works"
ADDRESS = "the-hidden-one"
FILE = "00000000-0000-0000-0000-00000000cafe"

HIDDEN = [(state, Visibility.PUBLIC) for state in State if state not in (State.PUBLISHED, State.ARCHIVED)]
HIDDEN += [(State.PUBLISHED, Visibility.MEMBERS), (State.PUBLISHED, Visibility.ORGANISATION), (State.ARCHIVED, Visibility.ORGANISATION)]

#: Questions that would bring it to light; none of them holds the word as it is written.
QUERIES = ["", "?q=quoxkabird", "?q=quokkabrid", f"?tag={TAG}", f"?organisation={PARTNER}", f"?tag={TAG}&theme=shared-theme",
           "?more=tag&more=organisation", "?theme=shared-theme", "?municipality=shared-town", "?sort=end"]  # fmt: skip
LISTS = ["/en/projects/", "/en/projects/map/", "/en/projects/map/data/", "/en/projects/feed/", "/en/projects/export.csv",
         "/en/projects/export.xlsx", "/en/projects/export.geojson", "/en/organisations/", "/en/search/", "/da/projects/"]  # fmt: skip
PAGES = ["/en/", "/sv/", "/en/themes/shared-theme/", "/en/municipalities/shared-town/", "/en/projects/the-open-one/",
         f"/en/projects/{ADDRESS}/",
         "/en/organisations/shared-owner/", f"/en/organisations/{PARTNER}/",
         "/sitemap-projects-1.xml", "/sitemap-organisations-1.xml", "/sitemap-pages-1.xml"]  # fmt: skip
ASKED = ["/en/projects/", "/en/projects/map/", "/en/search/"]
EVERYWHERE = [*LISTS, *(path + query for path in ASKED for query in QUERIES if query), *PAGES]


@pytest.fixture
def shared(db):
    """What the hidden project has in common with one that everybody sees."""
    owner = OrganisationFactory(name="Shared owner", slug="shared-owner")
    parts = {
        "organisation": owner,
        "themes": [ThemeFactory(slug="shared-theme")],
        "municipalities": [MunicipalityFactory(slug="shared-town", in_portal=True)],
    }
    ProjectFactory(slug="the-open-one", text__title="Quiet lamps", tags=["lamps"], **parts)
    return parts


@pytest.fixture
def canary(shared):
    """A public project with the word in each of its texts, known to every list, number and vocabulary."""
    words = {name: f"{CANARY} {name}" for name in ("title", "summary", "story")}
    project = ProjectFactory(
        slug=ADDRESS, programme=CANARY, contact_name=CANARY, tags=[TAG.replace("-", " ").capitalize(), "lamps"],
        **{f"text__{name}": text for name, text in words.items()}, **shared,
    )  # fmt: skip
    project.texts.create(language="da", **words)
    works = Organisation.objects.create(name=f"{CANARY} works", slug=PARTNER, type="company", country="DK")  # a proposal: not verified
    PartnerFactory(project=project, organisation=works)
    PartnerFactory(project=project, organisation=None, name=CANARY)
    ResultFactory(project=project, indicator=CANARY, method=CANARY)
    LessonFactory(project=project, title=CANARY, text=CANARY)
    MilestoneFactory(project=project, title=CANARY)
    LinkFactory(project=project, label=CANARY)
    Attachment.objects.create(target=project, uuid=FILE, kind="document", name=f"{CANARY}.pdf", content_type="application/pdf", size=1)
    index_projects([project.pk])
    refresh_words()
    return project


def told(client, address):
    content = client.get(address).getvalue()
    if content.startswith(b"PK"):
        rows = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)
        return repr(list(rows))
    return content.decode(errors="replace")


def tellers(client, addresses=EVERYWHERE):
    """The addresses that tell the word. A question that holds it is repeated, but in small letters."""
    found = {path: told(client, path) for path in addresses}
    return [path for path, text in found.items() if CANARY in (text if CANARY.lower() in path else text.replace("quokkabird", CANARY))]


def hide(project, state, visibility):
    Project.objects.filter(pk=project.pk).update(state=state, visibility=visibility)


def test_the_word_is_told_while_it_is_public(client, canary):
    found = tellers(client)
    assert {"/en/projects/", "/en/projects/?q=quoxkabird", "/en/projects/feed/", f"/en/projects/?tag={TAG}", "/en/",
            "/en/search/?q=quokkabrid",
            "/en/projects/export.xlsx", "/en/projects/the-open-one/", "/en/organisations/shared-owner/"} <= set(found)  # fmt: skip


@pytest.mark.parametrize(("state", "visibility"), HIDDEN)
def test_a_word_that_is_not_for_visitors(client, canary, state, visibility):
    """Also not from vocabularies and numbers that were counted while it was public."""
    hide(canary, state, visibility)
    cache.clear()
    assert tellers(client) == []


def test_no_address_of_the_portal_tells_it(client, canary):
    hide(canary, State.HIDDEN, Visibility.PUBLIC)
    assert tellers(client, PLAIN) == []


def test_its_files_are_not_there(client, canary):
    hide(canary, State.HIDDEN, Visibility.PUBLIC)
    assert client.get(f"/files/{FILE}/{CANARY}.pdf").status_code == 404


@pytest.mark.parametrize("part", ["stranger", "suspended"])
def test_a_word_that_is_not_for_this_member(client, canary, part, request):
    person = request.getfixturevalue(part)
    hide(canary, State.PUBLISHED, Visibility.ORGANISATION)
    client.force_login(person)
    assert tellers(client) == []


@pytest.mark.parametrize("most", [0, 1_000])
def test_what_is_kept_for_one_reader_is_not_shown_to_another(client, canary, shared, most):
    """Numbers of many projects are kept: first a colleague asks, then a visitor."""
    colleague = of(shared["organisation"], "member")
    hide(canary, State.PUBLISHED, Visibility.ORGANISATION)
    with mock.patch.object(counts, "EXACT", most):
        refresh_counts()
        client.force_login(colleague)
        seen = tellers(client, ["/en/projects/", "/en/", f"/en/projects/?tag={TAG}", "/en/projects/?more=tag"])
        client.logout()
        assert (len(seen), tellers(client)) == (4, [])
