"""INNE and CBLOF: the contract, their parameters, PyOD's scores, and what PyOD cannot answer."""

import pickle
import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from pynomaly.detectors.cblof import CBLOF
from pynomaly.detectors.inne import INNE
from pynomaly.detectors.registry import detector
from pynomaly.errors import DataError, NotFittedError, ParameterError
from pynomaly.kernels.clusters import Clusters, part
from pynomaly.kernels.cpu import cblof as cpu


def table(n=300, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


@pytest.mark.filterwarnings("ignore:cblof:UserWarning")
@pytest.mark.parametrize("name", ["inne", "cblof"])
def test_the_contract(name, adbench):
    X, y = adbench("6_cardio")
    model = detector(name, random_state=3).fit(X)
    assert roc_auc_score(y, model.decision_scores_) > 0.7
    np.testing.assert_array_equal(model.decision_function(X[:30]), model.decision_scores_[:30])
    np.testing.assert_array_equal(np.concatenate([model.decision_function(row[None]) for row in X[:30]]), model.decision_scores_[:30])
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).decision_function(X), model.decision_scores_)
    np.testing.assert_array_equal(clone(model).fit(X).decision_scores_, model.decision_scores_)
    np.testing.assert_array_equal(detector(name, random_state=3, n_jobs=2).fit(X).decision_scores_, model.decision_scores_)
    with pytest.raises(NotFittedError):
        clone(model).predict(X)
    pytest.importorskip("torch")
    torch = detector(name, random_state=3, backend="torch", device="cpu").fit(X)
    assert torch.backend_ == "torch"
    np.testing.assert_allclose(torch.decision_scores_, model.decision_scores_, atol=1e-12)
    np.testing.assert_allclose(pickle.loads(pickle.dumps(torch)).decision_function(X[:9]), model.decision_scores_[:9], atol=1e-12)


@pytest.mark.filterwarnings("ignore:cblof:UserWarning")
@pytest.mark.parametrize("name", ["inne", "cblof"])
@pytest.mark.parametrize("n", range(2, 11))
def test_a_few_rows(name, n):
    assert np.isfinite(detector(name, random_state=0, contamination=0.5).fit(table(n)).decision_scores_).all()


@pytest.mark.filterwarnings("ignore:cblof:UserWarning")
@pytest.mark.parametrize("name", ["inne", "cblof"])
@pytest.mark.parametrize("X", [table(50, 1), table(10, 40), np.ones((20, 2)), np.repeat(table(5), 6, axis=0), np.column_stack([table(30), np.ones(30)]), table() * 1e-12, table() * 1e12])
def test_awkward_tables(name, X):
    ours = detector(name, random_state=0).fit(X)
    assert np.isfinite(ours.decision_scores_).all()
    kept = X.copy()
    np.testing.assert_array_equal(ours.decision_function(np.asfortranarray(X)), ours.decision_scores_)
    np.testing.assert_array_equal(X, kept)


def test_inne_says_what_it_drew():
    assert INNE(n_estimators=3).fit(table()).max_samples_ == 8
    assert INNE(n_estimators=3, max_samples=0.1).fit(table()).max_samples_ == 30
    with pytest.warns(UserWarning, match="400, more than the 300 rows"):
        assert INNE(n_estimators=3, max_samples=400).fit(table()).max_samples_ == 300
    with pytest.raises(ParameterError, match="gives each sample 1 of 300 rows"):
        INNE(max_samples=1).fit(table())
    with pytest.raises(ParameterError, match="n_estimators is 0"):
        INNE(n_estimators=0).fit(table())
    assert not INNE().explains and INNE()._prefers_cuda(10**6, 50) and not INNE()._prefers_cuda(1000, 50)


def test_inne_scores_as_pyod():
    from pyod.models.inne import INNE as PyOD

    X, new = table(), table(20, seed=1) * 2
    ours, theirs = INNE(random_state=7, max_samples=16).fit(X), PyOD(random_state=7, max_samples=16).fit(X)
    np.testing.assert_allclose(ours.decision_scores_, theirs.decision_scores_, atol=1e-12)
    np.testing.assert_allclose(ours.decision_function(new), theirs.decision_function(new), atol=1e-12)


@pytest.mark.filterwarnings("ignore:cblof:UserWarning")
@pytest.mark.parametrize("name", ["6_cardio", "38_thyroid", "40_vowels", "4_breastw"])
@pytest.mark.parametrize("options", [{}, {"use_weights": True}, {"n_clusters": 5, "alpha": 0.7, "beta": 3}])
def test_cblof_scores_as_pyod_where_pyod_can(adbench, name, options):
    from pyod.models.cblof import CBLOF as PyOD

    X, _ = adbench(name)
    ours = CBLOF(random_state=1, **options).fit(X)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = PyOD(random_state=1, **options).fit(X)
    except ValueError as error:
        assert "valid cluster separation" in str(error)
        assert ours.clusters_.large.all() and "all are large" in ours.notes_[-1]
    else:
        np.testing.assert_allclose(ours.decision_scores_, theirs.decision_scores_, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(ours.decision_function(X[:50] + 0.1), theirs.decision_function(X[:50] + 0.1), rtol=1e-9, atol=1e-9)


def test_cblof_tells_when_nothing_is_small():
    even = np.vstack([0.3 * table(50, 2, seed) + centre for seed, centre in enumerate((0, 4, 8, 12))])
    with pytest.warns(UserWarning, match="none of its 4 clusters small with alpha=0.9 and beta=5, so all are large"):
        model = CBLOF(n_clusters=4, random_state=0).fit(even)
    assert model.clusters_.large.all() and model.clusters_.sizes.tolist() == [50] * 4 and len(model.notes_) == 1
    with pytest.warns(UserWarning, match="found 2 clusters where n_clusters is 8"):
        twins = CBLOF(random_state=0).fit(np.repeat([[0.0, 0.0], [1.0, 1.0]], [90, 10], axis=0))
    assert twins.clusters_.large.tolist() == [True, False] or twins.clusters_.large.tolist() == [False, True]
    np.testing.assert_allclose(twins.decision_scores_, np.repeat([0.0, np.sqrt(2)], [90, 10]), atol=1e-12)


@pytest.mark.interpreted
def test_the_boundary_is_that_of_the_paper():
    assert part(np.array([50, 45, 5]), 0.9, 5).tolist() == [True, True, False]  # both conditions
    assert part(np.array([60, 31, 5, 4]), 0.9, 7).tolist() == [True, True, False, False]  # the share alone
    assert part(np.array([60, 11, 11, 9, 9]), 0.95, 5).tolist() == [True, False, False, False, False]  # the step alone
    assert part(np.array([91, 5, 4]), 0.9, 100).tolist() == [True, False, False]
    assert part(np.array([20, 20]), 0.9, 5).all() and part(np.array([7]), 0.9, 5).all()


@pytest.mark.interpreted
def test_scores_and_contributions_of_cblof_by_hand():
    X = table(40, 5)
    clusters = Clusters(X[:3].copy(), np.array([True, False, True]), np.array([20.0, 5.0, 15.0]), np.array([20, 5, 15]))
    away = np.linalg.norm(X[:, None] - clusters.centres, axis=2)
    expected = away[:, [0, 2]].min(axis=1) * clusters.weights[away.argmin(axis=1)]
    np.testing.assert_allclose(cpu.score(clusters, X), expected, rtol=1e-12)
    values, base = cpu.contributions(clusters, X)
    assert base == 0.0 and (values >= 0).all()
    np.testing.assert_allclose(values.sum(axis=1), expected, rtol=1e-12)
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import cblof as gpu

    there, steps = gpu.to_device(clusters, "cpu"), []
    np.testing.assert_allclose(gpu.score(there, torch.as_tensor(X), step=steps.append).numpy(), expected, rtol=1e-12)
    np.testing.assert_allclose(gpu.contributions(there, X)[0].numpy(), values, rtol=1e-12)
    assert sum(steps) == 40


@pytest.mark.parametrize(
    ("options", "says"),
    [({"n_clusters": 0}, "n_clusters is 0"), ({"alpha": 1.0}, "alpha is 1.0"), ({"alpha": "most"}, "alpha is 'most'"), ({"beta": 1}, "beta is 1"), ({"beta": np.inf}, "beta is inf")],
)
def test_parameters_of_cblof_are_checked(options, says):
    with pytest.raises(ParameterError, match=says):
        CBLOF(**options).fit(table())


def test_values_too_large_are_refused():
    X = table()
    X[3, 1] = 1e200
    for name in ("inne", "cblof"):
        with pytest.raises(DataError, match="too large"):
            detector(name).fit(X)
