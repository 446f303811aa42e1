"""Our detectors against PyOD's and scikit-learn's: the same scores, and how much faster.

    python benchmarks/detectors.py            # ten real sets
    python benchmarks/detectors.py --large    # donors, 619,326 x 10, as well

One thread on both sides, calls in turn in one process after a warm-up, medians of five.
"""

import sys
import warnings

from common import adbench, alternate, keep, one_thread

one_thread()

import numpy as np  # noqa: E402
from pyod.models.ecod import ECOD  # noqa: E402
from pyod.models.hbos import HBOS  # noqa: E402
from pyod.models.iforest import IForest  # noqa: E402
from pyod.models.knn import KNN  # noqa: E402
from pyod.models.pca import PCA  # noqa: E402
from scipy.stats import spearmanr  # noqa: E402
from sklearn.metrics import average_precision_score, roc_auc_score  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

import pynomaly as pyn  # noqa: E402

SETS = ["6_cardio", "38_thyroid", "2_annthyroid", "40_vowels", "20_letter", "4_breastw", "25_musk", "23_mammography", "32_shuttle", "35_SpamBase"]
PEERS = {"ecod": ECOD, "hbos": HBOS, "pca": PCA, "knn": KNN, "iforest": lambda: IForest(random_state=1)}


def compare(name: str, label: str, X: np.ndarray, y: np.ndarray, rounds: int = 5) -> dict:
    """One detector on one set, ours and theirs."""

    def make():
        return pyn.detector(name, random_state=1) if name == "iforest" else pyn.detector(name)

    ours, theirs = make().fit(X), PEERS[name]().fit(X)
    a, b = ours.decision_scores_, np.asarray(theirs.decision_scores_)
    new = X[:: max(1, len(X) // 10_000)]
    fit = alternate(lambda: make().fit(X), lambda: PEERS[name]().fit(X), rounds)
    score = alternate(lambda: ours.decision_function(new), lambda: theirs.decision_function(new), rounds)
    usable = bool(np.isfinite(b).all())
    # Two forests of one seed in two libraries are two forests: scores are compared on the same trees.
    if name == "iforest":
        from pynomaly.kernels.cpu.iforest import score as own_score
        from pynomaly.kernels.forest import from_sklearn

        a, b = own_score(from_sklearn(theirs.detector_), X), -theirs.detector_.score_samples(X)
    return {
        "set": label,
        "rows × columns": f"{X.shape[0]} × {X.shape[1]}",
        "detector": name,
        "max difference": float(np.abs(a - b).max()) if usable else float("nan"),
        "Spearman": float(spearmanr(a, b)[0]) if usable else float("nan"),
        "AUROC ours": roc_auc_score(y, ours.decision_scores_),
        "AUROC theirs": roc_auc_score(y, theirs.decision_scores_) if usable else float("nan"),
        "AP ours": average_precision_score(y, ours.decision_scores_),
        "AP theirs": average_precision_score(y, theirs.decision_scores_) if usable else float("nan"),
        "fit s ours": fit["ours_cpu"],
        "fit ×": fit["ratio_cpu"],
        "score s ours": score["ours_cpu"],
        "score ×": score["ratio_cpu"],
    }


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    rows = []
    with threadpool_limits(1):
        for name in PEERS:
            for set_name in SETS:
                rows.append(compare(name, set_name, *adbench(set_name)))
                print(rows[-1]["set"], name, f"fit × {rows[-1]['fit ×']:.1f}", f"score × {rows[-1]['score ×']:.1f}", flush=True)
        if "--large" in sys.argv:
            X, y = adbench("11_donors")
            rows += [compare(name, "11_donors", X, y, rounds=3) for name in ("ecod", "hbos", "pca", "iforest")]
    keep("detectors", rows)
