"""Two texts in one, and how long that may take."""

import time

import pytest

from common.differences import merged


@pytest.mark.parametrize(
    ("before", "after", "markup"),
    [
        ("one two three", "one 2 three", "one <del>two</del><ins>2</ins> three"),
        ("", "new", "<ins>new</ins>"),
        ("same", "same", "same"),
        ("a <b>", "a <i>", "a <del>&lt;b&gt;</del><ins>&lt;i&gt;</ins>"),
        ("begin end", "begin and end", "begin <ins>and </ins>end"),
    ],
)
def test_what_went_stands_before_what_came(before, after, markup):
    assert merged(before, after) == markup


@pytest.mark.parametrize(("before", "after"), [("a b " * 499, "b b a " * 333), ("a\n" * 10_000, "b\n" + "a\n" * 9_999)])
def test_texts_of_the_same_words_over_and_over_keep_nobody_waiting(before, after):
    began = time.process_time()
    merged(before, after)
    assert time.process_time() - began < 2
