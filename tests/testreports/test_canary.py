"""A word that stands only in a report outsiders may not read: it is looked for in everything the portal answers them (TC-15)."""

import pytest
from django.utils import timezone

from testreports.models import TestReport
from tests.factories import LivingLabFactory, MunicipalityFactory, ProjectFactory, TestReportFactory, ThemeFactory
from tests.test_hostile import PLAIN

pytestmark = pytest.mark.django_db
WORD = "Quokkabird"
PLACES = (
    "/en/", "/en/test-reports/", "/en/test-reports/?q=quokkabirds", "/en/test-reports/feed/", "/en/test-reports/export.csv",
    "/en/living-labs/", "/en/living-labs/open-lab/", "/en/projects/open-project/", "/en/themes/shared-theme/",
    "/en/municipalities/shared-town/", "/en/search/?q=quokkabirds", "/en/search/?q=quokkabrid", "/sitemap-test-reports-1.xml",
    "/en/test-reports/the-hidden-one/", "/en/events/", "/en/organisations/",
)  # fmt: skip


@pytest.fixture
def canary(organisation):
    lab = LivingLabFactory(slug="open-lab", themes=[ThemeFactory(slug="shared-theme")],
                           municipalities=[MunicipalityFactory(slug="shared-town", in_portal=True)])  # fmt: skip
    words = {f"text__{name}": f"{WORD} {name}" for name in ("title", "summary", "done", "worked", "failed")}
    return TestReportFactory(
        asking=organisation, at=lab, slug="the-hidden-one", project=ProjectFactory(slug="open-project"),
        results=[{"indicator": WORD}], links=[("https://a.example.org", WORD)], goes_on_why=WORD, **words,
    )  # fmt: skip


def tellers(client, addresses):
    pages = {address: client.get(address) for address in (*addresses, f"/en/organisations/{TestReport.objects.get().organisation.slug}/")}
    return [address for address, page in pages.items() if WORD in page.getvalue().decode(errors="replace")]


def test_the_word_is_told_while_it_is_public(client, canary):
    assert {"/en/test-reports/", "/en/test-reports/feed/", "/en/living-labs/open-lab/", "/en/projects/open-project/",
            "/en/themes/shared-theme/", "/en/municipalities/shared-town/", "/en/search/?q=quokkabirds",
            "/en/test-reports/the-hidden-one/"} <= set(tellers(client, PLACES))  # fmt: skip


HIDDEN = [{"state": state} for state in ("draft", "submitted", "returned", "hidden")] + [{"visibility": "sides"}, {"visibility": "members"}]
HIDDEN += [{"released_at": timezone.now() + timezone.timedelta(days=1)}]


@pytest.mark.parametrize("change", HIDDEN, ids=lambda change: "-".join(change))
def test_tc15_visitors_learn_nothing(client, canary, change):
    TestReport.objects.update(**change)
    assert tellers(client, PLACES) == []


@pytest.mark.parametrize("part", ["stranger", "suspended"])
@pytest.mark.parametrize("change", [one for one in HIDDEN if one != {"visibility": "members"}], ids=lambda change: "-".join(change))
def test_tc15_other_members_learn_nothing(client, canary, change, part, request):
    client.force_login(request.getfixturevalue(part))
    TestReport.objects.update(**change)
    assert tellers(client, PLACES) == []


def test_tc15_no_address_of_the_portal_tells_it(client, canary):
    TestReport.objects.update(visibility="sides")
    assert tellers(client, PLAIN) == []
