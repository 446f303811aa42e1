"""Detectors that a user wrote on PyOD's base class: their scores are checked, and the data are out of their reach."""

import pickle

import cloudpickle
import numpy as np
import pandas as pd
import pytest
from pyod.models.base import BaseDetector
from sklearn.base import clone

import pynomaly as pyn
from pynomaly.detectors.card import Card
from pynomaly.detectors.cards import ADDED
from pynomaly.detectors.given import checked
from pynomaly.detectors.registry import detector, register
from pynomaly.errors import DataError


class Odd(BaseDetector):
    """Returns what it is told to."""

    def __init__(self, gives="sums", contamination=0.1):
        super().__init__(contamination=contamination)
        self.gives = gives

    def fit(self, X, y=None):
        if self.gives != "nothing":
            self.decision_scores_ = self._scores(X)
        return self

    def decision_function(self, X):
        return self._scores(X)

    def _scores(self, X):
        sums = X.sum(axis=1)
        if self.gives == "writes":
            X[:] = 0.0
        made = {"nan": np.full(len(X), np.nan), "few": sums[:5], "many": np.r_[sums, 1.0], "words": ["high"] * len(X), "none": None}
        made["both"] = np.where(np.arange(len(X)) == 3, np.nan, np.where(np.arange(len(X)) < 3, sums, np.inf))
        return made.get(self.gives, sums)


WRONG = {
    "nan": "Odd returned NaN for 300 of 300 rows, the first of them row 0",
    "both": "Odd returned NaN for 1 of 300 rows and infinity for 296 of 300 rows, the first of them row 3",
    "few": "Odd returned 5 scores for 300 rows",
    "many": "Odd returned 301 scores for 300 rows",
    "words": "Odd returned list for scores, and 300 numbers are needed",
    "none": "Odd returned 0 scores for 300 rows",
    "nothing": "Odd returned 0 scores for 300 rows",
}


@pytest.fixture
def frame():
    rng = np.random.default_rng(0)
    y = (np.arange(300) < 20).astype(int)
    return pd.DataFrame(rng.normal(size=(300, 3)) + 3 * y[:, None], columns=list("abc")).assign(fraud=y)


@pytest.mark.parametrize("gives", WRONG)
def test_scores_that_cannot_be_used_are_one_sentence(frame, gives):
    with pytest.raises(DataError, match=WRONG[gives]):
        pyn.detect(frame, Odd(gives), label="fraud")


def test_new_rows_are_checked_too(frame):
    model = detector(Odd()).fit(frame.to_numpy())
    model.gives = "few"
    with pytest.raises(DataError, match="Odd returned 5 scores for 9 rows"):
        model.decision_function(frame.to_numpy()[:9])


def test_it_stays_what_it_was(frame):
    mine = Odd("sums", contamination=0.2)
    taken = detector(mine)
    assert isinstance(taken, Odd) and checked(taken) is taken and type(mine) is Odd and type(taken) is type(detector(Odd()))
    assert (type(taken).__name__, taken.get_params()) == ("Odd", mine.get_params()) and "Returns what" in type(taken).__doc__
    assert clone(taken).get_params() == taken.get_params() and type(clone(taken)) is type(taken)
    assert detector(mine, gives="nan").gives == "nan" and mine.gives == "sums"
    found = pyn.detect(frame, mine, label="fraud")
    assert found.model.contamination == 0.2 and not hasattr(mine, "decision_scores_") and np.allclose(found.scores, found.matrix.values.sum(axis=1))
    for library in (pickle, cloudpickle):
        again = library.loads(library.dumps(found.model))
        assert type(again) is type(taken) and np.array_equal(again.decision_scores_, found.scores)


def test_it_cannot_write_into_the_data(frame):
    X = frame.to_numpy()
    before = X.copy()
    model = detector(Odd("writes")).fit(X)
    assert np.array_equal(model.decision_function(X), before.sum(axis=1)) and np.array_equal(X, before)


def test_a_class_on_a_card_of_its_own_is_checked(frame, monkeypatch):
    monkeypatch.delitem(ADDED, "test.odd", raising=False)
    register(Card("test.odd", "Odd", "given", "a test", "As told.", "fit n, score n", f"{__name__}:Odd"))
    try:
        with pytest.raises(DataError, match="Odd returned NaN for 300 of 300 rows"):
            pyn.detect(frame, "test.odd", label="fraud", gives="nan")
    finally:
        del ADDED["test.odd"]


@pytest.mark.parametrize("label", ["fraud", None])
@pytest.mark.parametrize("jobs", [1, 2])
def test_in_a_comparison_they_are_rows_and_spoil_nobody(frame, label, jobs):
    data = frame if label else frame.drop(columns="fraud")
    given = {"hbos": "hbos", "writes": Odd("writes"), "writes too": Scribbles(), **{gives: Odd(gives) for gives in ("nan", "both", "few", "many")}}
    found = pyn.compare(data, given, label=label, seeds=2, draws=100, n_jobs=jobs)
    for gives in ("nan", "both", "few", "many"):
        assert WRONG[gives] in found.table.loc[gives, "failed"] and np.isnan(found.table.loc[gives, "flagged"])
    whole = found.table.loc[["hbos", "writes", "writes too"]]
    assert (whole["failed"] == "").all() and whole[["flagged", "stability_halves", "excess_mass"]].notna().all().all()
    alone = pyn.compare(data, ["hbos"], label=label, seeds=2, draws=100, n_jobs=1).table.loc["hbos"]
    assert alone["excess_mass"] == whole.loc["hbos", "excess_mass"] and alone["threshold"] == whole.loc["hbos", "threshold"]
    assert np.allclose(found.field.scores["writes"], pyn.detect(data, Odd(), label=label).scores)


class Scribbles(pyn.Detector):
    """Writes into its data, though the contract forbids it."""

    def _fit(self, X):
        scores = self._score(X)
        X[:] = 0.0
        return scores

    def _score(self, X):
        return X.sum(axis=1)
