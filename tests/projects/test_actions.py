"""The verbs of a project: what they write, and what they refuse."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from common.errors import WrongState
from common.publishing import State
from projects import actions
from projects.models import Project
from records.models import AuditEntry
from tests.factories import GoalFactory, MunicipalityFactory, OrganisationFactory, ProjectFactory, ThemeFactory

pytestmark = pytest.mark.django_db

TEXT = {"language": "da", "title": "Lys på stien", "summary": "Lamper dæmpes.", "story": "Vi prøvede."}


def make(organisation, **data):
    return actions.create_project(organisation, **{"by": None, "texts": [TEXT], "kind": "pilot", "phase": "idea", **data})


def audit_of(project):
    noun = ContentType.objects.get_for_model(Project)
    return list(AuditEntry.objects.filter(target_type=noun, target_id=project.pk).order_by("pk").values_list("verb", "by", "note"))


def test_a_project_begins_as_a_draft_of_its_organisation(organisation, editor):
    project = make(organisation, by=editor)
    assert (project.slug, project.state, project.created_by, project.published_at) == ("lys-pa-stien", "draft", editor, None)
    assert audit_of(project) == [("create", editor.pk, "")]


def test_everything_is_written_at_once(organisation):
    theme, goal, place, partner = ThemeFactory(), GoalFactory(), MunicipalityFactory(), OrganisationFactory()
    project = make(
        organisation, themes=[theme], goals=[goal], tags=["Radar", "radar", " sti "], sites=[{"municipality": place, "label": "Torvet"}],
        partners=[{"organisation": partner, "role": "supplier"}, {"name": "Fonden", "role": "funder"}],
        results=[{"indicator": "Energi", "unit": "MWh", "baseline": "86.4", "actual": Decimal("53.1")}],
        lessons=[{"kind": "failed", "title": "App"}], milestones=[{"date": datetime.date(2025, 4, 1), "title": "Målt"}],
        links=[{"url": "https://example.org"}],
    )  # fmt: skip
    names = ("themes", "goals", "tags", "sites", "partners", "results", "lessons", "milestones", "links", "texts")
    assert [getattr(project, name).count() for name in names] == [1, 1, 2, 1, 2, 1, 1, 1, 1, 1]


def test_a_new_project_is_found_by_its_facets(organisation):
    project = make(organisation, themes=[ThemeFactory(slug="energy")])
    project.refresh_from_db()
    assert project.facet_terms == ["country:DK", "kind:pilot", "organisation:lejre-kommune", "phase:idea", "theme:energy"]


def test_two_projects_with_one_title_have_two_addresses(organisation):
    assert [make(organisation).slug, make(organisation).slug] == ["lys-pa-stien", "lys-pa-stien-2"]


def test_a_project_called_map_does_not_hide_the_map(organisation, client):
    project = make(organisation, texts=[{"language": "en", "title": "Map"}])
    Project.objects.filter(pk=project.pk).update(state="published")
    assert project.get_absolute_url() == "/en/projects/map-project/"
    assert client.get("/en/projects/map-project/").status_code == 200


def test_a_title_of_only_emoji_has_an_address(organisation):
    project = make(organisation, texts=[{"language": "en", "title": "🎉🎉"}])
    assert project.slug == f"project-{project.pk}"


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"start_date": datetime.date(2026, 1, 1), "end_date": datetime.date(2025, 1, 1)},
         {"end_date": ["The end lies before the start: write 2026 or later."]}),
        ({"budget": -1, "currency": "DKK"}, {"budget": ["A budget is zero or more."]}),
        ({"budget": 5}, {"currency": ["Say which currency the budget is in."]}),
        ({"phase": "dreaming"}, {"phase": ["Value 'dreaming' is not a valid choice."]}),
        ({"contact_email": "nobody"}, {"contact_email": ["Enter a valid email address."]}),
        ({"texts": []}, {"texts": ["A project needs a title."]}),
        ({"texts": [TEXT, TEXT]}, {"texts": ["There are two texts in one language."]}),
        ({"texts": [{**TEXT, "is_original": True}, {**TEXT, "language": "sv", "is_original": True}]},
         {"texts": ["Exactly one of the texts is the original."]}),
        ({"texts": [{**TEXT, "title": " \u200b "}]}, {"texts": ["Text 1: This field cannot be blank."]}),
        ({"texts": [{**TEXT, "story": "y" * 300_000}]}, {"texts": ["Text 1: Keep this below 60000 characters; it has 300000."]}),
        ({"partners": [{"role": "funder"}]}, {"partners": ["Partner 1: Name the partner, or choose an organisation."]}),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name_and_nothing_is_written(organisation, data, errors):
    with pytest.raises(ValidationError) as refused:
        make(organisation, **data)
    assert (refused.value.message_dict, Project.objects.count(), AuditEntry.objects.count()) == (errors, 0, 0)


def test_an_organisation_is_a_partner_once_in_each_role(organisation):
    twice = [{"organisation": organisation, "role": "lead"}] * 2
    with pytest.raises(ValidationError) as refused:
        make(organisation, partners=twice)
    assert refused.value.message_dict == {"partners": ["An organisation is named twice in the same role."]}


def test_an_unknown_argument_is_a_mistake_of_the_caller(organisation):
    with pytest.raises(TypeError):
        make(organisation, colour="red")


def test_an_update_changes_what_is_named_and_nothing_else(organisation, editor):
    project = make(organisation, lessons=[{"kind": "worked", "title": "A"}], links=[{"url": "https://example.org"}])
    actions.update_project(project, by=editor, phase="planning", lessons=[{"kind": "failed", "title": "B"}])
    assert (project.phase, project.slug, project.links.count()) == ("planning", "lys-pa-stien", 1)
    assert list(project.lessons.values_list("title", flat=True)) == ["B"]
    assert AuditEntry.objects.latest("pk").changes == {"phase": ["idea", "planning"], "lessons": "replaced"}


def test_a_refused_update_leaves_everything(organisation):
    project = make(organisation, lessons=[{"kind": "worked", "title": "A"}])
    with pytest.raises(ValidationError):
        actions.update_project(project, by=None, phase="planning", lessons=[{"kind": "worked", "title": ""}])
    project.refresh_from_db()
    assert (project.phase, project.lessons.get().title) == ("idea", "A")


def test_a_hidden_project_cannot_be_changed(organisation):
    with pytest.raises(WrongState):
        actions.update_project(ProjectFactory(state="hidden"), by=None, phase="planning")


# ---- states


def call(verb, project, by):
    action = {"return": actions.return_}.get(verb) or getattr(actions, verb)
    return action(project, by=by, reason="Tell more") if verb in ("return", "hide") else action(project, by=by)


LEADS_TO = {
    "submit": {"draft": "submitted", "returned": "submitted"},
    "return": {"submitted": "returned"},
    "publish": {"draft": "published", "submitted": "published", "returned": "published", "hidden": "published"},
    "withdraw": {"submitted": "withdrawn", "published": "withdrawn", "archived": "withdrawn"},
    "archive": {"published": "archived"},
    "hide": {"published": "hidden", "archived": "hidden"},
    "reopen": {"archived": "draft", "withdrawn": "draft", "returned": "draft"},
}


@pytest.mark.parametrize("verb", LEADS_TO)
@pytest.mark.parametrize("state", State.values)
def test_every_verb_from_every_state(verb, state, moderator):
    project = ProjectFactory(state=state)
    target = LEADS_TO[verb].get(state)
    if target:
        call(verb, project, moderator)
        assert audit_of(project) == [(verb, moderator.pk, "Tell more" if verb in ("return", "hide") else "")]
    else:
        with pytest.raises(WrongState):
            call(verb, project, moderator)
    project.refresh_from_db()
    assert project.state == (target or state)


def test_the_refusal_says_where_the_project_stands(moderator):
    with pytest.raises(WrongState) as refused:
        actions.archive(ProjectFactory(state="draft"), by=moderator)
    assert refused.value.messages == ["Only a published project can be archived; this one is now “Draft”."]


@pytest.mark.parametrize("verb", ["return_", "hide"])
def test_a_moderator_says_why(verb, moderator):
    project = ProjectFactory(state="submitted" if verb == "return_" else "published")
    with pytest.raises(WrongState):
        getattr(actions, verb)(project, by=moderator, reason=" \n")


def test_the_first_publication_is_kept(moderator):
    project, first = ProjectFactory(state="draft"), datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    actions.publish(project, by=moderator, now=first)
    actions.archive(project, by=moderator)
    actions.reopen(project, by=moderator)
    actions.publish(project, by=moderator)
    assert project.published_at == first
