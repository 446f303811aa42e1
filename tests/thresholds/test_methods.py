"""Rules by name: where they cut, what they refuse, and all of them side by side."""

import re
import sys
import types

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

import pynomaly as pyn
from pynomaly.errors import MissingExtraError, ParameterError
from pynomaly.thresholds.compared import Thresholds
from pynomaly.thresholds.costs import budget_rows, costs, expected_costs
from pynomaly.thresholds.methods import METHODS, check_chosen, cut_by, cut_chosen, method_of
from pynomaly.thresholds.mixture import RARE, Mixture, doubtful
from pynomaly.views.view import view_of

RNG = np.random.default_rng(0)
TWO = np.append(RNG.normal(10, 1, 1000), RNG.normal(25, 1, 10))


@settings(deadline=None)
@given(arrays(np.float64, st.integers(3, 100), elements=st.floats(-1e6, 1e6)), st.sampled_from(["iqr", "mad", "percentile", "mixture"]))
def test_a_rule_flags_what_its_formula_says(scores, name):
    cut = cut_by(scores, name)
    assert cut.method == name and np.isfinite(cut.value)
    assert np.array_equal(scores > cut.value, scores > METHODS[name].cut(scores))


def test_mad_is_the_median_and_three_and_a_half_robust_deviations():
    scores = np.arange(101.0)
    assert METHODS["mad"].cut(scores) == pytest.approx(50 + 3.5 * stats.median_abs_deviation(scores, scale="normal"))
    mostly_equal = np.append(np.zeros(90), np.ones(10))
    assert METHODS["mad"].cut(mostly_equal) == pytest.approx(3.5 * 0.1 * np.sqrt(np.pi / 2))


@pytest.mark.parametrize("draw, exact", [("exponential", np.log(1000)), ("uniform", 0.999)])
def test_peaks_over_threshold_find_the_quantile_of_a_known_distribution(draw, exact):
    scores = getattr(np.random.default_rng(1), draw)(size=50_000)
    assert METHODS["pot"].cut(scores) == pytest.approx(exact, rel=0.05)


def test_peaks_over_threshold_refuse_a_short_tail():
    with pytest.raises(ParameterError, match="'pot' .* at least 10 of them .* use 'mad' or 'iqr'"):
        cut_by(np.arange(100.0), "pot")
    with pytest.raises(ParameterError, match="'pot'"):
        cut_by(np.append(np.zeros(990), np.ones(10)), "pot")


def test_a_mixture_parts_two_populations_and_leaves_one_alone():
    assert np.flatnonzero(TWO > cut_by(TWO, "mixture").value).tolist() == list(range(1000, 1010))
    one = np.random.default_rng(2).normal(size=2000)
    assert not Mixture.fit(one).two and not (one > cut_by(one, "mixture").value).any()
    assert not (np.full(20, 0.5) > cut_by(np.full(20, 0.5), "mixture").value).any()


def test_a_mixture_takes_logarithms_of_heavy_tails_and_never_falls():
    scores = np.exp(TWO)
    mixture = Mixture.fit(scores)
    p = mixture.probability(np.sort(scores))
    assert mixture.logarithmic and (np.diff(p) >= 0).all() and 0 <= p.min() and p.max() <= 1
    assert mixture.probability(np.array([-5.0, 1e-12]))[0] < 0.5


def test_many_scores_are_cut_as_a_sample_of_quantiles_would_be():
    scores = np.append(np.random.default_rng(3).normal(0, 1, 30_000), np.full(300, 15.0) + np.arange(300) / 1000)
    assert (scores > cut_by(scores, "mixture").value).sum() == 300


@pytest.mark.parametrize("wrong, told", [("mda", "mad"), ("nothing like it", "but no rule is called so"), (3, "no rule")])
def test_a_rule_that_does_not_exist_is_one_sentence(wrong, told):
    with pytest.raises(ParameterError, match=told):
        method_of(wrong)


@pytest.mark.parametrize("other", [{"budget": 5}, {"contamination": 0.1}])
def test_two_rules_at_once_are_refused(other):
    with pytest.raises(ParameterError, match="threshold is 'mad' and .* one rule sets the threshold"):
        check_chosen(other.get("contamination", "auto"), other.get("budget"), "mad")
    with pytest.raises(ParameterError, match="one rule"):
        pyn.detect(np.eye(4), "ecod", threshold="mad", **other)


def test_pythresh_is_asked_for_when_it_is_not_there(monkeypatch):
    monkeypatch.setitem(sys.modules, "pythresh", None)
    with pytest.raises(MissingExtraError, match="'pythresh', which is not installed: pip install pythresh"):
        pyn.detect(np.eye(4), "ecod", threshold="pythresh:FILTER")


def test_pythresh_cuts_below_the_lowest_row_that_it_flags(monkeypatch):
    class FILTER:
        share = 0.1

        def eval(self, scores):
            return (scores > np.quantile(scores, 1 - self.share)).astype(int)

    for name in ("pythresh", "pythresh.thresholds", "pythresh.thresholds.filter"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    sys.modules["pythresh.thresholds.filter"].FILTER = FILTER
    scores = np.arange(100.0)
    assert (scores > cut_by(scores, "pythresh:filter").value).sum() == 10
    for share, flagged in ((0.0, 0), (1.1, 100)):
        monkeypatch.setattr(FILTER, "eval", lambda self, s, share=share: np.full(s.size, share > 1))
        assert (scores > cut_by(scores, "pythresh:FILTER").value).sum() == flagged
    with pytest.raises(ParameterError, match="pythresh has no rule called 'NONE'"):
        method_of("pythresh:none")


def test_a_detection_is_cut_by_name():
    found = pyn.detect(pyn.sample(), "ecod", threshold="mad")
    assert found.threshold == cut_by(found.scores, "mad").value and found.threshold_text.startswith("mad: above the median")
    assert found.provenance["threshold"] == found.threshold_text
    found.cut_at(method="percentile")
    assert found.n_flagged == 100 and found.cut_at(budget=7).n_flagged == 7
    assert cut_chosen(found.scores, 0.01) == found.cut_at(0.01).cut


# -- side by side -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "budget, days, rows",
    [(40, None, 40), ("40", None, 40), ("1,000 alerts", None, 1000), ("1,000.5 a day", 2.0, 2001), ("40 a week", 70.0, 400), ("3/hour", 2.0, 144), ("2.5 rows per day", 10, 25), ("7 alerts each month", 365.25, 84)],
)
def test_a_budget_in_rows(budget, days, rows):
    assert budget_rows(budget, days)[0] == rows


@pytest.mark.parametrize("wrong", ["lots", "", -1, True, 2.5, None, "5 a fortnight", "1.2.3 a day", "2,5 a week", "1.7", "1,04"])
def test_a_budget_that_makes_no_sense_is_one_sentence(wrong):
    with pytest.raises(ParameterError, match="budget is .* whole number of rows, or a rate"):
        budget_rows(wrong, 3.0)


def test_a_rate_needs_a_time_column():
    found = pyn.detect(np.random.default_rng(0).normal(size=(50, 2)), "ecod")
    with pytest.raises(ParameterError, match="no column of dates or times to count weeks by"):
        found.thresholds(budget="40 a week")
    assert found.thresholds(budget=5).lines[-1].flagged == 5 and "a_week" not in found.thresholds().frame()


@pytest.mark.parametrize("wrong", [(1,), (0, 0), (-1, 2), "cheap", {"miss": 3}, (np.nan, 1), 5, (True, 1)])
def test_costs_that_make_no_sense_are_one_sentence(wrong):
    with pytest.raises(ParameterError, match="cost is .* what a miss and a false alarm cost"):
        costs(wrong)


@given(arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 1)), st.floats(0.1, 100), st.floats(0.1, 100))
def test_expected_costs_are_counted_one_by_one(chance, miss, alarm):
    chance = np.sort(chance)[::-1]
    told = expected_costs(chance, miss, alarm)
    assert np.allclose(told, [miss * chance[k:].sum() + alarm * (1 - chance[:k]).sum() for k in range(len(chance) + 1)])


def test_labels_are_counted_where_there_are_some():
    frame = pl.DataFrame({"x": np.append(np.random.default_rng(0).normal(size=97), [9.0, 10.0, 11.0]), "fraud": [0] * 97 + [1] * 3})
    found = pyn.detect(frame, "gaussian", label="fraud")
    compared = found.thresholds(cost={"miss": 10, "alarm": 1})
    assert compared.told.startswith("The costs are counted on the labels") and compared.lines[-1].flagged == 3
    assert found.thresholds(cost=(0, 1)).lines[-1].flagged == 0


def test_what_each_rule_costs_is_counted():
    rng = np.random.default_rng(1)
    frame = pl.DataFrame({"x": np.append(rng.normal(size=400), rng.normal(3, 1, size=40)), "fraud": [0] * 400 + [1] * 40})
    found = pyn.detect(frame, "gaussian", label="fraud")
    compared = found.thresholds(budget=7, cost=(10, 1))
    fraud, told = frame["fraud"].to_numpy(), compared.frame().set_index("method")["cost"]
    assert np.isnan(told["pot"])  # too few rows for it, so it costs nothing that can be told
    for line in (one for one in compared.lines if one.name != "pot"):
        flagged = found.scores > line.threshold
        assert told[line.name] == 10 * fraud[~flagged].sum() + (fraud[flagged] == 0).sum()
        assert f" rows ({100 * line.flagged / 440:.3g} %), cost {told[line.name]:,.6g}  " in repr(compared)
    assert told["cost"] == told.min() < told["budget"] and "cost" not in found.thresholds().frame() and "cost" not in repr(found.thresholds())


def test_without_labels_the_mixture_stands_in_and_says_so():
    found = pyn.detect(np.append(np.random.default_rng(0).normal(size=500), np.full(5, 30.0) + np.arange(5))[:, None], "knn")
    compared = found.thresholds(cost=(10, 1))
    assert "mixture of two Gaussians" in compared.told and "assumption" in compared.told and "There are no labels" in repr(compared)
    assert compared.lines[-1].flagged >= 5


def test_a_mixture_that_does_not_carry_a_decision_recommends_nothing():
    X = np.random.default_rng(0).normal(size=(300, 2))
    wide = pyn.detect(X, "ecod").thresholds(cost=(50, 1))
    assert Mixture.fit(wide.found.scores).weights[1] > RARE and "too many to be anomalies" in wide.doubt
    most = pyn.detect(X, "knn").thresholds(cost=(50, 1))
    for made in (wide, most):
        line = made.lines[-1]
        assert line.threshold is None and line.flagged is None and line.rule.startswith("no recommendation, as ") and made.expected is None
        assert "no recommendation" in repr(made) and np.isnan(made.frame().set_index("method").threshold["cost"]) and "cost" not in made.frame()
    assert most.doubt == "" and "would flag 300 rows of 300" in most.lines[-1].rule and "not used" not in most.told
    assert doubtful(Mixture(np.array([0.9, 0.1]), np.zeros(2), np.ones(2), False, False), np.ones(9)) == "the scores form one heap and not two"
    assert doubtful(Mixture(np.array([1.0, 0.0]), np.zeros(2), np.ones(2), False, True), np.zeros(9)) == "the higher of the two heaps holds less than one row"
    assert "not used here, as the higher of the two heaps holds" in wide.told and "name a label column" in wide.told and view_of(wide).spec["guess"] == {"doubt": wide.doubt}


def test_one_rule_is_a_list_of_one_and_one_row_is_singular():
    found = pyn.detect(np.append(np.random.default_rng(0).normal(size=100), 30.0)[:, None], "knn")
    made = found.thresholds(budget=1, methods="iqr")
    assert [line.name for line in made.lines] == ["now", "iqr", "budget"] and made.lines[-1].rule == "1 row"
    assert "      1 row  (0.99 %)" in repr(made) and repr(made).startswith("Thresholds of 3 rules for 101 rows")
    found.threshold = float(found.scores.min()) - 1
    assert "    101 rows (100 %)" in repr(found.thresholds(methods="mad"))
    assert budget_rows("1 a week", 7.0) == (1, "1 alert a week over 1 week")


def test_a_rate_names_the_columns_that_could_be_the_time():
    x = np.random.default_rng(0).normal(size=30)
    days = pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 1, 30), "1d", eager=True)
    both = pl.DataFrame({"x": x, "opened": days.shuffle(seed=1), "closed": days.shuffle(seed=2)})
    some = pyn.detect(both, "ecod")
    told = "no column is named as the time to count weeks by: name 'opened' or 'closed' with detect(..., time='opened'); or give a number of rows, for example 3"
    with pytest.raises(ParameterError, match=re.escape(told)):
        some.thresholds(budget="3 a week")
    with pytest.raises(ParameterError, match="the table has no column of dates or times to count days by"):
        pyn.detect(x[:, None], "ecod").thresholds(budget="3 a day")
    with pytest.raises(ParameterError, match="the time column 'step' holds no dates or times \\(number\\)"):
        pyn.detect(pl.DataFrame({"step": np.arange(30), "x": x}), "ecod", time="step").thresholds(budget="3 a day")
    still = pl.DataFrame({"x": x, "when": [days[0]] * 30})
    with pytest.raises(ParameterError, match="the time column 'when' holds one value only"):
        pyn.detect(still, "ecod", time="when").thresholds(budget="3 a day")


def test_every_rule_is_in_the_table_with_its_source():
    found = pyn.detect(pyn.sample(), "ecod", contamination=0.01)
    compared = found.thresholds(budget="3 a week", cost=(20, 1))
    frame = compared.frame().set_index("method")
    assert list(frame.index) == ["now", *METHODS, "budget", "cost"] and isinstance(compared, Thresholds)
    for line in compared.lines:
        assert (found.scores > line.threshold).sum() == line.flagged == frame.flagged[line.name]
    assert frame.a_week["budget"] == pytest.approx(3, abs=0.05)
    assert frame.source["pot"].startswith("Siffer") and "Tukey's fence" in repr(compared) and "a week" in repr(compared)
    found.cut_at(budget=compared.lines[-2].flagged)
    assert found.threshold == compared.lines[-2].threshold


def test_a_rule_that_cannot_be_applied_says_why_in_its_line():
    found = pyn.detect(np.random.default_rng(0).normal(size=(50, 2)), "ecod")
    line = next(line for line in found.thresholds().lines if line.name == "pot")
    assert line.threshold is None and "at least 10" in line.rule
    assert "at least 10" in repr(found.thresholds()) and found.thresholds().frame().flagged.isna().sum() == 1
    with pytest.raises(ParameterError, match="no rule is called so"):
        found.thresholds(methods=["mda"])


def test_a_cut_beyond_the_highest_score_is_where_the_rule_puts_it_and_says_so():
    scores = np.random.default_rng(1).gumbel(size=600)
    start = np.quantile(scores, 0.98)
    over = scores[scores > start] - start
    shape, _, scale = stats.genpareto.fit(over, floc=0)
    cut = cut_by(scores, "pot")
    assert cut.value == pytest.approx(start + stats.genpareto.isf(0.001 * 600 / len(over), shape, scale=scale)) and cut.value > scores.max() + 0.1
    assert cut.text.endswith("; here that lies beyond the highest score: none")
    assert "beyond" not in cut_by(np.append(scores, 100.0), "mad").text


def test_a_rule_that_flags_none_says_so_in_its_line():
    found = pyn.detect(np.random.default_rng(3).uniform(size=(60, 2)), "pca")
    line = found.thresholds(methods="mad").lines[-1]
    assert line.flagged == 0 and line.threshold > found.scores.max() and line.rule.endswith("beyond the highest score: none")
