"""Members called by name in posts: who is meant, who is told, how it is drawn."""

import pytest

from discussions import actions
from discussions.mentions import names_in, offered, people_called
from members.models import User
from tests.factories import GroupMembershipFactory, OrganisationFactory, ProfileFactory, ThreadFactory, UserFactory
from tests.support.told import told

pytestmark = pytest.mark.django_db
MENTIONED = "discussion.mentioned"


def write(thread, by, text, **more):
    return actions.write(thread, by=by, text=text, language="en", **more)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ask @[Anna Berg] and @[Bo], please, @[Bo]", ["Anna Berg", "Bo"]),
        ("`@[Anna]` in code, [a link @[Anna]](https://a.example)", []),
        ("mail@[Anna] is an address", []),
        ("**@[Anna]**\n\n- @[Bo]", ["Anna", "Bo"]),
        ("@[ ] and @[]", []),
    ],
)
def test_names_are_called_outside_of_code_and_links(text, names):
    assert names_in(text) == names


def test_a_name_two_people_have_means_nobody_without_the_organisation():
    two = []
    for name in ("Køge", "Lund"):
        person = UserFactory(name="Kim Lund")
        person.memberships.create(organisation=OrganisationFactory(name=name), is_main=True)
        two.append(person)
    found = people_called(["Kim Lund", "kim lund, køge", "Nobody"], User.objects.all())
    assert found == {"kim lund, køge": two[0]}


def test_names_are_offered_by_the_beginning_of_any_of_them():
    for name in ("Anna Berg", "Berit Annasen", "Susanna Holm"):
        UserFactory(name=name)
    assert [value for value, _label, _note in offered("ann", User.objects.all())] == ["Anna Berg", "Berit Annasen"]


def test_whoever_is_called_is_told_once_and_by_mail(thread, anna, bo):
    post = write(thread, anna, "@[Bo], look. @[Bo]!")
    assert ([row.user for row in post.mentions.all()], told(MENTIONED)) == ([bo], [(MENTIONED, "Bo", "discussion_mention")])
    assert bo.deliveries.count() == 1


def test_outsiders_are_not_called(thread, anna, stranger):
    post = write(thread, anna, "@[Stranger], look")
    assert (post.unknown, told(MENTIONED)) == (["Stranger"], [])


def test_an_edit_tells_only_those_who_come_new(group, thread, anna, bo, chair):
    post = write(thread, anna, "@[Bo], look")
    told()
    actions.edit(post, by=anna, text="@[Bo] and @[Chair], look", language="en")
    assert [name for _kind, name, _reason in told(MENTIONED)] == ["Bo", "Chair"]
    assert {row.user.name for row in post.mentions.all()} == {"Bo", "Chair"}


def test_a_name_taken_out_and_in_again_tells_nobody_twice(thread, anna, bo):
    post = write(thread, anna, "@[Bo], look")
    for text in ("Look", "@[Bo], look", "Look again", "Look, @[Bo]"):
        actions.edit(post, by=anna, text=text, language="en")
    assert len(told(MENTIONED)) == 1


def test_a_name_taken_out_is_no_mention_any_more(thread, anna, bo):
    post = write(thread, anna, "@[Bo], look")
    actions.edit(post, by=anna, text="Never mind", language="en")
    assert post.mentions.count() == 0


def test_too_many_names_are_refused(client, thread, topic, anna):
    client.force_login(anna)
    text = " ".join(f"@[Person {number}]" for number in range(21))
    page = client.post(f"{topic}write/", {"text": text, "language": "en", "key": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"})
    assert page.context["form"].errors == {"text": ["You mention more than 20 people. Mention those whom it concerns."]}


def test_a_mention_links_to_the_page_that_the_reader_may_see(client, group, thread, topic, anna, bo):
    ProfileFactory(user=bo, slug="bo", listed_to="members")
    write(thread, anna, "@[Bo] <b>& co</b>")
    client.force_login(anna)
    assert '<a class="mention" href="/en/people/bo/">@Bo</a> &lt;b&gt;&amp; co&lt;/b&gt;' in client.get(topic).content.decode()
    client.force_login(bo)
    assert 'class="mention mention--own"' in client.get(topic).content.decode()


def test_a_proposed_organisation_is_not_named_to_others(bo):
    bo.memberships.create(organisation=OrganisationFactory(name="Secret start-up", verified_at=None), is_main=True)
    assert offered("bo", User.objects.all()) == [("Bo", "Bo", "")]


def test_names_are_offered_to_those_who_write(client, url, anna, bo, observer):
    client.force_login(anna)
    assert client.get(f"{url}names/", {"q": "b"}).json() == {"found": [{"value": "Bo", "label": "Bo", "note": ""}]}
    client.force_login(observer)
    assert client.get(f"{url}names/", {"q": "b"}).status_code == 403


def test_at_most_eight_names_are_offered(client, group, url, anna):
    client.force_login(anna)
    for number in range(9):
        GroupMembershipFactory(group=group, user=UserFactory(name=f"Ulla {number}"))
    assert len(client.get(f"{url}names/", {"q": "ulla"}).json()["found"]) == 8


def test_whoever_muted_the_group_is_mentioned_without_a_mail(group, thread, anna, bo):
    group.memberships.filter(user=bo).update(news="mute")
    write(thread, anna, "@[Bo], look")
    assert (told(), bo.deliveries.count()) == ([("discussion.mentioned_quietly", "Bo", "discussion_mention")], 0)


def test_mentions_of_a_long_discussion_are_read_in_fixed_queries(client, group, anna, bo, url, same_queries):
    thread = ThreadFactory(target=group, started_by=anna)
    client.force_login(anna)
    assert same_queries(f"{url}{thread.pk}/", lambda: write(thread, GroupMembershipFactory(group=group).user, "@[Bo], and more")) <= 20
