"""The tutorials on reasons and on thresholds are stored clean, run without their tables, and say what is true of them."""

from pathlib import Path

import nbformat
import numpy as np
import papermill
import polars as pl
import pytest
from polars import col

import pynomaly as pyn

FOLDER = Path(__file__).resolve().parents[2] / "tutorials"
PARAMETERS = {"02_why": set(), "03_how_sure": {"capacity", "fdr"}}


@pytest.mark.parametrize("name", PARAMETERS)
def test_it_is_stored_clean_and_can_take_parameters(name):
    path = FOLDER / f"{name}.ipynb"
    notebook = nbformat.read(path, 4)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    assert notebook.metadata.kernelspec.name == "python3"
    assert papermill.inspect_notebook(str(path)).keys() == PARAMETERS[name]
    assert "pip install pynomaly" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PARAMETERS)
def test_it_installs_from_the_address_in_the_settings(name):
    settings = (FOLDER.parent / "settings.ini").read_text(encoding="utf-8")
    address = next(line.split("=")[1].strip() for line in settings.splitlines() if line.startswith("repository"))
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    assert f"git+{address}" in text
    assert address.replace("https://github.com", "colab.research.google.com/github") + f"/blob/main/tutorials/{name}.ipynb" in text


@pytest.mark.parametrize("name", PARAMETERS)
def test_its_links_lead_somewhere(name):
    text = "".join(cell.source for cell in nbformat.read(FOLDER / f"{name}.ipynb", 4).cells if cell.cell_type == "markdown")
    links = [part.split(")")[0] for part in text.split("](")[1:]]
    assert links and not [link for link in links if not link.startswith("https://") and not (FOLDER / link).is_file()]


@pytest.mark.parametrize("name", PARAMETERS)
def test_without_its_table_it_goes_on_with_the_sample(name, tmp_path, monkeypatch):
    monkeypatch.setenv("PYNOMALY_DATA", str(tmp_path))
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("no_proxy", "")
    done = papermill.execute_notebook(FOLDER / f"{name}.ipynb", tmp_path / "run.ipynb", cwd=str(FOLDER), kernel_name="python3", progress_bar=False)
    said = "".join(output.get("text", "") for cell in done.cells for output in cell.get("outputs", []))
    assert "could not be read" in said and "expense claims" in said


def test_what_the_prose_says_of_the_list(shared_data):
    found = pyn.detect(shared_data / "mixed" / "taxis.csv")
    groups = found.groups()
    assert [(len(group.rows), group.columns[0]) for group in groups] == [(171, "tolls"), (50, "dropoff_borough"), (42, "payment")]
    dear, why = found.table.frame[groups[0].rows], found.explain(groups[0].rows)
    assert 0.38 < (why.values[:, why.columns.index("tolls")] / why.scores).mean() < 0.4 and dear["distance"].median() > 17 and dear["fare"].median() == 52
    lacks = found.table.frame["payment"].is_null().to_numpy()
    assert lacks.sum() == lacks[found.flags == 1].sum() == 44 and groups[2].sentence == "42 rows: payment is missing (no unflagged row)"
    importance = found.explain(found.order[:263]).importance()
    assert importance.index[:6].tolist() == ["dropoff_borough", "pickup_borough", "payment", "dropoff_zone", "pickup_zone", "tolls"]
    assert importance.index[8] == "fare" and 0.2 < importance["fare"] / importance["pickup_borough"] < 0.3


def test_what_the_prose_says_of_the_kinds(shared_data):
    rides = pyn.read(shared_data / "mixed" / "taxis.csv").frame
    found = pyn.detect(rides)
    kinds = found.kinds().frame().set_index("row")
    assert kinds.groupby(["kind", "reach"]).size().to_dict() == {("collective", "global"): 91, ("point", "global"): 26, ("point", "local"): 146}
    gaps = {row for group in found.groups()[1:] for row in group.rows.tolist()}
    assert set(kinds.index[kinds["kind"] == "collective"]) == gaps - {3793}
    unpaid = rides.filter(col("payment").is_null() & col("pickup_zone").is_null()).height
    assert unpaid == rides[3793].filter(col("payment").is_null() & col("pickup_zone").is_null()).height == 1
    assert kinds.loc[5364, "evidence"].startswith("tolls is 24.02, more than")
    assert tuple(kinds.loc[4641, ["kind", "reach"]]) == ("point", "local")
    calm = rides.filter(pl.Series(found.flags == 0))
    paid, went = col("tolls") >= 6.12, col("distance") >= 23.3
    assert rides[4641].filter(paid & went).height == 1
    assert calm.filter(paid).height and calm.filter(went).height and not calm.filter(paid & went).height


def test_what_the_prose_says_of_kennedy(shared_data):
    rides = pyn.read(shared_data / "mixed" / "taxis.csv").frame.to_pandas()
    rides["kennedy"] = np.where((rides["pickup_zone"] == "JFK Airport") | (rides["dropoff_zone"] == "JFK Airport"), "yes", "no")
    kinds = pyn.detect(rides, features=["distance", "fare", "kennedy"], budget=40).kinds().frame()
    told = kinds[kinds["kind"] == "contextual"].set_index("row")["evidence"]
    assert told.to_dict()[3571] == "distance 0.81 is usual elsewhere, but rows with kennedy yes have 5.1 – 19.9" and len(told) == 2


def test_what_the_prose_says_of_one_ride(shared_data):
    rides = pyn.read(shared_data / "mixed" / "taxis.csv").frame
    rides = rides.with_columns(minutes=((col("dropoff") - col("pickup")).dt.total_seconds() / 60).round(1))
    found = pyn.detect(rides, features=["distance", "minutes", "fare"], budget=20)
    brief, long = (rides[group.rows] for group in found.groups(2))
    assert brief.height == 15 and brief["minutes"].max() < 2 and long.height == 5
    assert long.filter(col("distance") > 10)["fare"].sort().to_list() == [100, 130, 143.5, 150]
    assert long.filter(col("distance") < 10).select("fare", "distance").row(0) == (55, 0.51)
    assert 3571 in found.order[:6] and rides.row(3571, named=True)["fare"] == 66
    row = int(found.order[0])
    assert rides.row(row, named=True)["fare"] == 120 and rides["fare"].median() == 9.5
    assert found.what_if(row, distance=20, minutes=40).flagged and not found.what_if(row, fare=9.5).flagged
    (fare,) = found.counterfactual(row).changes
    assert (fare.column, fare.after) == ("fare", 39)
    before, cheap = found.explain(row), found.what_if(row, fare=9.5).why
    assert (cheap.values[1] < before.values[0]).all()  # the other parts shrink too
    kept = {change.column: change.after for change in found.counterfactual(row, fixed="fare").changes}
    assert kept["minutes"] > 90 and round(kept["distance"]) == 7
    near = found.neighbours(row, k=3)
    assert rides[[one.row for one in near.normal]]["fare"].to_list() == [2.5] * 3
    assert rides[[one.row for one in near.alike]]["fare"].to_list() == [103, 52, 52]


@pytest.fixture(scope="module")
def machine(shared_data):
    """The milling machine's runs, with what matters for a failure as columns."""
    return pl.read_csv(shared_data / "mixed" / "ai4i2020.csv").with_columns(
        power=(col("Torque [Nm]") * col("Rotational speed [rpm]") * 2 * np.pi / 60).round(0),
        warmer=(col("Process temperature [K]") - col("Air temperature [K]")).round(1),
        strain=(col("Torque [Nm]") * col("Tool wear [min]")).round(0),
    )


def test_what_the_prose_says_of_how_sure(machine):
    drawn = np.random.default_rng(2).permutation(len(machine))
    past, future = machine[drawn[:5000]], machine[drawn[5000:]]
    failed = past["Machine failure"].to_numpy()
    found = pyn.detect(past, "gaussian", features=["power", "warmer", "strain"])
    assert 0.045 < found.n_flagged / 5000 < 0.055  # one in twenty
    flagged = found.thresholds().frame().set_index("method")["flagged"]
    assert flagged[["iqr", "mad", "percentile", "pot", "mixture"]].to_list() == [247, 193, 250, 7, 0]  # they do not agree at all
    found.cut_at(budget=40)
    assert failed[found.order[:40]].sum() == 37
    assert found.thresholds(cost=(20, 1)).doubt  # and so no cut is recommended
    doubt = found.uncertainty(n=20)
    assert "20 refits: each flags 40 rows\n  37 of the 40 flagged rows" in repr(doubt)
    again = doubt.kept[found.order]
    assert again[[0, 19, 39, 40]].tolist() == [1, 1, 0.35, 0.25]
    known = pyn.detect(past, "gaussian", features=["power", "warmer", "strain"], label="Machine failure")
    costed = known.thresholds(budget=40, cost=(20, 1)).frame().set_index("method")
    assert costed["cost"][["budget", "iqr", "cost"]].to_list() == [2683, 1630, 1344] and costed["flagged"]["cost"] == 591
    coming = future.drop("Machine failure")
    for row in found.order[:40]:
        if failed[row]:
            found.set_verdict(int(row), "anomaly")
    told, labelled = found.control(fdr=0.1, data=coming), known.control(fdr=0.1, data=coming)
    found.replace_verdicts({})
    assert found.control(fdr=0.1, data=coming).n_flagged == 0 < told.n_flagged < labelled.n_flagged
    right = future["Machine failure"].to_numpy()[labelled.flags == 1]
    assert (len(right), (right == 0).sum()) == (58, 11)
    assert "2,414 rows, none" in labelled.promise[2] and "at least 21 of the 5,000" in labelled.promise[2]
    few = pyn.detect(past.drop("Machine failure")[:60], "gaussian", features=["power", "warmer", "strain"]).control(fdr=0.1, data=coming)
    assert few.n_flagged == 0 and "1 in 61" in few.promise[-2] and "at least 820 of the 5,000" in few.promise[-2]


def test_what_the_prose_says_of_the_months(machine):
    shares = []
    for month in range(25):
        drawn = np.random.default_rng(100 + month).permutation(len(machine))
        before, after = machine[drawn[:5000]], machine[drawn[5000:]]
        found = pyn.detect(before, "gaussian", features=["power", "warmer", "strain"], label="Machine failure")
        said = after["Machine failure"].to_numpy()[found.control(fdr=0.1, data=after.drop("Machine failure"), seed=month).flags == 1]
        shares.append((said == 0).mean() if len(said) else np.nan)
    assert np.isnan(shares).sum() == 4 and 0.3 < np.nanmax(shares) < 1 / 3
    assert 0.1 < np.nanmean(shares) < 0.11 and 0.085 < np.nansum(shares) / 25 < 0.1
