"""Widget, pane, page and cell output carry the same view, and what a person decides reaches the detection."""

import gzip
import json
import re
import sys
from base64 import b64decode
from html import unescape
from types import SimpleNamespace

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from pynomaly.session import options
from pynomaly.views import show
from pynomaly.views.html import _as_script, fragment, page, script
from pynomaly.views.model import explorer
from pynomaly.views.pane import pane
from pynomaly.views.replies import Replies
from pynomaly.views.widget import widget

TRAITS = {"spec", "blob", "threshold", "selected", "verdicts", "request", "reply"}
SAID = {"4": {"verdict": "anomaly", "note": "seen", "at": "2026-01-01T00:00:00+00:00"}}


@pytest.fixture
def replies(found):
    return Replies(found, explorer(found, "live"))


@pytest.mark.parametrize("host", [widget, pane])
def test_a_live_view_brings_decisions_back(found, host):
    view = host(found)
    assert view.spec["live"] and view.threshold == pytest.approx(found.threshold)
    view.threshold = float(np.sort(found.scores)[-6:-4].mean())
    assert found.n_flagged == 5
    view.verdicts = SAID
    assert found.verdicts == {4: SAID["4"]}
    view.verdicts = {}
    assert found.verdicts == {}
    view.request = {"id": 7, "kind": "explain", "rank": 2}
    assert view.reply["id"] == 7 and view.reply["row"] == found.order[2]
    before = view.reply
    view.request = {}
    assert view.reply is before


@pytest.mark.parametrize("host", [widget, pane])
def test_what_a_view_says_is_answered_and_said_twice_it_counts_once(found, host):
    view, threshold = host(found), float(np.sort(found.scores)[-6:-4].mean())
    view.request = {"id": 1, "kind": "told", "name": "threshold", "value": threshold}
    assert view.reply == {"id": 1, "kind": "told"} and found.n_flagged == 5 and view.threshold == threshold
    view.request = {"id": 2, "kind": "told", "name": "threshold", "value": threshold}
    assert view.reply["id"] == 2 and found.n_flagged == 5
    view.request = {"id": 3, "kind": "told", "name": "spec", "value": {}}
    assert view.reply["error"] == "a view cannot set 'spec': it has selected, threshold, verdicts" and view.spec


def test_a_request_that_comes_again_in_a_message_of_its_own_is_answered_once(found, monkeypatch):
    view = widget(found)
    asked, sent = [], []
    monkeypatch.setattr(view.replies, "reply", lambda request: asked.append(request) or {"id": request["id"], "kind": request["kind"]})
    monkeypatch.setattr(view, "send_state", lambda key=None: sent.append((key, view.reply.get("id"))))
    view._handle_custom_msg({"id": 1, "kind": "rows", "ranks": [0, 2]}, [])
    assert len(asked) == 1 and view.reply["id"] == 1  # the request itself was lost
    view._handle_custom_msg({"id": 1, "kind": "rows", "ranks": [0, 2]}, [])
    assert len(asked) == 1 and sent[-1] == ("reply", 1)  # its answer was
    view._handle_custom_msg({"id": 2, "kind": "rows", "ranks": [2, 4]}, [])
    assert len(asked) == 2 and view.reply["id"] == 2


def test_the_widget_syncs_the_seven_values_and_no_more(found):
    assert TRAITS <= set(widget(found).keys) and "found" not in widget(found).keys


def test_moving_the_threshold_or_making_a_view_changes_no_threshold_by_itself(found):
    before = found.threshold
    widget(found), pane(found)
    assert found.threshold == before


def test_rows_are_replied_with_their_cells(found, replies):
    answer = replies.reply({"id": 1, "kind": "rows", "ranks": [10, 13]})
    assert (answer["id"], answer["kind"], answer["from"], answer["to"]) == (1, "rows", 10, 13)
    assert answer["rows"] == found.order[10:13].tolist() and answer["ids"] == [f"R{row:06d}" for row in answer["rows"]]
    assert len(answer["cells"]) == len(replies.columns) and all(len(column) == 3 for column in answer["cells"])
    assert replies.reply({"id": 2, "kind": "rows", "ranks": [1990, 9999]})["to"] == 2000
    assert replies.reply({"id": 2, "kind": "rows", "ranks": [0, 9999]})["to"] == 1000


def test_any_row_is_explained(found, replies):
    answer = replies.reply({"id": 3, "kind": "explain", "rank": 1500})
    row = found.order[1500]
    assert np.allclose(answer["values"], found.matrix.values[row] ** 2) and answer["rowid"] == f"R{row:06d}"
    assert answer["base"] == 0 and len(answer["cells"]) == len(replies.columns)


def test_an_axis_is_replied_for_every_point(found, replies):
    axes = replies.view.spec["axes"]
    index = [a["name"] for a in axes].index("c2")
    answer = replies.reply({"id": 4, "kind": "axis", "axis": index})
    assert (np.frombuffer(b64decode(answer["b64"]), "<u2") == replies.view.buffer(axes[index]["buffer"])).all()


@pytest.mark.parametrize("request_, told", [
    ({"kind": "shell"}, "cannot ask for 'shell'"),
    ({"kind": "explain", "rank": 2000}, "rank 2000 does not exist: there are 2000 rows"),
    ({"kind": "explain"}, "rank None does not exist"),
    ({"kind": "rows", "ranks": [-1, 5]}, "rank -1 does not exist"),
    ({"kind": "axis", "axis": 99}, "axis 99 does not exist"),
    ({"kind": "axis", "axis": "c0"}, "axis 'c0' does not exist"),
])
def test_what_cannot_be_answered_is_told(replies, request_, told):
    answer = replies.reply({"id": 5, **request_})
    assert answer["id"] == 5 and told in answer["error"]


def unpacked(text: str) -> dict:
    data = gzip.decompress(b64decode(re.search(r'class="pyn-data">([^<]+)<', text)[1]))
    return json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")]) | {"blob": data[-(-(4 + int.from_bytes(data[:4], "little")) // 8) * 8 :]}


def test_a_page_holds_the_view_and_is_the_same_each_time(found):
    view = explorer(found)
    text = page(view)
    assert text == page(explorer(found))
    inside = unpacked(text)
    assert inside["spec"] == json.loads(json.dumps(view.spec)) and inside["blob"] == view.blob and inside["state"] == view.state
    assert text.startswith('<!doctype html>\n<html lang="en">') and "<title>expenses.csv: anomalies by Sum of Squares</title>" in text
    assert 'name="viewport"' in text and 'content="light dark"' in text and "default-src 'none'" in text


def test_a_page_asks_for_nothing(found):
    text = page(explorer(found))
    outside = re.sub(r'(?s)<script.*?</script>', "", text)
    assert not re.findall(r'(?:src|href)\s*=\s*"(?!data:,)', outside) and "://" not in outside


def test_hostile_names_and_values_never_become_markup(a_detection):
    found = a_detection(hostile=True)
    text = page(explorer(found))
    assert "window.pwned" not in text.replace("&lt;script&gt;window.pwned", "") and "<b onmouseover" not in text
    assert text.count("<script") == text.count("</script>") == 2
    assert "</script><script>window.pwned=1</script>" in unescape(text)
    assert unpacked(text)["spec"]["title"] == found.table.name


def test_a_fragment_shows_the_top_rows_without_scripts(found):
    bare = re.sub(r"(?s)<script.*?</script>", "", fragment(explorer(found)))
    assert f"R{found.order[0]:06d}" in bare and "20 of 2,000 rows flagged" in bare and bare.count("<tr>") == 11
    assert "trust this notebook" in bare and "mathjax_ignore" in bare


def test_the_script_is_one_that_cannot_end_early():
    body = script()
    assert "</script" not in body and "<!--" not in body and "export default" not in body


def test_a_module_without_a_default_export_is_refused():
    with pytest.raises(ValueError, match="no default export"):
        _as_script("const a = 1;")


def test_save_is_whole_or_not_at_all(found, tmp_path, monkeypatch):
    path = tmp_path / "a.html"
    assert show.save(found, path) == path and path.read_text(encoding="utf-8") == page(explorer(found))
    before = path.read_bytes()

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.write_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        show.save(found, path)
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["a.html"]


def kernel(monkeypatch, **content):
    shell = SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda channel: {"content": content}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))


def test_mode_follows_the_front_end(monkeypatch):
    kernel(monkeypatch, allow_stdin=True)
    assert show.mode() == "live"
    kernel(monkeypatch, allow_stdin=False)
    assert show.mode() == "static"
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    assert show.mode() == "static"
    monkeypatch.delitem(sys.modules, "IPython")
    assert show.mode() == "static"
    with options.using(output="live"):
        assert show.mode() == "live"


def test_a_cell_shows_a_widget_or_a_page_never_both(found):
    with options.using(output="live"):
        live = show.mimebundle(found)
    with options.using(output="static"):
        static = show.mimebundle(found)
    assert set(live) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert set(static) == {"text/plain", "text/html"}
    assert live["text/plain"] == static["text/plain"] == repr(found)


def test_a_cell_shows_what_is_wanted(found):
    with options.using(output="static"):
        assert set(show.mimebundle(found, include=["text/plain"])) == {"text/plain"}
        assert set(show.mimebundle(found, exclude={"text/html"})) == {"text/plain"}
    with options.using(output="live"):
        assert set(show.mimebundle(found, include=["text/html"])) == set()


def test_ipython_is_given_the_bundle(found):
    found._repr_mimebundle_ = lambda include=None, exclude=None: show.mimebundle(found, include, exclude)
    with options.using(output="static"):
        data, _ = InteractiveShell.instance().display_formatter.format(found)
    assert "text/html" in data and data["text/plain"] == repr(found)


def test_two_views_of_one_detection_do_not_undo_each_other(found):
    found.replace_verdicts({})
    first, second = Replies(found, explorer(found, "live")), Replies(found, explorer(found, "live"))
    said = {"verdict": "anomaly", "note": "", "at": "2026-01-01T00:00:00+00:00"}
    first.verdicts({"1": said})
    second.verdicts({"2": said})
    assert set(found.verdicts) == {1, 2}
    first.verdicts({})
    assert set(found.verdicts) == {2}
    second.verdicts({"2": {**said, "verdict": "normal"}})
    assert found.verdicts[2]["verdict"] == "normal"
    found.replace_verdicts({})


@pytest.mark.parametrize("request_", [{"kind": "rows"}, {"kind": "rows", "ranks": 3}, {"kind": "rows", "ranks": [0, "x"]}, {"kind": "axis", "axis": True}])
def test_a_malformed_request_is_answered_with_a_sentence(found, request_):
    assert "error" in Replies(found, explorer(found, "live")).reply(request_)
