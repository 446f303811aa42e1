"""Tables to files: every kind of column and index that a user's frame may hold."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.tables.write import write

SUFFIXES = [".csv", ".tsv", ".parquet", ".arrow", ".json", ".ndjson", ".xlsx"]


def odd_frame():
    return pd.DataFrame({
        "mixed": [1, "a", None],
        "period": pd.period_range("2024-01", periods=3, freq="M"),
        "bin": pd.cut([1.0, 2.0, 3.0], 2),
        "span": pd.to_timedelta([1, 90, 4000], unit="s"),
        "when": pd.date_range("2024-01-01 12:00", periods=3, tz="Europe/Oslo"),
        "whole": pd.array([1, None, 3], dtype="Int64"),
        "code": pd.Categorical([1, 2, 1]),
    })  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_odd_columns_are_written(tmp_path, suffix):
    frame = odd_frame()
    before = frame.copy()
    path = write(frame, tmp_path / f"odd{suffix}")
    assert path.stat().st_size > 0
    pd.testing.assert_frame_equal(frame, before)


def test_mixed_values_are_written_as_text_and_the_clock_is_kept(tmp_path):
    back = pl.read_parquet(write(odd_frame(), tmp_path / "odd.parquet"))
    assert back["mixed"].to_list() == ["1", "a", None] and back["period"].to_list() == ["2024-01", "2024-02", "2024-03"]
    assert pd.read_excel(write(odd_frame(), tmp_path / "odd.xlsx"))["when"].dt.hour.tolist() == [12, 12, 12]
    assert pl.read_csv(write(odd_frame(), tmp_path / "odd.csv"))["span"].to_list() == ["PT1S", "PT1M30S", "PT1H6M40S"]


def test_nested_values_in_delimited_text(tmp_path):
    assert pl.read_csv(write(pl.DataFrame({"x": [[1, 2], None]}), tmp_path / "n.csv"))["x"].to_list() == ["[1, 2]", None]


@pytest.mark.parametrize(
    "index, names",
    [
        (pd.Index([5, 6, 7], name="a"), ["a_", "a"]),
        (pd.Index(["x", "y", "y"]), ["index", "a"]),
        (pd.MultiIndex.from_tuples([("p", 1), ("p", 2), ("q", 1)], names=["a", None]), ["a_", "level_1", "a"]),
        (pd.date_range("2024-01-01", periods=3), ["index", "a"]),
        (pd.RangeIndex(3), ["a"]),
        (pd.RangeIndex(3, name="n"), ["n", "a"]),
    ],
)
def test_an_index_is_written_under_a_name_of_its_own(tmp_path, index, names):
    back = pl.read_parquet(write(pd.DataFrame({"a": [1.0, 2.0, 3.0]}, index=index), tmp_path / "i.parquet"))
    assert back.columns == names and back["a"].to_list() == [1.0, 2.0, 3.0]


def test_a_path_in_the_home_folder_comes_back_filled_in(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert write(pl.DataFrame({"a": [1]}), "~/home.csv") == tmp_path / "home.csv"
    found = pyn.detect(pd.DataFrame({"a": np.arange(12.0) ** 2, "b": np.tile([1.0, 2.0, 4.0], 4)}), "ecod")
    assert found.save("~/page.html") == tmp_path / "page.html" and (tmp_path / "page.html").exists()


def test_columns_of_two_levels_get_results_of_two_levels(recwarn):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(20, 2)), columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")]))
    back = pyn.detect(frame, "ecod").frame()
    assert back.columns[2] == ("anomaly_score", "") and not [w for w in recwarn if "MultiIndex" in str(w.message)]
