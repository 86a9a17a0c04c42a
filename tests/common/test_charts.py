from decimal import Decimal

from django.utils.translation import override

from common.charts import Bar, Chart, result_chart


def energy(**values):
    with override("en"):
        return result_chart("energy", "Energy use", "MWh", **values)


def test_a_result_is_drawn_over_one_scale():
    chart = energy(baseline="80", actual="40", target="60", period="2024")
    assert 'class="before" x="0%" y="24" width="100%"' in chart.svg
    assert 'class="after" x="0%" y="88" width="50%"' in chart.svg
    assert 'class="target" x1="75%"' in chart.svg


def test_the_sentence_says_what_is_to_be_seen():
    chart = energy(baseline="86.4", actual="53.1", target="60")
    assert chart.text == "Dashed line: the target of 60 MWh. 39 per cent less than before. The target was reached."


def test_a_target_above_the_start_is_reached_from_below():
    assert energy(baseline=10, actual=12, target=20).text.endswith("The target was not reached.")


def test_the_table_has_the_same_numbers():
    with override("en"):
        assert energy(baseline=1200, actual=900, target=1000).rows == [
            ("Before", "1,200"),
            ("Measured", "900"),
            ("Target", "1,000"),
        ]


def test_one_number_alone_is_no_chart():
    assert (energy(actual=5), energy(target=5), energy()) == (None, None, None)


def test_zero_and_less_are_drawn_from_zero():
    chart = Chart("t", "°C", (Bar("Before", Decimal(-10), is_before=True), Bar("After", Decimal(10))))
    assert 'class="before" x="0%" y="24" width="50%"' in chart.svg
    assert 'class="after" x="50%" y="88" width="50%"' in chart.svg
    assert energy(baseline=0, actual=0).svg.count("<rect") == 2


def test_words_of_a_chart_are_escaped():
    assert "<b>" not in Chart("x", "t", (Bar("<b>", Decimal(1)),)).svg


def test_a_share_changes_in_points_not_in_per_cent_of_per_cent():
    chart = result_chart("r", "Satisfied", "per cent", baseline=61, actual=68)
    assert chart.text == "7 points more than before."
