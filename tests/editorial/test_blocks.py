"""What editors build pages from."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from editorial.blocks.body import PARAGRAPH_FEATURES, BodyBlock, PictureBlock
from editorial.blocks.links import LinkBlock
from tests.factories.editorial import make_page

pytestmark = pytest.mark.django_db


def link(**given):
    return LinkBlock().to_python({"text": "", "part": "", "page": None, "address": "", **given})


def draw(block, value):
    stream = BodyBlock().to_python([{"type": block, "value": value}])
    return BeautifulSoup(str(stream.render_as_block()), "html.parser")


@pytest.mark.parametrize("given", [{}, {"part": "projects:list", "address": "https://example.org"}, {"address": "https://example.org"}])
def test_a_link_has_one_target_and_words_where_they_are_needed(given):
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(link(**given))


def test_a_link_takes_the_name_of_its_target():
    page = make_page("en", title="About us", slug="about")
    assert (link(page=page.pk).label, link(page=page.pk).url) == ("About us", "/en/about/")


def test_a_link_to_a_page_that_went_is_not_shown():
    page = make_page("en")
    page.unpublish()
    assert link(page=page.pk).url == ""


def test_addresses_that_run_scripts_are_refused():
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(link(address="javascript:alert(1)", text="x"))


def test_a_picture_has_words_sizes_and_modern_formats():
    picture = get_image_model().objects.create(title="file name", file=get_test_image_file(size=(1000, 600)))
    drawn = draw("picture", {"image": picture.pk, "alt": "A lamp at night", "caption": ""})
    assert (drawn.img["alt"], drawn.img["width"].isdigit()) == ("A lamp at night", True)
    assert drawn.source["type"] == "image/webp"
    assert "480w" in drawn.source["srcset"]


def test_a_picture_without_words_is_refused():
    picture = get_image_model().objects.create(title="x", file=get_test_image_file())
    with pytest.raises(ValidationError):
        PictureBlock().clean(PictureBlock().to_python({"image": picture.pk, "alt": "", "caption": ""}))


def test_a_table_has_a_name_and_headers_of_rows_and_columns():
    columns = [{"type": "text", "heading": "Item"}, {"type": "number", "heading": "Low"}]
    drawn = draw("table", {"columns": columns, "rows": [{"values": ["Lamp", "4,900"]}], "caption": "Costs"})
    assert (drawn.caption.text, drawn.find(role="region")["aria-label"]) == ("Costs", "Costs")
    assert ([cell["scope"] for cell in drawn.select("th")], drawn.td["class"]) == (["col", "col", "row"], ["n"])


def test_text_has_neither_embeds_nor_pictures_nor_top_headings():
    assert {"embed", "image", "h2", "h1", "code"} & set(PARAGRAPH_FEATURES) == set()


def test_a_quotation_and_a_callout_escape_what_is_typed():
    assert draw("quote", {"text": "<b>x</b>", "who": "<i>"}).blockquote.text == "<b>x</b>"
    assert draw("callout", {"kind": "info", "title": "<u>", "text": "<p>y</p>"}).h3.text == "<u>"
