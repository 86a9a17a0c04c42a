"""Every type of page of test requests in a real browser: accessible in both schemes, as wide as the window.

As in test_pages.py, `new_page` adds that no page asks another site, breaks the policy or fails in a script.
"""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from testrequests import actions
from tests.conftest import of
from tests.factories import ApplicationFactory, LivingLabFactory, OfferFactory, OrganisationFactory, TestRequestFactory
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = ("", "where/", "conditions/", "benefit/", "check/")


@pytest.fixture
def site(live_site, settings, tmp_path):
    """Addresses by who reads them: two labs asked, one with everything an answer can hold; a draft; a board."""
    settings.MEDIA_ROOT = str(tmp_path)
    asking, lab = OrganisationFactory(name="Bins ApS"), LivingLabFactory(slug="street-lab", text__name="Street lab")
    asker, host = of(asking, "editor", name="Anna Asks"), of(lab.organisation, "owner", name="Hans Hosts")
    offer = OfferFactory(lab=lab, text__title="Pole position")
    row = ApplicationFactory(asking=asking, lab=lab, offer=offer, request__confidential="Our price.", due_on=timezone.localdate())
    ApplicationFactory(request=row.request, organisation=asking, state="declined", reason="No poles.")
    actions.ask_back(row, by=host, text="Which poles?")
    actions.accept(row, by=host)
    for base in range(2):
        terms = {"text": "- One pole\n- One month", "starts_on": row.request.starts_on, "ends_on": row.request.ends_on}
        actions.propose_terms(row, by=(host, asker)[base], base=base, **terms)
    actions.add_task(row, by=host, key=uuid.uuid4(), title="Mount it", side="company", due_on=timezone.localdate())
    actions.add_file(row, ContentFile(b"%PDF-1.7 x", name="plan.pdf"), by=asker)
    draft = TestRequestFactory(organisation=asking, created_by=asker, personal_data="yes")
    there, answer = f"{row.request.pk}/", f"{row.request.pk}/{row.pk}/"
    return {
        "asker": (asker, ["", "?state=nothing&q=nothing", "new/", there, answer, f"{answer}history/", f"{draft.pk}/",
                          *(f"{draft.pk}/edit/{step}" for step in STEPS)]),
        "host": (host, ["", "labs/street-lab/", "labs/street-lab/?all=1", answer, there]),
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["asker", "host"])
def test_pages_are_accessible(new_page, live_site, site, part, scheme):
    person, paths = site[part]
    page = new_page(color_scheme=scheme, viewport={"width": 360 if scheme == "dark" else 1280, "height": 900})
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}])
    found = {}
    for path in paths:
        assert page.goto(f"{live_site}/da/test-requests/{path}").status == 200
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[path] = (violations(page), sideways(page))
    assert found == dict.fromkeys(paths, ([], 0))
