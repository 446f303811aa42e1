"""Detectors that learn in batches: equal to one fit on all rows, whatever the parts and their order."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pynomaly.detectors import batched
from pynomaly.detectors.batched import BatchedDetector, Kept, MergingDetector
from pynomaly.detectors.ecod import ECOD
from pynomaly.detectors.gmm import GMM
from pynomaly.detectors.hbos import HBOS
from pynomaly.detectors.pca import PCA
from pynomaly.errors import ColumnError, ParameterError
from pynomaly.kernels.axes import moments
from pynomaly.kernels.cpu import ecod, ecod_keys, hbos, hbos_batches
from pynomaly.kernels.sums import added, sums_of

MERGING = [ECOD, GMM, PCA]


def rows_of(n: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)) @ rng.normal(size=(3, 3)) + 5.0


def cuts(draw_from: list[int], n: int) -> list[int]:
    return sorted({min(max(cut, 1), n - 1) for cut in draw_from})


@pytest.mark.parametrize("cls", MERGING)
@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 99),
    n=st.integers(8, 80),
    places=st.lists(st.integers(1, 79), max_size=5),
    order=st.randoms(use_true_random=False),
    apart=st.booleans(),
)
def test_parts_in_any_order_make_the_whole(cls, seed, n, places, order, apart):
    X = rows_of(n, seed)
    parts = np.split(X, cuts(places, n))
    order.shuffle(parts)
    if apart:
        model, *others = [cls().partial_fit(part) for part in parts]
        for other in others:
            model.merge(other)
    else:
        model = cls()
        for part in parts:
            model.partial_fit(part)
    whole = cls().fit(X)
    new = rows_of(20, seed + 1000)
    assert model.n_samples_seen_ == n
    for asked in (X, new):
        np.testing.assert_allclose(model.decision_function(asked), whole.decision_function(asked), rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(np.sort(model.decision_scores_), np.sort(whole.decision_scores_), rtol=1e-7, atol=1e-7)
    assert np.isclose(model.threshold_, whole.threshold_, rtol=1e-6)
    found, expected = model.contributions(new), whole.contributions(new)
    np.testing.assert_allclose(found.base + found.values.sum(axis=1), model.decision_function(new), rtol=1e-7)
    np.testing.assert_allclose(found.values, expected.values, rtol=1e-5, atol=1e-6)


@settings(max_examples=50, deadline=None)
@given(offset=st.sampled_from([0.0, 1e3, 1e6, -1e9]), places=st.lists(st.integers(1, 49), max_size=4), seed=st.integers(0, 99))
@pytest.mark.interpreted
def test_sums_add_up(offset, places, seed):
    X = rows_of(50, seed) + offset
    parts = [sums_of(part) for part in np.split(X, cuts(places, 50))]
    total = parts[0]
    for part in parts[1:]:
        total = added(part, total)
    mean, covariance = moments(X)
    assert total.n == 50
    np.testing.assert_allclose(total.mean, mean, rtol=1e-13)
    np.testing.assert_allclose(total.products / 50, covariance, rtol=1e-6, atol=1e-9 * max(1.0, abs(offset) / 1e6))


@settings(max_examples=30, deadline=None)
@given(
    values=st.lists(st.floats(-1e300, 1e300) | st.integers(-3, 3).map(float), min_size=4, max_size=40),
    place=st.integers(1, 39),
)
@pytest.mark.interpreted
def test_boxes_add_up_and_never_put_a_value_further_out(values, place):
    X = np.array(values).reshape(-1, 1)
    place = min(place, len(X) - 1)
    counts = ecod_keys.tally(X[place:]) + ecod_keys.tally(X[:place])
    assert np.array_equal(counts, ecod_keys.tally(X)) and counts.sum() == len(X)
    state = ecod_keys.settle(counts)
    exact, ours = ecod.fit(X)[1], ecod_keys.score(state, X)
    assert np.all(ours <= exact + 1e-12)
    assert np.mean(exact - ours) <= state.error.sum() + 1e-12
    if len({float(np.float32(x)) for x in values if abs(x) < 1e38}) == len(set(values)) and np.abs(X).max() < 10:  # whole numbers have boxes of their own
        if all(float(x).is_integer() for x in values):
            np.testing.assert_allclose(ours, exact, rtol=1e-12)


@pytest.mark.interpreted
def test_boxes_keep_the_order_of_numbers():
    X = np.array([[-1e300], [-5.0], [-1e-3], [-0.0], [0.0], [1e-40], [1e-3], [5.0], [1e300]])
    at = [int(ecod_keys.tally(x.reshape(1, 1)).argmax()) for x in X]
    assert at == sorted(at) and at[3] == at[4] and len(set(at)) == 8
    assert [ecod_keys.bits_for(d) for d in (1, 64, 128, 10**6)] == [18, 18, 17, 12]


@pytest.mark.interpreted
@pytest.mark.parametrize("n_bins", [2, 10, 300])
def test_histograms_in_two_walks_are_those_of_one(n_bins):
    X = np.round(rows_of(60), 1)
    state, scores = hbos.fit(X, n_bins=n_bins)
    parted = hbos_batches.fit_batches(lambda: np.array_split(X, 7), X, n_bins=n_bins)
    assert all(np.array_equal(a, b) for a, b in zip(state, parted, strict=True))
    assert np.array_equal(hbos.score(parted, X), scores)


@pytest.mark.parametrize("make", [ECOD, HBOS, PCA, lambda: HBOS(n_bins="auto")])
def test_fit_in_batches_is_the_fit(make):
    X = rows_of(3000)
    model, whole = make().fit_batches(lambda: np.array_split(X, 9), X), make().fit(X)
    new = rows_of(50, seed=7)
    if isinstance(model, ECOD):
        gap = np.abs(model.decision_function(new) - whole.decision_function(new)).mean()
        assert gap < 0.05 and model.term_error_.shape == (3,)
        assert np.corrcoef(model.decision_scores_, whole.decision_scores_)[0, 1] > 0.999
    else:
        np.testing.assert_allclose(model.decision_function(new), whole.decision_function(new), rtol=1e-9)
        np.testing.assert_allclose(model.decision_scores_, whole.decision_scores_, rtol=1e-9)
    found = model.contributions(new)
    np.testing.assert_allclose(found.base + found.values.sum(axis=1), model.decision_function(new), rtol=1e-9)
    assert np.array_equal(pickle.loads(pickle.dumps(model)).decision_function(new), model.decision_function(new))
    again = model.fit(X)  # nothing of the batches is left
    assert np.array_equal(again.decision_scores_, whole.decision_scores_) and not hasattr(again, "term_error_")


def test_a_sample_of_rows_is_kept_and_can_be_joined(monkeypatch):
    monkeypatch.setattr(batched, "KEPT", 50)
    X = np.arange(4000.0).reshape(-1, 1)
    parts = [Kept.of(part) for part in np.array_split(X, 8)]
    one, other = parts[0], parts[-1]
    for part in parts[1:]:
        one = one.with_more(part)
    for part in parts[-2::-1]:
        other = other.with_more(part)
    assert len(one.rows) == 50 and set(one.rows[:, 0]) == set(other.rows[:, 0])
    assert np.all(np.diff(one.rows[:, 0]) > 0) and 1000 < one.rows.mean() < 3000
    model = PCA().partial_fit(rows_of(80))
    assert len(model.decision_scores_) == 50 and model.n_samples_seen_ == 80


def test_what_cannot_be_continued_or_merged():
    X = rows_of(30)
    with pytest.raises(ParameterError, match="begin with partial_fit"):
        PCA().fit(X).partial_fit(X)
    with pytest.raises(ParameterError, match="of the same parameters"):
        PCA().partial_fit(X).merge(PCA(weighted=False).partial_fit(X))
    with pytest.raises(ParameterError, match="of the same parameters"):
        PCA().partial_fit(X).merge(ECOD().partial_fit(X))
    with pytest.raises(ParameterError, match="after partial_fit"):
        ECOD().partial_fit(X).merge(ECOD().fit(X))
    with pytest.raises(ColumnError, match="3 columns and got 2"):
        ECOD().partial_fit(X).partial_fit(X[:, :2])
    with pytest.raises(ColumnError, match="3 columns and got 2"):
        ECOD().partial_fit(X).merge(ECOD().partial_fit(X[:, :2]))
    frame = pd.DataFrame(X, columns=list("abc"))
    with pytest.raises(ColumnError, match="another order"):
        PCA().partial_fit(frame).partial_fit(frame[["b", "a", "c"]])
    for call in (lambda m: m.partial_fit(X), lambda m: m.fit_batches(lambda: [X], X)):
        with pytest.raises(ParameterError, match="computes with numba"):
            call(PCA(backend="torch"))


def test_a_subclass_must_say_what_it_keeps():
    class Bare(MergingDetector):
        kernel = "pca"

        def __init__(self, contamination=0.1, backend="auto"):
            super().__init__(contamination=contamination)
            self.backend = backend

    for call in (
        lambda m: m._summary(rows_of(3)),
        lambda m: m._joined(1, 2),
        lambda m: m._from_summary(1, rows_of(3)),
        lambda m: BatchedDetector._fit_batches(m, list, rows_of(3)),
    ):
        with pytest.raises(TypeError, match="Bare must define"):
            call(Bare())


def test_a_mixture_of_several_cannot_learn_in_batches():
    assert GMM().in_batches and not GMM(n_components=2).in_batches
    with pytest.raises(ParameterError, match="GMM has 2 components, and partial_fit needs the sums of one"):
        GMM(n_components=2).partial_fit(rows_of(20))
