"""What a member's copy holds of discussions, and what is left of them after the erasure (TC-27)."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from conversations.models import PostDraft, PostVersion, ReadMarker, Useful
from discussions import actions
from discussions.models import Mention, Mute
from notifications.models import OutboxEntry
from portal.models import Farewell
from portal.privacy.copying import write_copy
from portal.privacy.erasure import erase
from records.actions import add_attachment
from records.models import Attachment
from tests.factories import GroupMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NAME = "Quokka Birdwatcher"


@pytest.fixture
def member(group, thread, anna, chair):
    """Somebody with a post, an edit, a draft with a file, a marker, a mention, something useful and a muted discussion."""
    person = GroupMembershipFactory(group=group, user=UserFactory(name=NAME, email="quokka@example.org")).user
    post = actions.write(thread, by=person, text="First words", language="en")
    actions.edit(post, by=person, text="Second words", language="en")
    add_attachment(post, ContentFile(b"%PDF-1.4 x", name="numbers.pdf"), by=person)
    draft = actions.keep_draft(person, group, thread=thread, text="Half a post")
    add_attachment(draft, ContentFile(b"%PDF-1.4 y", name="half.pdf"), by=person)
    other = actions.write(thread, by=anna, text=f"@[{NAME}], and @[ {NAME} ] again", language="en")
    actions.edit(other, by=anna, text=f"Ask @[{NAME}].", language="en")
    actions.find_useful(other, by=person)
    Mute.objects.create(thread=thread, user=person)
    return person


def test_tc27_the_copy_holds_posts_with_their_files(member):
    file = io.BytesIO()
    write_copy(member, file, timezone.now())
    archive = zipfile.ZipFile(file)
    held = json.loads(archive.read("data.json"))["held"]
    assert [row["text"] for row in held["conversations.Post"]] == ["Second words"]
    assert [row["text"] for row in held["conversations.PostVersion"]] == ["First words"]
    assert {"conversations.PostDraft", "conversations.ReadMarker", "conversations.Useful", "discussions.Mention",
            "discussions.Mute"} <= set(held)  # fmt: skip
    assert sorted(name.rsplit("-", 1)[-1] for name in archive.namelist() if name.startswith("files/")) == ["half.pdf", "numbers.pdf"]


def test_tc27_posts_stay_by_a_former_member_and_call_nobody(client, thread, topic, member, bo):
    erase(Farewell.objects.create(user=member, asked_at=timezone.now(), due_at=timezone.now() - timedelta(minutes=1)).pk)
    posts = list(thread.posts.order_by("number").values_list("text", flat=True))
    assert posts == ["Words of post 1.", "Second words", "Ask @…."]
    left = (PostDraft, ReadMarker, Useful, Mention, Mute)
    assert {model.__name__: model.objects.filter(user=member).count() for model in left} == {model.__name__: 0 for model in left}
    assert [row.text for row in PostVersion.objects.all()] == ["@…, and @… again"]
    assert [one.name for one in Attachment.objects.all()] == ["numbers.pdf"]
    assert OutboxEntry.objects.filter(note__contains="Quokka").count() == 0
    client.force_login(bo)
    page = client.get(topic).content.decode()
    assert ("Former member" in page, "Quokka" in page) == (True, False)
