"""Markup in every text of members stays text: on pages, cards, the map, in search results and in the administration (TC-18)."""

import pytest
from playwright.sync_api import expect

from projects.indexing import index_projects
from projects.models import Project
from taxonomy.models import Municipality
from tests.factories import (
    LessonFactory,
    LinkFactory,
    MilestoneFactory,
    OrganisationFactory,
    OrganisationTextFactory,
    PartnerFactory,
    ProjectFactory,
    ResultFactory,
    SiteFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAYLOADS = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<details open ontoggle=alert(1)>x",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](x\" onerror=\"alert(1))",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "\" autofocus onfocus=alert(1) x=\"",
    "' onmouseover='alert(1)",
    "` onmouseover=alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "\\u003cscript>alert(1)",
    "<math><mtext><style><img src=x onerror=alert(1)></style>",
    "<form><button formaction=javascript:alert(1)>x",
]  # fmt: skip
#: Attributes and elements that only a payload could have made.
MADE = """() => [...document.querySelectorAll("*")].filter((one) =>
  [...one.attributes].some(({ name, value }) => /^on/.test(name) || /^\\s*(javascript|data:text)/i.test(value) && name !== "value")
  || (one.matches("script:not([src])") && !/json/.test(one.type)) || one.matches("iframe, math, animate")
).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def site(live_site):
    """A project for each payload, and one with all of them in each of its parts."""
    koge, theme = Municipality.objects.get(slug="koge"), ThemeFactory(slug="marked", names={"en": PAYLOADS[1], "da": PAYLOADS[2]})
    owner = OrganisationFactory(
        name=f"alert {PAYLOADS[2]}", slug="marked", municipality=koge, website="https://example.org/'onload=alert(1)"
    )
    OrganisationTextFactory(organisation=owner, description=" ".join(PAYLOADS))
    for number, payload in enumerate(PAYLOADS):
        ProjectFactory(slug=f"marked-{number}", organisation=owner, municipalities=[koge], themes=[theme], tags=[payload[:60]],
                       text__title=f"alert {payload}", text__summary=f"alert {payload}", programme=payload, state="published")  # fmt: skip
    together = " ".join(PAYLOADS)
    whole = ProjectFactory(
        slug="whole", organisation=owner, themes=[theme], contact_name=PAYLOADS[2], stopped_reason=PAYLOADS[2], phase="stopped",
        text__title=together[:300], text__summary=together[:600], text__story="\n\n".join(PAYLOADS),
    )  # fmt: skip
    for payload in PAYLOADS:
        ResultFactory(project=whole, indicator=payload, unit=payload[:20], method=payload, period=payload[:30])
        LessonFactory(project=whole, title=payload, text=payload)
        MilestoneFactory(project=whole, title=payload, text=payload)
        PartnerFactory(project=whole, organisation=None, name=payload)
        SiteFactory(project=whole, municipality=None, label=payload, latitude=55.45, longitude=12.18)
        LinkFactory(project=whole, label=payload)
    index_projects(Project.objects.values_list("pk", flat=True))
    return live_site


@pytest.fixture
def visit(new_page, site):
    """Opens an address, moves the pointer over everything that answers to it, and returns what the payloads made."""
    page, dialogs = new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    def go(address):
        page.goto(f"{site}{address}")
        return [*dialogs, *page.evaluate(MADE)]

    go.page = page
    return go


PAGES = ["/en/", "/en/projects/", "/en/projects/?q=alert&more=tag", "/en/search/?q=alert", "/en/search/?q=alert&kind=organisations",
         "/en/projects/whole/", "/da/projects/marked-13/", "/en/projects/marked-1/", "/en/organisations/", "/en/organisations/marked/",
         "/en/themes/", "/en/themes/marked/", "/en/municipalities/koge/",
         "/en/projects/?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"]  # fmt: skip


def test_pages(visit):
    assert {address: made for address in PAGES if (made := visit(address))} == {}


def test_the_map_with_its_labels(visit):
    for query in ("", "?municipality=koge"):
        assert visit(f"/en/projects/map/{query}") == []
        expect(visit.page.locator("[data-map=ready]")).to_be_visible()
        for marker in visit.page.locator("[data-map-canvas] a[data-key]").all()[:4]:
            marker.dispatch_event("pointerover")
            marker.focus()
        assert visit.page.evaluate(MADE) == []


def test_the_texts_are_shown_as_they_were_written(visit):
    visit("/en/projects/marked-2/")
    expect(visit.page.locator("h1")).to_contain_text(PAYLOADS[2])


def test_lists_of_the_administration(new_page, site, client):
    client.force_login(UserFactory(is_superuser=True, name=PAYLOADS[2]))
    page, dialogs = new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    for address in ("/cms/projects/?state=published", "/cms/organisations/", "/cms/tags/", "/cms/users/"):
        page.goto(f"{site}{address}")
        assert (page.url, page.locator("img[src='x']").count(), dialogs) == (f"{site}{address}", 0, [])
