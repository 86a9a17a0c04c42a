"""Demo articles, standard pages, introductions of themes, and the words of home page and footer, in every language."""

import re
from datetime import timedelta
from html import escape
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale

from editorial.documents import is_untouched
from editorial.models import ArticlePage, Footer, HomePage, Menu, NewsIndexPage, StandardPage, ThemeIntroduction
from editorial.reference import digest_call
from portal.demo.content import read, read_all, tidy
from taxonomy.models import Theme

#: Translations of one page share a key; made from its name it is the same on every machine.
_FAMILY = UUID("5b6f3a52-3c0e-4c57-9d7a-7c1b1f0d2a11")
_INDEX = "guides"
_BEHIND = {"en": "The projects behind this", "da": "Projekterne bag", "sv": "Projekten bakom"}
FOOTER_PARTS = (
    "projects:list",
    "projects:map",
    "editorial:themes",
    "editorial:municipalities",
    "organisations:list",
    "digests:settings",
    "projects:feed",
)


def seed_pages(projects, tally, *, now):
    """Make what is missing in each of the portal's languages that the content speaks. `projects`: `{key: Project}`."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    words = read("pages/home.toml")
    for locale in Locale.objects.order_by("pk"):
        home = HomePage.objects.filter(locale=locale).first()
        if home and locale.language_code in words:
            seed_language(home, themes, projects, tally, now)


def seed_language(home, themes, projects, tally, now):
    """The pages below one home page, its own words and its footer."""
    language = home.locale.language_code
    words = read("pages/home.toml")[language]
    standard = [_standard_page(row, home, tally, now) for row in read("pages/standard.toml")["page"]]
    index = _index(home, words, tally, now)
    for row in read_all("pages", "article"):
        _article(row, index, themes, projects, tally, now)
    for slug, texts in read("pages/themes.toml").items():
        _introduction(themes[slug], tidy(texts[language], language), home.locale, tally)
    _sections(home, words, index)
    _footer(home.locale, words, standard)
    _menu(home.locale, index)


def blocks(text):
    """Blocks of a body from a short Markdown: `## ` heading, `> ` quotation, lines with `- ` a list, else a paragraph."""
    made = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.strip().splitlines()
        if lines[0].startswith("## "):
            made.append(("heading", {"text": lines.pop(0)[3:]}))
        if not lines:
            continue
        if lines[0].startswith("> "):
            made.append(("quote", {"text": lines[0][2:], "who": ""}))
        elif lines[0].startswith("- "):
            made.append(("paragraph", "<ul>{}</ul>".format("".join(f"<li>{escape(line[2:])}</li>" for line in lines))))
        else:
            made.append(("paragraph", f"<p>{escape(' '.join(lines))}</p>"))
    return made


def _family(name):
    return uuid5(_FAMILY, name)


def _below(parent, model, name, tally, now, make):
    """The page called `name` in the parent's language; made by `make()` and put below `parent` where it is missing."""
    key = _family(name)
    page = model.objects.filter(translation_key=key, locale=parent.locale).first()
    tally.note("pages", made=page is None)
    if page is None:
        fields = make()
        page = model(
            slug=_free_slug(parent, fields.pop("slug")), locale=parent.locale, translation_key=key,
            first_published_at=now, last_published_at=now, **fields,
        )  # fmt: skip
        parent.add_child(instance=page)
    return page


def _free_slug(parent, slug):
    """An editor may have taken the address before; a draft that nobody has touched makes room."""
    for page in StandardPage.objects.child_of(parent).filter(slug=slug):
        if is_untouched(page):
            page.delete()
    taken = set(parent.get_children().values_list("slug", flat=True))
    return slug if slug not in taken else f"{slug}-demo"


def _standard_page(row, home, tally, now):
    language = home.locale.language_code
    words = row["text"][language]
    return _below(home, StandardPage, row["key"], tally, now, lambda: {
        "slug": row["slug"], "title": words["title"], "intro": words["intro"], "body": blocks(tidy(words["body"], language)),
    })  # fmt: skip


def _index(home, words, tally, now):
    """The page that lists articles: the one that editors made, or a new one."""
    present = NewsIndexPage.objects.filter(locale=home.locale).first()
    if present:
        tally.note("pages", made=False)
        return present
    return _below(home, NewsIndexPage, _INDEX, tally, now, lambda: {
        "slug": _INDEX, "title": words["news_index"], "intro": words["news_intro"], "show_in_menus": True,
    })  # fmt: skip


def _article(row, index, themes, projects, tally, now):
    language = index.locale.language_code
    words = row["text"][language]
    page = _below(index, ArticlePage, row["key"], tally, now, lambda: {
        "slug": row["key"], "title": words["title"], "intro": words["intro"], "kind": row["kind"], "is_demo": True,
        "date": timezone.localdate(now) - timedelta(days=row["days_ago"]),
        "author": read("pages/home.toml")[language]["contact_name"],
        "body": blocks(tidy(words["body"], language)) + _behind(row["projects"], projects, language),
    })  # fmt: skip
    if not page.themes.all():
        page.themes = [themes[row["theme"]]]
        page.save()


def _behind(keys, projects, language):
    """A heading and links to the projects an article was written from, where they were seeded."""
    rows = []
    with override(language):
        for project in (projects[key] for key in keys if key in projects):
            address = reverse("projects:detail", args=[project.slug])
            rows.append(f'<li><a href="{address}">{escape(project.text.title)}</a></li>')
    return [("heading", {"text": _BEHIND[language]}), ("paragraph", f"<ul>{''.join(rows)}</ul>")] if rows else []


def _introduction(theme, text, locale, tally):
    intro, _blank, rest = text.partition("\n\n")
    _row, made = ThemeIntroduction.objects.get_or_create(
        theme=theme, locale=locale,
        defaults={"translation_key": _family(f"theme:{theme.slug}"), "intro": intro, "body": blocks(rest)},
    )  # fmt: skip
    tally.note("introductions", made=made)


def _sections(home, words, index):
    """Our words on a home page that no editor has touched; once."""
    if home.latest_revision_id or any(block.block_type == "contact" for block in home.sections):
        return
    projects, post = {"part": "projects:list"}, {"part": "projects:create"}
    with override(home.locale.language_code):
        digest = digest_call()
    home.sections = [
        ("hero", {"title": words["hero_title"], "lead": words["hero_lead"], "placeholder": words["hero_placeholder"],
                  "links": [projects, post]}),
        ("latest", {"title": words["latest"], "count": 4}),
        ("themes", {"title": words["themes"], "text": words["themes_text"]}),
        ("call", {"title": words["call"], "text": words["call_text"], "links": [projects, {"page": index}], "deep": True,
                  "numbers": True}),
        digest,
        ("news", {"title": words["news"], "count": 3}),
        ("contact", {"title": words["contact"], "text": words["contact_text"], "name": words["contact_name"],
                     "email": "editors@example.org", "phone": ""}),
    ]  # fmt: skip
    home.save()


def _footer(locale, words, pages):
    links = [{"part": part} for part in FOOTER_PARTS], [{"page": page} for page in pages]
    titles = words["footer_find"], words["footer_about"]
    columns = [("column", {"title": title, "links": group}) for title, group in zip(titles, links, strict=True)]
    Footer.objects.get_or_create(locale=locale, defaults={"translation_key": _family("footer"), "columns": columns})


def _menu(locale, index):
    links = [("link", {"page": index})]
    Menu.objects.get_or_create(locale=locale, defaults={"translation_key": _family("menu"), "links": links})
