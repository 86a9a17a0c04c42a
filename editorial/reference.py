"""What every installation needs before the first editor signs in: languages, home pages, site, roles. Idempotent."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from editorial.documents import add_drafts
from editorial.models import HomePage

PAGE_VERBS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
FILE_VERBS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
SNIPPETS = ("themeintroduction", "municipalityintroduction", "menu", "footer", "text")


class Tally:
    """How many rows were made, changed and found as they should be."""

    def __init__(self):
        self.created = self.updated = self.unchanged = 0

    def note(self, created):
        if created:
            self.created += 1
        else:
            self.unchanged += 1

    def changes(self):
        return self.created, self.updated, self.unchanged


@transaction.atomic
def load():
    """Make what is missing; nothing an editor changed is touched. Returns `{noun: (created, updated, unchanged)}`."""
    locales, homes, documents, roles = Tally(), Tally(), Tally(), Tally()
    by_code = {code: _locale(code, locales) for code, _name in settings.LANGUAGES}
    _homes(by_code, homes)
    for home in HomePage.objects.filter(locale__in=by_code.values()):
        add_drafts(home, documents)
    editing = [*_editor_permissions()]
    leading = [*_permissions("members", "moderate"), *_permissions("editorial", "change_portalsettings")]
    _role("Editors", editing, roles)
    _role("Moderators", [*editing, *leading], roles)
    return {"locales": locales.changes(), "homes": homes.changes(), "documents": documents.changes(), "roles": roles.changes()}


def _locale(code, tally):
    locale, created = Locale.all_objects.get_or_create(language_code=code)
    tally.note(created)
    return locale


def _homes(locales, tally):
    """One home page for each language; that of the portal's own language is the site's root."""
    main = locales[settings.LANGUAGE_CODE]
    home = HomePage.objects.filter(locale=main).first()
    key = home.translation_key if home else uuid4()
    for locale in locales.values():
        missing = not HomePage.objects.filter(locale=locale).exists()
        tally.note(missing)
        if missing:
            Page.objects.get(depth=1).add_child(instance=_home(locale, key))
    _site(HomePage.objects.get(locale=main))


def _home(locale, translation_key):
    """An unsaved home page with the usual sections, in the words of its language."""
    code = locale.language_code
    with override(code):
        return HomePage(title=_("Home"), slug=f"home-{code}", locale=locale, translation_key=translation_key, sections=usual_sections())


def usual_sections():
    """The sections a new home page starts with, in the language that is active. Editors arrange them as they like."""
    projects, post = {"part": "projects:list"}, {"part": "projects:create"}
    return [
        ("hero", {
            "title": _("Tried in one town, ready for the next"),
            "lead": _("See what municipalities have tested: what it cost, what failed, and whom to call."),
            "placeholder": _("lamps, flood, tender…"),
            "links": [projects, post],
        }),
        ("latest", {"title": _("New projects"), "count": 4}),
        ("themes", {"title": _("Themes"), "text": _("Projects in each")}),
        ("call", {
            "title": _("A pilot is worth most the second time"),
            "text": _("Every project says what was measured, what was learnt and whom to call. The next town starts from there."),
            "links": [projects], "deep": True, "numbers": True,
        }),
        digest_call(),
        ("news", {"title": _("News and guides"), "count": 3}),
    ]  # fmt: skip


def digest_call():
    """The section that offers the digest, in the language that is active."""
    return ("call", {
        "title": _("One mail a week, only what concerns you"),
        "text": _("Choose themes, municipalities and a weekday. No news, no mail. Stop with one click."),
        "links": [{"text": _("Choose what you follow"), "part": "digests:settings"}],
    })  # fmt: skip


def _site(home):
    """The default site starts at `home`. Wagtail's own welcome page, which nobody wrote, goes."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.root_page_id and site.root_page_id != home.pk else None
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, settings.PORTAL["name"]
        site.save()
    if welcome and type(welcome.specific) is Page and not welcome.get_children().exists():
        welcome.delete()


def _permissions(app, *codenames):
    return Permission.objects.filter(content_type__app_label=app, codename__in=codenames)


def _editor_permissions():
    names = [f"{verb}_{noun}" for noun in SNIPPETS for verb in ("add", "change", "delete")]
    yield from _permissions("wagtailadmin", "access_admin")
    yield from _permissions("simple_translation", "submit_translation")
    yield from _permissions("editorial", *names)
    yield from _permissions("taxonomy", "change_tag")


def _role(name, permissions, tally):
    """A group with its rights. A right an operator added stays; one that belongs to the role is put back."""
    group, created = Group.objects.get_or_create(name=name)
    tally.note(created)
    group.permissions.add(*permissions)
    root, collection = Page.objects.get(depth=1), Collection.get_first_root_node()
    for right in _permissions("wagtailcore", *PAGE_VERBS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    for right in Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=FILE_VERBS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)
