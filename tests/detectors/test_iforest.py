"""The isolation forest detector: the contract, its parameters, its contributions."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from pynomaly.detectors.iforest import IForest, count_of
from pynomaly.errors import ColumnError, NotFittedError, ParameterError


def table(n=300, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def test_finds_what_is_there(adbench):
    X, y = adbench("6_cardio")
    model = IForest(random_state=0).fit(X)
    assert roc_auc_score(y, model.decision_scores_) > 0.9
    assert model.max_samples_ == 256 and model.max_features_ == X.shape[1]
    assert (model.decision_function(X) == model.decision_scores_).all()
    assert ((model.decision_scores_ > 0) & (model.decision_scores_ <= 1)).all()


def test_training_flags_the_share_asked_for():
    model = IForest(random_state=0, contamination=0.05).fit(table())
    assert model.labels_.sum() == 15 and (model.predict(table()) == model.labels_).all()


def test_the_seed_decides_and_nothing_else():
    X = table()
    one = IForest(random_state=3).fit(X).decision_scores_
    assert (IForest(random_state=3, n_jobs=-1).fit(X).decision_scores_ == one).all()
    assert (IForest(random_state=4).fit(X).decision_scores_ != one).any()
    assert (IForest().fit(X).decision_scores_ != IForest().fit(X).decision_scores_).any()
    assert (IForest(random_state=np.random.RandomState(1)).fit(X).decision_scores_ == IForest(random_state=np.random.RandomState(1)).fit(X).decision_scores_).all()


def test_torch_gives_the_same():
    pytest.importorskip("torch")
    X = table()
    numba, torch = (IForest(random_state=0, backend=backend, device="cpu").fit(X) for backend in ("numba", "torch"))
    assert torch.backend_ == "torch"
    assert np.abs(numba.decision_scores_ - torch.decision_scores_).max() < 1e-14
    ours, theirs = numba.contributions(X[:9]), torch.contributions(X[:9])
    assert np.abs(ours.values - theirs.values).max() < 1e-12 and ours.base == pytest.approx(theirs.base)
    again = pickle.loads(pickle.dumps(torch))
    assert np.abs(again.decision_function(X) - torch.decision_scores_).max() < 1e-15


def test_contributions_add_up_and_point_at_the_column():
    X = table()
    X[5, 1] = 9.0
    model = IForest(random_state=0).fit(X)
    why = model.contributions(X)
    assert model.explains and why.unit == "log2 score" and why.rule.startswith("log2(score)")
    assert why.base + why.values.sum(axis=1) == pytest.approx(np.log2(model.decision_scores_), abs=1e-12)
    assert why.values[5].argmax() == 1 and why.values[5, 1] > 0


@pytest.mark.parametrize("n", range(2, 11))
def test_a_few_rows(n):
    model = IForest(n_estimators=5, random_state=0, contamination=0.5).fit(table(n))
    assert model.max_samples_ == n and np.isfinite(model.decision_scores_).all()


def test_one_row_scores_as_in_the_table():
    X = table()
    model = IForest(random_state=0).fit(X)
    assert model.decision_function(X[7:8])[0] == model.decision_scores_[7]


def test_constant_data_are_all_alike():
    assert IForest(n_estimators=3).fit(np.ones((5, 2))).decision_scores_ == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("parameters", "rows", "columns"),
    [({}, 256, 3), ({"max_samples": 0.5}, 150, 3), ({"max_samples": 10}, 10, 3), ({"max_features": 0.5}, 256, 1), ({"max_features": 2, "bootstrap": True}, 256, 2)],
)
def test_sizes(parameters, rows, columns):
    model = IForest(n_estimators=4, random_state=0, **parameters).fit(table())
    assert (model.max_samples_, model.max_features_) == (rows, columns)
    assert model.forest_.cover[:, 0].tolist() == [rows] * 4


def test_more_samples_than_rows_is_told():
    with pytest.warns(UserWarning, match="256, more than the 20 rows"):
        assert IForest(n_estimators=2, max_samples=256).fit(table(20)).max_samples_ == 20


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"n_estimators": 0}, "n_estimators is 0"),
        ({"n_estimators": 2.5}, "n_estimators is 2.5"),
        ({"max_samples": "all"}, "max_samples is 'all'"),
        ({"max_samples": 1}, "max_samples is 1"),
        ({"max_samples": 0.001}, "gives each tree 1 of 300 rows"),
        ({"max_samples": 1.5}, "max_samples is 1.5"),
        ({"max_samples": -3}, "max_samples is -3"),
        ({"max_features": 0}, "max_features is 0"),
        ({"max_features": 4}, "max_features is 4, more than the 3 columns"),
        ({"max_features": "log2"}, "max_features is 'log2'"),
        ({"random_state": "x"}, "random_state is 'x'"),
        ({"n_jobs": 0}, "n_jobs is 0"),
    ],
)
def test_bad_parameters_are_named(parameters, says):
    with pytest.raises(ParameterError, match=says.replace("(", r"\(")):
        IForest(**parameters).fit(table())


def test_the_contract():
    model = IForest(n_estimators=7, random_state=1)
    assert clone(model).get_params() == model.get_params()
    with pytest.raises(NotFittedError):
        model.decision_function(table())
    model.fit(table())
    with pytest.raises(ColumnError, match="3 columns and got 2"):
        model.decision_function(table(4, 2))
    assert (pickle.loads(pickle.dumps(model)).decision_function(table()) == model.decision_scores_).all()


def test_count_of():
    assert [count_of("x", value, 10) for value in (1, 7, 0.05, 0.55, 1.0)] == [1, 7, 1, 5, 10]
    with pytest.raises(ParameterError):
        count_of("x", True, 10)
