"""The tutorials on choosing and on teaching: stored clean, true of their data, and able to run without it."""

from pathlib import Path

import nbformat
import numpy as np
import papermill
import polars as pl
import pytest

import pynomaly as pyn

FOLDER = Path(__file__).resolve().parents[2] / "tutorials"
WHICH, TEACH = "04_which_detector", "05_teach_it"


def run(name: str, folder: Path, **parameters) -> list[str]:
    """Run a tutorial in a folder; what its cells print and show, as text."""
    done = papermill.execute_notebook(FOLDER / f"{name}.ipynb", folder / "run.ipynb", parameters, cwd=str(FOLDER), kernel_name="python3", progress_bar=False)
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for cell in done.cells for output in cell.get("outputs", [])]


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """No data beside the checkout, and no network."""
    monkeypatch.setenv("PYNOMALY_DATA", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("no_proxy", "")


@pytest.mark.parametrize(("name", "parameters"), [(WHICH, {"source", "label", "detectors"}), (TEACH, {"rounds", "questions"})])
def test_stored_clean_with_kernel_and_parameters(name, parameters):
    file = FOLDER / f"{name}.ipynb"
    notebook = nbformat.read(file, 4)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    assert notebook.metadata == nbformat.read(FOLDER / "01_first_look.ipynb", 4).metadata
    assert papermill.inspect_notebook(str(file)).keys() == parameters


@pytest.mark.parametrize("name", [WHICH, TEACH])
def test_installs_from_the_address_in_the_settings(name):
    settings = (FOLDER.parent / "settings.ini").read_text(encoding="utf-8")
    address = next(line.split("=")[1].strip() for line in settings.splitlines() if line.startswith("repository"))
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    assert f"git+{address}" in text and "pip install pynomaly" not in text
    assert address.replace("https://github.com", "colab.research.google.com/github") + f"/blob/main/tutorials/{name}.ipynb" in text


def test_without_the_machine_it_chooses_on_the_sample(tmp_path, alone):
    said = run(WHICH, tmp_path, detectors=["default", "ecod", "hbos"])
    assert any("could not be read" in output and "instead of the machine" in output for output in said)
    assert any(output.startswith("2,000 rows; the answers are put away") for output in said)
    assert any("Comparison of 3 detectors on part 0, part 1" in output for output in said)
    assert any("knn cannot be tuned without labels" in output for output in said)


def test_without_the_rides_it_teaches_on_the_sample(tmp_path, alone):
    said = run(TEACH, tmp_path)
    assert any("could not be read" in output and "instead of the taxi rides" in output for output in said)
    assert any("these verdicts are on" in output and "fingerprint" in output for output in said)
    assert any(output.startswith("  0 answers") and " 30 answers" in output for output in said)


@pytest.fixture(scope="module")
def judged(shared_data):
    """The milling machine with the answers, as the tutorial compares."""
    runs = pl.read_csv(shared_data / "mixed" / "ai4i2020.csv").drop("TWF", "HDF", "PWF", "OSF", "RNF").to_pandas()
    return pyn.compare(runs, ["default", "iforest", "ecod", "hbos", "pca", "knn", "lof"], label="Machine failure", seeds=1)


def test_what_the_prose_says_of_the_machine(judged):
    assert list(judged.table.index)[:3] == ["knn", "ecod", "lof"] and list(judged.table.index)[5] == "iforest"
    monday = judged.table["consensus"].sort_values(ascending=False)
    assert (monday.index[0], monday.index[-1]) == ("iforest", "lof")
    assert judged.table["fit_seconds"].idxmin() in ("ecod", "hbos", "pca")
    told = judged.pairs("average_precision").set_index(["first", "second"])
    for pair in (("ecod", "knn"), ("ecod", "lof"), ("knn", "lof")):
        assert told.loc[pair, "low"] < 0 < told.loc[pair, "high"]
    areas = judged.pairs("auroc").set_index(["first", "second"])
    assert areas.loc[("ecod", "knn"), "low"] > 0 > areas.loc[("ecod", "lof"), "low"]
    quarrel = judged.disputed(5)
    assert (quarrel["lof"] > 0.95).all() and (quarrel[["ecod", "hbos"]] < 0.4).all(axis=None)


def test_what_the_prose_says_of_the_rides(shared_data):
    rides = pyn.read(shared_data / "mixed" / "taxis.csv").frame.to_pandas()
    minutes = (rides["dropoff"] - rides["pickup"]).dt.total_seconds() / 60
    wanted = ((rides["fare"] > 30) & ((rides["distance"] == 0) | (minutes < 2))).to_numpy()
    airport = (rides["fare"] == 52).to_numpy() & ~wanted
    found, told = pyn.detect(rides), []
    for _ in range(3):
        flagged = found.flags == 1
        told.append((int(flagged.sum()), int((flagged & airport).sum()), int((flagged & wanted).sum())))
        for row in found.next_questions(10).index:
            found.set_verdict(row, "anomaly" if wanted[row] else "normal")
        found = found.relearn()
    assert told == [(263, 93, 8), (128, 13, 7), (75, 3, 7)] and wanted.sum() == 16


def test_what_the_prose_says_of_the_measured_sets():
    lines = (FOLDER.parent / "benchmarks" / "results" / "feedback.md").read_text(encoding="utf-8").splitlines()
    head = [cell.strip() for cell in lines[0].strip("|").split("|")]
    rows = {cells[0]: dict(zip(head[1:], map(float, cells[1:]), strict=True)) for line in lines[2:] for cells in [[cell.strip() for cell in line.strip("|").split("|")]]}
    mean = rows.pop("mean")
    assert np.round([mean["AP before"], mean["AP after, asked"], mean["AP after, random"]]).tolist() == [49, 62, 55]
    assert (len(rows), sum(one["AP after, random"] > one["AP after, asked"] for one in rows.values())) == (17, 7)
