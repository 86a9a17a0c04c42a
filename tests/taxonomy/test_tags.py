"""Free tags: read from what people type, never twice, merged by editors."""

import pytest
from django.core.exceptions import ValidationError

from projects.models import Project
from taxonomy.actions import merge_tags, rename_tag
from taxonomy.models import Tag
from taxonomy.tags import split_tags, tags_named
from tests.factories import ProjectFactory


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (" LED , led;Led\nIoT", ["LED", "IoT"]),
        ("#gadelys, smart  lighting.", ["gadelys", "smart lighting"]),
        ("🚲, --, ,", []),
        ("a/b<c", ["a/b<c"]),
        ("grøn\u200b omstilling", ["grøn omstilling"]),
        ("", []),
        (None, []),
    ],
)
def test_tags_are_read_from_text(typed, names):
    assert split_tags(typed) == names


def test_a_long_tag_is_cut():
    assert [len(name) for name in split_tags("x" * 500)] == [60]


def test_nul_is_refused():
    with pytest.raises(ValidationError):
        split_tags("a\x00b")


@pytest.mark.django_db
def test_a_tag_exists_once_whatever_its_case():
    first = tags_named(["Grøn"])["grøn"]
    assert tags_named(["GRØN"]) == {"grøn": first}
    assert Tag.objects.count() == 1


@pytest.mark.django_db
def test_addresses_are_plain_and_unique():
    tags_named(["Grøn", "gron", "C++", "c", "日本"])
    assert sorted(Tag.objects.values_list("slug", flat=True)) == ["c", "c-2", "gron", "gron-2", "日本"]


@pytest.mark.django_db
def test_many_tags_take_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        tags_named([f"tag {number}" for number in range(50)])


@pytest.mark.django_db
def test_merging_moves_what_is_tagged():
    both, one = ProjectFactory(tags=["street light", "gadelys"]), ProjectFactory(tags=["gadelys"])
    other = ProjectFactory(tags=["water"])
    keep, gone = Tag.objects.get(name="street light"), Tag.objects.get(name="gadelys")
    assert merge_tags(keep, gone, by=None) == 1
    assert [list(project.tags.names()) for project in (both, one)] == [["street light"], ["street light"]]
    assert set(Project.objects.filter(index_stale=True)) == {both, one}
    assert list(other.tags.names()) == ["water"]


@pytest.mark.django_db
def test_a_tag_is_not_merged_with_itself():
    tag = tags_named(["led"])["led"]
    with pytest.raises(ValidationError):
        merge_tags(tag, tag, by=None)


@pytest.mark.django_db
def test_a_renamed_tag_keeps_its_address():
    project = ProjectFactory(tags=["gatelight"])
    tag = Tag.objects.get()
    rename_tag(tag, " Street light ", by=None)
    assert (tag.name, tag.slug) == ("Street light", "gatelight")
    assert list(Project.objects.filter(index_stale=True)) == [project]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["LED", "🚲", ""])
def test_a_tag_is_not_renamed_to_nothing_or_to_another(name):
    tags_named(["led"])
    with pytest.raises(ValidationError):
        rename_tag(tags_named(["lamp"])["lamp"], name, by=None)


@pytest.mark.django_db
def test_a_tag_of_interests_that_are_not_shown_is_not_told(stranger):
    from organisations.people.actions import save_profile
    from tests.factories import UserFactory

    person = UserFactory(name="Somebody")
    save_profile(person, tags=["chess"], listed_to="everybody", interests_to="nobody")
    hidden = list(Tag.objects.seen_by(stranger)), [tag.name for tag in Tag.objects.seen_by(person)]
    save_profile(person, interests_to="members")
    assert (hidden, [tag.name for tag in Tag.objects.seen_by(stranger)]) == (([], ["chess"]), ["chess"])
