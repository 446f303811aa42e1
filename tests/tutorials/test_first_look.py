"""The first tutorial says what is true of its data, and runs with other parameters."""

import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import polars as pl
import pytest

import pynomaly as pyn

NOTEBOOK = Path(__file__).resolve().parents[2] / "tutorials" / "01_first_look.ipynb"


def run(folder: Path, **parameters) -> list[str]:
    """Run the notebook in a folder; what its cells print and show, as text."""
    done = papermill.execute_notebook(NOTEBOOK, folder / "run.ipynb", parameters, cwd=str(NOTEBOOK.parent), kernel_name="python3", progress_bar=False)
    outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
    assert any("text/html" in output.get("data", {}) for output in outputs), "no explorer was shown"
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]


def test_it_is_stored_clean_and_can_take_parameters():
    notebook = nbformat.read(NOTEBOOK, 4)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    assert [cell.source.split(" = ")[0] for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])] == ["source"]
    assert papermill.inspect_notebook(str(NOTEBOOK)).keys() == {"source", "detector", "contamination"}
    assert "pip install pynomaly" not in NOTEBOOK.read_text(encoding="utf-8")


def test_it_installs_from_the_address_in_the_settings():
    settings = (NOTEBOOK.parents[1] / "settings.ini").read_text(encoding="utf-8")
    address = next(line.split("=")[1].strip() for line in settings.splitlines() if line.startswith("repository"))
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert f"git+{address}" in text
    assert address.replace("https://github.com", "colab.research.google.com/github") + "/blob/main/tutorials/01_first_look.ipynb" in text


def test_run_by_papermill_with_other_parameters(shared_data, tmp_path):
    rides = shared_data / "mixed" / "taxis.csv"
    said = run(tmp_path, source=str(rides), detector="ecod", contamination=0.01)
    found = pyn.detect(rides, "ecod", contamination=0.01)
    for text in (found.table.name, f"{found.n_flagged} flagged: contamination", "Empirical cumulative distributions"):
        assert any(text in output for output in said)
    assert any(output.startswith(f"Detection in table.parquet: {found.n_flagged} of 6,433") for output in said)  # the same from a shell


def test_without_the_rides_it_goes_on_with_the_sample(tmp_path, monkeypatch):
    monkeypatch.setenv("PYNOMALY_DATA", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("no_proxy", "")
    said = run(tmp_path)
    assert any("could not be read" in output and "expense claims" in output for output in said)
    assert any("of 2,000 rows flagged" in output for output in said)


@pytest.fixture(scope="module")
def rides(shared_data) -> pl.DataFrame:
    """The rides with what the defaults say about them, and how long they took."""
    frame = pyn.detect(shared_data / "mixed" / "taxis.csv").frame()
    return frame.with_columns(minutes=(pl.col("dropoff") - pl.col("pickup")).dt.total_seconds() / 60)


def test_what_the_prose_says_of_the_rides(rides):
    flagged = rides.filter(pl.col("anomaly") == 1)
    assert (rides.height, flagged.height) == (6433, 263)
    flat, nothing = pl.col("fare") == 52, (pl.col("distance") == 0) & (pl.col("fare") > 30)
    kennedy = (pl.col("pickup_zone") == "JFK Airport") | (pl.col("dropoff_zone") == "JFK Airport")
    assert (rides.filter(flat).height, flagged.filter(flat).height, rides.filter(flat & kennedy).height) == (131, 94, 114)
    places = rides.with_row_index("row").sort("anomaly_score", descending=True)
    assert places["row"][:5].to_list() == [622, 1108, 42, 3644, 4414] and places["row"][:52].to_list().index(places.filter(flat & kennedy)["row"][0]) == 51
    assert rides["pickup"].dt.date().min().isoformat() == "2019-02-28" and rides.filter(pl.col("pickup").dt.month() == 2).height == 1
    assert (rides.filter(nothing).height, flagged.filter(nothing).height) == (12, 7)
    assert rides.filter(nothing & (pl.col("anomaly") == 0))["fare"].to_list() == [52.0] * 4 + [71.2]
    assert rides.filter(pl.col("distance") == 0).height == 51
    assert rides.filter(pl.col("pickup_zone").is_null() & pl.col("dropoff_zone").is_null()).height == 21
    gap = rides.row(4414, named=True)
    assert (gap["distance"], gap["fare"], round(gap["minutes"])) == (4.2, 17, 21) and gap["pickup_zone"] is gap["dropoff_zone"] is None
    without = rides[[42, 3644, 622]]
    assert without["fare"].to_list() == [80, 103, 120] and (without["minutes"] * 60).round().to_list() == [3, 103, 19]
    assert without["distance"].to_list() == [0, 0, 0] and without["pickup_zone"].null_count() == without["dropoff_zone"].null_count() == 3


def test_the_better_question_finds_what_the_prose_says(rides):
    short = (pl.col("fare") > 30) & (pl.col("minutes") < 2)
    assert rides.filter(short).height == 15
    assert rides.sort("anomaly_score", descending=True).head(20).filter(short).height == 5
    asked = rides.with_columns(dollars_a_minute=pl.col("fare") / pl.col("minutes").clip(1))
    found = pyn.detect(asked, features=["distance", "minutes", "fare", "dollars_a_minute"], budget=20)
    assert found.top(20).filter(short).height == 15
    nothing = (pl.col("fare") > 30) & (pl.col("distance") == 0)
    missed = rides.filter(nothing & (pl.col("minutes") > 2))
    assert found.top(20).filter(nothing & short).height == 11 and missed["minutes"].round().to_list() == [59]


def test_the_shell_command_it_shows(shared_data, tmp_path):
    command = [sys.executable, "-m", "pynomaly", "detect", str(shared_data / "mixed" / "taxis.csv"), "--report", "report.html", "--output", "scores.parquet"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert pl.read_parquet(tmp_path / "scores.parquet")["anomaly"].sum() == 263
    assert "<script" in (tmp_path / "report.html").read_text(encoding="utf-8")
