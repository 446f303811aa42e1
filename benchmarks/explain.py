"""How long explanations take, and how far they are from the answer where it is known.

    python benchmarks/explain.py

Three tables, one thread, process CPU time. (1) Methods by name against detectors: where the score is a sum over the columns (HBOS; ECOD and COPOD are sums
too, but with a choice between tails that couples no columns) the answer is known: a column's term less its mean over the background; for a forest
it is shap's TreeExplainer. (2) Our tree-shap against shap's TreeExplainer on the same forest, run in turn. (3) Every flagged row of the shuttle set.
"""

# ruff: noqa: E402
from common import DATA, OUT, adbench, alternate, clusters, markdown, one_thread

one_thread()

import json
import time
import warnings
from functools import partial

import numpy as np
import pandas as pd

import shap
from sklearn.ensemble import IsolationForest

import pynomaly as pyn
from pynomaly.explain.trees import Grown, grown, tree_explainer
from pynomaly.kernels.cpu.treeshap import path_contributions
from pynomaly.kernels.forest import from_sklearn

ROWS, COLUMNS, BUDGET, ROUNDS = 1_000, 10, 2_000, 5
FEW = {"shap": 10, "lime": 10, "shapley": 20, "gradients": 20}  # rows a method explains at a time in the first table


def found_on(X: np.ndarray, name: str, **parameters):
    """The detection of a made table."""
    return pyn.detect(pd.DataFrame(X, columns=[f"c{j}" for j in range(X.shape[1])]), pyn.detector(name, **parameters), contamination=0.02)


def known(found, rows: np.ndarray, background: np.ndarray) -> np.ndarray | None:
    """The Shapley values of a score that is a sum of a term a column, with this background."""
    if found.card.name not in ("hbos", "ecod"):
        return None
    terms = found.explain(np.concatenate([rows, background]), method="exact").values
    return terms[: len(rows)] - terms[len(rows) :].mean(axis=0)


def cpu(call, rounds: int = 3) -> tuple[float, object]:
    """Median CPU seconds of a call, after one to warm up, and its result."""
    call()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        result = call()
        times.append(time.process_time() - start)
    return float(np.median(times)), result


def methods() -> list[dict]:
    """One line for each method of each detector."""
    X, lines = clusters(ROWS, COLUMNS), []
    background = np.arange(0, 1000, 20)
    served = {
        "hbos": ("exact", "shapley", "shap", "lime"), "ecod": ("exact", "shapley", "shap", "lime"),
        "iforest": ("exact", "tree-shap", "shap", "shapley", "lime"), "knn": ("shapley", "shap", "lime"),
        "autoencoder": ("exact", "gradients", "shapley", "shap", "lime"),
    }  # fmt: skip
    for name, ways in served.items():
        found = found_on(X, name, **({"random_state": 0} if name in ("iforest", "autoencoder") else {}))
        for method in ways:
            rows = found.order[: FEW.get(method, 200)]
            seconds, why = cpu(partial(found.explain, rows, method=method, budget=BUDGET, background=background))
            answer, of = known(found, rows, background), "its terms"
            if name == "iforest" and "log2" in why.rule:
                answer, of = tree_explainer(grown(found.model)).shap_values(found.matrix.values[rows].astype(np.float32), check_additivity=False), "shap's TreeExplainer"
            if name in ("hbos", "ecod") and method == "exact":
                answer, of = why.values - (found.scores[rows] - why.base - why.values.sum(axis=1))[:, None], "base + sum = score"
            error = "no exact answer" if answer is None else f"{np.abs(why.values - answer).max():.2g} of {np.abs(answer).max():.3g}"
            lines.append({"detector": name, "method": method, "rows": len(rows), "ms a row": 1000 * seconds / len(rows),
                          "largest error, of the largest value": error, "against": "–" if answer is None else of, "how": why.method})
    return lines


def trees() -> list[dict]:
    """Ours and shap's on the same forest of 100 trees, all 1,000 rows."""
    lines = []
    for d, whose in ((10, "ours"), (50, "ours"), (10, "scikit-learn's"), (50, "scikit-learn's")):
        X = clusters(ROWS, d)
        if whose == "ours":
            forest = pyn.detector("iforest", random_state=0).fit(X).forest_
            explainer, unit = tree_explainer(Grown(forest, 0.0)), -forest.normaliser
        else:
            theirs = IsolationForest(random_state=0).fit(X)
            forest, explainer, unit = from_sklearn(theirs), shap.TreeExplainer(theirs), 1.0
        single = X.astype(np.float32)
        figures = alternate(partial(path_contributions, forest, X), partial(explainer.shap_values, single, check_additivity=False), ROUNDS)
        gap = float(np.abs(path_contributions(forest, X)[0] / unit - explainer.shap_values(single, check_additivity=False)).max())
        lines.append({"forest grown by": whose, "rows": ROWS, "columns": d, "ours, ms a row": 1000 * figures["ours_cpu"] / ROWS, "shap, ms a row": 1000 * figures["theirs_cpu"] / ROWS,
                      "times as fast": figures["ratio_cpu"], "largest difference": gap, "bar": "≥ 20, 1e-9" if d == 10 else "≥ 10, 1e-9"})
    return lines


def shuttle() -> list[dict]:
    """All flagged rows of shuttle, explained, and the page of it."""
    X, y = adbench("32_shuttle")
    found = found_on(X, "iforest", random_state=0)
    found.cut_at(float(y.mean()))
    rows = np.flatnonzero(found.flags)
    found.typical()
    wall, start = time.perf_counter(), time.process_time()
    why = found.explain(rows)
    spent, waited = time.process_time() - start, time.perf_counter() - wall
    return [{"rows of the table": len(X), "columns": X.shape[1], "rows explained": len(why), "CPU seconds": spent, "wall seconds": waited, "bar": "< 5 s"}]


def main() -> None:
    warnings.simplefilter("ignore")
    if not DATA.is_dir():
        raise SystemExit("the data folder with the shuttle set is not there: set PYNOMALY_DATA")
    parts = {
        f"Methods by detector ({ROWS:,} rows × {COLUMNS} columns, budget {BUDGET:,}, background of 50 rows)": methods(),
        "Tree-shap of ours against shap's TreeExplainer on the same forest of 100 trees": trees(),
        "Every flagged row of shuttle, isolation forest": shuttle(),
    }
    OUT.mkdir(exist_ok=True)
    (OUT / "explain.json").write_text(json.dumps(parts, indent=1, ensure_ascii=False))
    text = f"# Explanations\n\n{__doc__.split('    python')[0].strip()} One thread, process CPU time.\n"
    text += "".join(f"\n## {title}\n\n{markdown(rows)}" for title, rows in parts.items())
    (OUT / "explain.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
