"""A detection made of plain parts, so that the views are tested without a detector."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from pynomaly.detection.decided import Decided
from pynomaly.detection.verdicts import checked
from pynomaly.tables.table import Repair, Roles
from pynomaly.thresholds.threshold import Cut, threshold


@dataclass
class FakeTable:
    frame: pl.DataFrame
    roles: Roles
    kinds: dict[str, str]
    name: str = "expenses.csv"
    index: Any = None

    @property
    def n(self) -> int:
        return self.frame.height

    @property
    def row_ids(self) -> Any:
        if self.roles.id:
            return self.frame[self.roles.id].to_list()
        return self.index if self.index is not None else range(self.n)


class FakeFound(Decided):
    """Scores are the sum of squared features; contributions are the squares: exact, and easy to check."""

    shows = "explorer"
    trained = None
    explains_exactly = True
    explain_calls = 0

    def __init__(self, table: FakeTable, matrix: np.ndarray, columns: tuple[str, ...], contamination: float = 0.01):
        scores = (matrix**2).sum(axis=1)
        cut = threshold(scores, contamination) if len(scores) > 1 else Cut(0.5, "manual", "by hand")
        super().__init__(scores, cut)
        self.table, self.columns = table, columns
        self.matrix = SimpleNamespace(values=matrix)
        self.model = SimpleNamespace(get_params=lambda: {"n_estimators": 100, "random_state": None, "eps": float("nan")})
        self.card = SimpleNamespace(name="fake", title="Sum of Squares")
        self.provenance = {"pynomaly": "0", "made": "now", "parameters": {"a": np.float64(1.5)}}
        self.repairs = (Repair("constant", "The column 'k' holds one value and was ignored."),)
        self.verdicts: dict[int, dict[str, str]] = {}

    def explain(self, rows):
        self.explain_calls += 1
        rows = np.asarray(rows)
        values = self.matrix.values[rows] ** 2
        return SimpleNamespace(values=values, columns=self.columns, base=0.0, unit="score", rule="base + contributions = score",
                               method="exact", scores=self.scores[rows])

    def typical(self):
        return {name: SimpleNamespace(text=f"usual {name}") for name in self.columns}

    def replace_verdicts(self, verdicts):
        self.verdicts = checked(verdicts, len(self))

    def __repr__(self):
        return f"FakeFound of {len(self)} rows"


HOSTILE = "</script><script>window.pwned=1</script><b onmouseover=\"pwned=1\">'\u2028\n$x$"


def make(n: int = 2000, d: int = 4, hostile: bool = False, seed: int = 0, contamination: float = 0.01) -> FakeFound:
    """A detection over `d` columns of numbers, a category, a date and an id."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(n, d))
    names = tuple(f"c{i}" for i in range(d))
    if hostile:
        names = (HOSTILE,) + names[1:]
    data: dict[str, Any] = {name: np.round(matrix[:, i] * 100, 2) for i, name in enumerate(names)}
    cities = ["Oslo", "Rome", HOSTILE if hostile else "Bern"]
    data["city"] = [cities[i] for i in rng.integers(0, 3, n)]
    data["when"] = (np.datetime64("2026-01-01T00:00") + rng.integers(0, 10**6, n).astype("timedelta64[s]")).astype("datetime64[us]")
    data["name"] = [f"R{i:06d}" for i in range(n)]
    kinds = dict.fromkeys(names, "number") | {"city": "category", "when": "datetime", "name": "identifier"}
    table = FakeTable(pl.DataFrame(data), Roles(names, id="name", time="when"), kinds, HOSTILE if hostile else "expenses.csv")
    return FakeFound(table, matrix, names, contamination)


@pytest.fixture
def found() -> FakeFound:
    return make()


@pytest.fixture
def a_detection():
    """The maker: ``a_detection(n=…, d=…, hostile=…)``."""
    return make
