"""The same call on a Dask frame or with a client gives the same scores, to the bit."""

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.detection.workers import score_partitions
from pynomaly.detectors.cards_own import OWN
from pynomaly.ensembles.ensemble import Ensemble
from pynomaly.errors import MissingExtraError, ParameterError

distributed = pytest.importorskip("distributed")
dd = pytest.importorskip("dask.dataframe")

FROZEN = [card.name for card in OWN if card.name not in ("ensemble", "subsample")]  # every detector of ours that stands for itself


@pytest.fixture(scope="module")
def client():
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def claims():
    return pyn.sample()


@pytest.mark.parametrize("name", FROZEN)
def test_a_dask_frame_gives_the_scores_of_the_frame(client, claims, name):
    some = claims.head(600)
    here = pyn.detect(some, name)
    there = pyn.detect(dd.from_pandas(some, npartitions=3), name, client=client)
    assert np.array_equal(here.scores, there.scores) and here.threshold == there.threshold
    assert here.provenance["fingerprint"] == there.provenance["fingerprint"]


@pytest.mark.parametrize("name", FROZEN)
def test_partitions_are_scored_where_they_lie(client, claims, name):
    found = pyn.detect(claims.head(800), name)
    lazy = score_partitions(found, dd.from_pandas(claims, npartitions=3))
    here, there = found.score(claims).frame(), lazy.compute()
    assert list(lazy.columns) == list(there.columns) == list(here.columns) and (there.index == here.index).all()
    for column in ("anomaly_score", "anomaly", "p_value"):
        assert np.array_equal(here[column], there[column])


def test_two_processes_give_the_same_bits(claims):
    found = pyn.detect(claims.head(800))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, distributed.Client(cluster):
        there = score_partitions(found, dd.from_pandas(claims, npartitions=4)).compute()
    assert np.array_equal(found.score(claims).scores, there["anomaly_score"])


def test_members_are_fitted_and_rows_scored_on_workers(client, claims):
    ensemble = Ensemble(["iforest", "ecod", "lof"], random_state=0)
    for given in ({}, {"sample": 500}):
        here, there = pyn.detect(claims, ensemble, **given), pyn.detect(claims, ensemble, client=client, **given)
        assert np.array_equal(here.scores, there.scores)
    many = np.random.default_rng(0).normal(size=(6000, 3))
    model = pyn.detector("subsample", detector="knn", max_rows=300, random_state=0)
    assert np.array_equal(model.fit(many, client=client).decision_scores_, model.fit(many).decision_scores_)
    assert not hasattr(model, "_client")


def test_a_member_that_fails_there_is_named(client):
    with pytest.raises(ParameterError, match="The member 'knn' of the ensemble failed"):
        Ensemble(["ecod", "knn"]).fit(np.eye(3), client=client)


def test_an_empty_partition_stays_empty(client, claims):
    found = pyn.detect(claims, "ecod")
    frame = dd.from_pandas(claims, npartitions=4)
    some = score_partitions(found, frame[frame["amount"] > claims["amount"].quantile(0.999)]).compute()
    assert 0 < len(some) <= 3 and np.array_equal(some["anomaly_score"], found.score(claims).frame().loc[some.index, "anomaly_score"])


def test_a_dask_array_is_gathered():
    import dask.array as da

    X = np.random.default_rng(0).normal(size=(200, 3))
    assert np.array_equal(pyn.detect(da.from_array(X, chunks=(50, 3)), "ecod").scores, pyn.detect(X, "ecod").scores)


def test_what_is_missing_or_wrong_is_told(monkeypatch, claims):
    found = pyn.detect(claims, "ecod")
    with pytest.raises(ParameterError, match="must be a Dask frame"):
        score_partitions(found, claims)
    monkeypatch.setitem(__import__("sys").modules, "dask", None)
    monkeypatch.setitem(__import__("sys").modules, "dask.dataframe", None)
    with pytest.raises(MissingExtraError, match=r"jupyter-pynomaly\[dask\]"):
        score_partitions(found, claims)


def test_learning_from_the_label_is_asked_for():
    claims = pyn.sample()
    stack = Ensemble(["ecod", "iforest"], combine="stack", random_state=0)
    found = pyn.detect(claims, stack, label="is_anomaly", learn=True, contamination=0.01)
    assert found.n_flagged == 20 and "is_anomaly" not in found.columns and found.explains_exactly
    with pytest.raises(ParameterError, match="learns from labels: say so with learn=True"):
        pyn.detect(claims, stack)
    with pytest.raises(ParameterError, match="knn does not learn from labels; take Ensemble"):
        pyn.detect(claims, "knn", learn=True)
    with pytest.raises(ParameterError, match="no column with the known answers"):
        pyn.detect(claims[["amount", "city"]] if "city" in claims else claims.drop(columns="is_anomaly"), stack, learn=True)
