"""A search keeps its budgets, begins with the defaults, is the same for the same seed, and refuses to go without labels."""

import builtins
import os
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.comparisons import tune as tune_module
from pynomaly.comparisons.criteria import TRUSTED
from pynomaly.comparisons.space import check_space
from pynomaly.comparisons.tune import tune, validated
from pynomaly.comparisons.tuning import told_values
from pynomaly.comparisons.workers import done
from pynomaly.errors import DataError, MissingExtraError, ParameterError
from pynomaly.tables.table import Repair


@pytest.fixture
def frame():
    """Anomalies in a small cluster: the five nearest of one are its own kind, so more neighbours find more."""
    rng = np.random.default_rng(0)
    y = np.zeros(200, dtype=int)
    y[:20] = 1
    X = np.where(y[:, None] == 1, 4 + 0.1 * rng.normal(size=(200, 3)), rng.normal(size=(200, 3)))
    return pd.DataFrame(X, columns=list("abc")).assign(fraud=y)


class Here:
    """A worker in this process, so that a test is quick."""

    def __init__(self, shared):
        import pickle

        self.function, self.shared = pickle.loads(shared)

    def run(self, job, limit):
        return done(self.function, self.shared, job)

    def stop(self):
        self.shared = None


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(tune_module, "Worker", Here)


class Moody(pyn.Detector):
    """Fails as `mood` says."""

    def __init__(self, mood=0, contamination=0.1):
        super().__init__(contamination=contamination)
        self.mood = mood

    def _fit(self, X):
        if self.mood == 1:
            raise ValueError("not today")
        if self.mood == 2:
            time.sleep(100)
        if self.mood == 3:
            os._exit(4)
        return self._score(X)

    def _score(self, X):
        return X.sum(axis=1) * (-1 if self.mood == 4 else 1)


def moods(*values):
    return {"mood": ("choice", values)}


def test_it_finds_what_is_better_than_the_default(frame, here):
    found = tune(frame, "knn", label="fraud", trials=12)
    assert len(found.trials) == 12 and found.stopped == "trials"
    first = found.trials.iloc[0]
    assert (first["n_neighbors"], first["method"]) == (5, "largest") and first["average_precision"] == found.default
    assert found.value > found.default and found.best["n_neighbors"] > 15
    assert found.value == found.trials["average_precision"].max()
    again = validated(frame[["a", "b", "c"]].to_numpy(), frame["fraud"].to_numpy(), pyn.detector("knn", **found.best), 5, 0)
    assert np.mean(again) == pytest.approx(found.value, abs=0.1)
    assert isinstance(found.detection, pyn.Detection) and len(found.detection.scores) == 200
    assert found.detection.model.n_neighbors == found.best["n_neighbors"]
    assert "best: n_neighbors=" in repr(found) and "flattered" in repr(found)
    assert "<table" in found._repr_html_() and "n_neighbors" in found._repr_html_()


def test_the_same_seed_gives_the_same_trials(frame, here):
    one, two, other = (tune(frame, "iforest", label="fraud", trials=13, seed=seed, space={"n_estimators": ("int", 5, 40), "max_features": ("float", 0.3, 1.0)}) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.trials.drop(columns="seconds"), two.trials.drop(columns="seconds"))
    assert not one.trials["max_features"].equals(other.trials["max_features"])
    assert one.trials.loc[0, "n_estimators"] == 100 and one.detection.model.random_state == 1  # the default is tried though it is outside


def test_the_process_gives_what_the_trial_gives(frame, monkeypatch):
    apart = tune(frame, "hbos", label="fraud", trials=3)
    monkeypatch.setattr(tune_module, "Worker", Here)
    pd.testing.assert_frame_equal(apart.trials.drop(columns="seconds"), tune(frame, "hbos", label="fraud", trials=3).trials.drop(columns="seconds"))


def test_trials_that_fail_are_rows(frame):
    found = tune(frame, Moody(), label="fraud", trials=8, space=moods(0, 1, 3))
    told = set(found.trials["failed"])
    assert found.best == {"mood": 0} and told <= {"", "not today", "ended its process (exit code 4)"} and len(told) > 1
    assert "7 of 8 trials failed (mood " in repr(found) and "so nothing was found out about those values" in repr(found)


def test_trials_that_failed_are_counted_with_their_values(frame, here):
    found = tune(frame, "knn", label="fraud", trials=6, space={"n_neighbors": ("int", 500, 600)})
    assert len(found.failed) == 5 and found.failed["n_neighbors"].between(500, 600).all() and found.best == {"n_neighbors": 5}
    text = repr(found)
    assert f"5 of 6 trials failed ({told_values(found.failed[['n_neighbors']])}). " in text
    assert f"The first, with n_neighbors={found.failed['n_neighbors'].iloc[0]}: " in text
    assert "All 5 with other values than the defaults are among them" in text and "Nothing was better" not in text
    some = tune(frame, Moody(), label="fraud", trials=8, space=moods(0, 1, 4))
    assert "trials failed (mood 1). The first, with mood=1: not today." in repr(some) and "are among them" not in repr(some)
    assert set(some.failed["mood"]) == {1} and set(some.failed["failed"]) == {"not today"}
    worse = tune(frame, Moody(), label="fraud", trials=4, space=moods(0, 4))
    assert "Nothing was better than the default parameters." in worse.claims
    whole = tune(frame, "hbos", label="fraud", trials=2)
    assert not len(whole.failed) and "failed" not in repr(whole)


def test_values_in_words():
    assert told_values(pd.DataFrame({"a": [1, 1, 2]})) == "a 1, 2"
    assert told_values(pd.DataFrame({"a": [0.5, 0.25, 0.125, 3.0, 7.0], "b": list("vwxyz")})) == "a 0.125 to 7; b 'v', 'w', 'x', 'y' and 1 more"


def test_the_time_limit_ends_a_trial_that_hangs(frame):
    begin = time.monotonic()
    found = tune(frame, Moody(), label="fraud", trials=50, space=moods(0, 2), time_limit=12)
    assert found.stopped == "time" and time.monotonic() - begin < 60
    assert "time limit" in found.trials["failed"].iloc[-1] and "the time was up" in repr(found) and len(found.trials) < 50


def test_defaults_that_fail_are_told(frame, here):
    found = tune(frame, Moody(1), label="fraud", trials=8, space=moods(0, 1))
    assert found.best == {"mood": 0} and np.isnan(found.default) and "the defaults failed" in repr(found)
    with pytest.raises(DataError, match=r"No trial of Moody could be run: all 2 failed. The first, with the defaults \(mood=1\): not today"):
        tune(frame, Moody(1), label="fraud", trials=2, space=moods(1))
    with pytest.raises(DataError, match="could be run: the only one failed"):
        tune(frame, Moody(1), label="fraud", trials=1, space=moods(1))
    with pytest.raises(DataError, match="The time limit was over before the first"):
        tune(frame, "hbos", label="fraud", time_limit=1e-9)


def test_ctrl_c_keeps_what_is_done(frame, here, monkeypatch):
    real, after = Here.run, [3]

    def run(self, job, limit):
        after[0] -= 1
        if after[0] < 0:
            raise KeyboardInterrupt
        return real(self, job, limit)

    monkeypatch.setattr(Here, "run", run)
    found = tune(frame, "knn", label="fraud", trials=20)
    assert found.stopped == "interrupted" and len(found.trials) == 3 and "interrupted" in repr(found)
    after[0] = 0
    with pytest.raises(KeyboardInterrupt):
        tune(frame, "knn", label="fraud")


def test_without_labels_it_says_why_it_will_not(frame):
    with pytest.raises(DataError) as told:
        tune(frame.drop(columns="fraud"), "knn")
    assert TRUSTED in str(told.value) and "knn cannot be tuned without labels" in str(told.value)


def test_few_anomalies_make_few_folds(frame, here):
    few = frame.assign(fraud=(np.arange(200) < 3).astype(int))
    found = tune(few, "hbos", label="fraud", trials=1)
    assert found.folds == 3 and "3 folds instead of 5, because there are only 3 anomalies and every fold needs one" in repr(found)
    many = tune(frame.assign(fraud=(np.arange(200) > 1).astype(int)), "hbos", label="fraud", trials=1)
    assert "2 folds instead of 5, because there are only 2 normal rows" in " ".join(many.claims)
    assert "instead of" not in repr(tune(frame, "hbos", label="fraud", trials=1))
    with pytest.raises(DataError, match="marks 1 of 200 rows"):
        tune(frame.assign(fraud=(np.arange(200) < 1).astype(int)), "hbos", label="fraud")


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"detector": "kn"}, "did you mean 'knn'"),
        ({"detector": "ecod"}, "ecod has no search space"),
        ({"detector": "sos"}, "cannot be cross-validated"),
        ({"trials": 0}, "trials is 0"),
        ({"folds": 1}, "folds is 1"),
        ({"seed": -1}, "seed is -1"),
        ({"time_limit": 0}, "time_limit is 0"),
        ({"label": "frod"}, "'fraud'"),
        ({"space": {"n_neighbor": ("int", 2, 9)}}, "did you mean 'n_neighbors'"),
        ({"space": {"n_neighbors": ("int", 9, 2)}}, "must read"),
        ({"space": {"n_neighbors": ("int", 0, 9, True)}}, "must read"),
        ({"space": {"n_neighbors": ("int", 0.5, 9)}}, "must read"),
        ({"space": {"n_neighbors": ("choice", ())}}, "must read"),
        ({"space": {"n_neighbors": 5}}, "must read"),
        ({"space": {"n_neighbors": ("int", True, 9)}}, "must read"),
        ({"space": {"n_neighbors": ("int", 2, 9, "log")}}, "must read"),
        ({"space": {"contamination": ("float", 0.1, float("inf"))}}, "must read"),
        ({"space": {"contamination": ("float", float("nan"), 0.2)}}, "must read"),
        ({"n_trials": 3}, "tune has no parameter 'n_trials': did you mean 'trials'"),
        ({"n_neighbors": 3}, "tune has no parameter 'n_neighbors'"),
        ({"label": np.zeros(200)}, "label holds 200 values"),
        ({"time_limit": True}, "time_limit is True"),
    ],
)
def test_bad_parameters(frame, given, sentence):
    with pytest.raises((ParameterError, DataError), match=sentence):
        tune(frame, **{"detector": "knn", "label": "fraud", **given})


def test_a_table_that_was_read_takes_no_options(frame, here):
    table = pyn.read(frame, label="fraud")
    doubted = replace(table, repairs=(*table.repairs, Repair("label", "The labels are unlikely.", "fraud")))
    found = tune(doubted, "hbos", trials=1, time_limit=float("inf"))
    assert found.value > 0 and "The labels are unlikely." in found.notes and "The labels are unlikely." in repr(found)
    with pytest.raises(ParameterError, match="tune takes one table, and these are 2"):
        tune({"a": frame, "b": frame}, "hbos", label="fraud")
    with pytest.raises(ParameterError, match="too late"):
        tune(pyn.read(frame), "hbos", label="fraud")


def test_a_space_of_ones_own(frame, here):
    assert check_space({"n_neighbors": ("int", 2, 9)}, pyn.detector("knn")) == {"n_neighbors": ("int", 2, 9, False)}
    again = tune(frame, pyn.detect(frame, "knn", label="fraud", method="median"), label="fraud", trials=1)
    assert again.name == "knn" and again.best["method"] == "median" and tune(frame, again, label="fraud", trials=1).best == again.best
    found = tune(frame, pyn.detector("knn", method="mean"), label="fraud", trials=3, space={"n_neighbors": ("int", 2, 9)})
    assert set(found.best) == {"n_neighbors"} and found.detection.model.method == "mean"


def test_optuna_is_asked_for(frame, monkeypatch):
    real = builtins.__import__

    def without(name, *more):
        if name == "optuna":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[tune\]"):
        tune(frame, "knn", label="fraud")
