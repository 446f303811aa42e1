"""Growing and scoring an isolation forest, compiled and interpreted."""

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

from pynomaly.kernels.cpu import iforest as cpu
from pynomaly.kernels.forest import average_path_length

TINY = {"n_estimators": 4, "seed": 5}


def table(n, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def by_hand(forest, X):
    """The scores, by the definition."""
    scores = []
    for x in np.asarray(X, dtype=np.float32):
        lengths = []
        for feature, threshold, length in zip(forest.feature, forest.threshold, forest.length):
            node = 0
            while node < len(feature):
                node = 2 * node + 1 + int(x[feature[node]] > threshold[node])
            lengths.append(length[node - len(feature)])
        scores.append(2.0 ** (-np.mean(lengths) / forest.normaliser))
    return np.array(scores)


def same(one, other):
    return all((np.asarray(a) == np.asarray(b)).all() for a, b in zip(one, other))


@pytest.mark.interpreted
@pytest.mark.parametrize("n", range(2, 11))
def test_a_few_rows(n):
    X = table(n)
    forest = cpu.fit(X, **TINY)
    assert forest.normaliser == average_path_length(n)
    assert cpu.score(forest, X) == pytest.approx(by_hand(forest, X), abs=1e-15)


@pytest.mark.interpreted
def test_every_split_parts_its_rows_and_every_row_is_counted():
    X = table(24)
    forest = cpu.fit(X, sample_size=16, **TINY)
    splits = forest.feature.shape[1]
    node = np.arange(splits)
    left, right = forest.cover[:, 2 * node + 1], forest.cover[:, 2 * node + 2]
    assert (forest.cover[:, 0] == 16).all() and (left + right == forest.cover[:, node]).all()
    real = np.isfinite(forest.threshold)
    assert (left[real] > 0).all() and (right[real] > 0).all() and (right[~real] == 0).all()
    deepest = 2 ** int(np.log2(splits + 1)) - 1
    assert (forest.cover[:, deepest:].sum(axis=1) == 16).all()


@pytest.mark.interpreted
def test_constant_columns_are_never_split():
    X = np.column_stack([np.full(12, 3.0), table(12, 1), np.full(12, -1.0)])
    forest = cpu.fit(X, **TINY)
    assert (forest.feature[np.isfinite(forest.threshold)] == 1).all()


@pytest.mark.interpreted
def test_all_rows_alike_score_one_half():
    X = np.ones((9, 2))
    forest = cpu.fit(X, **TINY)
    assert np.isinf(forest.threshold).all()
    assert cpu.score(forest, X) == pytest.approx(0.5)


@pytest.mark.interpreted
def test_duplicated_rows_score_alike():
    X = np.repeat(table(6), 3, axis=0)
    scores = cpu.score(cpu.fit(X, **TINY), X)
    assert (scores.reshape(6, 3) == scores[::3, None]).all()


@pytest.mark.interpreted
def test_zero_and_minus_zero_are_one_value():
    X = np.array([[0.0], [-0.0], [1.0], [-1.0], [0.0], [-0.0]])
    for seed in range(8):
        forest = cpu.fit(X, n_estimators=4, seed=seed)
        assert cpu.score(forest, np.array([[0.0], [-0.0]])).std() == 0.0
    zero = forest._replace(threshold=np.where(np.isfinite(forest.threshold), np.float32(-0.0), forest.threshold))
    assert cpu.score(zero, X) == pytest.approx(by_hand(zero, X), abs=1e-15)


@pytest.mark.interpreted
def test_values_beyond_float32_keep_their_order():
    X = np.array([[1e300], [1.0], [2.0], [3.0], [-1e300], [1.5]])
    forest = cpu.fit(X, n_estimators=8, seed=0)
    scores = cpu.score(forest, X)
    assert np.isfinite(scores).all() and set(np.argsort(scores)[-2:]) == {0, 4}


@pytest.mark.interpreted
def test_neighbouring_floats_are_parted():
    low = np.float32(1.0)
    X = np.array([[low], [np.nextafter(low, np.float32(2))]], dtype=np.float64)
    for seed in range(5):
        forest = cpu.fit(X, n_estimators=3, seed=seed)
        assert (forest.threshold == low).all()


@pytest.mark.interpreted
def test_a_threshold_never_reaches_the_greatest_value():
    low, high = np.float32(1), np.nextafter(np.float32(1), np.float32(2))
    assert cpu.place(low, high, 1 - 2.0**-53) == low
    assert low <= cpu.place(low, np.float32(3), 0.7) <= 2.4


def test_float32_and_float64_agree(adbench):
    X, _ = adbench("23_mammography")
    X32 = X.astype(np.float32)
    forest = cpu.fit(X, seed=0)
    assert same(cpu.fit(X32, seed=0), forest)
    assert (cpu.score(forest, X32) == cpu.score(forest, X)).all()


def test_threads_change_nothing(monkeypatch):
    X = table(3000, 5)
    one = cpu.fit(X, seed=4)
    assert same(cpu.fit(X, seed=4, n_jobs=4), one)
    scores, steps = cpu.score(one, X), []
    monkeypatch.setattr(cpu, "BLOCK", 100)
    assert (cpu.score(one, X, n_jobs=4, step=steps.append) == scores).all() and sum(steps) == 3000


def test_many_columns():
    X = table(1000, 40)
    forest = cpu.fit(X, n_estimators=10, seed=0)
    assert cpu.score(forest, X) == pytest.approx(by_hand(forest, X), abs=1e-15)


def test_a_row_scores_alone_as_in_a_table():
    X = table(700)
    forest = cpu.fit(X, seed=0)
    alone = np.concatenate([cpu.score(forest, X[i : i + 1]) for i in range(0, 700, 50)])
    assert (alone == cpu.score(forest, X)[::50]).all()


def mean_depth(forest):
    """Mean over trees of the mean number of splits that a row of the sample passes."""
    splits = forest.feature.shape[1]
    share = forest.cover[:, splits:] / forest.cover[:, :1]
    return (share * (forest.length - average_path_length(forest.cover[:, splits:]))).sum(axis=1).mean()


def test_trees_are_distributed_as_scikit_learns(adbench):
    from pynomaly.kernels.forest import from_sklearn

    for name in ("6_cardio", "32_shuttle", "38_thyroid"):
        X, _ = adbench(name)
        ours = [mean_depth(cpu.fit(X, seed=seed)) for seed in range(4)]
        theirs = [mean_depth(from_sklearn(IsolationForest(random_state=seed).fit(X))) for seed in range(4)]
        assert np.mean(ours) == pytest.approx(np.mean(theirs), abs=0.06)


def test_anomalies_are_found_as_well_as_by_scikit_learn(adbench):
    ours, theirs = [], []
    for name in ("6_cardio", "23_mammography", "2_annthyroid", "38_thyroid", "40_vowels", "44_Wilt", "4_breastw", "18_Ionosphere"):
        X, y = adbench(name)
        for seed in range(3):
            ours.append(roc_auc_score(y, cpu.score(cpu.fit(X, seed=seed), X)))
            theirs.append(roc_auc_score(y, -IsolationForest(random_state=seed).fit(X).score_samples(X)))
    assert np.mean(ours) == pytest.approx(np.mean(theirs), abs=0.012)
    assert np.abs(np.reshape(ours, (-1, 3)).mean(1) - np.reshape(theirs, (-1, 3)).mean(1)).max() < 0.06
