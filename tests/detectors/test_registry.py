"""Cards and the registry."""

import pickle
import subprocess
import sys
from importlib.metadata import EntryPoint

import numpy as np
import pytest

from pynomaly.detectors import registry
from pynomaly.detectors.base import Detector
from pynomaly.detectors.card import Card
from pynomaly.detectors.cards import CARDS
from pynomaly.errors import MissingExtraError, ParameterError

FAR = Card("test.far", "Far", "distance", "an example", "Far from zero.", "fit n d, score d", f"{__name__}:Far")


class Far(Detector):
    def __init__(self, power=1.0, contamination=0.1):
        super().__init__(contamination=contamination)
        self.power = power

    def _fit(self, X):
        return self._score(X)

    def _score(self, X):
        return (X**2).sum(1) ** self.power


@pytest.fixture
def fresh(monkeypatch):
    monkeypatch.setattr(registry, "_added", {})
    monkeypatch.setattr(registry, "_seen", set())


def plugin(monkeypatch, *points):
    monkeypatch.setattr(registry, "entry_points", lambda group: [EntryPoint(name, value, group) for name, value in points])


def cards():
    return [FAR]


def broken():
    raise RuntimeError("no licence found")


def test_every_card_is_complete():
    for name, card in CARDS.items():
        assert card.name == name and card.title and card.family and card.summary.endswith(".") and card.cost
        assert card.source.split(", ")[-1].isdigit(), f"{name} has no year"
        assert card.new_rows in ("own", "row by row", "beside the training rows") or card.new_rows.startswith("refused: ")
        assert all(note.endswith(".") for note in card.notes)
        assert pickle.loads(pickle.dumps(card)) == card
    assert {"ecod", "hbos", "pca", "knn", "iforest"} <= set(CARDS)
    assert [name for name, card in CARDS.items() if not card.scores_new_rows] == ["pyod.cof", "lmdd", "loci", "sod", "sos"]


def test_every_tabular_detector_of_pyod_has_a_card():
    from pathlib import Path

    import pyod.models

    other = {"__init__", "base", "base_dl", "combination", "gaal_base", "sklearn_base", "thresholds", "audio_ae", "embedding"}
    there = {file.stem for file in Path(pyod.models.__file__).parent.glob("*.py")} - other
    tabular = {name for name in there if not name.startswith(("ts_", "pyg_", "_"))}
    ours = {"ecod", "hbos", "pca", "knn", "iforest"}
    assert tabular == {name.removeprefix("pyod.") for name, card in CARDS.items() if "pyod" in card.target} and ours <= tabular


def test_reading_cards_imports_no_detector():
    code = "import sys; from pynomaly.detectors.cards import CARDS; print(len(CARDS), [m for m in ('torch', 'numba', 'pyod', 'sklearn', 'pandas') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split(" ", 1)[1].strip() == "[]"


def test_the_table_of_detectors():
    table = registry.detectors()
    assert list(table.index)[0] == "iforest" and len(table) >= len(CARDS)
    assert table.loc["alad", "needs"] == "torch" and "dropout" in table.loc["alad", "notes"]
    assert table["installed"].dtype == bool and table.loc["lof", "installed"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("ifrest", "did you mean 'iforest'"), ("zzzz", "there are 'iforest'"), (5, "named by text, and this is 5"), (None, "named by text"), ("", "There is no detector ''")],
)
def test_a_wrong_name_is_answered(name, words):
    with pytest.raises(ParameterError, match=words):
        registry.detector(name)


def test_a_wrong_parameter_is_answered(fresh):
    registry.register(FAR)
    with pytest.raises(ParameterError, match="lof has no parameter 'n_neighbours': did you mean 'n_neighbors'"):
        registry.detector("lof", n_neighbours=3)
    with pytest.raises(ParameterError, match=r"test\.far has no parameter 'powr': did you mean 'power'"):
        registry.detector("test.far", powr=3)
    with pytest.raises(ParameterError, match="no parameter 'wraps'"):
        registry.detector("lof", wraps="knn")
    with pytest.raises(ParameterError, match="contamination is 2"):
        registry.detector("lof", contamination=2)


def test_detectors_are_given_back_or_wrapped():
    far = Far()
    assert registry.detector(far) is far and registry.detector(far, power=2.0).power == 2.0
    assert registry.detector(Far, power=3.0).power == 3.0
    from pyod.models.ecod import ECOD
    from pyod.models.lof import LOF

    wrapped = registry.detector(LOF(n_neighbors=7, contamination=0.2))
    assert wrapped.wraps == "pyod.lof" and wrapped.n_neighbors == 7 and wrapped.contamination == 0.2
    assert registry.detector(ECOD()).wraps == "pyod.ecod"

    class Mine(LOF):
        """Of a library that is not known."""

    mine = Mine()
    taken = registry.detector(mine)  # as it is, with its scores checked
    assert isinstance(taken, Mine) and taken.get_params() == mine.get_params() and registry.detector(mine, n_neighbors=3).n_neighbors == 3 != mine.n_neighbors
    from sklearn.ensemble import IsolationForest

    with pytest.raises(ParameterError, match="IsolationForest is not a detector"):
        registry.detector(IsolationForest())


def test_capitals_do_not_matter():
    assert registry.card("KNN") is CARDS["knn"]


def test_registering(fresh):
    assert registry.register(FAR) is FAR and registry.register(FAR) is FAR
    assert registry.detector("test.far", power=2.0).fit(np.eye(3)).decision_scores_.tolist() == [1, 1, 1]
    with pytest.raises(ParameterError, match="already"):
        registry.register(Card(**{**{k: getattr(FAR, k) for k in ("title", "family", "source", "summary", "cost", "target")}, "name": "knn"}))
    with pytest.raises(ParameterError, match="needs a pynomaly Card"):
        registry.register("knn")


@pytest.mark.parametrize("value", [f"{__name__}:FAR", f"{__name__}:cards"], ids=["card", "callable"])
def test_a_plugin_is_found(fresh, monkeypatch, value):
    plugin(monkeypatch, ("far", value))
    assert registry.card("test.far") == FAR and "test.far" in registry.detectors().index


@pytest.mark.parametrize("value", ["no_such_module:CARD", f"{__name__}:broken", f"{__name__}:FAMILY"])
def test_a_broken_plugin_is_reported_once_and_by_name(fresh, monkeypatch, value):
    plugin(monkeypatch, ("their.detector", value), ("far", f"{__name__}:FAR"))
    with pytest.warns(UserWarning, match=r"plugin 'their\.detector' of an unknown package"):
        assert registry.card("test.far") == FAR
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert registry.card("knn").name == "knn"


def test_a_card_is_checked():
    with pytest.raises(ParameterError, match="word without spaces"):
        Card("two words", "t", "f", "s", "s", "c", "a:b")
    with pytest.raises(ParameterError, match="target='a.b'"):
        Card("x", "t", "f", "s", "s", "c", "a.b")
    with pytest.raises(TypeError):
        FAR.defaults["a"] = 1


def test_what_is_missing_is_told():
    card = Card("x", "t", "f", "s", "s", "c", "a:b", needs=("no_such_package",))
    with pytest.raises(MissingExtraError, match="x needs the package 'no_such_package', which is not installed: pip install no_such_package"):
        card.check_installed()
    with pytest.raises(MissingExtraError, match=r'"jupyter-pynomaly\[torch\]"'):
        Card("x", "t", "f", "s", "s", "c", "a:b", needs=("no_such_package",), extra="torch").check_installed()
