"""Two people at the form of one group, or of one organisation: the second is told, and sees both."""

import pytest

from common.errors import WrongState
from organisations.actions import update_organisation
from organisations.models import Organisation
from tests.support.forms import fields_of
from workinggroups import actions
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db


def opened(client, address):
    """The form as a browser sends it."""
    fields = fields_of(client.get(address).content.decode(), form="")
    return {name: values for name, values in fields.items() if name != "csrfmiddlewaretoken"}


def texts(group, **changed):
    text = group.texts.get()
    fields = ("language", "is_original", "name", "purpose", "why", "deliverables", "decides")
    return [{name: getattr(text, name) for name in fields} | changed]


def test_the_second_editor_of_a_group_sees_both_and_decides(client, group, chair, co_chair):
    address = f"{group.get_absolute_url()}edit/"
    client.force_login(chair)
    form = opened(client, address)
    actions.update_group(group, by=co_chair, texts=texts(group, purpose="Theirs."), joining="request")
    answer = client.post(address, {**form, "purpose_en": "Mine."})
    assert answer.context["form"].theirs == [("Purpose in English", "Theirs."), ("How people join", "On request")] or (
        sorted(answer.context["form"].theirs) == [("How people join", "On request"), ("Purpose in English", "Theirs.")])  # fmt: skip
    assert "Theirs." in answer.content.decode() and "Mine." in answer.content.decode()
    again = fields_of(answer.content.decode(), form="")
    client.post(address, {name: values for name, values in again.items() if name != "csrfmiddlewaretoken"})
    assert (WorkingGroup.objects.get().texts.get().purpose, WorkingGroup.objects.get().joining) == ("Mine.", "open")


def test_a_form_that_nobody_else_has_touched_is_saved(client, group, chair):
    address = f"{group.get_absolute_url()}edit/"
    client.force_login(chair)
    assert client.post(address, {**opened(client, address), "purpose_en": "Mine."}).status_code == 302
    assert (WorkingGroup.objects.get().revision, WorkingGroup.objects.get().texts.get().purpose) == (1, "Mine.")


def test_the_second_owner_of_an_organisation_sees_both(client, organisation, owner):
    address = f"{organisation.get_absolute_url()}edit/"
    client.force_login(owner)
    form = opened(client, address) | {"name": organisation.name}  # the page has another form with a name, too
    update_organisation(organisation, by=owner, website="https://theirs.example/")
    answer = client.post(address, {**form, "website": "https://mine.example/"})
    assert answer.context["form"].theirs == [("Website", "https://theirs.example/")]
    client.post(address, {**form, "website": "https://mine.example/", "revision": "1"})
    assert Organisation.objects.get(pk=organisation.pk).website == "https://mine.example/"


def test_the_verbs_refuse_what_began_from_something_older(group, chair, organisation, owner):
    with pytest.raises(WrongState) as of_group:
        actions.update_group(group, by=chair, texts=texts(group), revision=7)
    with pytest.raises(WrongState) as of_organisation:
        update_organisation(organisation, by=owner, website="https://mine.example/", revision=7)
    assert {of_group.value.code, of_organisation.value.code} == {"changed_meanwhile"}
