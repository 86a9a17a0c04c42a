"""Editors rename and merge tags in the administration."""

import pytest
from django.contrib.auth.models import Group

from taxonomy.models import Tag
from taxonomy.tags import tags_named
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editors(client):
    """The client of somebody with the role Editors."""
    member = UserFactory()
    member.groups.add(Group.objects.get(name="Editors"))
    client.force_login(member)
    return client


@pytest.fixture
def gadelys():
    ProjectFactory(tags=["gadelys"])
    return Tag.objects.get(name="gadelys")


def test_the_list_says_how_often_each_is_used(editors, gadelys):
    page = editors.get("/cms/tags/", {"q": "GADE"})
    assert [(tag.name, tag.times) for tag in page.context["page_obj"]] == [("gadelys", 1)]


def test_the_list_takes_the_same_queries_for_many(editors, gadelys, django_assert_max_num_queries):
    tags_named([f"tag {number}" for number in range(40)])
    editors.get("/cms/tags/")
    with django_assert_max_num_queries(14):
        editors.get("/cms/tags/")


def test_merging(editors, gadelys):
    keep = tags_named(["street light"])["street light"]
    assert editors.post(f"/cms/tags/{gadelys.pk}/merge/", {"keep": " Street Light "}).status_code == 302
    assert (list(Tag.objects.filter(pk=gadelys.pk)), keep.tagged.count()) == ([], 1)


def test_renaming(editors, gadelys):
    assert editors.post(f"/cms/tags/{gadelys.pk}/rename/", {"name": "gadebelysning"}).status_code == 302
    assert Tag.objects.get(pk=gadelys.pk).name == "gadebelysning"


@pytest.mark.parametrize(("verb", "said"), [("merge", {"keep": "nothing"}), ("merge", {"keep": "gadelys"}), ("rename", {"name": "🚲"})])
def test_what_cannot_be_done_is_said_and_changes_nothing(editors, gadelys, verb, said):
    page = editors.post(f"/cms/tags/{gadelys.pk}/{verb}/", said)
    assert (page.status_code, bool(page.context[verb].errors)) == (422, True)
    assert Tag.objects.get(pk=gadelys.pk).name == "gadelys"


@pytest.mark.parametrize("address", ["/cms/tags/", "/cms/tags/1/"])
def test_others_may_not(client, owner, address):
    client.force_login(owner)
    assert client.get(address).status_code == 403
