"""The command line, as a script would call it."""

import json
import os
import signal
import subprocess
import sys
import time
from inspect import signature

import polars as pl
import pytest

from pynomaly.cli.app import main
from pynomaly.cli.words import assignments, choices
from pynomaly.errors import ParameterError
from pynomaly.session import options
from pynomaly.tables.sample import sample


@pytest.fixture(autouse=True)
def same_options():
    with options.using(progress=options.progress):
        yield


@pytest.fixture
def claims(tmp_path):
    path = tmp_path / "claims.csv"
    sample().to_csv(path, index=False)
    return path


def run(*words) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return end.value.code or 0


def test_detect_writes_what_it_is_asked_for(claims, tmp_path, capsys):
    report, output = tmp_path / "r.html", tmp_path / "s.parquet"
    assert run("detect", claims, "--detector", "iforest", "--contamination", "0.01", "--report", report, "--output", output) == 0
    said = capsys.readouterr().out
    assert "Isolation" in said and "r.html" in said and "s.parquet" in said
    scores = pl.read_parquet(output)
    assert scores["anomaly"].sum() == 20 and scores.height == len(sample())
    assert report.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_json_is_all_there_is_on_standard_output(claims, capsys):
    assert run("detect", claims, "--json", "--top", "3", "-p", "n_estimators=20", "--seed", "7") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == len(sample()) and len(told["top"]) == 3
    assert told["provenance"]["parameters"]["n_estimators"] == 20 and told["provenance"]["random_state"] == 7
    assert told["top"][0]["score"] >= told["top"][1]["score"]


def test_quiet_says_nothing(claims, capsys):
    assert run("detect", claims, "--quiet") == 0
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == ""


def test_exit_code_for_scripts(claims):
    assert run("detect", claims, "-q", "--budget", "5", "--fail-if-flagged") == 3
    assert run("detect", claims, "-q", "--budget", "0", "--fail-if-flagged") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--detector", "ifrest"], "did you mean 'iforest'"),
        (["--contamination", "lots"], "contamination is 'lots'"),
        (["--contamination", "0.5"], "contamination is 0.5"),
        (["--contamination", "0"], "contamination is 0"),
        (["--label", "is_anomly"], "did you mean 'is_anomaly'"),
        (["--feature", "amuont"], "did you mean 'amount'"),
        (["--report", "r.pdf"], "must end in .html"),
        (["--output", "s.doc"], "must be one of"),
        (["--output", "no/such/folder/s.csv"], "does not exist"),
        (["--type", "amount"], "name=value"),
        (["--param", "n_estimatrs=3"], "n_estimators"),
    ],
)
def test_wrong_words_are_one_sentence_and_exit_2(claims, capsys, words, said):
    assert run("detect", claims, *words) == 2
    captured = capsys.readouterr()
    assert said in captured.err and captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


def test_a_missing_file(tmp_path, capsys):
    (tmp_path / "expenses.csv").write_text("a\n1\n")
    assert run("detect", tmp_path / "expense.csv") == 2
    assert "expenses.csv" in capsys.readouterr().err


def test_detectors_are_listed(capsys):
    assert run("detectors") == 0
    assert "iforest" in capsys.readouterr().out
    assert run("detectors", "--json") == 0
    assert {"ecod", "hbos", "pca", "knn", "iforest", "lof", "dbscan"} <= {card["name"] for card in json.loads(capsys.readouterr().out)}


@pytest.mark.parametrize("command", [[], ["detect"], ["detectors"], ["serve"]])
def test_help_has_examples(command, capsys):
    assert run(*command, "--help") == 0
    assert "Examples" in capsys.readouterr().out


def test_version(capsys):
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("pynomaly 0")


def test_words():
    assert assignments("-p", ["a=1", "b=true", "c=None", "d=x", "e=[1, 2]"]) == {"a": 1, "b": True, "c": None, "d": "x", "e": [1, 2]}
    with pytest.raises(ParameterError, match="name=value"):
        choices("--type", ["=x"])


def test_ctrl_c_in_a_long_fit_leaves_no_half_written_file(tmp_path):
    slow = tmp_path / "slow.parquet"
    pl.DataFrame({f"x{i}": pl.Series(range(200_000)).shuffle(seed=i).cast(pl.Float64) ** 1.5 for i in range(10)}).write_parquet(slow)
    words = [sys.executable, "-c", "from pynomaly.cli.app import main; main()", "detect", str(slow), "-d", "knn", "-r", str(tmp_path / "r.html"), "-o", str(tmp_path / "s.csv")]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    time.sleep(6)
    assert process.poll() is None, process.communicate()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "interrupted" in said
    assert [p.name for p in tmp_path.iterdir()] == ["slow.parquet"]


def test_messages_speak_of_options(tmp_path, capsys):
    path = tmp_path / "mixed.csv"
    path.write_text("a,b\n" + "".join(f"{i},{'abc' if i == 57 else i}\n" for i in range(100)))
    assert run("detect", path) == 2
    assert "--type 'b=number'" in capsys.readouterr().err
    assert run("detect", path, "--type", "b=number", "-q") == 0
    (tmp_path / "semi.txt").write_text("a|b\n" + "".join(f"{i}|{i * i}\n" for i in range(20)))
    assert run("detect", tmp_path / "semi.txt", "--delimiter", "|", "-q") == 0


@pytest.mark.parametrize("name, option", [("contamination", "--contamination"), ("random_state", "--seed"), ("label", "--label")])
def test_a_parameter_that_has_an_option_of_its_own(name, option):
    with pytest.raises(ParameterError, match=f"{name} has an option of its own: {option}"):
        assignments("--param", [f"{name}=1"])


def test_a_place_that_cannot_be_written_to(claims, capsys):
    assert run("detect", claims, "-q", "-o", "/proc/scores.csv") == 2
    said = capsys.readouterr().err
    assert said.startswith("pynomaly: ") and "/proc" in said and len(said.strip().splitlines()) == 1


def test_the_data_are_never_overwritten(claims, capsys):
    before = claims.read_bytes()
    assert run("detect", claims, "-q", "--output", claims) == 2
    assert "which is the data itself" in capsys.readouterr().err and claims.read_bytes() == before


def test_no_rows_to_print(claims, capsys):
    assert run("detect", claims, "--top", "0") == 0
    assert "rows flagged" in capsys.readouterr().out


def test_detect_and_serve_begin_with_the_same_options():
    from pynomaly.cli.app import detect, serve

    first, second = (dict(signature(command).parameters) for command in (detect, serve))
    shared = [name for name in first if name in second and name != "quiet"]
    assert list(first)[: len(shared)] == list(second)[: len(shared)] == shared and {"data", "detector", "param", "memory"} <= set(shared)
    assert "output" not in second and "port" not in first


# -- compare ---------------------------------------------------------------------------------------------------


def test_compare_prints_the_table_and_what_it_allows_to_say(claims, capsys):
    assert run("compare", claims, "--detectors", "hbos, ecod", "--label", "is_anomaly", "--seeds", "1", "--jobs", "1") == 0
    said = capsys.readouterr().out
    assert "Comparison of 2 detectors" in said and "AUROC    AP" in said and "One table cannot say" in said


def test_compare_as_json_without_the_answers(claims, tmp_path, capsys):
    pl.read_csv(claims).drop("is_anomaly").write_csv(tmp_path / "bare.csv")
    assert run("compare", tmp_path / "bare.csv", "-d", "hbos,ecod", "--seeds", "1", "--jobs", "1", "--json", "--ignore", "employee") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told["table"]) == {"hbos", "ecod"} and told["finished"] and "auroc" not in told["table"]["hbos"]
    assert any("Measured on 16 labelled" in one for one in told["claims"])


def test_compare_says_that_a_folder_is_several_tables(capsys):
    assert run("compare", "--help") == 0
    told = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "a folder of such files, each of which is a table of its own" in told and "folder of Parquet or CSV parts" not in told


def test_compare_writes_its_view(claims, tmp_path, capsys):
    assert run("compare", claims, "-d", "hbos,ecod", "--seeds", "1", "--jobs", "1", "--quiet", "--report", tmp_path / "c.html") == 0
    assert (tmp_path / "c.html").read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["--detectors", "hbso"], "did you mean 'hbos'"),
        (["--detectors", ","], "detectors is"),
        (["--label", "frod"], "frod"),
        (["--report", "c.csv"], "must end in .html; use --json for a table"),
        (["--seeds", "0"], "seeds is 0"),
    ],
)
def test_compare_says_what_is_wrong(claims, words, sentence, capsys):
    assert run("compare", claims, *words) == 2
    assert sentence in capsys.readouterr().err
