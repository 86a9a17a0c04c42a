"""Markup in every text of members stays text: on pages, cards, the map, in search results and in the administration (TC-18)."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from discussions import actions as discussions
from members.models import Profile
from notifications.actions import notify, reader_of
from notifications.kinds import KINDS
from notifications.models import Choice, MailEvent, Suppression
from organisations.models import DomainRequest, JoinRequest, Organisation
from projects.indexing import index_projects
from projects.models import Project
from records.actions import add_attachment, keep_version
from taxonomy.models import Municipality
from tests.conftest import of
from tests.factories import (
    GroupMembershipFactory,
    LessonFactory,
    LinkFactory,
    MilestoneFactory,
    NotificationFactory,
    OrganisationFactory,
    OrganisationTextFactory,
    OutboxEntryFactory,
    PartnerFactory,
    ProjectFactory,
    QuestionFactory,
    ReportFactory,
    ResultFactory,
    SiteFactory,
    ThemeFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.records.test_attachments import picture
from tests.support.marked import columns, mark

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


# ---- every text column of every model, found in the models


@pytest.fixture
def marked(live_site, organisation, settings, tmp_path):
    """A row of every noun with all payloads in each of its texts; the portal's address, an owner and a moderator."""
    settings.MEDIA_ROOT = str(tmp_path)
    owner, elsewhere = of(organisation, "owner"), OrganisationFactory(slug="elsewhere", verified_at=None)
    everybody = {f"{part}_to": "everybody" for part in ("listed", "about", "organisations", "interests", "languages", "photo")}
    Profile.objects.update_or_create(user=owner, defaults={"slug": "marked-owner", "headline": "x", **everybody})
    project = ProjectFactory(organisation=organisation, slug="marked", created_by=owner, tags=["lamps"], phase="stopped")
    returned = ProjectFactory(organisation=organisation, slug="returned", created_by=owner, state="returned")
    submitted = ProjectFactory(organisation=organisation, slug="submitted", state="submitted")
    for one in (project, returned, submitted):
        for factory in (ResultFactory, LessonFactory, MilestoneFactory, LinkFactory):
            factory(project=one)
        PartnerFactory(project=one, organisation=None, name="x")
        SiteFactory(project=one, municipality=None, label="x", latitude=55.4, longitude=12.1)
        add_attachment(one, ContentFile(picture(), name="x.png"), by=owner, alt="x", title="x")
    OrganisationTextFactory(organisation=organisation)
    for noun in (JoinRequest, DomainRequest):
        asks = {"user": UserFactory()} if noun is JoinRequest else {"by": owner, "name": "marked.example"}
        noun.objects.create(organisation=organisation, **asks)
    keep_version(project, {"title": "x"}, by=owner, note="x")
    questions = [QuestionFactory(target=project), QuestionFactory(target=project, answer="x", answered_by=owner)]
    questions.append(QuestionFactory(target=project, visitor=True, state="waiting"))
    reports = [ReportFactory(target=target) for target in (project, organisation, owner, questions[0])]
    entries = [OutboxEntryFactory(target=project, note="x"), OutboxEntryFactory(target=returned, kind="project.published", note="x")]
    thread = discuss(owner)
    moderator = UserFactory()
    moderator.groups.add(Group.objects.get(name="Moderators"))
    for entry in entries:
        NotificationFactory(user=owner, entry=entry)
    MailEvent.objects.create(source="test", event_id="x", word="hard", address="x", user=moderator, said="x")
    Suppression.objects.create(address=reader_of(None, moderator.email), why="bounces", user=moderator, said="x")
    written = mark(PAYLOADS)
    index_projects(Project.objects.values_list("pk", flat=True))
    for entry in entries:  # the words of a notice are those of its noun at that time
        entry.context = {"title": str(entry.target), "by": PAYLOADS[2], "organisation": Organisation.objects.get(pk=organisation.pk).name}
        entry.save()
    keys = {"thread": thread.pk, "post": thread.posts.get(number=2).pk}
    keys |= {"question": questions[0].pk, "report": reports[0].pk, "project": project.pk, "owner": owner.pk, "elsewhere": elsewhere.pk}
    return live_site, {"owner": owner, "moderator": moderator}, keys, written


def discuss(owner):
    """A discussion in a group, with an answer, an edit, a name, a draft and a picture."""
    group = WorkingGroupFactory(slug="marked")
    GroupMembershipFactory(group=group, user=owner, role="chair")
    other = GroupMembershipFactory(group=group, user=UserFactory(name="Other")).user
    thread = discussions.start(group, by=owner, title="x", text="@[Other]", language="en")
    post = discussions.write(thread, by=other, text="x", language="en", quoted=thread.posts.get())
    discussions.edit(post, by=other, text="y", language="en")
    discussions.keep_draft(owner, group, thread=thread, text="x")
    discussions.keep_draft(owner, group, title="x", text="x")
    add_attachment(post, ContentFile(picture(), name="x.png"), by=other, alt="x")
    return thread


def test_tc18_every_text_column_of_the_models_is_tried(marked):
    assert columns() - marked[3] == set()


OWNERS = ["desk/", "accounts/privacy/", "accounts/settings/", "notifications/", "people/", "people/me/", "people/marked-owner/",
          "organisations/", "organisations/mine/", "organisations/lejre-kommune/", "organisations/lejre-kommune/members/",
          "organisations/lejre-kommune/edit/", "projects/", "projects/marked/", "projects/marked/edit/", "projects/marked/edit/where/",
          "projects/marked/edit/partners/", "projects/marked/edit/story/", "projects/marked/edit/check/", "projects/marked/preview/",
          "projects/marked/versions/", "projects/marked/versions/1/", "projects/marked/history/", "projects/marked/questions/",
          "projects/marked/questions/{question}/answer/", "projects/returned/", "projects/suggest/tags/?q=a",
          "projects/suggest/organisations/?q=a", "report/question/{question}/", "projects/feed/", "search/?q=alert",
          "search/?q=alert&kind=discussions",
          "working-groups/marked/discussions/", "working-groups/marked/discussions/{thread}/", "working-groups/marked/discussions/new/",
          "working-groups/marked/discussions/{thread}/1/edit/", "working-groups/marked/discussions/{thread}/2/history/",
          "working-groups/marked/discussions/{thread}/?quote=2", "report/post/{post}/"]  # fmt: skip
MODERATORS = ["waiting/", "waiting/reports/{report}/", "projects/?state=published", "projects/", "organisations/", "members/",
              "members/{owner}/", "history/project/{project}/", "history/post/{post}/", "history/member/{owner}/", "tags/", "deliveries/",
              "deliveries/addresses/"]  # fmt: skip


def shown(new_page, client, site, person, addresses):
    """What the payloads made on each of these pages: dialogs, and elements and attributes that nobody else made."""
    client.force_login(person)
    page, dialogs, found = new_page(), [], {}
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    for address in addresses:
        answer = page.goto(f"{site}{address}")
        page.wait_for_timeout(50)  # for scripts that draw what the page brought along
        made = [*dialogs, *page.evaluate(MADE)]
        if answer.status != 200 or made:
            found[address] = (answer.status, made)
        dialogs.clear()
    return found


def test_tc18_pages_of_members(new_page, client, marked):
    site, people, keys, _written = marked
    assert shown(new_page, client, site, people["owner"], [f"/en/{path.format(**keys)}" for path in OWNERS]) == {}


def test_tc18_pages_of_moderators(new_page, client, marked):
    site, people, keys, _written = marked
    client.force_login(people["moderator"])
    page, dialogs, found = new_page(), [], {}
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    for path in MODERATORS:
        answer = page.goto(f"{site}/cms/{path.format(**keys)}")
        if answer.status != 200 or dialogs or page.locator("img[src='x'], main iframe, math").count():
            found[path] = (answer.status, list(dialogs))
    assert found == {}


def test_tc18_mails(new_page, marked, mailoutbox):
    """The HTML of every notice, as a mail program would show it without a policy."""
    mailoutbox.clear()
    owner = marked[1]["owner"]
    project = Project.objects.get(slug="marked")
    kinds = [kind for kind in KINDS.values() if kind.mail and kind.name != "followed"]
    for kind in kinds:
        context = dict.fromkeys(("title", "by", "place", "organisation", "partner", "asker", "name", "reason"), PAYLOADS[2])
        Choice.objects.update_or_create(user=owner, kind=kind.name, channel="mail", defaults={"is_on": True})
        notify(kind.name, project, by=None, to=[(owner, "author")], context=context, note="\n".join(PAYLOADS))
    page, dialogs = new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for message in mailoutbox:
        html = next(content for content, kind in message.alternatives if kind == "text/html")
        page.set_content(html)
        assert (dialogs, page.evaluate(MADE)) == ([], []), message.subject
        assert "\n" not in message.subject
    assert len(mailoutbox) == len(kinds)
