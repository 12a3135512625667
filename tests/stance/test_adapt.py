"""A project's codes move the model where they show more than chance, and what is said of the gain is honest."""

import importlib.util
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import LabelError
from analysis.stance import fit_labels, label_comments, load_model, use_out_of_fold
from analysis.stance.adapt import apply_move
from analysis.stance.adapt_choice import Counts, choose_way, compare_ways
from analysis.stance.adapt_report import NESTED, report_lines
from analysis.stance.adapt_ways import SHIPPED, WAYS, Material, Reweighted, Shifted, folds_of
from analysis.stance.features import describe_comments
from analysis.stance.model import CLASSES, softmax

ROOT = Path(__file__).resolve().parents[2]
SAID = (
    "Thank you, {} is lovely.",
    "We tried {} in our choir, but nobody would sign up. Did you train people first?",
    "Great post about {}, I enjoyed it.",
    "Exactly so, {} matters.",
    "Does this also hold for {} in a village with one shop?",
    "In 2009 our {} failed because the key was lost, so keep two.",
    "Nice information, visit my shop for {} http://cheap-lamps.example",
)
THINGS = ("the rota", "the lamp", "the ferry", "the choir book", "the harbour wall", "the wiki", "the map", "the kiln")


@cache
def project(other=False):
    """A made-up project: 63 comments under 12 essays, coded as a careful coder would, or by another reading."""
    rows, codes = [], {}
    for n in range(63):
        thing, k = THINGS[n // 7 % 8], n % 7
        essay = n % 12
        text = f"Number {essay}. The rota hangs in the village shop and the lamps are lit."
        row = {"id": f"c{n:03}", "parent_title": f"Essay {essay}", "parent_text": text, "author": "Ida Holm"}
        rows.append(row | {"text": SAID[k].format(thing)})
        label = ("agreeing", "extending", "agreeing", "agreeing", "extending", "extending", "spam")[k]
        codes[f"c{n:03}"] = "extending" if other and label == "agreeing" else label
    return pd.DataFrame(rows), codes


@cache
def fitted(other):
    """The project's fit, once for all tests."""
    return fit_labels(*project(other))


def made_up(n=120, *, shift=0.0, wrong=0.0, seed=0):
    """Coded comments in numbers: honest shipped scores, but for a shift of one class or a coefficient it has wrong."""
    made = np.random.default_rng(seed)
    features = made.normal(size=(n, 8))
    scores = features[:, :4] * 1.5
    true = scores + np.array([shift, 0, 0, 0])
    true[:, 1] += wrong * features[:, 5]
    answers = (true + made.gumbel(size=true.shape)).argmax(axis=1)
    return Material(scores, features @ features.T, answers, np.ones(n), np.arange(n) // 3), features


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_moved_model_gives_the_moved_scores(way):
    """Whatever a way does can be written into a model, so that explanations and positions go on working."""
    base = load_model()
    comments, codes = project()
    rows = base.rows(describe_comments(comments.to_dict("records"), base.resources))
    likeness = rows.standard @ rows.standard.T + (rows.runs @ rows.runs.T).toarray()
    answers = np.array([CLASSES.index(codes[i]) for i in comments["id"]])
    material = Material(base.scores(rows), likeness, answers, np.ones(63), np.arange(63) % 12)
    move = way.fit(material)
    wanted = softmax(move.scores(material.scores, likeness))
    np.testing.assert_allclose(apply_move(base, move, rows).predict(rows), wanted, atol=2e-3)


def test_where_no_way_is_better_the_shipped_model_is_kept(monkeypatch):
    """Nothing to gain is no reason to move, and it is said."""
    monkeypatch.setattr("analysis.stance.adapt.compare_ways", lambda m, **_: compare_ways(m, ways=WAYS[:1]))
    made = fit_labels(*project())
    assert made.chosen == SHIPPED
    assert not made.helped
    assert made.model is load_model()
    assert "the shipped model is kept" in made.say()


def test_a_choice_that_does_not_hold_is_not_taken(monkeypatch):
    """A way that looks best on all codes and is worse in the nested comparison is not used, and that is said."""
    worse = dict.fromkeys(("accuracy", "macro_f1", "log_loss"), (0.5, -0.1, -0.2, 0.0))
    monkeypatch.setattr("analysis.stance.adapt.gains", lambda *_, **__: worse)
    monkeypatch.setattr("analysis.stance.adapt.compare_ways", lambda m, **_: compare_ways(m, ways=WAYS[:3]))
    made = fit_labels(*project(True))
    assert made.model is load_model()
    assert "looked better" in made.say()


def test_codes_by_another_reading_move_the_model():
    """A project to which plain thanks are extending gets a model that says so, of comments it has not seen too."""
    made = fitted(True)
    assert made.helped
    nested = made.report.set_index(["way", "figure"]).loc[NESTED]
    assert nested.loc["accuracy", "gain"] > 0.3
    assert nested.loc["log_loss", "low"] > 0
    assert "is better when fitted" in made.say()
    new = pd.DataFrame([{"id": "x", "parent_text": "About kites.", "author": "Bo", "text": "Thank you, lovely kites."}])
    before, after = (label_comments(new, model=m).loc[0] for m in (load_model(), made.model))
    assert before["agreeing"] > before["extending"]
    assert after["extending"] > after["agreeing"]
    assert after["evidence"]


def test_the_report_holds_every_way_and_the_nested_choice():
    """A way that did worse is shown like one that did better."""
    report = fitted(True).report
    assert list(dict.fromkeys(report["way"])) == [*(w.name for w in WAYS), NESTED]
    assert (report["low"] <= report["gain"] + 1e-9).all()
    assert (report["gain"] <= report["high"] + 1e-9).all()
    assert set(report["codes"]) == {63}
    assert set(report["essays"]) == {12}
    lines = report_lines(report)
    assert len(lines) == len(WAYS) + 2
    assert lines[-1].startswith(NESTED)


def test_a_fitted_model_is_saved_and_loaded_the_same(tmp_path):
    """The same fit gives the same bytes, whatever the order of comments and codes."""
    comments, codes = project(True)
    again = fit_labels(comments.iloc[::-1], pd.Series(dict(reversed(codes.items()))))
    one, two = fitted(True).save(tmp_path / "a.json.gz"), again.save(tmp_path / "b.json.gz")
    assert one.read_bytes() == two.read_bytes()
    model = load_model(one)
    assert model.card["adapted"]["codes"] == 63
    assert model.thresholds != load_model().thresholds
    labels = [label_comments(comments, model=m) for m in (model, fitted(True).model)]
    pd.testing.assert_frame_equal(*labels)


def test_a_model_is_not_fitted_twice():
    """The out-of-fold probabilities of the first codes would no longer hold."""
    with pytest.raises(LabelError, match="fitted to codes already"):
        fit_labels(*project(), model=fitted(True).model)


def table(n=63, **more):
    """The project's codes as a table."""
    codes = project()[1]
    return pd.DataFrame({"comment_id": list(codes)[:n], "label": list(codes.values())[:n]}).assign(**more)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (table(49), "49 coded comment.* too few.*50 are needed"),
        (table(63, label="nice"), "A code is 'nice'; codes are agreeing, extending, spam, none"),
        (table(63, label=None), "A code is None"),
        (table(63, weight=0.0), "a number above 0"),
        (table(63, weight="heavy"), "a number above 0"),
        (pd.concat([table(60), table(1)]), "coded twice .first: 'c000'"),
        (table().rename(columns={"label": "code"}), "lack the column.s. label; found id, code"),
        ({**project()[1], "gone": "spam"}, "1 code.s. are of comments that are not in the table .gone"),
        ({k: v for n, (k, v) in enumerate(project()[1].items()) if n < 10}, "10 coded comment"),
    ],
)
def test_codes_no_model_can_be_fitted_to_are_refused(codes, said):
    """The sentence says what was found and what is allowed."""
    with pytest.raises(LabelError, match=said):
        fit_labels(project()[0], codes)


def test_few_essays_are_refused():
    """Fifty codes under one essay say nothing about the next."""
    with pytest.raises(LabelError, match="stand under 1 essay"):
        fit_labels(project()[0].assign(cluster="one"), project()[1])


def test_a_comment_that_weighs_twice_counts_as_two():
    """Weights are honoured in fits and figures."""
    material, _ = made_up(60, shift=1.0)
    heavy = replace(material, weights=np.where(np.arange(60) < 20, 2.0, 1.0))
    twice = np.r_[np.arange(60), np.arange(20)]
    double = material.take(twice)
    for way in (Reweighted("r", 1.0), Shifted("s", 0.1, 1.0)):
        one, two = way.fit(heavy), way.fit(double)
        np.testing.assert_allclose(one.bias, two.bias, atol=2e-3)
    every = np.ones((1, 20))
    np.testing.assert_allclose(
        Counts.of(material.scores, heavy).figures(every), Counts.of(double.scores, double).figures(every)
    )


def test_honest_scores_are_left_alone():
    """Where the shipped model is right, the rule keeps it nearly always."""
    kept = [compare_ways(made_up(seed=seed)[0], ways=WAYS[:5]).chosen == SHIPPED for seed in range(4)]
    assert sum(kept) >= 3


def test_a_shift_of_frequencies_is_found():
    """Three times as common a class asks for a bias, and a bias of that size is fitted."""
    material, _ = made_up(300, shift=1.5)
    assert compare_ways(material, ways=WAYS[:3]).chosen.startswith("reweighted")
    bias = Reweighted("r", 1.0).fit(material).bias
    assert bias[0] - bias[1:].mean() == pytest.approx(1.5, abs=0.4)


def test_a_wrong_coefficient_is_found():
    """What reweighting cannot mend, a shift of the coefficients does."""
    material, features = made_up(300, wrong=1.5)
    assert compare_ways(material, ways=(WAYS[0], WAYS[1], WAYS[5])).chosen == WAYS[5].name
    change = features.T @ WAYS[5].fit(material).dual
    assert change[5, 1] - change[5].mean() > 0.5


def test_the_simpler_way_is_taken_unless_it_is_clearly_worse():
    """Half a standard error of the paired difference, by essay."""
    noisy = np.array([0.0, 1.0] * 20)
    losses = np.stack([noisy + 0.1 * np.tile([1, -1, 1, 0], 10), noisy])
    assert choose_way(losses, np.ones(40), np.arange(40)) == 1
    assert choose_way(losses, np.ones(40), np.arange(40) % 2) == 0


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60), st.integers(0, 5))
def test_no_essay_is_in_two_parts(groups, seed):
    """Every comment is left out once, with all others under its essay."""
    groups = np.array(groups)
    folds = folds_of(groups, 5, seed)
    assert sorted(np.concatenate([out for _, out in folds])) == list(range(len(groups)))
    for rest, out in folds:
        assert not set(groups[rest]) & set(groups[out])
        assert len(rest) + len(out) == len(groups)


def test_coded_comments_keep_probabilities_of_fits_without_their_essay():
    """What the model learned by heart must not correct a share."""
    made = fitted(True)
    comments, _ = project(True)
    labels = label_comments(comments, model=made.model)
    apart = use_out_of_fold(labels, made.model)
    assert list(apart.columns) == list(labels.columns)
    kept = made.model.card["adapted"]["out_of_fold"]
    four = np.array([kept[i] for i in apart["id"]])
    np.testing.assert_allclose(apart[["agreeing", "extending", "spam"]], four[:, :3] / four[:, :3].sum(axis=1)[:, None])
    assert not np.allclose(apart["extending"], labels["extending"])
    for row in apart.itertuples():
        best = max(("agreeing", "extending", "spam"), key=lambda c: getattr(row, c))
        assert row.label in (best, None)
        assert row.label is not None or row.reason


def test_other_comments_and_other_models_are_not_touched():
    """Only coded comments are swapped, and only with a fitted model."""
    new = pd.DataFrame([{"id": "new", "text": "Thank you, lovely."}, {"id": "c000", "text": ""}])
    for model in (load_model(), fitted(True).model):
        labels = label_comments(new, model=model)
        apart = use_out_of_fold(labels, model)
        pd.testing.assert_frame_equal(apart[apart["id"] == "new"], labels[labels["id"] == "new"])
        assert apart.set_index("id").loc["c000", "label"] is None  # an empty comment stays without one


def test_ids_that_are_numbers_are_found_again(tmp_path):
    """A file of plain text keeps ids as text; the comments are the same."""
    comments, codes = project(True)
    numbered = comments.assign(id=range(len(comments)))
    made = fit_labels(numbered, {n: codes[i] for n, i in enumerate(comments["id"])})
    model = load_model(made.save(tmp_path / "n.json.gz"))
    labels = label_comments(numbered, model=model)
    assert not np.allclose(use_out_of_fold(labels, model)["extending"], labels["extending"])


def test_intervals_hold_their_promise_only_out_of_fold():
    """In-sample predictions of the coded comments make an interval miss; with cross-fitting it holds the truth."""
    spec = importlib.util.spec_from_file_location("benchmark_adapt", ROOT / "benchmarks" / "adapt.py")
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    found = benchmark.simulate_shares(40, comments=600)
    assert found["in sample"][0] < 0.8
    assert found["out of fold"][0] >= 0.85  # of forty runs; of three hundred it is .94 (benchmarks/adapt.py)
    assert abs(found["out of fold"][1]) < 0.015
    assert found["in sample"][2] < found["out of fold"][2]
