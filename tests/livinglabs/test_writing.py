"""Presenting a lab and its offers in forms: steps, two at once, hostile input, nothing lost, nothing assigned by hand."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from common.errors import WrongState
from livinglabs import actions
from livinglabs.claims import Claim, _claims, register_claim
from livinglabs.models import LivingLab, Offer
from organisations import actions as organisations
from tests.conftest import of
from tests.factories import (
    InfrastructureFactory,
    LivingLabFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    OrganisationFactory,
    ProjectFactory,
    TeamMemberFactory,
    ThemeFactory,
)
from tests.support.forms import fields_of

pytestmark = pytest.mark.django_db
HOSTILE = {
    "nul": "a\x00b", "right to left": "\u202egnp.exe", "zero width": "\u200b", "emoji": "\U0001f600", "combining": "e" + "\u0301" * 2_000,
    "300 kB": "x" * 300_000, "markup": '"><script>alert(1)</script>', "template": "{{ 41|add:1 }}", "huge": "9" * 40, "negative": "-1",
}  # fmt: skip


@pytest.fixture
def writing(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def draft(organisation):
    return LivingLabFactory(organisation=organisation, state="draft", themes=[], municipalities=[], text__name="Street lab")


def filled(response):
    """The fields of a step as they stand in an answer."""
    return fields_of(response.content.decode(), "step")


def step_of(client, lab, step="basics"):
    """The address of a step and its fields as they stand."""
    address = reverse("livinglabs:edit_step", args=[lab.slug, step]) if step != "basics" else reverse("livinglabs:edit", args=[lab.slug])
    return address, filled(client.get(address))


@pytest.mark.parametrize("step", ["basics", "place", "people"])
def test_a_script_that_many_fields_need_stands_once(writing, draft, step):
    assert writing.get(step_of(writing, draft, step)[0]).content.decode().count("js/type-ahead") == 1


def offer_data(**fields):
    return {"kind": "parcel", "language": "en", "title": "Pole position", "summary": "A pole.", "capacity": "3", "price_model": "free",
            "price_unit": "once", "revision": "0", **fields}  # fmt: skip


# ---- a lab


def test_a_lab_is_presented_in_steps_and_published(writing, organisation):
    ThemeFactory(slug="lighting")
    MunicipalityFactory(name="Testby")
    data = {"organisation": organisation.pk, "language": "en", "name": "Street lab", "summary": "Poles.", "themes": ["lighting"]}
    assert writing.post("/en/living-labs/new/", data).url == "/en/living-labs/street-lab/edit/place/"
    lab = LivingLab.objects.get()
    address, fields = step_of(writing, lab, "place")
    assert writing.post(address, fields | {"municipalities_add": "Testby", "then": "next"}).url.endswith("/edit/equipment/")
    address, fields = step_of(writing, lab, "check")
    assert writing.post(address, fields | {"then": "publish"}).url == lab.get_absolute_url()
    lab.refresh_from_db()
    assert (lab.state, lab.facet_terms) == ("published", sorted(lab.facet_terms)) and "theme:lighting" in lab.facet_terms


def test_the_same_button_twice_is_one_draft(writing, organisation):
    data = {"organisation": organisation.pk, "language": "en", "name": "Street lab"}
    answers = [writing.post("/en/living-labs/new/", data).url for _time in range(2)]
    assert (len(set(answers)), LivingLab.objects.count()) == (1, 1)


def test_what_is_missing_is_named_with_the_way_to_it(writing, draft):
    page = writing.get(reverse("livinglabs:edit_step", args=[draft.slug, "check"])).content.decode()
    assert ("Choose at least one theme" in page, f"/en/living-labs/{draft.slug}/edit/place/" in page) == (True, True)


def test_equipment_and_elements_are_kept_with_their_evidence(writing, draft):
    InfrastructureFactory(slug="fibre")
    address, fields = step_of(writing, draft, "equipment")
    said = {"note_fibre": "12 km", "level_users": "3", "evidence_users": "Forty neighbours meet each month."}
    assert writing.post(address, fields | said | {"then": "next"}).status_code == 302
    assert [(row.infrastructure.slug, row.note) for row in draft.equipment.all()] == [("fibre", "12 km")]
    assert [(row.kind, row.level, row.evidence) for row in draft.elements.all()] == [("users", 3, "Forty neighbours meet each month.")]


def test_a_level_without_evidence_is_asked_back_and_what_was_typed_stays(writing, draft):
    InfrastructureFactory(slug="fibre")
    address, fields = step_of(writing, draft, "equipment")
    page = writing.post(address, fields | {"note_fibre": "12 km", "level_users": "3"}).content.decode()
    assert ("readers believe evidence" in page, 'value="12 km"' in page, draft.equipment.count()) == (True, True, 0)


def test_partners_and_team_of_host_and_partners(writing, draft, organisation):
    partner, colleague = OrganisationFactory(name="Helpers"), of(organisation, "member", name="Colleague")
    stranger = TeamMemberFactory().user
    address, fields = step_of(writing, draft, "people")
    rows = {"partners-TOTAL_FORMS": "1", "partners-0-name": "Helpers", "partners-0-role": "partner", "team-TOTAL_FORMS": "2",
            "team-0-user": colleague.pk, "team-0-answers": "on", "team-0-task": "Leads", "team-1-name": "Inge"}  # fmt: skip
    assert writing.post(address, fields | rows).status_code == 302
    assert [row.organisation for row in draft.partners.all()] == [partner]
    assert [(row.user, row.name, row.answers) for row in draft.team.all()] == [(colleague, "", True), (None, "Inge", False)]
    assert writing.post(address, step_of(writing, draft, "people")[1] | {"team-0-user": stranger.pk}).status_code == 200


def test_only_people_of_partners_that_have_confirmed_can_be_named(writing, draft):
    partner = draft.partners.create(organisation=OrganisationFactory(name="Helpers"), state="asked")
    theirs = of(partner.organisation, "member", name="Theirs")
    address, fields = step_of(writing, draft, "people")
    row = {"team-TOTAL_FORMS": "1", "team-0-user": theirs.pk, "team-0-answers": "on"}
    assert (writing.post(address, fields | row).status_code, draft.team.count()) == (200, 0)
    draft.partners.update(state="confirmed")
    assert (writing.post(address, fields | row).status_code, draft.team.get().user) == (302, theirs)


def test_who_leaves_the_host_does_not_answer_for_its_labs_any_more(organisation, owner, colleague):
    lab, elsewhere = LivingLabFactory(organisation=organisation), LivingLabFactory()
    for one in (lab, elsewhere):
        TeamMemberFactory(lab=one, user=colleague)
    organisations.leave(organisation, by=colleague)
    assert list(LivingLab.objects.run_by(colleague)) == [elsewhere]
    assert (colleague.has_perm("livinglabs.answer", lab), colleague.has_perm("livinglabs.answer", elsewhere)) == (False, True)


def test_who_is_taken_out_of_the_host_stays_in_the_team_as_one_of_a_partner(organisation, owner, colleague):
    lab = LivingLabFactory(organisation=organisation)
    TeamMemberFactory(lab=lab, user=colleague)
    lab.partners.create(organisation=MembershipFactory(user=colleague).organisation, state="confirmed")
    organisations.remove_member(organisation.memberships.get(user=colleague), by=owner)
    assert list(LivingLab.objects.run_by(colleague)) == [lab]


def test_the_people_of_a_partner_that_declines_answer_no_more(organisation, colleague):
    lab, theirs = LivingLabFactory(organisation=organisation), MembershipFactory(role="owner")
    lab.partners.create(organisation=theirs.organisation, state="confirmed")
    MembershipFactory(organisation=theirs.organisation, user=colleague)
    for person in (theirs.user, colleague, TeamMemberFactory().user):
        TeamMemberFactory(lab=lab, user=person)
    actions.decline_partner(lab, theirs.organisation, by=theirs.user)
    assert (colleague.lab_teams.count(), theirs.user.lab_teams.count(), lab.team.count()) == (1, 0, 2)


def test_a_row_is_added_without_script_and_nothing_is_lost(writing, draft):
    address, fields = step_of(writing, draft, "people")
    page = writing.post(address, fields | {"contact_name": "Half typed", "add": "team"}).content.decode()
    assert ('name="team-0-user"' in page, 'value="Half typed"' in page, "needs another look" in page) == (True, True, False)


def test_partners_keep_their_answer_when_a_row_below_is_mended(writing, organisation):
    partner = OrganisationFactory(name="Helpers")
    lab = LivingLabFactory(organisation=organisation)
    lab.partners.create(organisation=partner, state="confirmed")
    actions.update_lab(lab, by=None, partners=[{"organisation": partner, "role": "research"}, {"name": "Others"}])
    assert list(lab.partners.values_list("organisation", "name", "role", "state")) == [
        (partner.pk, "", "research", "confirmed"), (None, "Others", "partner", "")
    ]  # fmt: skip


def test_other_languages_come_and_go(writing, draft):
    address, fields = step_of(writing, draft, "words")
    writing.post(address, fields | {"name_da": "Gadelab", "summary_da": "Master.", "then": "close"})
    assert sorted(draft.texts.values_list("language", "name", "is_original")) == [("da", "Gadelab", False), ("en", "Street lab", True)]
    address, fields = step_of(writing, draft, "words")
    page = writing.post(address, fields | {"name_da": ""}).content.decode()
    assert ("Write it in this language, too." in page, draft.texts.count()) == (True, 2)
    writing.post(address, fields | {"name_da": "", "summary_da": ""})
    assert list(draft.texts.values_list("language", flat=True)) == ["en"]


def test_the_language_of_the_original_can_be_corrected(writing, draft):
    address, fields = step_of(writing, draft)
    writing.post(address, fields | {"language": "sv"})
    assert list(draft.texts.values_list("language", "is_original")) == [("sv", True)]


def test_two_at_once_the_second_is_told_and_sees_both(writing, draft, owner):
    address, fields = step_of(writing, draft)
    actions.update_lab(draft, by=owner, texts=[{"language": "en", "name": "Their name"}])
    page = writing.post(address, fields | {"name": "My name"}).content.decode()
    assert ("Somebody else has changed" in page, "Their name" in page, 'value="My name"' in page) == (True, True, True)
    again = filled(writing.post(address, fields | {"name": "My name"}))
    assert (writing.post(address, again).status_code, draft.texts.get().name) == (302, "My name")


def test_a_colleague_changes_a_draft_of_his_own_and_nothing_that_is_out(client, colleague, organisation):
    client.force_login(colleague)
    labs = [LivingLabFactory(organisation=organisation, created_by=colleague, state=state) for state in ("draft", "published")]
    assert [client.get(reverse("livinglabs:edit", args=[lab.slug])).status_code for lab in labs] == [200, 403]


def test_tc21_a_form_writes_its_own_fields_only(writing, draft, organisation):
    address, fields = step_of(writing, draft)
    extra = {
        "state": "published",
        "organisation": OrganisationFactory().pk,
        "created_by": 1,
        "slug": "mine",
        "is_demo": "on",
        "revision": "0",
    }
    writing.post(address, fields | extra)
    changed = LivingLab.objects.get()
    assert (changed.state, changed.organisation, changed.slug, changed.is_demo) == ("draft", organisation, draft.slug, False)


def test_tc21_projects_of_others_are_not_tied(writing, draft):
    hidden = ProjectFactory(state="draft")
    address, fields = step_of(writing, draft, "people")
    writing.post(address, fields | {"projects": [hidden.slug]})
    assert draft.projects.count() == 0


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("step", ["basics", "place", "equipment", "people", "words"])
def test_hostile_texts_are_answered(writing, draft, step, text):
    InfrastructureFactory()
    address, fields = step_of(writing, draft, step)
    hostile = {name: text for name in fields if name not in ("revision", "csrfmiddlewaretoken") and not name.endswith("_FORMS")}
    assert writing.post(address, fields | hostile).status_code in (200, 302, 400)


def test_a_lab_is_not_started_for_an_organisation_of_others(writing):
    other = OrganisationFactory()
    assert writing.post("/en/living-labs/new/", {"organisation": other.pk, "language": "en", "name": "Mine"}).status_code == 200
    assert LivingLab.objects.count() == 0


# ---- offers


def test_an_offer_is_written_and_published_with_one_button(writing, lab):
    said = offer_data(price_model="fixed", price="4.000,50", currency="DKK", trl_from="6", open_to=["company"], publish="1")
    answer = writing.post(reverse("livinglabs:offer_create", args=[lab.slug]), said | {"language": "da"})
    offer = Offer.objects.get()
    assert answer.url == offer.get_absolute_url()
    assert (offer.state, offer.trl_from, offer.trl_to, offer.open_to, offer.capacity) == ("published", 6, 9, ["company"], 3)


def test_an_offer_pressed_twice_is_one(writing, lab):
    for _time in range(2):
        writing.post(reverse("livinglabs:offer_create", args=[lab.slug]), offer_data())
    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"capacity": "0"}, "capacity"), ({"capacity": "9" * 30}, "capacity"), ({"price_model": "fixed", "currency": "SEK"}, "price"),
        ({"price_model": "fixed", "price": "-1", "currency": "DKK"}, "price"), ({"price_model": "fixed", "price": "1"}, "currency"),
        ({"trl_from": "8", "trl_to": "3"}, "trl_to"), ({"shortest_days": "9", "longest_days": "3"}, "longest_days"),
        ({"kind": "zeppelin"}, "kind"), ({"title": "\u200b"}, "title"), ({"open_to": ["nobody"]}, "open_to"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(writing, lab, fields, field):
    response = writing.post(reverse("livinglabs:offer_create", args=[lab.slug]), offer_data(**fields))
    assert (response.status_code, list(response.context["form"].errors), Offer.objects.count()) == (200, [field], 0)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_texts_of_an_offer_are_answered(writing, lab, text):
    names = ("title", "summary", "description", "permits", "data_rights", "insurance", "price", "themes", "open_to")
    said = dict.fromkeys(names, text)
    assert writing.post(reverse("livinglabs:offer_create", args=[lab.slug]), offer_data(**said)).status_code in (200, 302, 400)


def test_fewer_units_than_are_promised_are_refused_with_what_stands_against_it(writing, lab, request):
    offer = OfferFactory(lab=lab, capacity=3)
    register_claim(Claim("test", capacity=lambda offer, wanted: ["Radar Ltd has unit 3 until 4 May."] if wanted < 3 else []))
    request.addfinalizer(lambda: _claims.pop("test"))
    with pytest.raises(ValidationError) as refused:
        actions.update_offer(offer, by=None, capacity=2)
    assert refused.value.message_dict == {"capacity": ["Radar Ltd has unit 3 until 4 May."]}
    page = writing.post(reverse("livinglabs:offer_edit", args=[lab.slug, offer.slug]), offer_data(capacity="2"))
    assert page.context["form"].errors["capacity"] == ["Radar Ltd has unit 3 until 4 May."]


def test_a_hidden_lab_takes_no_offers(owner, organisation):
    lab = LivingLabFactory(organisation=organisation, state="hidden")
    with pytest.raises(WrongState):
        actions.create_offer(lab, by=owner, texts=[{"language": "en", "title": "Pole", "is_original": True}])


def test_a_lone_surrogate_is_answered(writing, lab):
    body = "kind=site&language=en&capacity=1&price_model=free&price_unit=once&title=%ED%A0%80&revision=0"
    address = reverse("livinglabs:offer_create", args=[lab.slug])
    assert writing.post(address, body, content_type="application/x-www-form-urlencoded").status_code in (200, 302, 400)


# ---- what stands below changes


def test_a_renamed_theme_and_a_merged_host_are_found_anew(lab, organisation):
    from livinglabs.indexing import index_stale
    from organisations.actions.merging import merge

    into = OrganisationFactory(name="Merged Kommune", slug="merged")
    merge(organisation, into, by=None)
    assert (index_stale(), index_stale()) == (1, 0)
    changed = LivingLab.objects.get()
    assert (changed.organisation, "organisation:merged" in changed.facet_terms) == (into, True)
    assert "Merged Kommune" in changed.texts.get().keywords
