"""Is the false discovery rate kept that `Detection.control` promises?

    python benchmarks/fdr.py

In each of 500 draws a Gaussian detector learns from normal rows (three correlated columns, one of them skewed), and 100 new rows are tested, some of them
anomalies (shifted by 4 standard deviations in a random direction). With 1,000 training rows the p-values are split-conformal, with 200 cross-conformal (20 folds), with 40
jackknife-like (20 folds of two rows). The realised false discovery rate is the mean share of normal rows among those flagged (0 where
none is), with its standard error; power is the mean share of the anomalies that are flagged. "contaminated": 3 % of the training rows
are anomalies. "rows at hand": `control()` without new rows, on 300 rows of which the given share are anomalies.
"""

import sys

from common import keep, one_thread

one_thread()  # rows of three columns: threads would only wait for each other

import numpy as np  # noqa: E402

import pynomaly as pyn  # noqa: E402
from pynomaly.thresholds.conformal import METHODS, adjusted  # noqa: E402

LEVELS = (0.05, 0.1, 0.2)
SETTINGS = [  # name, training rows, share of anomalies among them, of the tested
    ("split", 1000, 0.0, 0.1),
    ("split, half anomalies", 1000, 0.0, 0.5),
    ("split, no anomalies", 1000, 0.0, 0.0),
    ("split, contaminated", 1000, 0.03, 0.1),
    ("cross", 200, 0.0, 0.1),
    ("cross, no anomalies", 200, 0.0, 0.0),
    ("cross", 40, 0.0, 0.2),
    ("rows at hand", 300, 0.1, None),
]
MIX = np.array([[1.0, 0.5, 0.2], [0.0, 1.0, 0.4], [0.0, 0.0, 1.0]])


def rows(rng: np.random.Generator, n: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows and which of them are anomalies."""
    X, odd = rng.normal(size=(n, 3)), np.zeros(n, dtype=bool)
    X[:, 2] = np.exp(X[:, 2] / 2)
    odd[: round(share * n)] = True
    away = rng.normal(size=(odd.sum(), 3))
    X[odd] += 4 * away / np.linalg.norm(away, axis=1, keepdims=True)
    return X @ MIX, odd


def draw(seed: int, n: int, bad: float, share: float | None, pairs: list[tuple[str, float]]) -> list[tuple[float, float]]:
    """False discovery proportion and power of each method and level in one draw."""
    rng = np.random.default_rng(seed)
    train, known = rows(rng, n, bad)
    found = pyn.detect(train, "gaussian")
    new, odd = (None, known) if share is None else rows(rng, 100, share)
    first = found.control(pairs[-1][1], new, method=pairs[-1][0], seed=seed)
    assert np.array_equal(first.flags == 1, adjusted(first.p_values, pairs[-1][0]) <= pairs[-1][1])
    out = []
    for method, level in pairs:  # the refit is the same for all
        flags = adjusted(first.p_values, method) <= level
        out.append(((flags & ~odd).sum() / max(1, flags.sum()), flags[odd].mean() if odd.any() else np.nan))
    return out


if __name__ == "__main__":
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    lines = []
    for name, n, bad, share in SETTINGS:
        pairs = [(method, level) for method in METHODS for level in LEVELS]
        if (least := 1 / (n + 1)) > min(LEVELS):
            pairs = [pair for pair in pairs if pair[1] >= least]
        got = np.array([draw(seed, n, bad, share, pairs) for seed in range(draws if share is not None else draws // 5)])
        for place, (method, level) in enumerate(pairs):
            rate, power = got[:, place, 0], got[:, place, 1]
            error = rate.std(ddof=1) / np.sqrt(len(rate))
            lines.append(
                {
                    "p-values": name, "training rows": n, "anomalies tested": f"{100 * (bad if share is None else share):.0f} %", "method": method, "level": level,
                    "realised rate": float(rate.mean()), "standard error": float(error), "kept": bool(rate.mean() <= level + error), "power": float(power.mean()), "draws": len(rate),
                }
            )
            print(lines[-1], flush=True)
    keep("fdr", lines)
