"""Our networks: repeatable, isolated, each row its own, PyOD's scores from PyOD's weights."""

import importlib.util
import pickle
import random
import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from pynomaly.detectors.autoencoder import AutoEncoder
from pynomaly.detectors.dagmm import DAGMM
from pynomaly.detectors.deep import batch_of, check_widths
from pynomaly.detectors.deep_svdd import DeepSVDD
from pynomaly.detectors.registry import detector
from pynomaly.detectors.vae import VAE
from pynomaly.errors import DataError, MissingExtraError, ParameterError
from pynomaly.kernels.cpu import network as cpu_network
from pynomaly.kernels.cpu import training as cpu_training
from pynomaly.kernels.cpu.layers import drop
from pynomaly.kernels.network import ACTIVATIONS, Network, Plateau, build, freeze

NAMES = ["autoencoder", "vae", "deep_svdd", "dagmm"]
KINDS = [(name, backend) for name in NAMES[:3] for backend in ("numba", "torch")] + [("dagmm", None)]


def quick(name, backend=None, **params):
    """A small network that trains in a moment."""
    if name == "dagmm" or backend == "torch":
        pytest.importorskip("torch")
    where = {"backend": backend} if backend else {}
    return detector(name, **{"hidden_neurons": (16, 4), "epochs": 5, "random_state": 0, **where, **params})


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 2)) @ rng.normal(size=(2, 6)) + 0.1 * rng.normal(size=(300, 6))
    X[:9] = rng.normal(size=(9, 6)) * 4.0
    return X


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Small products gain nothing from threads that wait for each other."""
    if importlib.util.find_spec("torch") is None:
        yield
        return
    torch = importlib.import_module("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def states():
    parts = [np.random.get_state()[1].tobytes(), random.getstate()]
    if importlib.util.find_spec("torch") is not None:
        parts.append(importlib.import_module("torch").get_rng_state().numpy().tobytes())
    return parts


@pytest.mark.parametrize("name, backend", KINDS)
def test_repeatable_isolated_and_each_row_its_own(name, backend, rows):
    """One seed gives the same scores to the last bit, and nothing else is changed."""
    kept, before = rows.copy(), states()
    model, again = quick(name, backend).fit(rows), quick(name, backend).fit(rows)
    scores = model.decision_scores_
    assert states() == before and (rows == kept).all()
    assert (scores == again.decision_scores_).all() and scores.dtype == np.float64 and scores.shape == (300,)
    assert (quick(name, backend, random_state=1).fit(rows).decision_scores_ != scores).any()
    alone = np.concatenate([model.decision_function(rows[i : i + 1]) for i in range(20)])
    if backend == "torch":  # a library's products round a row differently in another batch
        np.testing.assert_allclose(alone, scores[:20], rtol=1e-9, atol=1e-12)
    else:
        assert (alone == scores[:20]).all()
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).decision_function(rows), model.decision_function(rows))
    assert clone(model).get_params() == model.get_params() and states() == before
    assert model.predict(rows).sum() == 30 and len(model.losses_) == 5 and model.losses_[-1] < model.losses_[0] < 100


@pytest.mark.parametrize("name, backend", KINDS)
def test_finds_what_does_not_fit(name, backend, rows):
    more = {"deep_svdd": {}, "dagmm": {"epochs": 300, "learning_rate": 5e-3}}.get(name, {"dropout_rate": 0.0})
    model = quick(name, backend, **{"epochs": 60, **more}).fit(rows)
    assert roc_auc_score(np.arange(300) < 9, model.decision_scores_) > 0.9
    assert model.losses_[-1] < model.losses_[0]


@pytest.mark.parametrize("name, backend", KINDS)
def test_hard_tables(name, backend, rows):
    """Few rows, one column, constant and huge columns, duplicates, more columns than rows."""
    rng = np.random.default_rng(1)
    for X in (
        rng.normal(size=(2, 3)),
        rng.normal(size=(40, 1)),
        np.ones((30, 4)),
        np.column_stack([rows[:50], np.full(50, 0.1), 1e300 * rows[:50, :1], 1e-300 * rows[:50, 1:2]]),
        np.repeat(rng.normal(size=(5, 3)), 8, axis=0),
        rng.normal(size=(10, 40)),
    ):
        model = quick(name, backend).fit(X)
        assert np.isfinite(model.decision_scores_).all()
        assert np.ptp(model.decision_function(np.vstack([X[:1], X[:1]]))) <= 1e-9 * abs(model.decision_scores_[0])
    with pytest.raises(DataError, match="needs at least 2"):
        quick(name, backend).fit(rng.normal(size=(1, 3)))


@pytest.mark.parametrize("name", ["autoencoder", "vae"])
@pytest.mark.parametrize("backend", ["numba", "torch"])
def test_contributions_add_up(name, backend, rows):
    model = quick(name, backend).fit(rows)
    parts = model.contributions(rows)
    assert model.explains and parts.base == 0.0 and parts.unit == "squared error" and parts.rule == "score ** 2 = base + sum of contributions"
    assert parts.values.shape == rows.shape and (parts.values >= 0).all()
    np.testing.assert_allclose(parts.values.sum(axis=1), model.decision_scores_**2, rtol=1e-10)


def test_sampled_networks_do_not_explain_by_themselves(rows):
    with pytest.raises(ParameterError, match="no exact contributions"):
        quick("deep_svdd").fit(rows).contributions(rows)


@pytest.mark.parametrize("name, backend", KINDS)
def test_training_stops_when_the_loss_does(name, backend):
    X = np.random.default_rng(0).normal(size=(200, 3))  # nothing to be learnt
    stopped = quick(name, backend, epochs=400, patience=2, learning_rate=0.02).fit(X)
    assert 3 <= len(stopped.losses_) < 400
    assert len(quick(name, backend, epochs=8, patience=None, learning_rate=0.02).fit(X).losses_) == 8


@pytest.mark.parametrize("name, backend", KINDS)
def test_runaway_training_says_so(name, backend, rows):
    with pytest.raises(DataError, match="ran away: its loss was .* after epoch 1.*smaller learning_rate .*preprocessing at True"), warnings.catch_warnings():
        warnings.simplefilter("error")
        quick(name, backend, preprocessing=False).fit(1e30 * rows)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_checked(name, rows):
    for params, words in (
        ({"hidden_neurons": 64}, "hidden_neurons is 64, and must be a list"),
        ({"hidden_neurons": ()}, "one for each hidden layer"),
        ({"hidden_activation": "relo"}, "did you mean 'relu'"),
        ({"epochs": 0}, "epochs is 0"),
        ({"patience": 0}, "patience is 0.*or None"),
        ({"batch_size": "all"}, "batch_size is 'all'"),
        ({"learning_rate": -1.0}, "learning_rate is -1.0"),
        ({"weight_decay": 2}, "weight_decay is 2"),
        ({} if name == "deep_svdd" else {"dropout_rate": 1.0}, "dropout_rate is 1.0"),
        ({"latent_dim": 0} if name in ("vae", "dagmm") else {}, "latent_dim is 0"),
        ({"beta": -1.0} if name == "vae" else {}, "beta is -1.0"),
    ):
        if params:
            with pytest.raises(ParameterError, match=words):
                quick(name, **params).fit(rows)


def test_dagmm_without_torch_says_what_to_install(monkeypatch, rows):
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "torch" else there(name, *more))
    with pytest.raises(MissingExtraError, match=r"dagmm needs the package 'torch'.*jupyter-pynomaly\[torch\]"):
        detector("dagmm")
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[torch\]"):
        DAGMM().fit(rows)
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[torch\]"):
        AutoEncoder(backend="torch").fit(rows)
    assert AutoEncoder(epochs=1).fit(rows).backend_ == "numba"


def test_pyods_names_lead_here():
    with pytest.raises(ParameterError, match="pyod.auto_encoder|autoencoder"):
        detector("auto_encoder")
    assert detector("pyod.vae").card.wraps.endswith("VAE") and isinstance(detector("vae"), VAE)


def test_batches():
    assert batch_of("auto", 1_000_000) == 4096 and check_widths("hidden_neurons", [3]) == [3]
    X = np.random.default_rng(0).normal(size=(100, 4))
    for size in (1, 7, 100, 1000):
        assert np.isfinite(AutoEncoder(batch_size=size, epochs=1, random_state=0).fit(X).decision_scores_).all()


# Parity with PyOD ---------------------------------------------------------------------------------------------------


def linear(layer, norm=None):
    """The parameters of a torch layer in our order."""
    parts = [layer.weight.detach().numpy().T.ravel()]
    if layer.bias is not None:
        parts.append(layer.bias.detach().numpy())
    if norm is not None:
        parts += [norm.weight.detach().numpy(), norm.bias.detach().numpy()]
    return np.concatenate(parts)


def test_scores_are_pyods_from_pyods_weights(rows):
    """PyOD's trained autoencoder, batch normalisation and all, gives the same scores through our layers."""
    pytest.importorskip("torch")
    from pynomaly.detectors.isolate import isolated

    with isolated(torch=True):
        from pyod.models.auto_encoder import AutoEncoder as Theirs

        theirs = Theirs(hidden_neuron_list=[8, 3], epoch_num=2, verbose=0).fit(rows)
        expected = theirs.decision_function(rows)
    blocks = [*theirs.model.encoder, *list(theirs.model.decoder)[:-1]]
    empty = build([6, 8, 3, 8, 6], ["relu"] * 3 + ["identity"], np.random.default_rng(0), batch_norm=True)
    theta = np.concatenate([*(linear(block.linear, block.bn) for block in blocks), linear(theirs.model.decoder[-1])])
    running = np.concatenate([part.numpy() for block in blocks for part in (block.bn.running_mean, block.bn.running_var)])
    assert theta.shape == empty.theta.shape and running.shape == empty.running.shape
    ours = AutoEncoder(hidden_neurons=(8, 3), batch_norm=True, epochs=1, random_state=0).fit(rows)
    ours.layers_ = freeze(empty._replace(theta=theta, running=running))
    np.testing.assert_allclose(ours.decision_function(rows), expected, rtol=2e-5)


def test_deep_svdd_learns_what_pyods_learns(rows, monkeypatch):
    """From the same first weights and the same orders of rows, the scores after training are PyOD's."""
    torch = pytest.importorskip("torch")
    from pynomaly.detectors.isolate import isolated

    X, begun, orders = np.ascontiguousarray(rows[:288]), [], []
    with isolated(seed=0, torch=True):
        from pyod.models import deep_svdd

        first, permute = deep_svdd.InnerDeepSVDD._init_c, torch.randperm

        def noted(self, X_norm, eps=0.1):
            begun.extend(layer.weight.detach().numpy().T.ravel().copy() for layer in self.model if hasattr(layer, "weight"))
            return first(self, X_norm, eps)

        def ordered(*given, **more):
            orders.append(permute(*given, **more))
            return orders[-1]

        monkeypatch.setattr(deep_svdd.InnerDeepSVDD, "_init_c", noted)
        monkeypatch.setattr(torch, "randperm", ordered)
        theirs = deep_svdd.DeepSVDD(6, hidden_neurons=[16, 8], epochs=10, verbose=0, random_state=0).fit(X)
    orders = orders[::2]  # its sampler shuffles once more for rows that are never asked for
    assert len(orders) == 10
    empty = build([6, 16, 8], ["relu", "relu"], np.random.default_rng(0), bias=False)
    empty = empty._replace(theta=np.concatenate(begun))
    prepared = cpu_network.standardise(X, *cpu_network.moments(X))
    fitted, losses = cpu_training.train(
        empty, prepared.astype(np.float32), target=theirs.c_.numpy(), learning_rate=1e-4, weight_decay=0.5e-6, penalty=1e-6, shuffled=iter(o.numpy() for o in orders)
    )
    ours = DeepSVDD(hidden_neurons=(16, 8), epochs=1, random_state=0).fit(X)
    ours.layers_, ours.centre_of_outputs_ = freeze(fitted), theirs.c_.numpy().astype(np.float64)
    assert len(losses) == 10
    np.testing.assert_allclose(ours.decision_function(X), theirs.decision_scores_, rtol=1e-3, atol=1e-5)


# Kernels ------------------------------------------------------------------------------------------------------------


def run_once(network: Network, X, seed=3):
    """Loss and gradients of one batch, sampling and dropout drawn from the seed."""
    gradient, zeros = np.zeros_like(network.theta), np.zeros_like(network.theta)
    shape = (len(network.plan), len(X), 16)
    acts, blames = (np.zeros((shape[0] + 1, *shape[1:]), dtype=np.float32) for _ in range(2))
    hats, masks = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    hyper = (0.0, 0.0, 1.0 / X.shape[1], 0.5, 0.01)
    loss = cpu_training._run(
        network.plan, network.rates, network.theta.copy(), network.running.copy(), gradient, zeros, zeros.copy(), X, np.arange(len(X)), len(X),
        np.zeros(0, dtype=np.float32), 0, hyper, acts, blames, hats, np.zeros((shape[0], 16), dtype=np.float32), masks, np.random.default_rng(seed),
    )  # fmt: skip
    return loss, gradient


@pytest.mark.interpreted
@pytest.mark.parametrize("bend", ACTIVATIONS[:-1])
def test_gradients_are_what_a_small_push_says(bend):
    rng = np.random.default_rng(5)
    X = rng.normal(size=(8, 3)).astype(np.float32)
    network = build([3, 4, 2, 4, 3], [bend, "sample", bend, "identity"], rng, batch_norm=True, dropout=0.25, gain=1.0)
    _, gradient = run_once(network, X)
    agree = []
    for p in rng.choice(len(network.theta), 12, replace=False):
        up, down = network.theta.copy(), network.theta.copy()
        up[p] += 3e-3
        down[p] -= 3e-3
        measured = (run_once(network._replace(theta=up), X)[0] - run_once(network._replace(theta=down), X)[0]) / 6e-3
        agree.append(abs(measured - gradient[p]) < 3e-3 + 0.03 * abs(measured))
    assert np.mean(agree) > 0.9  # a push across the corner of a rectified unit is no slope


@pytest.mark.interpreted
def test_training_lowers_the_loss_and_keeps_the_best():
    rng = np.random.default_rng(0)
    X = (rng.normal(size=(40, 1)) @ rng.normal(size=(1, 3))).astype(np.float32)
    begun = build([3, 2, 3], ["tanh", "identity"], rng)
    seen = []
    fitted, losses = cpu_training.train(begun, X, factor=1 / 3, epochs=4, batch_size=16, learning_rate=0.01, step=seen.append)
    assert losses[-1] < losses[0] and sum(seen) == 4 * 32 and (begun.theta != fitted.theta).any()
    still, _ = cpu_training.train(begun, X, factor=1 / 3, epochs=1, learning_rate=0.0)
    np.testing.assert_array_equal(still.theta, begun.theta)
    made = cpu_network.outputs(freeze(fitted), cpu_network.standardise(X.astype(float), *cpu_network.moments(X.astype(float))))
    assert made.shape == (40, 3)


def test_the_torch_kernel_learns_the_same(rows):
    """Both kernels, from the same weights and orders, with batch normalisation, a penalty and a goal."""
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import training as gpu_training

    X = rows[:256].astype(np.float32)
    for kind, how in (({"batch_norm": True}, {}), ({"bias": False}, {"target": np.ones(6, dtype=np.float32), "penalty": 1e-3})):
        begun = build([6, 8, 4, 6], ["elu", "sigmoid", "identity"], np.random.default_rng(0), gain=1.0, **kind)
        options = {"factor": 0.2, "epochs": 3, "weight_decay": 1e-3, **how}
        one, losses = cpu_training.train(begun, X, shuffled=cpu_training.orders(256, 3, np.random.default_rng(1)), **options)
        other, again = gpu_training.train(begun, torch.from_numpy(X), shuffled=cpu_training.orders(256, 3, np.random.default_rng(1)), **options)
        np.testing.assert_allclose(losses, again, rtol=1e-4)
        np.testing.assert_allclose(one.theta, other.theta, atol=2e-4)


def test_an_unrecordable_step_is_told_anew():
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu.training import _recorded

    if torch.cuda.is_available():
        pytest.skip("this machine can record")
    with pytest.warns(UserWarning, match="step by step, which is slower"):
        assert _recorded(lambda: None, torch.Generator()) is None


@pytest.mark.interpreted
def test_dropout_drops_its_share_and_keeps_the_mean():
    values, masks = np.ones((200, 10), dtype=np.float32), np.empty((200, 10), dtype=np.float32)
    drop(values, masks, 10, np.float32(0.3), np.random.default_rng(0))
    assert abs((values == 0).mean() - 0.3) < 0.03 and (abs((values == 0).mean(axis=0) - 0.3) < 0.1).all()
    assert set(np.unique(masks)) == {np.float32(0.0), np.float32(1.0) / (np.float32(1.0) - np.float32(0.3))}
    assert abs(np.corrcoef(masks.T) - np.eye(10)).max() < 0.25


@pytest.mark.interpreted
def test_plateau():
    plateau = Plateau(None)
    assert [plateau.better(loss) for loss in (1.0, 1.0, float("nan"))] == [True, False, False] and plateau.over


@pytest.mark.parametrize("name", ["autoencoder", "dagmm"])
def test_training_can_be_interrupted(name, rows, monkeypatch):
    from pynomaly.detectors import dagmm, deep

    class Impatient:
        def __enter__(self):
            return self.step

        def __exit__(self, *error):
            return False

        def step(self, n):
            raise KeyboardInterrupt

    model = quick(name, epochs=1000, patience=None)
    for module in (deep, dagmm):
        monkeypatch.setattr(module, "progress", lambda total, label: Impatient())
    with pytest.raises(KeyboardInterrupt):
        model.fit(rows)
    assert not hasattr(model, "decision_scores_")
