"""Free text is measured."""

import numpy as np
import polars as pl
import pytest

from pynomaly.encoding.text import ASPECTS, Text, aspects


def test_aspects():
    measured = aspects(pl.Series(["Call 555!", "", None, "ÅÄÖ åäö", "   "]))
    assert measured.shape == (len(ASPECTS), 5)
    np.testing.assert_allclose(measured[:, 0], [np.log(10), np.log(3), 3 / 9, 1 / 9, 1 / 9])
    np.testing.assert_array_equal(measured[:, 1], 0)
    assert np.isnan(measured[:, 2]).all()
    np.testing.assert_allclose(measured[:, 3], [np.log(8), np.log(3), 0, 3 / 7, 0])
    np.testing.assert_allclose(measured[:, 4], [np.log(4), 0, 0, 0, 0])


def test_weighs_like_one_number_and_leaves_out_what_never_varies():
    rng = np.random.default_rng(0)
    train = pl.Series("note", [" ".join("word"[: rng.integers(1, 5)] for _ in range(rng.integers(1, 20))) for _ in range(300)])
    coder, out = Text.fit(train), np.empty((300, 2))
    assert [feature.name for feature in coder.features] == ["note length", "note words"]
    coder.write(train, out)
    assert out.var(axis=0).sum() == pytest.approx(1)


def test_shouting_and_empty_stand_out():
    train = pl.Series("note", [f"Remark number {i}, all is well" for i in range(100)])
    coder = Text.fit(train)
    usual, odd = np.empty((100, len(coder.features))), np.empty((2, len(coder.features)))
    coder.write(train, usual)
    coder.write(pl.Series("note", ["WIN $$$ NOW!!!", ""]), odd)
    assert np.linalg.norm(odd, axis=1).min() > 2 * np.linalg.norm(usual, axis=1).max()


def test_missing_and_all_alike():
    coder, out = Text.fit(pl.Series("note", ["ab", "cd", None])), np.empty((3, 1))
    coder.write(pl.Series("note", [None, "ab", "abcdef"]), out)
    assert [feature.name for feature in coder.features] == ["note length"]
    assert out[0, 0] == out[1, 0] == 0 < out[2, 0]
    assert [f.name for f in Text.fit(pl.Series("note", [None], dtype=pl.String)).features] == ["note length"]
