"""A member who is erased is named by no request any more, not in its confidential part and not in a lab's answer (TC-27)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import Farewell
from portal.privacy.erasure import erase
from testrequests.models import Application, ConfidentialPart, TestRequest
from tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_tc27_what_a_request_says_names_nobody_who_is_erased(editor, organisation):
    words, now = f"Ask {editor.email} first.", timezone.now()
    row = ApplicationFactory(asking=organisation, state="declined", reason=words)
    ConfidentialPart.objects.filter(request=row.request).update(text=words)
    TestRequest.objects.update(problem=words)
    farewell = Farewell.objects.create(user=editor, asked_at=now - timedelta(days=31), due_at=now - timedelta(days=1))
    assert erase(farewell.pk, now=now)
    said = [Application.objects.get().reason, ConfidentialPart.objects.get().text, TestRequest.objects.get().problem]
    assert said == ["Ask … first."] * 3
