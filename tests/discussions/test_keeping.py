"""Nothing typed is lost: drafts, what came in between, and what a post said before."""

import uuid
from urllib.parse import quote

import pytest
from django.utils import timezone

from conversations.models import PostDraft
from discussions import actions
from discussions.mine import unread_on
from notifications.models import Notification
from records.models import Report
from tests.factories import ThreadFactory, UserFactory
from tests.support.told import fan_out

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_while_somebody_types_and_stands_in_the_form(client, topic, bo):
    client.force_login(bo)
    assert client.post(f"{topic}keep/", {"text": "Half a sen"}).status_code == 204
    assert client.get(topic).context["form"]["text"].value() == "Half a sen"
    client.post(f"{topic}keep/", {"text": ""})
    assert PostDraft.objects.count() == 0


def test_each_member_has_drafts_of_her_own(client, topic, anna, bo):
    client.force_login(bo)
    client.post(f"{topic}keep/", {"text": "Bo's words"})
    client.force_login(anna)
    assert client.get(topic).context["form"]["text"].value() is None


def test_the_draft_of_a_new_discussion_keeps_title_and_text(client, url, bo):
    client.force_login(bo)
    client.post(f"{url}new/keep/", {"title": "A matter", "text": "Half"})
    form = client.get(f"{url}new/").context["form"]
    assert (form["title"].value(), form["text"].value()) == ("A matter", "Half")


@pytest.mark.parametrize(("text", "status"), [("a\x00b", 400), ("\ud800x", 204), ("x" * 300_000, 204), ("👩‍🚒", 204)])
def test_tc23_a_draft_takes_whatever_is_typed(client, topic, bo, text, status):
    client.force_login(bo)
    body = f"text={text}".encode("utf-8", "surrogatepass")
    assert client.post(f"{topic}keep/", body, content_type="application/x-www-form-urlencoded").status_code == status


def test_a_post_that_waited_for_the_discussion_to_be_open_costs_no_word(client, thread, topic, bo, chair):
    actions.close(thread, by=chair)
    client.force_login(bo)
    page = client.post(f"{topic}write/", {"text": "My long words", "language": "en", "key": uuid.uuid4()})
    assert (thread.posts.count(), PostDraft.objects.get().text) == (1, "My long words")
    assert page.context["form"].non_field_errors() == [
        "This discussion is closed. It can be read, and nobody writes in it any more."]  # fmt: skip


def test_an_answer_to_a_post_shows_what_it_answers(client, thread, topic, anna, bo):
    client.force_login(bo)
    assert client.get(f"{topic}?quote=1").context["form"]["quoted"].value() == 1
    client.post(f"{topic}write/", {"text": "Yes", "language": "en", "key": uuid.uuid4(), "quoted": "1"})
    assert thread.posts.get(number=2).quoted.number == 1
    assert "Words of post 1." in client.get(topic).content.decode().split('id="post-2"')[1]


@pytest.mark.parametrize("quote", ["0", "99", "-1", "x", "9" * 40, "²"])
def test_tc24_an_answer_to_nothing_is_just_a_post(client, thread, topic, bo, quote):
    client.force_login(bo)
    assert client.get(topic, {"quote": quote}).status_code == 200
    client.post(f"{topic}write/", {"text": "Yes", "language": "en", "key": uuid.uuid4(), "quoted": quote if quote in "0 99" else ""})
    assert [post.quoted for post in thread.posts.all()] in ([None, None], [None])


def test_the_history_shows_what_was_changed(client, thread, topic, anna, bo):
    post = thread.posts.get(number=1)
    actions.edit(post, by=anna, text="Words of the first post.", language="en")
    client.force_login(bo)
    page = client.get(f"{topic}1/history/").content.decode()
    assert ("<del>post</del>" in page or "<del>" in page, "<ins>" in page, "Words of post 1." in page) == (True, True, True)
    assert f'href="{topic}1/history/"' in client.get(topic).content.decode()


def test_reading_a_discussion_reads_its_notices(client, thread, topic, anna, bo):
    actions.write(thread, by=anna, text="@[Bo], look", language="en")
    fan_out()
    client.force_login(bo)
    client.post(f"{topic}read/", {"upto": "2"}, headers={"accept": "application/json"})
    assert Notification.objects.filter(user=bo).unread().count() == 0


def test_the_desk_lists_what_is_unread_but_not_what_is_muted(client, group, thread, topic, bo):
    client.force_login(bo)
    assert [(row.thread, row.number) for row in client.get("/en/desk/").context["desk"].discussions] == [(thread, 1)]
    client.post(f"{topic}mute/")
    assert unread_on([group], bo, most=8, now=timezone.now()) == []


def test_the_desk_has_one_number_of_queries(client, group, thread, bo, anna, same_queries):
    client.force_login(bo)
    assert same_queries("/en/desk/", lambda: ThreadFactory(target=group, started_by=anna)) <= 20


def test_a_post_is_reported_and_hidden_by_a_moderator(client, thread, topic, bo):
    post = thread.posts.get(number=1)
    client.force_login(bo)
    assert client.post(f"/en/report/post/{post.pk}/", {"reason": "personal", "text": "A name"}).url == f"{topic}1/"
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    report = Report.objects.get()
    assert f"/cms/waiting/reports/{report.pk}/" in client.get("/cms/waiting/?kind=report").content.decode()
    assert client.post(f"/cms/waiting/reports/{report.pk}/hide/", {"reason": "It names a resident."}).status_code == 302
    client.force_login(bo)
    page = client.get(topic).content.decode()
    assert ("Words of post 1." in page, "This post was taken away." in page) == (False, True)


def test_ones_own_post_is_not_reported(client, thread, anna):
    client.force_login(anna)
    assert client.get(f"/en/report/post/{thread.posts.get().pk}/").status_code == 403


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a\x00b", "The text holds a character that cannot be stored. Paste it again as plain text."),
        ("x" * 300_000, "Ensure this value has at most 20000 characters (it has 300000)."),
        ("\u202e\u200b", "Write something first."),
    ],
)
def test_tc23_what_cannot_be_kept_is_said_at_its_field(client, thread, topic, bo, text, error):
    client.force_login(bo)
    page = client.post(f"{topic}write/", {"text": text, "language": "en", "key": uuid.uuid4()})
    assert (page.status_code, page.context["form"].errors["text"], thread.posts.count()) == (200, [error], 1)


@pytest.mark.parametrize(
    ("text", "kept"), [("\ud800Hello\u202e", "Hello"), ("👩‍🚒 e\u0301", "👩‍🚒 é"), ("e" + "\u0301" * 50, "é\u0301\u0301\u0301")]
)
def test_tc23_what_nobody_sees_is_left_out(client, thread, topic, bo, text, kept):
    client.force_login(bo)
    body = f"text={quote(text.encode('utf-8', 'surrogatepass'))}&language=en&key={uuid.uuid4()}"
    assert client.post(f"{topic}write/", body, content_type="application/x-www-form-urlencoded").status_code == 302
    assert thread.posts.get(number=2).text == kept


def test_tc22_a_post_fetches_nothing_and_shows_no_picture_from_elsewhere(client, thread, topic, bo):
    text = "![x](http://169.254.169.254/x.png) <img src=http://127.0.0.1/> http://127.0.0.1:8000/feed"
    actions.write(thread, by=bo, text=text, language="en")
    client.force_login(bo)
    post = client.get(topic).content.decode().split('id="post-2"')[1].split("</article>")[0]
    assert ("<img" in post, "<iframe" in post) == (False, False)


def test_of_two_edits_of_a_post_the_second_sees_both_and_may_keep_hers(client, topic, thread, anna):
    client.force_login(anna)
    for words in ("First", "Second"):
        page = client.post(f"{topic}1/edit/", {"title": "Height", "text": words, "language": "en", "revision": 0})
    form = page.context["form"]
    assert (form["text"].value(), form["revision"].value()) == ("Second", "1")
    assert [(str(label), value) for label, value in form.theirs] == [("Your post", "First")]
    assert page.content.decode().count('class="error-summary"') == 1
    again = {"title": "Height", "text": "Second", "language": "en", "revision": form["revision"].value()}
    assert client.post(f"{topic}1/edit/", again).status_code == 302
    assert thread.posts.get(number=1).text == "Second"
