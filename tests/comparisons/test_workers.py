"""A job that fails, hangs, dies or answers nonsense is an outcome, and the others do not notice."""

import io
import os
import pickle
import time

import cloudpickle
import pytest

from pynomaly.comparisons import workers
from pynomaly.comparisons.workers import Outcome, done, outcomes, serve


class Unreadable:
    """Comes back as something that cannot be opened."""

    def __reduce__(self):
        return (int, ("not a number",))


def job(shared, kind):
    if kind == "fail":
        raise ValueError("no such\ncolumn")
    if kind == "hang":
        time.sleep(60)
    if kind == "die":
        os._exit(3)
    if kind == "unreadable":
        return Unreadable()
    if kind == "print":
        print("hello", flush=True)
    return shared + 1


def test_each_outcome_is_told_and_the_others_go_on():
    kinds = ("fail", "hang", "die", "unreadable", "print", "work")
    found = dict(outcomes({kind: (kind,) for kind in kinds}, job, 41, n_jobs=2, time_limit=3.0))
    assert set(found) == set(kinds)
    assert found["work"].value == found["print"].value == 42 and not found["work"].failed
    assert found["fail"].failed == "no such column"
    assert found["hang"].failed == "took longer than the time limit of 3 seconds, and was stopped"
    assert 2.5 < found["hang"].seconds < 30
    assert found["die"].failed == "ended its process (exit code 3)"
    assert "could not be read" in found["unreadable"].failed


def test_a_job_is_left_out_when_its_turn_comes():
    found = dict(outcomes({"a": ("work",), "b": ("work",)}, job, 0, skip=lambda key: key == "b"))
    assert found["a"].value == 1 and found["b"] == Outcome(None, "left out", 0.0)


def test_whoever_stops_asking_stops_the_processes(monkeypatch):
    started = []
    real = workers.subprocess.Popen
    monkeypatch.setattr(workers.subprocess, "Popen", lambda *given, **more: started.append(real(*given, **more)) or started[-1])
    work = outcomes({"quick": ("work",), "slow": ("hang",)}, job, 0)
    assert next(work)[0] == "quick"
    begin = time.monotonic()
    work.close()
    assert time.monotonic() - begin < 20
    assert started and all(process.poll() is not None for process in started)


def test_data_that_end_the_process_are_told_for_every_job():
    class Bomb:
        def __reduce__(self):
            return (os._exit, (7,))

    found = dict(outcomes({"a": ("work",), "b": ("work",)}, job, Bomb()))
    assert {outcome.failed for outcome in found.values()} == {"ended its process (exit code 7)"}


def test_done_tells_value_reason_and_time():
    assert done(job, 1, pickle.dumps(("work",))).value == 2
    told = done(job, 1, pickle.dumps(("fail",)))
    assert (told.value, told.failed) == (None, "no such column") and told.seconds >= 0
    assert done(lambda shared: {}["x"], 1, pickle.dumps(())).failed == "'x'"
    assert done(lambda shared: [].pop("x") if shared else None, 0, pickle.dumps(())).failed == ""

    def silent(shared):
        raise RuntimeError

    assert done(silent, 0, pickle.dumps(())).failed == "RuntimeError"


def test_the_loop_of_a_process_answers_until_there_is_nothing_more(monkeypatch):
    """`serve` as it runs in a process, with pipes of our own in place of standard input and output."""
    into, out = io.BytesIO(), io.BytesIO()
    for part in ((job, 1), pickle.dumps(("work",)), pickle.dumps(("fail",))):
        into.write(cloudpickle.dumps(part))
    into.seek(0)
    out.close = lambda: None
    monkeypatch.setattr(workers.sys, "stdin", type("Stdin", (), {"buffer": into}))
    monkeypatch.setattr(workers.os, "dup", lambda number: number)
    monkeypatch.setattr(workers.os, "dup2", lambda a, b: None)
    monkeypatch.setattr(workers.os, "fdopen", lambda number, mode: out)
    serve()
    out.seek(0)
    assert pickle.load(out) == "ready"
    assert pickle.load(out).value == 2
    assert pickle.load(out).failed == "no such column"


@pytest.mark.parametrize("n_jobs", [1, 3])
def test_no_jobs_is_no_work(n_jobs):
    assert list(outcomes({}, job, 0, n_jobs)) == []
