"""Isolation by balls: drawing, balls, scores; numba and torch; compiled and interpreted."""

import numpy as np
import pytest

from pynomaly.errors import DataError
from pynomaly.kernels.balls import draw, make, squares
from pynomaly.kernels.cpu import inne as cpu


def table(n, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def by_hand(X, rows, seed, samples, size):
    """The scores, by the definition."""
    total = np.zeros(len(rows))
    for drawn in draw(seed, samples, len(X), size):
        centres = X[drawn]
        apart = squares(centres[:, None], centres[None])
        np.fill_diagonal(apart, np.inf)
        radius, nearest = apart.min(axis=1), apart.argmin(axis=1)
        for r, row in enumerate(rows):
            inside = np.flatnonzero(squares(row[None], centres) <= radius)
            if not len(inside):
                total[r] += 1.0
                continue
            ball = inside[radius[inside].argmin()]
            total[r] += 1.0 - (radius[nearest[ball]] / radius[ball] if radius[ball] > 0 else 1.0)
    return total / samples


def tables():
    chance = np.random.default_rng(1)
    cauchy = chance.standard_cauchy((40, 3))
    return {
        "normal": table(40),
        "one column": table(30, 1),
        "five columns": table(30, 5),
        "more columns than rows": table(10, 19),
        "constant columns": np.column_stack([np.full(20, 3.0), table(20, 1), np.zeros(20)]),
        "duplicates": np.repeat(table(6), 5, axis=0),
        "all alike": np.ones((9, 2)),
        "a grid": np.round(table(40, 2), 1),
        "whole numbers": np.round(3 * table(40, 4)),
        "far from zero": table(30) + 1e9,
        "heavy tails": np.sign(cauchy) * np.abs(cauchy) ** 4,
        "beyond single precision": np.vstack([table(20), [[1e60, -1e80, 0.0]], [[1e60, -1e80, 1e50]]]),
        "tiny": table(20) * 1e-140,
        "two rows": table(2),
    }


@pytest.mark.interpreted
@pytest.mark.parametrize("name", tables())
def test_scores_are_those_of_the_definition(name):
    X = tables()[name]
    size = min(4, len(X))
    state = cpu.fit(X, 11, size, seed=3)
    rows = np.vstack([X, X + 0.3 * X.std(axis=0)])
    np.testing.assert_allclose(cpu.score(state, rows), by_hand(X, rows, 3, 11, size), atol=1e-14)


@pytest.mark.interpreted
@pytest.mark.parametrize(("n", "size"), [(2, 2), (3, 2), (9, 9), (33, 8), (64, 3), (65, 65)])
def test_the_rows_drawn_are_numpys(n, size):
    seeds = np.random.RandomState(5).randint(2**31 - 1, size=6)
    np.testing.assert_array_equal(draw(5, 6, n, size), [np.random.RandomState(seed).choice(n, size, replace=False) for seed in seeds])


def test_the_rows_drawn_from_many_are_numpys():
    for n in (999, 65_536, 65_537, 100_000):
        seeds = np.random.RandomState(0).randint(2**31 - 1, size=3)
        np.testing.assert_array_equal(draw(0, 3, n, 20), [np.random.RandomState(seed).choice(n, 20, replace=False) for seed in seeds])


@pytest.mark.interpreted
def test_the_balls_are_sorted_and_their_ratios_are_shares():
    balls = make(table(24).reshape(4, 6, 3))
    assert (np.diff(balls.radius, axis=1) <= 0).all()
    assert ((balls.ratio >= 0) & (balls.ratio < 1)).all()
    twins = make(np.array([[[0.0], [0.0], [1.0]]]))
    assert twins.radius.tolist() == [[1.0, 0.0, 0.0]] and twins.ratio.tolist() == [[1.0, 0.0, 0.0]]


@pytest.mark.parametrize("name", ["6_cardio", "40_vowels"])
def test_pyods_scores(adbench, name):
    from pyod.models.inne import INNE

    X, _ = adbench(name)
    theirs = INNE(random_state=4).fit(X)
    state = cpu.fit(X, seed=4)
    np.testing.assert_allclose(cpu.score(state, X), theirs.decision_scores_, atol=1e-9)  # PyOD's distances lose digits
    np.testing.assert_allclose(cpu.score(state, X[:9] + 0.1), theirs.decision_function(X[:9] + 0.1), atol=1e-9)


def test_most_rows_are_not_measured_twice(adbench):
    X, _ = adbench("6_cardio")
    state = cpu.fit(X, seed=1)
    blind = state._replace(doubt=np.full_like(state.doubt, np.inf))
    np.testing.assert_array_equal(cpu.score(blind, X), cpu.score(state, X))
    never = state._replace(centres=np.zeros_like(state.centres))  # what is measured twice is now wrong
    assert (cpu.score(never, X) == cpu.score(state, X)).mean() > 0.2


def test_threads_blocks_and_batch_mates_do_not_matter():
    X = table(9000, 4)
    state, steps = cpu.fit(X, seed=0), []
    scores = cpu.score(state, X, step=steps.append)
    assert sum(steps) == 9000 and len(steps) > 1
    np.testing.assert_array_equal(cpu.score(state, X, n_jobs=2), scores)
    np.testing.assert_array_equal(np.concatenate([cpu.score(state, X[i : i + 1]) for i in range(50)]), scores[:50])
    np.testing.assert_array_equal(cpu.score(state, X[::-1].copy()), scores[::-1])


def test_values_too_large_are_refused():
    X = table(20)
    state = cpu.fit(X)
    X[3, 1] = 1e200
    for call in (lambda: cpu.fit(X), lambda: cpu.score(state, X)):
        with pytest.raises(DataError, match="1e[+]200 is too large"):
            call()


@pytest.mark.interpreted
@pytest.mark.parametrize("name", tables())
def test_torch_gives_the_same(name):
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu import inne as gpu

    X = tables()[name]
    size = min(4, len(X))
    rows = np.vstack([X, X + 0.3 * X.std(axis=0)])
    ours = gpu.score(gpu.fit(torch.as_tensor(X), 11, size, seed=3), rows)
    np.testing.assert_allclose(ours.numpy(), cpu.score(cpu.fit(X, 11, size, seed=3), rows), atol=1e-14)


def test_torch_on_a_real_set_in_blocks(adbench, monkeypatch):
    pytest.importorskip("torch")
    from pynomaly.kernels.gpu import inne as gpu

    X, _ = adbench("6_cardio")
    state, steps = gpu.fit(X, seed=2), []
    monkeypatch.setattr(gpu, "CELLS", 2**18)
    ours = gpu.score(state, X, step=steps.append)
    assert len(steps) > 2 and sum(steps) == len(X)
    np.testing.assert_allclose(ours.numpy(), cpu.score(cpu.fit(X, seed=2), X), atol=1e-14)


def test_the_card_gives_the_same():
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA card here")
    from pynomaly.kernels.gpu import inne as gpu

    X = table(5000, 8)
    ours = gpu.score(gpu.fit(torch.as_tensor(X, device="cuda"), seed=2, device="cuda"), X)
    np.testing.assert_allclose(ours.cpu().numpy(), cpu.score(cpu.fit(X, seed=2), X), atol=1e-14)
