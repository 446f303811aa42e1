"""How well the default detects, beside other detectors, on labelled sets that no detector was shown the labels of.

    python benchmarks/default.py                         # the sets of the data folder, seeds 1 to 3
    python benchmarks/default.py my/sets --seeds 1       # your own .npz files with X (n, d) and y (n,) of 0 and 1

The protocol is ADBench's: a set of under 1,000 rows is resampled to 1,000, one of over 10,000 subsampled to 10,000; a stratified 70 % trains,
without labels; columns are scaled to [0, 1] by the training part; the score of the other 30 % is held against the labels.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from common import DATA, keep
from joblib import Parallel, delayed
from scipy.stats import rankdata
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import train_test_split

import pynomaly as pyn

FEW, MANY = 1_000, 10_000

DETECTORS: dict[str, Callable[[int], object]] = {
    "default": lambda seed: pyn.detector("default", random_state=seed),
    "iforest, 300 trees": lambda seed: pyn.detector("iforest", n_estimators=300, random_state=seed),
    "gaussian": lambda seed: pyn.detector("gaussian"),
    "gaussian, asinh": lambda seed: pyn.detector("gaussian", scale="asinh"),
    "gaussian, untrimmed": lambda seed: pyn.detector("gaussian", trim=0.0),
    "ecod": lambda seed: pyn.detector("ecod"),
    "hbos": lambda seed: pyn.detector("hbos"),
    "pca": lambda seed: pyn.detector("pca"),
    "knn, k=32": lambda seed: pyn.detector("knn", n_neighbors=32),
    "iforest + knn, k=10": lambda seed: pyn.Ensemble(
        [pyn.detector("iforest", n_estimators=300), pyn.detector("knn", n_neighbors=10)], random_state=seed
    ),
    "PyOD iforest": lambda seed: pyn.detector("pyod.iforest", random_state=seed),
    "PyOD copod": lambda seed: pyn.detector("pyod.copod"),
    "PyOD lof": lambda seed: pyn.detector("pyod.lof"),
}


def split(X: np.ndarray, y: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Training rows, test rows and test labels."""
    rng = np.random.default_rng(seed)
    if len(X) < FEW or len(X) > MANY:
        some = rng.choice(len(X), min(max(len(X), FEW), MANY), replace=len(X) < FEW)
        X, y = X[some], y[some]
    train, test, _, labels = train_test_split(X, y, test_size=0.3, random_state=seed, stratify=y)
    low, width = train.min(axis=0), np.ptp(train, axis=0)
    width[width == 0] = 1.0
    return (train - low) / width, (test - low) / width, labels


def sets(folder: Path, seeds: list[int]) -> Iterator[tuple[str, int, np.ndarray, np.ndarray, np.ndarray]]:
    """Every set under every seed."""
    paths = sorted(folder.glob("*.npz"))
    if not paths:
        raise SystemExit(f"There is no .npz file in {folder}.")
    for path in paths:
        with np.load(path, allow_pickle=False) as file:
            X, y = file["X"].astype(np.float64), file["y"].astype(int).reshape(-1)
        for seed in seeds:
            yield path.stem, seed, *split(X, y, seed)


def measure(name: str, seed: int, train: np.ndarray, test: np.ndarray, labels: np.ndarray, detectors: list[str]) -> list[dict]:
    """One row a detector on one set under one seed: AUROC and average precision in percent, and seconds."""
    found = []
    for detector in detectors:
        model, start = DETECTORS[detector](seed), time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # LOF warns of duplicated rows in resampled sets
            try:
                scores = model.fit(train).decision_function(test)
            except pyn.PynomalyError as error:
                print(f"{detector} failed on {name}: {error}")
                scores = np.zeros(len(test))  # ranks nothing: AUROC 50
        seconds = time.perf_counter() - start
        auroc, precision = 100 * roc_auc_score(labels, scores), 100 * average_precision_score(labels, scores)
        found.append({"set": name, "seed": seed, "detector": detector, "AUROC": auroc, "AP": precision, "seconds": seconds})
    print(name, seed, flush=True)
    return found


def table(found: list[dict], names: list[str], figure: str) -> np.ndarray:
    """Means over seeds, shape (sets, detectors)."""
    chosen = sorted({row["set"] for row in found})
    return np.array([[np.mean([r[figure] for r in found if r["set"] == s and r["detector"] == d]) for d in names] for s in chosen])


def summary(found: list[dict], names: list[str]) -> list[dict]:
    """One row a detector."""
    auroc, precision, seconds = (table(found, names, figure) for figure in ("AUROC", "AP", "seconds"))
    ranks = rankdata(-auroc, axis=1)
    seeds = sorted({row["seed"] for row in found})
    forest = auroc[:, names.index("iforest, 300 trees")] if "iforest, 300 trees" in names else np.full(len(auroc), np.nan)
    return [
        {
            "detector": name,
            "AUROC": float(auroc[:, j].mean()),
            "AP": float(precision[:, j].mean()),
            "mean rank": float(ranks[:, j].mean()),
            "worst against iforest": float((auroc[:, j] - forest).min()),
            "AUROC by seed": " ".join(f"{np.mean([r['AUROC'] for r in found if r['detector'] == name and r['seed'] == s]):.1f}" for s in seeds),
            "seconds a set": float(seconds[:, j].mean()),
        }
        for j, name in enumerate(names)
    ]


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", nargs="?", type=Path, default=DATA / "adbench")
    words.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    words.add_argument("--detectors", nargs="+", choices=list(DETECTORS), default=list(DETECTORS))
    words.add_argument("--jobs", type=int, default=1, help="processes; seconds are steadier with 1")
    given = words.parse_args()
    parts = Parallel(given.jobs)(delayed(measure)(*part, given.detectors) for part in sets(given.folder, given.seeds))
    found = [row for part in parts for row in part]
    for figure in ("AUROC", "AP"):
        values = table(found, given.detectors, figure)
        chosen = sorted({row["set"] for row in found})
        keep(f"default_{figure}", [{"set": s, **{d: round(float(v), 1) for d, v in zip(given.detectors, row, strict=True)}} for s, row in zip(chosen, values, strict=True)])
    keep("default", sorted(summary(found, given.detectors), key=lambda row: -row["AUROC"]))
