"""Arguments of `detect` that would do nothing, or make no sense, are told before the work, and nothing is left out in silence."""

import numpy as np
import pandas as pd
import pytest
from pyod.models.knn import KNN as PyODKNN
from sklearn.ensemble import IsolationForest
from sklearn.svm import OneClassSVM

import pynomaly as pyn
from pynomaly.ensembles.members import left_out
from pynomaly.errors import ColumnError, DataError, ParameterError
from pynomaly.tables.roles import MOSTLY


class Failing(pyn.Detector):
    """Cannot be fitted."""

    def _fit(self, X):
        raise RuntimeError("no such luck")

    def _score(self, X):
        return X[:, 0]


class Client:
    """Looks like a client of a cluster."""

    scatter = submit = gather = len


@pytest.fixture
def rows():
    rng = np.random.default_rng(0)
    return pd.DataFrame({"a": rng.normal(size=60), "b": rng.normal(size=60), "shop": rng.choice(["x", "y", "z"], 60)})


@pytest.mark.parametrize("seed", ["a", -1, 1.5, 2**32, True, [1]])
@pytest.mark.parametrize("detector", ["ecod", pyn.detector("hbos")])
def test_a_seed_is_looked_at_where_nothing_draws_too(rows, detector, seed):
    with pytest.raises(ParameterError, match="random_state is .*, and must be None, a whole number"):
        pyn.detect(rows, detector, random_state=seed)


def test_looking_at_a_seed_draws_nothing(rows):
    one, same = np.random.RandomState(5), np.random.RandomState(5)
    pyn.detect(rows, "ecod", random_state=one)
    assert one.randint(1000) == same.randint(1000)


@pytest.mark.parametrize("given", [{}, {"sample": 30}, {"sample": 500}])
def test_what_is_no_client_is_refused(rows, given):
    with pytest.raises(ParameterError, match="client is 3, and must be a dask.distributed.Client"):
        pyn.detect(rows, "ecod", client=3, **given)


def test_a_client_with_nothing_to_do_is_refused(rows):
    with pytest.raises(ParameterError, match="client is for Dask frames, for ensembles, and with sample= for every detector; ecod is fitted here"):
        pyn.detect(rows, "ecod", client=Client())


def test_members_left_out_are_told(rows, tmp_path):
    ensemble = pyn.Ensemble(["ecod", Failing(), "hbos"], on_failure="skip")
    told = "The member 'failing' of the ensemble was left out: RuntimeError: no such luck."
    rows.to_parquet(tmp_path / "rows.parquet")
    with pytest.warns(UserWarning, match="was left out"):
        for found in (
            pyn.detect(rows, ensemble),
            pyn.detect(rows, ensemble, sample=40),
            pyn.detect(rows, pyn.Ensemble(["ecod", ensemble])),
            pyn.detect(tmp_path / "rows.parquet", ensemble, memory=0),
        ):
            assert [repair.message for repair in found.repairs if repair.kind == "member left out"] == [told]
            assert told in repr(found)
    assert left_out(pyn.detect(rows, "default").model) == [] == left_out(pyn.detect(rows, "ecod").model)


@pytest.mark.parametrize(
    "wrong, says",
    [
        (
            IsolationForest,
            "IsolationForest is not a detector of Pynomaly or PyOD: ask for a detector by name, as in detector\\('sklearn.iforest'\\)",
        ),
        (IsolationForest(), "as in detector\\('sklearn.iforest'\\)"),
        (OneClassSVM, "OneClassSVM is not .*, as in detector\\('sklearn.ocsvm'\\)"),
        (PyODKNN, "KNN is a class: give an object of it, KNN\\(\\)"),
        (len, "A detector is named by text"),
        (3, "A detector is named by text, and this is 3"),
    ],
)
def test_what_is_no_detector_says_what_to_give(rows, wrong, says):
    with pytest.raises(ParameterError, match=says):
        pyn.detect(rows, wrong)
    with pytest.raises(ParameterError, match=says):
        pyn.detect(rows, pyn.Ensemble(["ecod", wrong]))


def test_a_class_of_ours_is_taken_in_an_ensemble_too(rows):
    kind = type(pyn.detector("hbos"))
    assert list(pyn.Ensemble(["ecod", kind]).fit(rows[["a", "b"]]).members_) == ["ecod", "hbos"]
    assert pyn.detect(rows, kind).card.name == "hbos"


@pytest.mark.parametrize(
    "given, says",
    [
        ({"types": ["a"]}, r"types=\['a'\] must be a dict"),
        ({"delimiter": 3}, "delimiter=3 is not one character"),
        ({"encoding": 3}, "encoding=3 is no encoding that Python knows"),
        ({"learn": "shop"}, "learn is 'shop', and must be True or False"),
    ],
)
def test_values_of_another_kind_are_told(rows, given, says, tmp_path):
    rows.to_csv(tmp_path / "rows.csv")
    with pytest.raises(ParameterError, match=says):
        pyn.detect(tmp_path / "rows.csv", "ecod", **given)


def test_a_template_that_is_no_path(rows, tmp_path):
    with pytest.raises(DataError, match="template is '3', but there is no such notebook"):
        pyn.report(rows, tmp_path / "a.html", template=3)


@pytest.mark.parametrize("wrong", [-1, True, "lots", float("nan"), []])
def test_memory_is_a_number_of_gigabytes(rows, wrong, tmp_path):
    rows.to_parquet(tmp_path / "rows.parquet")
    with pytest.raises(ParameterError, match="memory is .*, but it must be a number of gigabytes, 0 or more"):
        pyn.detect(tmp_path / "rows.parquet", "ecod", memory=wrong)
    with pytest.raises(ParameterError, match="memory=.* is for Parquet files and folders of parts"):
        pyn.detect(rows, "ecod", memory=wrong)


def test_time_must_be_able_to_order_the_rows(rows, tmp_path):
    says = "time='shop': the column holds no dates, times or numbers that could order the rows \\('[xyz]' in row 0\\)"
    with pytest.raises(ColumnError, match=says + "; no column holds dates or times, so leave time= out"):
        pyn.detect(rows, "ecod", time="shop")
    dated = rows.assign(paid=pd.date_range("2024-01-01", periods=60), due=pd.date_range("2024-02-01", periods=60), none=None)
    with pytest.raises(ColumnError, match=says + "; of dates and times there are 'paid' and 'due'"):
        pyn.detect(dated, "ecod", time="shop")
    dated.drop(columns="none").to_parquet(tmp_path / "dated.parquet")
    with pytest.raises(ColumnError, match=says):
        pyn.detect(tmp_path / "dated.parquet", "ecod", time="shop", memory=0)
    with pytest.raises(ColumnError, match="time='none': .*it is empty"):
        pyn.detect(dated, "ecod", time="none")
    assert pyn.detect(dated, "ecod", time="due").table.roles.time == "due" and pyn.detect(rows, "ecod", time="a").table.roles.time == "a"


@pytest.mark.parametrize("normal, bad", [(0, 1), (1, -1), (False, True), ("fine", "fraud")])
def test_a_label_by_which_most_rows_are_anomalies_is_doubted(rows, normal, bad):
    few = rows.assign(answer=[bad] * 6 + [normal] * 54)
    assert not [repair for repair in pyn.detect(few, "ecod", label="answer").repairs if repair.kind == MOSTLY]
    turned = rows.assign(answer=[normal] * 6 + [bad] * 54)
    found = pyn.detect(turned, "ecod", label="answer")
    (doubt,) = [repair for repair in found.repairs if repair.kind == MOSTLY]
    assert found.table.label.sum() == 54, "the convention stays"
    assert doubt.column == "answer" and doubt.count == 54 and "'answer' makes 54 of 60 rows anomalies" in doubt.message
    assert "make it a column of 0 (normal) and 1 (anomaly)" in doubt.message
    again = found.score(turned.head(3).assign(answer=[bad] * 3))
    assert again.table.label.tolist() == [1, 1, 1] and not [repair for repair in again.repairs if repair.kind == MOSTLY]


@pytest.mark.parametrize(
    "answer, rare", [([2] * 6 + [1] * 54, 2), ([1] * 6 + [2] * 54, 1), ([1] * 30 + [2] * 30, 2), ([5] * 54 + [1] * 6, 1)]
)
def test_of_two_numbers_the_rarer_is_the_anomaly(rows, answer, rare):
    found = pyn.detect(rows.assign(answer=answer), "ecod", label="answer")
    assert found.table.label.tolist() == [int(one == rare) for one in answer]
    assert f"{rare} was taken as the anomaly (the rarer of the two)" in " ".join(map(str, found.repairs))
