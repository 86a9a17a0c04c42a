"""Pictures and documents of posts: they wait in the draft, go out with the post, and are seen by those who see it (TC-12, TC-13, TC-15)."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conversations.models import Post, PostDraft, Thread
from discussions import actions
from records.models import Attachment
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db


def pdf(name="notes.pdf", content=b"%PDF-1.4 notes"):
    return SimpleUploadedFile(name, content, "application/pdf")


def picture(name):
    file = BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


@pytest.fixture
def say(client, topic, bo):
    """Sends the form of a post as Bo."""
    client.force_login(bo)

    def send(text="Look at this.", files=(), shows=(), key=None, **more):
        form = {"text": text, "language": "en", "key": key or uuid.uuid4(), "files": list(files), "file_alt": list(shows), **more}
        return client.post(f"{topic}write/", form)

    return send


def hung(noun):
    return [(one.name, one.alt) for one in Attachment.objects.about(noun)]


def test_files_go_out_with_the_post(client, topic, thread, say):
    assert say(files=[picture("pole.png"), pdf()], shows=["A pole", ""]).status_code == 302
    post = thread.posts.get(number=2)
    assert (hung(post), PostDraft.objects.count()) == ([("pole.png", "A pole"), ("notes.pdf", "")], 0)
    page = client.get(topic).content.decode()
    assert ('alt="A pole"' in page, "notes.pdf" in page) == (True, True)


def test_a_picture_nobody_described_waits_for_its_description(thread, say):
    page = say(files=[picture("pole.png")])
    assert page.context["form"].errors["files"] == ["Describe the picture “pole.png” for people who do not see it."]
    assert (thread.posts.count(), hung(PostDraft.objects.get())) == (1, [("pole.png", "")])
    waiting = Attachment.objects.get()
    assert say(**{f"shows-{waiting.uuid}": "A pole"}).status_code == 302
    assert hung(thread.posts.get(number=2)) == [("pole.png", "A pole")]


def test_a_wrong_file_costs_neither_the_text_nor_the_others(thread, say):
    page = say("My long words", files=[pdf(), SimpleUploadedFile("run.exe", b"MZ\x00\x00"), pdf("two.pdf")])
    assert [message.startswith("run.exe: ") for message in page.context["form"].errors["files"]] == [True]
    draft = PostDraft.objects.get()
    assert (draft.text, [name for name, _alt in hung(draft)], "My long words" in page.content.decode()) == (
        "My long words", ["notes.pdf", "two.pdf"], True)  # fmt: skip


def test_an_empty_text_costs_no_file(thread, say):
    page = say("", files=[pdf()])
    assert (page.context["form"].errors["text"], hung(PostDraft.objects.get())) == (["Write something first."], [("notes.pdf", "")])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.jpg", b"<html><script>alert(1)</script></html>"),
        ("a.gif", b"GIF89a/*\x00*/=1;alert(1)"),
        ("a.txt", b"<script>alert(1)</script>"),
    ],
)
def test_tc13_active_content_is_refused(thread, say, name, content):
    say(files=[SimpleUploadedFile(name, content)])
    assert (thread.posts.count(), Attachment.objects.count()) == (1, 0)


def test_tc13_a_name_is_no_path(thread, say):
    say(files=[pdf("../../etc/pass wd\u202efdp.pdf")])
    assert hung(thread.posts.get(number=2)) == [("pass-wdfdp.pdf", "")]


def test_more_than_ten_files_are_refused(thread, say):
    page = say(files=[pdf(f"{number}.pdf") for number in range(12)])
    assert (len(page.context["form"].errors["files"]), Attachment.objects.count()) == (2, 10)


def test_the_same_form_twice_is_one_post_with_its_files_once(thread, say):
    key = uuid.uuid4()
    for _time in range(2):
        assert say(files=[pdf()], key=key).status_code == 302
    assert (thread.posts.count(), Attachment.objects.count(), PostDraft.objects.count()) == (2, 1, 0)


def test_a_file_of_the_draft_is_taken_away_and_its_bytes_go(thread, say, django_capture_on_commit_callbacks):
    say("", files=[pdf()])
    waiting = Attachment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        say("Without it", without=[str(waiting.uuid)])
    assert (hung(thread.posts.get(number=2)), waiting.file.storage.exists(waiting.file.name)) == ([], False)


def test_a_draft_is_kept_by_its_button_and_thrown_away_with_its_files(client, topic, thread, say):
    assert say("Half a", files=[pdf()], keep="1").status_code == 302
    page = client.get(topic)
    assert (page.context["form"]["text"].value(), "notes.pdf" in page.content.decode()) == ("Half a", True)
    client.post(f"{topic}discard/")
    assert (PostDraft.objects.count(), Attachment.objects.count(), thread.posts.count()) == (0, 0, 1)


def test_files_change_with_an_edit(client, topic, thread, bo, say):
    say(files=[pdf()])
    post, old = thread.posts.get(number=2), Attachment.objects.get()
    form = {"text": "Now with a picture", "language": "en", "revision": 0, "without": [str(old.uuid)], "files": [picture("pole.png")]}
    refused = client.post(f"{topic}2/edit/", form).context["form"].errors["files"]
    assert list(refused) == ["Describe the picture “pole.png” for people who do not see it."]
    assert (hung(post), post.versions.count()) == ([("notes.pdf", "")], 0)
    assert client.post(f"{topic}2/edit/", {**form, "files": [picture("pole.png")], "file_alt": ["A pole"]}).status_code == 302
    assert hung(post) == [("pole.png", "A pole")]


def test_a_new_discussion_takes_files_too(client, url, group, bo):
    client.force_login(bo)
    form = {"title": "A matter", "text": "Words", "language": "en", "key": uuid.uuid4(), "files": [pdf()]}
    assert client.post(f"{url}new/", form).status_code == 302
    assert hung(Thread.objects.get(title="A matter").posts.get()) == [("notes.pdf", "")]


# ---- who sees them


@pytest.fixture
def address(thread, say):
    say(files=[pdf()])
    return Attachment.objects.get().get_absolute_url()


@pytest.mark.parametrize(("part", "status"), [("bo", 200), ("observer", 200), ("stranger", 200), ("moderator", 200), ("suspended", 404)])
def test_files_of_a_public_group_are_read_by_members_of_the_portal(client, address, request, part, status):
    client.force_login(request.getfixturevalue(part))
    assert client.get(address).status_code == status


def test_visitors_read_no_files(client, address):
    client.logout()
    assert client.get(address).status_code == 404


def test_tc15_files_of_a_private_group_are_for_its_members(client, group, address, bo, stranger):
    WorkingGroup.objects.filter(pk=group.pk).update(visibility="private", joining="invitation")
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(bo)
    assert client.get(address).status_code == 200
    group.memberships.filter(user=bo).delete()
    assert client.get(address).status_code == 404


def test_files_of_a_post_taken_away_are_gone_for_readers(client, thread, address, bo, chair):
    actions.remove(Post.objects.get(thread=thread, number=2), by=chair, reason="Wrong file")
    client.force_login(bo)
    assert client.get(address).status_code == 404


def test_files_of_a_draft_are_seen_by_its_author_only(client, say, bo, chair):
    say("", files=[pdf()])
    address = Attachment.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    client.force_login(chair)
    assert client.get(address).status_code == 404
