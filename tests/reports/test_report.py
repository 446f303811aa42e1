"""Reports by papermill."""

import re

import polars as pl
import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.errors import DataError, ParameterError


def test_a_report_is_one_page_that_asks_for_nothing(tmp_path):
    claims = pyn.sample()
    path = pyn.report(claims, tmp_path / "claims.html", "ecod", contamination=0.01, title="Claims <b>of</b> May", notebook=tmp_path / "run.ipynb")
    page = path.read_text(encoding="utf-8")
    assert "Claims &lt;b&gt;of&lt;/b&gt; May</title>" in page and "20 of" in page
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", page)
    assert (tmp_path / "run.ipynb").is_file()


def test_names_and_titles_are_text_in_the_page(tmp_path):
    rude = "<img src=x onerror=alert(1)>"
    frame = pl.DataFrame({"a": [float(i * i % 7) for i in range(20)], "b": [float(i % 3) for i in range(20)], rude: [1] * 20})
    page = pyn.report(frame, tmp_path / "r.html", "ecod", title="<script>alert(2)</script>").read_text(encoding="utf-8")
    assert "<script>alert(2)" not in page and "&lt;script&gt;alert(2)" in page
    assert not re.search(r"<img[^>]*onerror", page) and "&lt;img src=x onerror=alert(1)&gt;" in page


def test_what_is_wrong_with_the_data_comes_out_as_one_sentence(tmp_path):
    with pytest.raises(DataError, match="nowhere.csv"):
        pyn.report(tmp_path / "nowhere.csv", tmp_path / "r.html")
    assert list(tmp_path.iterdir()) == []


def test_parameters_must_travel(tmp_path):
    with pytest.raises(ParameterError, match="sent there"):
        pyn.report(pyn.sample(), tmp_path / "r.html", features={"amount"})
    with pytest.raises(DataError, match="does not exist"):
        pyn.report(pyn.sample(), tmp_path / "no" / "r.html")


def test_a_frame_is_reported_as_it_is_detected(tmp_path):
    rng = np.random.default_rng(0)
    index = pd.Index([f"r{i}" for i in range(60)], name="key")
    frame = pd.DataFrame({"code": pd.Categorical(rng.choice([1, 2, 3], 60)), "x": rng.normal(size=60), "mixed": ["7"] * 30 + ["x"] + ["8"] * 29}, index=index)
    frame.loc["r5", "x"] = np.inf
    types = {"mixed": "category"}
    pyn.report(frame, tmp_path / "r.html", "ecod", types=types, budget=3, notebook=tmp_path / "run.ipynb")
    found = pyn.detect(frame, "ecod", types=types, budget=3)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert all(f"<td>&quot;{name}&quot;</td>" in page or f">{name}<" in page for name in found.top(3).index)
    assert "infinite" in page or "infinit" in page
    assert (tmp_path / "run.ipynb").is_file()


def test_what_cannot_be_reported(tmp_path):
    found = pyn.detect(pyn.sample(), "ecod")
    with pytest.raises(ParameterError, match="save"):
        pyn.report(found, tmp_path / "r.html")
    with pytest.raises(DataError, match="no such notebook"):
        pyn.report(pyn.sample(), tmp_path / "r.html", template=tmp_path / "mine.ipynb")
    with pytest.raises(ParameterError, match="did you mean 'iforest'"):
        pyn.report(pyn.sample(), tmp_path / "r.html", "ifrest")


def test_a_report_is_html(tmp_path):
    with pytest.raises(ParameterError, match="must end in .html"):
        pyn.report(pyn.sample(), tmp_path / "r.pdf")
