import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template

from common.components import COMPONENTS


def draw(source, **values):
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_is_drawn(name):
    assert get_template(COMPONENTS[name].template)


@pytest.mark.parametrize(
    "source",
    [
        '{% component "panel" titel="x" %}',
        '{% component "who" %}',
        '{% component "unicorn" %}',
        '{% component "panel" "x" %}',
    ],
)
def test_wrong_arguments_are_errors_of_the_template(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_a_component_sees_its_arguments_only():
    assert "leak" not in draw('{% component "message" text="x" %}', title="leak")


def test_a_component_stands_around_markup():
    drawn = draw('{% slotted "panel" title=words %}<p>{{ inside }}</p>{% endslotted %}', words="A < B", inside="<i>")
    assert "<h2>A &lt; B</h2>" in drawn
    assert "<p>&lt;i&gt;</p>" in drawn


def test_empty_facts_are_left_out():
    drawn = draw('{% component "facts" rows=rows %}', rows=[("Budget", ""), ("Repeated", 0), ("Kind", "Pilot")])
    assert (drawn.count("<dt>"), "<dd>0</dd>" in drawn) == (2, True)


def test_each_css_file_is_of_a_part_that_exists_in_the_style_guide_or_a_page():
    files = sorted(path.stem for path in (settings.BASE_DIR / "static/css/components").glob("*.css"))
    assert len(files) == len(set(files)) > 30
