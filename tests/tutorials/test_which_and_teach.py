"""The tutorials on choosing and on teaching: stored clean, true of their data, and able to run without it."""

from pathlib import Path

import nbformat
import numpy as np
import papermill
import polars as pl
import pytest
from sklearn.metrics import average_precision_score

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
    assert any("Comparison of 3 detectors on 5 tables" in output for output in said)
    assert any("knn cannot be tuned without labels" in output for output in said)


def test_without_the_rides_it_teaches_on_the_sample(tmp_path, alone):
    said = run(TEACH, tmp_path)
    assert any("could not be read" in output and "instead of the taxi rides" in output for output in said)
    assert any("these verdicts were given on other data" in output and "fingerprint" in output for output in said)
    assert any(output.startswith("  0 answers") and " 30 answers" in output for output in said)


DETECTORS = ["default", "iforest", "ecod", "hbos", "pca", "knn", "lof"]


@pytest.fixture(scope="module")
def machine(shared_data):
    """The milling machine's runs, without the kinds of failure."""
    return pl.read_csv(shared_data / "mixed" / "ai4i2020.csv").drop("TWF", "HDF", "PWF", "OSF", "RNF").to_pandas()


@pytest.fixture(scope="module")
def judged(machine):
    """The milling machine with the answers, as the tutorial compares."""
    return pyn.compare(machine, DETECTORS, label="Machine failure", seeds=1)


def test_what_the_prose_says_of_the_machine(machine, judged):
    assert list(judged.table.index)[:3] == ["knn", "ecod", "lof"] and list(judged.table.index)[5] == "iforest"
    monday = judged.table["consensus"].sort_values(ascending=False)
    assert (monday.index[0], monday.index[-1]) == ("iforest", "lof") and monday.corr(judged.table["average_precision"], method="spearman") < -0.5
    assert machine["Machine failure"].sum() == 339 and len(machine) == 10_000
    assert judged.table["fit_seconds"][["ecod", "knn", "lof"]].idxmin() == "ecod"
    told = judged.pairs("average_precision").set_index(["first", "second"])
    for pair in (("knn", "ecod"), ("knn", "lof"), ("ecod", "lof")):
        assert told.loc[pair, "low"] < 0 < told.loc[pair, "high"] and not told.loc[pair, "differ"]
    areas = judged.pairs("auroc").set_index(["first", "second"])
    assert areas["high"][[("knn", "ecod"), ("knn", "lof")]].max() < 0 and areas.loc[("ecod", "lof"), "low"] < 0 < areas.loc[("ecod", "lof"), "high"]
    assert areas["differ"][[("knn", "ecod"), ("knn", "lof"), ("ecod", "lof")]].to_list() == [True, True, False]
    quarrel = judged.disputed(5)
    assert (quarrel["id"] == quarrel.index + 1).all() and not machine["Machine failure"].loc[quarrel.index].any()
    assert quarrel["knn"].between(0.7, 0.9).all() and quarrel["lof"].round(2).between(0.96, 0.98).all() and (quarrel[["ecod", "hbos"]] < 0.4).all(axis=None)
    places = machine.drop(columns=["UDI", "Machine failure"]).rank(pct=True, numeric_only=True).loc[quarrel.index]
    assert ((places > 0.05) & (places < 0.95)).all(axis=None)


def test_what_the_prose_says_of_the_eight_tables(adbench):
    best = {"14_glass": "iforest", "40_vowels": "knn", "6_cardio": "default", "38_thyroid": "default"}
    best |= {"4_breastw": "ecod", "20_letter": "lof", "18_Ionosphere": "knn", "44_Wilt": "default"}
    for name, wins in best.items():
        X, y = adbench(name)
        precision = {one: average_precision_score(y, pyn.detect(pl.DataFrame(X), one).scores) for one in DETECTORS}
        assert max(precision, key=precision.get) == wins
        assert name != "4_breastw" or precision.pop("lof") < 0.5 * min(precision.values())


@pytest.fixture(scope="module")
def rides(shared_data):
    """The rides, those that are wanted and those from or to Kennedy at the flat fare."""
    rides = pyn.read(shared_data / "mixed" / "taxis.csv").frame.to_pandas()
    minutes = (rides["dropoff"] - rides["pickup"]).dt.total_seconds() / 60
    wanted = (rides["fare"] > 30) & ((rides["distance"] == 0) | (minutes < 2))
    airport = (rides["fare"] == 52) & ((rides["pickup_zone"] == "JFK Airport") | (rides["dropoff_zone"] == "JFK Airport"))
    return rides.assign(minutes=minutes, dollars_a_minute=rides["fare"] / minutes.clip(lower=1)), wanted, airport


def ask(found, wanted, rounds):
    """Answer ten questions a round; the detection before and after each."""
    steps = [found]
    for _ in range(rounds):
        for row in found.next_questions(10)["row"]:
            found.set_verdict(row, "anomaly" if wanted[row] else "normal")
        found = found.relearn()
        steps.append(found)
    return steps


def test_what_the_prose_says_of_the_rides(rides):
    table, wanted, airport = rides
    found = pyn.detect(table.drop(columns=["minutes", "dollars_a_minute"]))
    flagged = found.frame(found.order[: found.n_flagged])
    assert flagged[airport.loc[flagged.index] & flagged.notna().all(axis=1)].index[0] == 3640 and table.loc[3640, "dropoff_zone"] == "Murray Hill"
    found.set_verdict(3640, "normal")
    steps = [found, *ask(found.relearn(), wanted, 2)]
    told = [tuple(int((mask & (step.flags == 1)).sum()) for mask in (wanted | True, airport, wanted)) for step in steps]
    assert told == [(263, 84, 8), (196, 50, 8), (116, 6, 7), (75, 1, 7)] and wanted.sum() == 16
    assert [round(float(step.scores[3640]), 2) for step in steps[:2]] == [1.49, 0.35]
    assert {1108, 1961} <= steps[-1].verdicts.keys() and table.loc[[1108, 1961], "fare"].tolist() == [52, 52]
    assert (steps[-1].scores[[1108, 1961]] > steps[-1].threshold).all() and steps[-1].threshold == found.threshold


def test_what_the_prose_says_of_the_lessons(rides):
    table, wanted, _ = rides
    found = pyn.detect(table.drop(columns=["minutes", "dollars_a_minute"]))
    found.set_verdict(3640, "normal")
    once = found.relearn()
    first = once.next_questions(10)
    assert first[["pickup_zone", "dropoff_zone"]].isna().all(axis=None) and (first["distance"] == 0).sum() == 5 and not first["anomaly_score"].is_monotonic_decreasing
    taught = ask(once, wanted, 2)[-1]
    assert (taught.scores < found.scores).all() and [round(float(one.scores[622]), 2) for one in (found, taught)] == [11.91, 6.64]
    assert sorted(taught.order[:6].tolist()) == sorted(row for row, one in taught.verdicts.items() if one["verdict"] == "anomaly")
    assert [list(one.order).index(1961) + 1 for one in (found, taught)] == [23, 16] and taught.verdicts[1961]["verdict"] == "normal"
    assert set(taught.lessons().verdicts["row"][:4]) == {1961, 1108, 5648, 3640}
    moved = taught.moved(10)
    assert table.loc[moved["row"][:7], "dropoff_zone"].isna().all() and set(moved["row"][7:9]) == {1914, 3852}
    assert (table.loc[[1914, 3852], "fare"] == 52).all() and (table.loc[[1914, 3852], "pickup_zone"] == "JFK Airport").all()
    assert (moved["rank_before"][7:9] < 210).all() and (moved["rank_after"][7:9] > 2000).all()
    asked = [row for row in taught.verdicts if row != 3640]
    assert table.loc[asked, ["pickup_zone", "dropoff_zone"]].isna().any(axis=1).all() and wanted[asked].sum() == 6
    before, after = (dict(zip(why.columns, why.values[0], strict=True)) for why in (found.explain(622), taught.explain(622)))
    places = ["pickup_borough", "pickup_zone", "dropoff_borough", "dropoff_zone"]
    assert taught.order[0] == 622 and max(after, key=after.get) == "pickup_zone"
    assert [round(sum(one[name] for name in places), 1) for one in (before, after)] == [10.4, 5.4]
    assert [round(sum(one[name] for name in ("tolls", "total", "fare", "tip")), 1) for one in (before, after)] == [1.6, 2.4]
    later = ask(taught, wanted, 2)[-1].explain(622)
    assert dict(zip(later.columns, later.values[0], strict=True))["pickup_zone"] > 0.8 * after["pickup_zone"]  # more answers of this kind change little
    assert np.flatnonzero(wanted & (found.flags == 1) & (taught.flags == 0)).tolist() == [5433]


def test_what_the_prose_says_of_the_better_question(rides):
    table, wanted, _ = rides
    steps = ask(pyn.detect(table, features=["distance", "minutes", "fare", "dollars_a_minute"]), wanted, 3)
    assert [step.n_flagged for step in steps] == [530, 530, 366, 17] and all((step.flags[wanted] == 1).all() for step in steps)
    assert wanted[list(steps[1].model.rows)].all() and wanted[list(steps[3].model.rows)].sum() == 16
    why = steps[-1].explain(steps[-1].order[0])
    assert dict(zip(why.columns, why.values[0], strict=True))["dollars_a_minute"] == why.values.max() and table.loc[why.rows[0], "dollars_a_minute"] == 120


def test_what_the_prose_says_of_the_measured_sets():
    lines = (FOLDER.parent / "benchmarks" / "results" / "feedback.md").read_text(encoding="utf-8").splitlines()
    head = [cell.strip() for cell in lines[0].strip("|").split("|")]
    rows = {cells[0]: dict(zip(head[1:], map(float, cells[1:]), strict=True)) for line in lines[2:] for cells in [[cell.strip() for cell in line.strip("|").split("|")]]}
    mean = rows.pop("mean")
    assert np.round([mean["AP before"], mean["AP after, asked"], mean["AP after, random"]]).tolist() == [49, 62, 55]
    assert (len(rows), sum(one["AP after, random"] > one["AP after, asked"] for one in rows.values())) == (17, 7)
