import random

import pytest

from common.sorting import sort_key, sorted_by_name

TOWNS = {
    "da": ["Albertslund", "Egedal", "Højby", "Zealand", "Ærø", "Østerbro", "Aabenraa", "Ålborg"],
    "sv": ["Arboga", "Eslöv", "Hörby", "Zinkgruvan", "Åhus", "Ängelholm", "Öckerö"],
    "en": ["Aabenraa", "Ærø", "Ålborg", "Egedal", "Östersund", "Zealand"],
}


@pytest.mark.parametrize("language", TOWNS)
def test_each_language_has_its_own_alphabet(language):
    shuffled = random.Random(7).sample(TOWNS[language], len(TOWNS[language]))
    assert sorted_by_name(shuffled, language=language) == TOWNS[language]


def test_letters_of_the_neighbour_stand_with_their_own():
    assert sorted_by_name(["Ørestad", "Öland", "Oslo"], language="sv") == ["Oslo", "Öland", "Ørestad"]
    assert sorted_by_name(["Ärla", "Ærø", "Arden"], language="da") == ["Arden", "Ärla", "Ærø"]


def test_accents_and_case_do_not_part_words():
    assert sort_key("Café", "da")[0] == sort_key("CAFE", "da")[0]


def test_composed_and_decomposed_letters_are_the_same():
    assert sort_key("A\u030arhus", "sv") == sort_key("Århus", "sv")


def test_equal_letters_still_have_one_order():
    assert sorted_by_name(["abe", "Abe"], language="en") == sorted_by_name(["Abe", "abe"], language="en")


def test_without_a_language_the_readers_own_is_taken(settings):
    from django.utils.translation import override

    with override("sv"):
        assert sort_key("Åhus") == sort_key("Åhus", "sv")
