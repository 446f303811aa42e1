"""What every detector in the registry promises, as checks, and the tables that are hard on detectors.

A check takes a `Subject` and raises AssertionError when the promise is broken. A table must be answered with finite scores, or refused with one
sentence of Pynomaly's own. tests/detectors/test_contract.py holds every detector to them, tools/conformance.py writes down what came out.
"""

import importlib.util
import pickle
import random
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from sklearn.base import clone

from pynomaly.detectors.card import Card
from pynomaly.detectors.registry import card, detector
from pynomaly.errors import ColumnError, NotFittedError, PynomalyError

ROWS = 40
FEW = {"epochs": 1, "epoch_num": 1, "n_epochs": 1, "max_epochs": 1, "stop_epochs": 1, "epochs_query": 1, "n_estimators": 10, "n_ensemble": 3, "n_iter": 5, "k": 2}
QUICK = {"dif": {"n_ensemble": 2, "n_estimators": 2}, "rgraph": {"n_nonzero": 3, "transition_steps": 2, "support_size": 10, "maxiter": 5}, "kpca": {"n_components": 5}, "suod": {"n_jobs": 1, "approx_flag_global": False}, "lunar": {"n_epochs": 1}}
KEPT = {"k": ("mo_gaal",)}  # names of FEW that mean something else elsewhere


def states() -> tuple:
    """The global random states, comparable."""
    torch = importlib.import_module("torch") if importlib.util.find_spec("torch") else None
    return (np.random.get_state()[1].tobytes(), random.getstate(), torch.get_rng_state().numpy().tobytes() if torch else b"")


@dataclass(frozen=True)
class Subject:
    """A detector under examination: its card, and how it is built quickly and with a seed."""

    card: Card

    @classmethod
    def of(cls, name: str) -> "Subject":
        """The subject of a name in the registry."""
        return cls(card(name))

    @cached_property
    def settings(self) -> dict:
        """Parameters that make it quick: few epochs, few trees."""
        given = QUICK.get(self.card.name, {})
        known = detector(self.card.name, **given).get_params(deep=False)
        few = {key: value for key, value in FEW.items() if isinstance(known.get(key), int) and self.card.name in KEPT.get(key, (self.card.name,))}
        return {**few, **given, **({"random_state": 0} if "random_state" in known else {})}

    def build(self, **more):
        """A new one, unfitted."""
        return detector(self.card.name, **{**self.settings, **more})

    def shaped(self, X: np.ndarray) -> np.ndarray:
        """The columns it can take: mad looks at one."""
        return np.ascontiguousarray(X[:, :1]) if "One column only." in self.card.notes else X

    def labels(self, n: int):
        """Labels where they are needed: every fifth row."""
        return (np.arange(n) % 5 == 0).astype(int) if self.card.supervised else None

    @cached_property
    def table(self) -> np.ndarray:
        """40 ordinary rows of four columns, two of them far out; every value is a float32 as well."""
        X = np.random.default_rng(0).normal(size=(ROWS, 4)) * [1.0, 2.0, 5.0, 0.5]
        X[:2] += 8.0
        return self.shaped(X.astype(np.float32).astype(np.float64))

    def fit(self, X, **more):
        """A new one, fitted."""
        return self.build(**more).fit(X, self.labels(len(X)))

    @property
    def probe(self) -> np.ndarray:
        """Five of its rows, to be scored as new; two where that is done row by row, and slow."""
        return self.table[: 5 if self.card.new_rows == "own" else 2]

    @cached_property
    def fitted(self):
        """One fitted to the ordinary table."""
        return self.fit(self.table)

    def close(self, a: np.ndarray, b: np.ndarray) -> bool:
        """Equal but for rounding, seen against the spread of the scores; networks count in float32."""
        rounding = 1e-5 if "torch" in self.card.needs else 1e-9
        return bool(np.allclose(a, b, rtol=rounding, atol=rounding * max(float(np.ptp(self.fitted.decision_scores_)), 1e-12)))


# Promises ---------------------------------------------------------------------------------------------------------------


def contract(subject: Subject) -> None:
    """Scores, labels, threshold, predict, predict_proba, fit_predict; the data and the global random state stay as they were."""
    X, before = subject.table.copy(), states()
    model = subject.build()
    try:
        model.decision_function(X)
    except NotFittedError:
        pass
    else:
        raise AssertionError("scores before fit")
    assert model.fit(X, subject.labels(len(X))) is model
    scores = model.decision_scores_
    assert scores.shape == (ROWS,) and scores.dtype == np.float64 and np.isfinite(scores).all() and np.ptp(scores) > 0
    assert model.labels_.shape == (ROWS,) and (model.labels_ == (scores > model.threshold_)).all() and model.labels_.sum() <= ROWS / 2
    assert model.n_features_in_ == X.shape[1]
    assert (subject.build().fit_predict(X, subject.labels(ROWS)) == model.labels_).all()
    if subject.card.scores_new_rows:
        new = subject.probe.copy()
        scored = model.decision_function(new)
        assert scored.shape == (len(new),) and scored.dtype == np.float64 and np.isfinite(scored).all()
        assert (model.predict(new) == (scored > model.threshold_)).all()
        for method in ("linear", "unify"):
            both = model.predict_proba(new, method=method)
            assert both.shape == (len(new), 2) and both.min() >= 0 and np.allclose(both.sum(axis=1), 1)
        assert np.isfinite(model.predict_confidence(new)).all() and (new == subject.probe).all()
        if model.explains:
            gave = model.contributions(new)
            total = gave.base + gave.values.sum(axis=1)
            assert gave.rule != "score = base + sum of contributions" or subject.close(total, scored)
            assert gave.values.shape == new.shape and (np.argsort(total) == np.argsort(scored)).all()
    else:
        refused(lambda: model.decision_function(X), "cannot score new rows")
    assert (X == subject.table).all() and states() == before


def parameters(subject: Subject) -> None:
    """clone, get_params and set_params; fit changes no parameter; an unknown one is answered."""
    model = subject.build()
    given = repr(model.get_params())
    assert repr(clone(model).get_params()) == given and repr(model.set_params(**model.get_params(deep=False)).get_params()) == given
    assert repr(subject.fitted.get_params()) == given
    assert model.set_params(contamination=0.2).contamination == 0.2
    refused(lambda: model.set_params(no_such_parameter=1), "no_such_parameter")
    refused(lambda: subject.build(contamination=0.9), "contamination")


def layouts(subject: Subject) -> None:
    """float32, column-major and read-only arrays and lists give the scores of the same numbers in a plain array."""
    X, model = subject.table, subject.fitted
    locked = np.asfortranarray(X)
    locked.flags.writeable = False
    for other in (locked, X.astype(np.float32)):
        assert np.array_equal(subject.fit(other).decision_scores_, model.decision_scores_)
    if subject.card.scores_new_rows:
        wanted = model.decision_function(subject.probe)
        n = len(wanted)
        for other in (locked[:n], X.astype(np.float32)[:n], X[:n].tolist(), np.repeat(X, 2, axis=0)[: 2 * n : 2]):
            assert np.array_equal(model.decision_function(other), wanted)


def finite(subject: Subject) -> None:
    """NaN and infinities are refused by the name of their column, in training and after."""
    frame = pd.DataFrame(subject.table, columns=[f"col {i}" for i in range(subject.table.shape[1])])
    for value in (np.nan, np.inf, -np.inf):
        bad = frame.copy()
        bad.iloc[3, -1] = value
        refused(lambda bad=bad: subject.build().fit(bad, subject.labels(ROWS)), bad.columns[-1], ColumnError)
        refused(lambda bad=bad: subject.fitted.decision_function(bad), bad.columns[-1], ColumnError)


def columns(subject: Subject) -> None:
    """A wrong number of columns, no rows and one dimension are refused."""
    X, model = subject.table, subject.fitted
    for wrong in (np.hstack([X, X]), X[:, :-1], X[:0], X[0]):
        refused(lambda wrong=wrong: model.decision_function(wrong))


def seed(subject: Subject) -> None:
    """The same seed gives the same scores, to the bit."""
    again = subject.fit(subject.table)
    assert np.array_equal(again.decision_scores_, subject.fitted.decision_scores_)
    if subject.card.scores_new_rows:
        for _ in range(2):
            assert np.array_equal(again.decision_function(subject.probe), subject.fitted.decision_function(subject.probe))


def alone(subject: Subject) -> None:
    """A row's score does not depend on the rows scored with it."""
    if subject.card.scores_new_rows:
        X, model = subject.probe * 1.01, subject.fitted
        together = model.decision_function(X)
        assert subject.close(together, np.concatenate([model.decision_function(X[i : i + 1]) for i in range(len(X))]))
        assert subject.close(together, model.decision_function(np.vstack([X, subject.table[-len(X) :] * 50]))[: len(X)])
        assert subject.close(together[::-1], model.decision_function(X[::-1]))


def threads(subject: Subject) -> None:
    """The number of threads does not change scores: not by a bit in our own detectors, by rounding at most in others."""
    if "n_jobs" in subject.build().get_params(deep=False):
        same = subject.close if subject.card.wraps else np.array_equal
        one, two = (subject.fit(subject.table, n_jobs=jobs) for jobs in (1, 2))
        assert same(one.decision_scores_, two.decision_scores_)
        if subject.card.scores_new_rows:
            assert same(one.decision_function(subject.probe), two.decision_function(subject.probe))


def pickles(subject: Subject) -> None:
    """A fitted detector survives pickling."""
    thawed = pickle.loads(pickle.dumps(subject.fitted))
    assert np.array_equal(thawed.decision_scores_, subject.fitted.decision_scores_)
    if subject.card.scores_new_rows:
        assert np.array_equal(thawed.decision_function(subject.probe), subject.fitted.decision_function(subject.probe))


PROMISES: dict[str, Callable[[Subject], None]] = {
    check.__name__: check for check in (contract, parameters, layouts, finite, columns, seed, alone, threads, pickles)
}


# Hard tables --------------------------------------------------------------------------------------------------------------


def _hard() -> dict[str, tuple[str, np.ndarray]]:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(ROWS, 3))
    sizes = {f"{n} rows": ("so few rows, three columns", X[:n]) for n in range(2, 11)}
    return {
        "one column": ("a single column", X[:, :1]),
        "wide": ("8 rows, 12 columns", rng.normal(size=(8, 12))),
        "constant column": ("one of three columns is constant", X * [1.0, 0.0, 1.0] + [0.0, 3.0, 0.0]),
        "constant": ("every row is the same", np.ones((ROWS, 3))),
        "duplicates": ("10 rows, four times each", np.repeat(X[:10], 4, axis=0)),
        "ties": ("whole numbers from 0 to 3", rng.integers(0, 4, size=(ROWS, 3)).astype(float)),
        "rank": ("the third column is the sum of the others", np.column_stack([X[:, :2], X[:, 0] + X[:, 1]])),
        "huge": ("columns around 1e100", X * 1e100),
        "tiny": ("columns around 1e-100", X * 1e-100),
        "scales": ("columns around 1e-6, 1 and 1e6", X * [1e-6, 1.0, 1e6]),
        **sizes,
    }


HARD = _hard()


def withstands(subject: Subject, name: str) -> str:
    """Put a hard table to a detector.

    Returns
    -------
    str
        Empty when it gives finite scores, else the sentence with which it refuses.

    Raises
    ------
    AssertionError
        Another library's error, a score that is not finite, a message that is no sentence, or a flood of warnings.
    """
    X = subject.shaped(HARD[name][1])
    kept = X.copy()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            model = subject.fit(X)
            scores = [model.decision_scores_]
            if subject.card.scores_new_rows:
                scores += [model.decision_function(X[:2]), model.predict_proba(X[:1])[:, 1]]
            refusal = ""
        except PynomalyError as error:
            refusal, scores = str(error), []
    assert all(np.isfinite(one).all() for one in scores), "scores that are not finite"
    assert not refusal or is_sentence(refusal), f"no sentence: {refusal!r}"
    assert len(told) <= 3, f"{len(told)} warnings, among them {told[0].category.__name__}: {told[0].message}"
    assert (X == kept).all(), "the data were changed"
    return refusal


def is_sentence(text: str) -> bool:
    """One line of words, not too long."""
    return "\n" not in text and 20 < len(text) < 600 and bool(re.match(r"\S", text))


def refused(act: Callable, words: str = "", kind: type = PynomalyError) -> None:
    """Assert that `act` is refused with a sentence that says `words`."""
    try:
        act()
    except kind as error:
        assert is_sentence(str(error)) and words in str(error), f"said {error}"
    else:
        raise AssertionError(f"not refused ({words})")
