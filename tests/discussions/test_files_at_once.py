"""The same form with a file, sent twice at the same time: one post with the file once (TC-11)."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conversations.models import PostDraft
from records.models import Attachment
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_tc11_the_same_form_with_a_file_is_one_post_with_one_file(thread, topic, bo):
    key = str(uuid.uuid4())

    def send():
        client = Client()
        client.force_login(bo)
        form = {"text": "Look.", "language": "en", "key": key, "files": SimpleUploadedFile("notes.pdf", b"%PDF-1.4 x")}
        return client.post(f"{topic}write/", form).status_code

    assert at_once(*[send] * 4) == [302] * 4
    assert (thread.posts.count(), Attachment.objects.count(), PostDraft.objects.count()) == (2, 1, 0)
