"""The contract, on a small detector."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.utils._tags import get_tags

from pynomaly.detectors import backends, probability
from pynomaly.detectors.base import Contributions, Detector
from pynomaly.errors import ColumnError, DataError, MissingExtraError, NotFittedError, ParameterError


class Far(Detector):
    """Distance from the mean; also says which kind of matrix it was given."""

    def __init__(self, power=2.0, contamination=0.1, random_state=None, backend="auto", device="auto", n_jobs=1):
        super().__init__(contamination=contamination)
        self.power, self.random_state, self.backend, self.device, self.n_jobs = power, random_state, backend, device, n_jobs

    def _fit(self, X):
        self.kind_ = type(X).__module__.partition(".")[0]
        self.centre_ = X.mean(0)
        return self._score(X)

    def _score(self, X):
        return self._contributions(X)[0].sum(1)

    def _contributions(self, X):
        return abs(X - self.centre_) ** self.power, 0.0


class Bad(Detector):
    def __init__(self, gives=None, contamination=0.1):
        super().__init__(contamination=contamination)
        self.gives = gives

    def _fit(self, X):
        return self.gives(X)

    def _score(self, X):
        return self.gives(X)


@pytest.fixture
def table():
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(100, 3)), columns=["age", "amount", "count"])
    frame.loc[4, "amount"] = 20.0
    return frame


def test_fit_sets_the_contract(table):
    far = Far(contamination=0.05)
    kept = table.copy()
    assert far.fit(table) is far
    assert far.decision_scores_.shape == (100,) and far.decision_scores_.argmax() == 4
    assert far.threshold_ == pytest.approx(np.percentile(far.decision_scores_, 95))
    assert set(far.labels_) == {0, 1} and far.labels_.sum() == 5 and far.labels_.dtype.kind == "i"
    assert far.n_features_in_ == 3 and list(far.feature_names_in_) == ["age", "amount", "count"]
    np.testing.assert_array_equal(far.predict(table), far.labels_)
    np.testing.assert_array_equal(Far(contamination=0.05).fit_predict(table), far.labels_)
    pd.testing.assert_frame_equal(table, kept)
    far.fit(table.to_numpy())
    assert not hasattr(far, "feature_names_in_")


def test_frames_of_any_kind_score_alike(table):
    far = Far().fit(table)
    for other in (pl.DataFrame(table), table.to_numpy(), table.to_numpy().tolist(), np.asfortranarray(table.to_numpy())):
        np.testing.assert_allclose(far.decision_function(other), far.decision_scores_)


def test_sklearn_takes_it(table):
    far = Far(power=3.0, contamination=0.2)
    assert clone(far).get_params() == far.get_params()
    assert far.set_params(power=1.0) is far and far.power == 1.0
    assert get_tags(far).estimator_type == "outlier_detector"
    fitted = far.fit(table)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.decision_function(table), fitted.decision_scores_)
    assert "power=1.0" in repr(far)
    with pytest.raises(ParameterError, match="no parameter 'powr': did you mean 'power'"):
        far.set_params(powr=3)


def test_probabilities_rise_with_the_score(table):
    far = Far().fit(table)
    for method in ("linear", "unify"):
        both, sure = far.predict_proba(table, method=method, return_confidence=True)
        assert both.shape == (100, 2) and both.min() >= 0 and both.max() <= 1 and sure.shape == (100,)
        np.testing.assert_allclose(both.sum(1), 1)
        assert (np.diff(both[np.argsort(far.decision_scores_), 1]) >= 0).all()
    with pytest.raises(ParameterError, match="method is 'liner'"):
        far.predict_proba(table, method="liner")
    assert far.predict_proba(table.to_numpy().tolist()).shape == (100, 2)


def test_probabilities_and_confidence_equal_pyods(table):
    from pyod.models.gmm import GMM

    X, new = table.to_numpy(), table.to_numpy()[:20] * 1.1
    theirs = GMM().fit(X)
    scores = theirs.decision_function(new)
    for method in ("linear", "unify"):
        np.testing.assert_allclose(probability.rescale(scores, theirs.decision_scores_, method), theirs.predict_proba(new, method=method)[:, 1])
    np.testing.assert_allclose(probability.confidence(scores, theirs.predict(new), theirs.decision_scores_, 0.1), theirs.predict_confidence(new))


def test_equal_scores_are_never_divided_by_their_spread():
    far = Far().fit(np.ones((5, 2)))
    for method in ("linear", "unify"):
        np.testing.assert_array_equal(far.predict_proba([[1.0, 1.0], [9.0, 1.0]], method=method)[:, 1], [0, 1])
    assert far.labels_.sum() == 0


def test_confidence_and_rejection(table):
    far = Far().fit(table)
    labels, sure = far.predict(table, return_confidence=True)
    np.testing.assert_array_equal(labels, far.labels_)
    np.testing.assert_array_equal(sure, far.predict_confidence(table))
    assert sure[4] > 0.99
    with pytest.warns(UserWarning, match="cost of rejection"):
        assert set(far.predict_with_rejection(table, T=5)) <= {-2, 0, 1}


def test_contributions(table):
    far = Far().fit(table)
    gave = far.contributions(table.iloc[:3])
    assert isinstance(gave, Contributions) and far.explains and gave.unit == "score"
    np.testing.assert_allclose(gave.base + gave.values.sum(1), far.decision_scores_[:3])
    none = Bad(lambda X: X.sum(1)).fit(table)
    assert not none.explains
    with pytest.raises(ParameterError, match=r"pynomaly\.explain"):
        none.contributions(table)


def test_new_rows_are_checked(table):
    far = Far().fit(table)
    with pytest.raises(ColumnError, match="another order"):
        far.decision_function(table[["amount", "age", "count"]])
    with pytest.raises(ColumnError, match="fitted on 3 columns and got 2"):
        far.decision_function(np.ones((4, 2)))
    with pytest.raises(ColumnError, match="'count'.*missing"):
        far.decision_function(table[["age", "amount"]])
    with pytest.raises(ColumnError, match="missing value in row 0"):
        far.decision_function(np.array([[np.nan, 1, 2]]))
    with pytest.raises(DataError, match="no rows"):
        far.decision_function(np.empty((0, 3)))
    with pytest.raises(NotFittedError, match=r"call fit\(X\)"):
        Far().decision_function(table)
    with pytest.raises(NotFittedError):
        Far().contributions(table)
    frozen = table.to_numpy().copy()
    frozen.flags.writeable = False
    np.testing.assert_allclose(far.decision_function(frozen), far.decision_scores_)


def test_training_is_checked(table):
    with pytest.raises(DataError, match="1 row, and needs at least 2"):
        Far().fit(table.iloc[:1])
    with pytest.raises(ParameterError, match="contamination"):
        Far(contamination="lots")
    with pytest.raises(ParameterError, match="contamination"):
        Far().set_params(contamination=0.9).fit(table)
    assert Far().fit(table.iloc[:2]).decision_scores_.shape == (2,)


@pytest.mark.parametrize(
    ("gives", "words"),
    [(lambda X: np.full(len(X), np.nan), "Bad returned NaN for 100 of 100 rows"), (lambda X: X[:3, 0], "returned 3 scores for 100 rows"), (lambda X: -1 / (X[:, 0] * 0), "infinity for 100 of 100 rows")],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_what_a_detector_returns_is_checked(table, gives, words):
    with pytest.raises(DataError, match=words):
        Bad(gives).fit(table)
    model = Bad(lambda X: X[:, :1]).fit(table)
    assert model.decision_scores_.shape == (100,)  # a column is taken as scores
    with pytest.raises(TypeError, match="must define _fit"):
        Detector._fit(model, table)
    with pytest.raises(TypeError, match="must define _score"):
        Detector._score(model, table)


def test_a_thresholder_decides(table):
    class Over:
        """A thresholder as pythresh has them."""

        def fit(self, scores):
            self.thresh_, self.labels_ = 10.0, (scores > 10.0).astype(int)

        def predict(self, scores):
            return scores > 10.0

    far = Far(contamination=Over()).fit(table)
    assert far.threshold_ == 10.0
    np.testing.assert_array_equal(far.predict(table), far.labels_)
    assert far.predict_confidence(table).shape == (100,)


def test_backend_and_device(table, monkeypatch):
    far = Far().fit(table)
    assert (far.backend_, far.device_, far.kind_) == ("numba", "cpu", "numpy")
    assert far._jobs() == 1 and Far(random_state=7)._seed() == 7
    with pytest.raises(ParameterError, match="did you mean 'numba'"):
        Far(backend="nubma").fit(table)
    with pytest.raises(ParameterError, match="device is 'gpu'"):
        Far(device="gpu").fit(table)
    with pytest.raises(ParameterError, match="runs on the CPU only"):
        Far(backend="numba", device="cuda").fit(table)
    monkeypatch.setattr(backends, "has_cuda", lambda: False)
    with pytest.raises(ParameterError, match="no CUDA card"):
        Far(device="cuda").fit(table)
    monkeypatch.setattr(backends.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[torch\]"):
        Far(backend="torch").fit(table)


def test_the_kernel_follows_the_backend():
    far = Far()
    far.backend_ = "numba"
    with pytest.raises(ModuleNotFoundError, match=r"pynomaly\.kernels\.cpu\.none_such"):
        far._kernel("none_such")
    far.backend_ = "torch"
    with pytest.raises(ModuleNotFoundError, match=r"pynomaly\.kernels\.gpu"):
        far._kernel("none_such")


def test_a_tensor_on_a_card_stays_there(table, monkeypatch):
    torch = pytest.importorskip("torch")
    from pynomaly.detectors import base

    for module in (backends, base):  # a CPU tensor stands in for one on a card
        monkeypatch.setattr(module, "on_cuda", lambda X: isinstance(X, torch.Tensor))
    monkeypatch.setattr(backends, "has_cuda", lambda: True)
    tensor = torch.tensor(table.to_numpy(), dtype=torch.float32)
    far = Far().fit(tensor)
    assert (far.backend_, far.device_, far.kind_) == ("torch", "cuda", "torch")
    assert isinstance(far.decision_scores_, np.ndarray) and far.decision_scores_.argmax() == 4
    np.testing.assert_allclose(far.decision_function(tensor), far.decision_scores_)
    numba = Far(backend="numba").fit(tensor)
    assert (numba.backend_, numba.kind_) == ("numba", "numpy")
    with pytest.raises(ColumnError, match="missing"):
        Far().fit(torch.tensor([[1.0], [float("nan")]]))
    monkeypatch.setattr(backends, "on_cuda", lambda X: False)
    monkeypatch.setattr(Far, "_prefers_cuda", lambda self, n, d: n >= 100)
    assert Far().fit(table).device_ == "cuda" and Far().fit(table[:50]).device_ == "cpu"


def test_where_torch_is_not_installed(monkeypatch):
    monkeypatch.setattr(backends.importlib.util, "find_spec", lambda name: None)
    assert backends.has_cuda() is False and backends.on_cuda(np.ones(2)) is False


def test_workers():
    assert backends.workers(None) == 1 and backends.workers(4) == 4
    assert backends.workers(-1) >= 1 and backends.workers(-1000) == 1
    for bad in (0, 1.5, "all", True):
        with pytest.raises(ParameterError, match="n_jobs is"):
            backends.workers(bad)
