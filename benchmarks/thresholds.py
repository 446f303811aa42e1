"""Rules that cut scores without being told a share, held against labels.

    python benchmarks/thresholds.py

For each development set (over 10,000 rows: a random 10,000; columns standardised) the scores of scikit-learn's isolation forest and of the
distance to the tenth neighbour are cut by each rule; F1 is against the labels. The last column is the share flagged of 5,000 rows
of a clean Gaussian in five dimensions, where every flag is a false alarm.
"""

from collections.abc import Callable

import numpy as np
from common import DATA, adbench, keep
from scipy import stats
from sklearn.ensemble import IsolationForest
from sklearn.metrics import f1_score
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors


def quartiles(s: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(s, [0.25, 0.75])
    return low, high


def tukey(s: np.ndarray) -> float:
    low, high = quartiles(s)
    return high + 1.5 * (high - low)


def robust(s: np.ndarray) -> float:
    middle = np.median(s)
    return middle + 3.5 * np.median(np.abs(s - middle)) / 0.6745


def adjusted(s: np.ndarray) -> float:
    grid = np.quantile(s, (np.arange(1001) + 0.5) / 1001) if s.size > 1001 else np.sort(s)
    middle = np.median(grid)
    up, down = grid[grid >= middle] - middle, grid[grid <= middle] - middle
    spread = up[:, None] - down[None, :]
    skew = np.nanmedian(np.where(spread > 0, (up[:, None] + down[None, :]) / np.where(spread > 0, spread, 1), np.nan))
    low, high = quartiles(s)
    return high + 1.5 * np.exp((3 if skew >= 0 else 4) * skew) * (high - low)


def peaks(s: np.ndarray, risk: float = 1e-3, start: float = 0.98) -> float:
    base = np.quantile(s, start)
    over = s[s > base] - base
    if over.size < 10 or np.ptp(over) == 0:
        return base
    shape, _, scale = stats.genpareto.fit(over, floc=0)
    rate = risk / (1 - start)
    return base + (scale / shape * (rate**-shape - 1) if abs(shape) > 1e-9 else -scale * np.log(rate))


def mixture(s: np.ndarray) -> float:
    model = GaussianMixture(2, random_state=0).fit(s[:, None])
    high = model.predict_proba(s[:, None])[:, np.argmax(model.means_)] > 0.5
    return s[high].min() - 1e-12 if high.any() else s.max()


RULES: dict[str, Callable[[np.ndarray], float]] = {
    "Tukey's fence": tukey,
    "median + 3.5 robust deviations": robust,
    "mean + 2.5 standard deviations": lambda s: s.mean() + 2.5 * s.std(),
    "adjusted boxplot": adjusted,
    "peaks over threshold, 0.1 %": peaks,
    "two-component Gaussian mixture": mixture,
    "the 10 % highest": lambda s: np.quantile(s, 0.9),
    "the 5 % highest": lambda s: np.quantile(s, 0.95),
}


def forest(X: np.ndarray) -> np.ndarray:
    return -IsolationForest(random_state=0).fit(X).score_samples(X)


def tenth(X: np.ndarray) -> np.ndarray:
    return NearestNeighbors(n_neighbors=11).fit(X).kneighbors(X)[0][:, -1]


def tables():
    """The scores and labels of every set under both detectors."""
    for path in sorted((DATA / "adbench").glob("*.npz")):
        X, y = adbench(path.stem)
        if len(X) > 10_000:
            some = np.random.default_rng(0).choice(len(X), 10_000, replace=False)
            X, y = X[some], y[some]
        X = (X - X.mean(0)) / (X.std(0) + 1e-12)
        yield forest(X), y
        if X.shape[1] <= 1000:
            yield tenth(X), y


if __name__ == "__main__":
    held = list(tables())
    clean = forest(np.random.default_rng(0).normal(size=(5000, 5)))
    best = np.mean([max(f1_score(y, s > np.quantile(s, 1 - c)) for c in np.linspace(0.005, 0.5, 60)) for s, y in held])
    rows = []
    for name, rule in RULES.items():
        flagged = [s > rule(s) for s, _ in held]
        rows.append(
            {
                "rule": name,
                "mean F1": float(np.mean([f1_score(y, f) for (_, y), f in zip(held, flagged, strict=True)])),
                "median share flagged": float(np.median([f.mean() for f in flagged])),
                "tables with nothing flagged": sum(not f.any() for f in flagged),
                "flagged of clean data": float((clean > rule(clean)).mean()),
            }
        )
    keep("thresholds", rows)
    print(f"{len(held)} tables of scores; the best cut that knows the labels reaches a mean F1 of {best:.3f}")
