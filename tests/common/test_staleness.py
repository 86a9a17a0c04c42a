"""Renaming below marks what stands above, and a task refreshes it."""

import pytest

from common.staleness import mark_stale
from projects.indexing import index_stale
from projects.models import Project
from taxonomy.models import Municipality
from tests.factories import OrganisationFactory, PartnerFactory, ProjectFactory, ThemeFactory


def stale():
    return list(Project.objects.filter(index_stale=True))


@pytest.fixture
def other(db):
    return ProjectFactory()


def test_a_theme(other):
    theme = ThemeFactory(slug="energy")
    project = ProjectFactory(themes=[theme])
    mark_stale(theme)
    assert stale() == [project]


def test_a_municipality_and_its_region(other):
    koge = Municipality.objects.get(slug="koge")
    project = ProjectFactory(municipalities=[koge])
    mark_stale(koge)
    assert stale() == [project]
    index_stale()
    mark_stale(koge.region)
    assert stale() == [project]


def test_an_organisation_as_owner_and_as_partner(other):
    organisation = OrganisationFactory()
    own, partnership = ProjectFactory(organisation=organisation), PartnerFactory(organisation=organisation)
    mark_stale(organisation)
    assert set(stale()) == {own, partnership.project}


def test_a_tag(other):
    project = ProjectFactory(tags=["Harbour bath"])
    mark_stale(project.tags.get())
    assert stale() == [project]


def test_the_task_writes_anew_and_takes_the_mark_away(other):
    theme = ThemeFactory(slug="energy")
    project = ProjectFactory(themes=[theme])
    theme.names["en"] = "Power"
    theme.save()
    mark_stale(theme)
    assert index_stale() == 1
    assert "Power" in project.texts.get().keywords
    assert stale() == []
