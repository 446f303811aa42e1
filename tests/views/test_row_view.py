"""The view of one row: what it is given, what it ships and what it answers."""

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.encoding.encoder import Encoder
from pynomaly.errors import ParameterError
from pynomaly.explain.neighbours import Neighbours
from pynomaly.views import shipped
from pynomaly.views.row import Answers, row
from pynomaly.views.shipped import Cargo, NeedsKernel, coders, detector
from pynomaly.views.view import answers_of, view_of


def detection(name=None, **options):
    return pyn.detect(pyn.sample(), **({"detector": name} if name else {}), contamination=0.01, **options)


@pytest.fixture(scope="module")
def found():
    return detection()


def test_every_question_has_the_same_view(found):
    at = int(found.order[0])
    for result in (found.what_if(at), found.counterfactual(at), found.neighbours(at)):
        view = view_of(result)
        assert view.module == "row" and view.spec["before"]["score"] == pytest.approx(found.scores[at]) and len(view.plain.lines) == len(found.columns)
        assert view.spec["counterfactual"]["changes"] and len(view.spec["neighbours"]["rows"]) == 11
    assert view_of(found.what_if(at, tip=2)).state == {"changes": {"tip": 2}}


@pytest.mark.parametrize("name, kind", [("ecod", "tails"), ("copod", "tails"), ("hbos", "hbos"), ("pca", "pca"), ("iforest", "iforest"), (None, "mean")])
def test_small_detectors_are_shipped_whole(name, kind):
    found = detection(name)
    spec = row(found.what_if(0)).spec
    assert spec["model"]["detector"]["kind"] == kind and spec["reason"] == "" and spec["buffers"]
    assert all(not column["held"] for column in spec["columns"])


def test_other_detectors_need_a_kernel():
    for name in ("knn", "pyod.loda"):
        spec = row(detection(name).what_if(0)).spec
        assert spec["model"] is None and "Python only" in spec["reason"] and spec["buffers"] == {}


def test_what_is_too_large_needs_a_kernel(found, monkeypatch):
    monkeypatch.setattr(shipped, "LARGEST", 1000)
    with pytest.raises(NeedsKernel, match="takes more than"):
        detector(found.model, Cargo())
    assert row(found.what_if(0)).spec["model"] is None


def test_floats_keep_all_their_bits():
    cargo, numbers = Cargo(), np.random.default_rng(0).normal(size=7) * 1e-300
    cargo.floats("x", numbers)
    offset = cargo.buffers["x"]["offset"]
    assert np.array_equal(np.frombuffer(cargo.blob()[offset : offset + 56], "<f8"), numbers)


def test_columns_a_page_cannot_encode_are_held():
    import polars as pl

    rng = np.random.default_rng(0)
    words = ["the quick brown fox", "jumps over", "a lazy dog", "and so on it goes"]
    frame = pl.DataFrame({"x": rng.normal(size=300), "note": [f"{words[i % 4]} {words[(i * 7) % 3]} number {i}, said again {i * 13}" for i in range(300)]})
    found = pyn.detect(frame, "ecod", contamination=0.02)
    kinds = {one["name"]: one["kind"] for one in coders(found, 0)}
    assert kinds["x"] == "number"
    for name, kind in kinds.items():
        assert (kind == "held") == (found.table.kinds[name] == "text")
    assert isinstance(found.encoder, Encoder)


def test_it_answers_changes_and_says_what_is_wrong(found):
    at = int(found.order[0])
    asked = found.what_if(at)
    view = view_of(asked, "live")
    assert view.spec["live"] and view.spec["model"] is None
    answers = answers_of(asked, view)
    assert isinstance(answers, Answers)
    good = answers.reply({"id": 7, "kind": "what_if", "changes": {"tip": 2, "submitted": "2023-05-01T12:00:00"}})
    assert good["id"] == 7 and good["score"] == pytest.approx(found.what_if(at, tip=2, submitted="2023-05-01T12:00").score)
    assert len(good["values"]) == len(found.columns)
    for request, words in (({"kind": "what_if", "changes": {"tip": "x"}}, "holds numbers"), ({"kind": "what_if"}, "new values by column"), ({"kind": "rows"}, "cannot ask for 'rows'")):
        assert words in answers.reply(request)["error"]


def test_a_result_without_its_detection_has_no_view():
    with pytest.raises(ParameterError, match="does not know its detection"):
        row(Neighbours(0, 0, 1.0, True, (), (), (), ()))


def test_the_page_holds_what_a_missing_value_counts_as():
    rng = np.random.default_rng(0)
    found = pyn.detect(pl.DataFrame({"a": [*rng.normal(size=70), *[None] * 30], "b": rng.normal(size=100)}), "pca")
    there, gone = (found.matrix.values[row, 1] for row in (0, 99))
    assert coders(found, 0)[0]["missing"] == pytest.approx([there, gone]) and there < 0 < gone
