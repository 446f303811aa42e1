"""What answers are worth: a simulated person answers thirty questions on each labelled set.

    python benchmarks/feedback.py

The default detector scores each set; then questions come five at a time, chosen by `ask_next` or at random, the true labels answer them, and the detector is taught anew.
Average precision is given over all rows, and over those that were never asked about, where nothing can be known from an answer itself. Rows above 5,000 are drawn at random.
"""

import numpy as np
from common import DATA, adbench, keep
from sklearn.metrics import average_precision_score

import pynomaly as pyn
from pynomaly.learning.taught import Taught, ask_next

ROWS, ANSWERS, STEP, SEEDS = 5_000, 30, 5, (1, 2, 3)


def simulate(X: np.ndarray, y: np.ndarray, model: object, how: str, seed: int) -> list[dict[str, float]]:
    """Average precision after every few answers."""
    rng = np.random.default_rng(seed)
    asked: list[int] = []
    taught, curve = model, []
    while True:
        rest = np.setdiff1d(np.arange(len(y)), asked)
        other = average_precision_score(y[rest], taught.decision_scores_[rest]) if y[rest].any() else np.nan
        before = average_precision_score(y[rest], model.decision_scores_[rest]) if y[rest].any() else np.nan
        curve.append({"answers": len(asked), "all": average_precision_score(y, taught.decision_scores_), "unasked": other, "unasked, untaught": before})
        if len(asked) >= ANSWERS:
            return curve
        new = ask_next(taught, X, asked, STEP, seed=seed) if how == "asked" else rng.choice(rest, STEP, replace=False)
        asked += [int(row) for row in new]
        taught = Taught.over(model, X, asked, y[asked], random_state=seed, cut=pyn_cut(model))


def pyn_cut(model: object) -> float:
    """The threshold that detect() would take."""
    from pynomaly.thresholds.threshold import threshold

    return threshold(model.decision_scores_).value


if __name__ == "__main__":
    lines, curves = [], {"asked": [], "random": []}
    for path in sorted((DATA / "adbench").glob("*.npz")):
        X, y = adbench(path.stem)
        if len(X) > ROWS:
            rows = np.random.default_rng(0).choice(len(X), ROWS, replace=False)
            X, y = X[rows], y[rows]
        model = pyn.detector("default", random_state=0).fit(X)
        line: dict[str, object] = {"set": path.stem}
        for how in curves:
            runs = [simulate(X, y, model, how, seed) for seed in SEEDS]
            curves[how].append(np.array([[list(point.values()) for point in run] for run in runs]).mean(axis=0))
            first, last = curves[how][-1][0], curves[how][-1][-1]
            line |= {"AP before": 100 * first[1], f"AP after, {how}": 100 * last[1], f"unasked rows: before, {how}": 100 * last[3], f"unasked rows: after, {how}": 100 * last[2]}
        lines.append(line)
        print({name: round(float(value), 1) if name != "set" else value for name, value in line.items()}, flush=True)
    mean = {"set": "mean", **{name: float(np.nanmean([line[name] for line in lines])) for name in lines[0] if name != "set"}}
    keep("feedback", [*lines, mean])
    points = np.nanmean(np.stack(curves["asked"]), axis=0), np.nanmean(np.stack(curves["random"]), axis=0)
    keep("feedback_curve", [{"answers": int(a[0]), "AP, asked": 100 * a[1], "AP, random": 100 * r[1]} for a, r in zip(*points, strict=True)])
