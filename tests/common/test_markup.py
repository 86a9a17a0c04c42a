from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from common import markup


def draw(source, **values):
    with override("en"):
        return Template("{% load ui %}" + source).render(Context(values)).strip()


class Theme(SimpleNamespace):
    def __str__(self):
        return self.name


def test_an_icon_is_silent_unless_it_says_something():
    assert draw('{% icon "pin" %}') == '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#pin"/></svg>'
    assert 'role="img" aria-label="Only &lt;members&gt;"' in draw('{% icon "lock" label=words %}', words="Only <members>")


def test_an_icon_that_is_not_drawn_is_a_slip_in_the_template():
    with pytest.raises(TemplateSyntaxError):
        draw('{% icon "unicorn" %}')


def test_a_theme_badge_is_escaped_and_may_be_a_link():
    badge = draw('{% theme_badge theme url="/en/themes/air/" %}', theme=Theme(slug="air", name="Air & noise"))
    assert badge.startswith('<a class="theme theme--air theme-badge" href="/en/themes/air/"><svg')
    assert badge.endswith("Air &amp; noise</a>")


def test_a_theme_without_drawing_has_the_projects_icon():
    assert markup.theme_icon_name("ports") == "project"


def test_the_phase_says_its_word_beside_its_tiles():
    drawn = draw('{% phase_steps "planning" %}')
    assert drawn.count("<i data-on></i>") == 2
    assert drawn.endswith("</span>Planning</span>")
    assert "<s>Stopped</s>" in draw('{% phase_steps "stopped" %}')


def test_only_another_language_wears_a_badge():
    assert draw('{% lang_badge "da" %}') == '<abbr class="lang-badge" title="In Danish">da</abbr>'
    assert draw('{% lang_badge "en" %}{% lang_badge "mul" %}{% lang_badge "" %}') == ""
    assert draw('<p{% lang_attr "sv" %}{% lang_attr "en" %}>') == '<p lang="sv">'


def test_a_cover_is_the_same_for_ever():
    assert draw('{% cover "air" 13 %}') == '<span class="theme theme--air cover cover--5" aria-hidden="true"></span>'


@pytest.mark.parametrize(
    ("name", "letters"), [("Lunds kommun", "LK"), ("Region Skåne", "RS"), ("ørsted", "Ø"), ("–", "?"), ("3D Lab", "3L")]
)
def test_initials(name, letters):
    assert markup.initials(name) == letters


def test_language_names_are_written_as_the_language_does():
    with override("da"):
        assert markup.language_name("sv") == "svensk"
    with override("en"):
        assert markup.language_name("sv") == "Swedish"
