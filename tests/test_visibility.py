"""Who sees what: the rule, the queryset and every door say the same. A new publishable noun and a new door stand here too."""

import io
import re

import pytest
from django.apps import apps
from django.urls import reverse
from openpyxl import load_workbook

from common.publishing import READABLE, Publishable, State, Visibility
from common.rules import can_see
from livinglabs.models import LivingLab
from organisations.models import Organisation
from organisations.rules import can_see_organisation
from projects.models import Project
from tests.conftest import of
from tests.factories import (
    LabPartnerFactory,
    LivingLabFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FACTORIES = {"projects.Project": ProjectFactory, "livinglabs.LivingLab": LivingLabFactory}
NOUNS = [model for model in apps.get_models() if issubclass(model, Publishable)]
EVERYTHING = [(state, visibility) for state in State for visibility in Visibility]
UNLISTED = [state for state in State if state != State.PUBLISHED]


def add_partner(noun, organisation):
    """Name `organisation` as a partner, where the noun has partners."""
    if isinstance(noun, LivingLab):
        LabPartnerFactory(lab=noun, organisation=organisation)
    elif type(noun).objects.all().partner_path:
        PartnerFactory(project=noun, organisation=organisation)


@pytest.fixture
def partner_organisation(db):
    return OrganisationFactory()


@pytest.fixture
def partners_member(partner_organisation):
    return of(partner_organisation, "member")


@pytest.fixture
def moderating_colleague(organisation):
    user = UserFactory(moderator=True)
    return MembershipFactory(user=user, organisation=organisation).user


@pytest.fixture
def deactivated(organisation):
    return of(organisation, "owner", is_active=False)


@pytest.fixture
def administrator(db):
    return UserFactory(is_superuser=True)


@pytest.fixture
def suspended_moderator(db):
    return UserFactory(moderator=True, suspended=True)


PUBLIC = {(state, Visibility.PUBLIC) for state in READABLE}
FOR_MEMBERS = PUBLIC | {(state, Visibility.MEMBERS) for state in READABLE}
READABLE_BY_ANY = {(state, visibility) for state in READABLE for visibility in Visibility}
ALL = set(EVERYTHING)
NO_DRAFTS = {(state, visibility) for state, visibility in EVERYTHING if state != State.DRAFT}

SEES = {
    "nobody": PUBLIC,
    "stranger": FOR_MEMBERS,
    "partners_member": READABLE_BY_ANY,
    "colleague": ALL,
    "editor": ALL,
    "owner": ALL,
    "moderator": NO_DRAFTS,
    "moderating_colleague": ALL,
    "administrator": NO_DRAFTS,
    "suspended": PUBLIC,
    "suspended_moderator": PUBLIC,
    "deactivated": PUBLIC,
}


@pytest.mark.parametrize("noun", NOUNS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("part", SEES)
def test_rule_and_queryset_agree(noun, part, organisation, partner_organisation, request):
    person = request.getfixturevalue(part)
    made = [FACTORIES[noun._meta.label](organisation=organisation, state=state, visibility=visibility) for state, visibility in EVERYTHING]
    for one in made:
        add_partner(one, partner_organisation)
    by_queryset = {(one.state, one.visibility) for one in noun.objects.visible_to(person)}
    by_rule = {(one.state, one.visibility) for one in made if can_see(person, one)}
    assert (by_queryset, by_rule) == (SEES[part], SEES[part])


@pytest.mark.parametrize("noun", NOUNS, ids=lambda model: model._meta.label)
def test_no_row_stands_twice_for_a_member_of_two_partners(noun, partner_organisation):
    one, second = FACTORIES[noun._meta.label](), OrganisationFactory()
    for organisation in (partner_organisation, second):
        add_partner(one, organisation)
    person = of(partner_organisation, "member")
    MembershipFactory(user=person, organisation=second)
    assert list(noun.objects.visible_to(person)) == [one]


@pytest.mark.parametrize("part", SEES)
@pytest.mark.parametrize("is_verified", [True, False])
def test_organisations_agree(part, is_verified, organisation, request):
    person = request.getfixturevalue(part)
    if not is_verified:
        organisation.verified_at = None
        organisation.save()
    by_queryset = Organisation.objects.visible_to(person).filter(pk=organisation.pk).exists()
    assert by_queryset == can_see_organisation(person, organisation)
    assert by_queryset == (is_verified or SEES[part] in (ALL, NO_DRAFTS))


# ---- doors: what is not listed leaves no trace in them

DOORS = {
    "list": ("projects:list", ""),
    "words": ("projects:list", "q=canary"),
    "filter": ("projects:list", "theme=energy&phase=idea&sort=title"),
    "map": ("projects:map", ""),
    "map data": ("projects:map_data", ""),
    "feed": ("projects:feed", ""),
    "csv": ("projects:export_csv", ""),
    "xlsx": ("projects:export_xlsx", ""),
    "geojson": ("projects:export_geojson", ""),
    "search": ("search:results", "q=canary"),
    "organisations": ("organisations:list", ""),
    "labs": ("livinglabs:list", ""),
    "labs on the map": ("livinglabs:map", ""),
    "labs feed": ("livinglabs:feed", ""),
    "labs csv": ("livinglabs:export_csv", ""),
    "groups": ("workinggroups:list", ""),
    "groups feed": ("workinggroups:feed", ""),
    "groups csv": ("workinggroups:export_csv", ""),
    "themes": ("editorial:themes", ""),
    "municipalities": ("editorial:municipalities", ""),
}


def addresses(place, theme, organisation):
    """Every public address that lists or counts projects, by its name."""
    return {key: f"{reverse(name)}?{query}" for key, (name, query) in DOORS.items()} | {
        "home": "/en/",
        "organisation": organisation.get_absolute_url(),
        "theme": theme.get_absolute_url(),
        "municipality": place.get_absolute_url(),
        "sitemap": "/sitemap.xml",
        "sitemap of projects": "/sitemap-projects-1.xml",
    }


def told(client, address):
    """What an answer says, without the seconds it was made in."""
    response = client.get(address)
    assert response.status_code == 200, address
    content = response.getvalue()
    if content.startswith(b"PK"):
        rows = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)
        return repr(list(rows))
    return re.sub(r"<updated>.*?</updated>|\d{4}-\d\d-\d\dT[\d:.+]+", "", content.decode())


@pytest.mark.parametrize("state", UNLISTED)
def test_what_is_not_published_leaves_no_trace(client, state):
    place, theme, organisation = MunicipalityFactory(), ThemeFactory(slug="energy"), OrganisationFactory()
    shared = {"organisation": organisation, "themes": [theme], "municipalities": [place]}
    control = ProjectFactory(text__title="Canary control", **shared)
    doors = addresses(place, theme, organisation)
    before = {name: told(client, address) for name, address in doors.items()}
    ProjectFactory(state=state, text__title="Canary hidden", tags=["canarytag"], **shared)
    assert {name: told(client, address) for name, address in doors.items()} == before
    assert control.get_absolute_url() in before["list"]


def test_what_is_for_members_leaves_no_trace_for_visitors(client):
    place, theme, organisation = MunicipalityFactory(), ThemeFactory(slug="energy"), OrganisationFactory()
    shared = {"organisation": organisation, "themes": [theme], "municipalities": [place]}
    ProjectFactory(text__title="Canary control", **shared)
    doors = addresses(place, theme, organisation)
    before = {name: told(client, address) for name, address in doors.items()}
    for visibility in (Visibility.MEMBERS, Visibility.ORGANISATION):
        ProjectFactory(visibility=visibility, text__title="Canary hidden", tags=["canarytag"], **shared)
    assert {name: told(client, address) for name, address in doors.items()} == before


@pytest.mark.parametrize(("state", "visibility"), EVERYTHING)
def test_an_address_answers_to_those_who_may_see(client, nobody, state, visibility):
    project = ProjectFactory(state=state, visibility=visibility)
    status = client.get(project.get_absolute_url()).status_code
    assert status == (200 if (state, visibility) in PUBLIC else 404)
    assert Project.objects.visible_to(nobody).exists() == (status == 200)
