import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from common.styleguide import SampleForm


@pytest.fixture
def drawn():
    form = SampleForm({"title": "<b>Lamps</b>"}, auto_id="f_%s")
    return BeautifulSoup(Template("{{ form }}").render(Context({"form": form})), "html.parser")


def test_help_and_error_are_tied_to_the_control(drawn):
    themes, summary = drawn.select_one("fieldset"), drawn.select_one("#f_summary")
    assert themes["aria-describedby"] == "f_themes_helptext f_themes_error"
    assert (summary["aria-describedby"], summary["aria-invalid"]) == ("f_summary_error", "true")
    ids = {element["id"] for element in drawn.select("[id]")}
    assert {name for element in drawn.select("[aria-describedby]") for name in element["aria-describedby"].split()} <= ids


def test_every_control_has_one_label(drawn):
    controls = drawn.select("input, select, textarea")
    assert [control["id"] for control in controls if len(drawn.select(f'label[for="{control["id"]}"]')) != 1] == []


def test_the_summary_leads_to_each_error(drawn):
    links = [link["href"] for link in drawn.select(".error-summary a")]
    assert links == ["#f_summary", "#f_themes", "#f_agree"]
    assert [link for link in links if not drawn.select_one(link)] == []


def test_optional_is_said(drawn):
    assert drawn.select_one('label[for="f_title"]').get_text(strip=True) == "Title"
    assert drawn.select_one('label[for="f_kind"] .field__optional')


def test_what_was_typed_comes_back_escaped(drawn):
    assert drawn.select_one("#f_title")["value"] == "<b>Lamps</b>"


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in Template("{{ form }}").render(Context({"form": SampleForm()}))


def test_errors_of_the_whole_form_stand_in_the_summary():
    form = SampleForm({})
    form.add_error(None, "The draft was changed by somebody else.")
    assert "<li>The draft was changed by somebody else.</li>" in Template("{{ form }}").render(Context({"form": form}))
