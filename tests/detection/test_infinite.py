"""An infinite value is surely not typical: it is flagged, told, kept, and moves no finite row."""

import json

import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.views.view import view_of

INF = np.inf
N = 300


def table(kind, n=N):
    rng = np.random.default_rng(1)
    made = {
        "normal": lambda: rng.normal(size=(n, 3)),
        "uniform": lambda: rng.uniform(size=(n, 5)),
        "heavy": lambda: np.exp(2 * rng.normal(size=(n, 6))),
        "ratings": lambda: rng.integers(1, 6, (n, 4)).astype(float),
    }[kind]()
    return pd.DataFrame(made, columns=list("abcdef")[: made.shape[1]])


@pytest.mark.parametrize("kind", ["normal", "uniform", "heavy", "ratings"])
@pytest.mark.parametrize("n, rows", [(60, [5]), (N, [5]), (N, [5, 6, 7, 8, 9, 10])])
def test_a_row_with_one_is_flagged_by_the_default(kind, n, rows):
    clean = table(kind, n)
    found = pyn.detect(clean.assign(a=clean["a"].mask(clean.index.isin(rows), INF).where(clean.index != rows[-1], -INF)), n_estimators=100)
    assert found.flags[rows].all() and found.p_values[rows].max() < 0.1
    assert sum(repair.kind == "infinities" and repair.count == len(rows) for repair in found.repairs) == 1


@pytest.mark.parametrize("name", ["iforest", "ecod", "knn", "pca", "hbos", "copod", "gaussian"])
def test_a_rare_one_is_among_the_highest_of_every_detector(name):
    rows = table("normal")
    rows.loc[7, "b"] = -INF
    assert 7 in pyn.detect(rows, name).order[:3]


def test_finite_rows_are_encoded_as_without_it():
    rows = table("heavy")
    rows.loc[7, "b"] = INF
    there, without = pyn.detect(rows, "knn"), pyn.detect(rows.assign(b=rows["b"].replace(INF, np.nan)), "knn")
    at = [there.matrix.features.index(feature) for feature in without.matrix.features if feature.kind == "number"]
    assert len(at) == 6 and np.array_equal(
        np.delete(there.matrix.values[:, at], 7, axis=0), np.delete(without.matrix.values[:, at], 7, axis=0)
    )
    assert there.typical()["b"].high < INF


@pytest.fixture(scope="module")
def claims():
    rng = np.random.default_rng(3)
    rows = table("heavy")[["a", "b"]].assign(shop=rng.choice(["x", "y", "z"], N))
    rows.loc[[7, 9], "a"] = INF
    rows.loc[11, "b"] = -INF
    return rows


@pytest.fixture(scope="module")
def found(claims):
    return pyn.detect(claims, n_estimators=50)


def test_new_rows_are_placed_alike(claims, found):
    assert np.allclose(found.score(claims.iloc[5:12]).scores, found.scores[5:12], rtol=0, atol=1e-12)
    unseen = pyn.detect(claims.iloc[20:], "knn")
    new = unseen.score(claims.iloc[5:12])
    assert set(np.flatnonzero(new.flags)) >= {2, 4, 6} and [repair.count for repair in new.repairs if repair.kind == "infinities"] == [2, 1]


def test_files_that_are_not_read_whole_give_the_same(claims, tmp_path):
    claims.to_parquet(tmp_path / "claims.parquet")
    large, whole = (pyn.detect(tmp_path / "claims.parquet", "ecod", **given) for given in ({"memory": 0}, {}))
    assert np.array_equal(large.scores, whole.scores)
    assert "In column 'a' 2 values are infinite, taken as far beyond all finite ones" in " ".join(map(str, large.repairs))


def test_it_is_told_as_what_it_is(claims, found):
    assert found.frame([7])["a"].tolist() == [INF]
    assert "a = inf" in repr(found.explain(7)) and "-inf" in repr(found.explain(11))
    assert "more than in any unflagged row" in repr(found.kinds([7])) and "inf" in repr(found.groups())
    assert "instead of inf" in repr(found.counterfactual(7)) and "a inf → 2" in repr(found.what_if(7, a=2.0))
    assert "(here inf)" in repr(found.neighbours(7)) and "(here -inf)" in repr(found.neighbours(11))


@pytest.mark.parametrize("mode", ["static", "live"])
def test_pages_hold_no_number_that_json_lacks(found, mode):
    for shown in (found, found.explain([7, 11]), found.counterfactual(7), found.what_if(9, shop="x"), found.groups(), found.kinds()):
        view = view_of(shown, mode)
        json.dumps([view.spec, view.state], allow_nan=False)


def test_a_page_keeps_a_column_with_one_as_it_is(found):
    from pynomaly.views.shipped import coders

    assert [one["kind"] for one in coders(found, 3)] == ["held", "held", "category"]
    plain = pyn.detect(table("heavy"), "ecod")
    new = plain.score(pd.DataFrame(table("heavy").iloc[:2]).assign(a=[INF, 1.0]))
    assert [one["kind"] for one in coders(new, 0)][:2] == ["held", "number"] and coders(new, 1)[0]["kind"] == "number"
