"""Planning: the numbers of textbooks, and what the plan promised when it is carried out."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import EstimateError
from analysis.estimate import draw_sample
from analysis.estimate.power import power, power_table
from analysis.estimate.sides import Tables


def invent(n, seed=1, *, right=0.8):
    """Comments of which 60 % agree, 36 % extend, 4 % are spam, and a machine that is right of most."""
    draw = np.random.default_rng(seed)
    names = np.array(["agreeing", "extending", "spam"], dtype=object)
    truth = draw.choice(3, size=n, p=[0.6, 0.36, 0.04])
    said = np.where(draw.random(n) < right, truth, draw.integers(3, size=n))
    chances = np.full((n, 3), 0.1)
    chances[np.arange(n), said] = 0.8
    labels = pd.DataFrame(chances, columns=["agreeing", "extending", "spam"])
    labels = labels.assign(comment_id=[f"c{i:05}" for i in range(n)], cluster=np.arange(n), label=names[said])
    return labels, pd.Series(names[truth], index=labels["comment_id"])


def draw_codes(labels, truth, n, seed=1, by="simple"):
    """A drawn sample, coded without error."""
    sample = draw_sample(labels, n, seed, by=by)
    return sample.assign(label=truth[sample["comment_id"]].to_numpy())


def half_width(labels, codes, label):
    """Half of the interval the codes give."""
    tables = Tables(labels, None, codes)
    part = tables.part(label)
    _, low, high = tables.pair((part, part), "ppi++").first(0.95)
    return (high - low) / 2


def test_the_worst_case_is_the_textbooks():
    """About 384 of very many, 340 of 3,000: the number every survey handbook gives for five points."""
    many, _ = invent(50_000)
    found = power(many, label="agreeing")
    assert 375 <= found.needed <= 390
    assert (found.more, found.n_coded, found.share) == (found.needed, 0, 0.5)
    assert np.isnan(found.half_width_now)
    few, _ = invent(3000)
    assert power(few, label="agreeing").needed == 340
    assert "the worst case" in power(few, label="agreeing").sentence


def test_an_accurate_machine_needs_fewer_codes():
    """The more the labels tell, the less is left to code; a coin tells nothing."""
    labels, _ = invent(20_000)
    coin, fair, good, sure = (power(labels, label="agreeing", accuracy=a).needed for a in (0.5, 0.8, 0.95, 1.0))
    assert coin > fair > good > sure == 2
    assert coin == pytest.approx(power(labels, label="agreeing").needed, rel=0.05)
    assert "right of 80%" in power(labels, label="agreeing", accuracy=0.8).assumed


@pytest.mark.parametrize(
    ("n", "pilot", "target", "by"),
    [(2000, 60, 0.05, "simple"), (400, 60, 0.05, "simple"), (4000, 80, 0.04, "uncertainty"),
     (3000, 100, 0.04, "stratified")],
)  # fmt: skip
def test_coding_what_was_planned_gives_the_half_width(n, pilot, target, by):
    """The plan's promise, kept within a tenth on the mean over draws."""
    widths = []
    for seed in range(10):
        labels, truth = invent(n, seed)
        plan = power(labels, draw_codes(labels, truth, pilot, seed, by), label="agreeing", half_width=target)
        codes = draw_codes(labels, truth, plan.needed, seed + 100, by)
        widths.append(half_width(labels, codes, "agreeing"))
    assert np.mean(widths) == pytest.approx(target, rel=0.1)


def test_the_half_width_now_is_that_of_the_codes():
    """No second truth: the plan begins where the estimate stands."""
    labels, truth = invent(2000)
    for by in ("simple", "stratified", "uncertainty"):
        codes = draw_codes(labels, truth, 150, by=by)
        assert power(labels, codes, label="agreeing").half_width_now == pytest.approx(
            half_width(labels, codes, "agreeing")
        )


def test_a_target_reached_and_one_out_of_reach_say_so():
    """Nothing more to code, or everything."""
    labels, truth = invent(400)
    codes = draw_codes(labels, truth, 200)
    reached = power(labels, codes, label="agreeing", half_width=0.1)
    assert reached.more == 0
    assert reached.needed < 200
    assert "reached, 200 codes give" in reached.sentence
    everything = power(labels, codes, label="agreeing", half_width=0.0001)
    assert (everything.needed, everything.more) == (400, 200)
    assert "only by coding all 400 comments, 200 more than now" in everything.sentence


def test_a_label_never_met_can_be_planned_for():
    """No spam among the codes is no certainty: the plan has a width and needs a number."""
    labels, truth = invent(2000)
    codes = draw_codes(labels, truth.replace("spam", "none"), 100)
    found = power(labels, codes, label="spam", half_width=0.005)
    assert found.half_width_now > 0.005
    assert 100 < found.needed < 2000
    assert "roughly: 0 of them decide, ask again on the way" in found.assumed


def test_several_half_widths_stand_in_a_table():
    """Narrower intervals need more codes; each row holds its sentence."""
    labels, truth = invent(2000)
    table = power_table(labels, draw_codes(labels, truth, 100), label="extending")
    assert table["half_width"].tolist() == [0.02, 0.03, 0.05, 0.10]
    assert table["needed"].is_monotonic_decreasing
    assert (table["more"] == (table["needed"] - 100).clip(lower=0)).all()
    assert table["sentence"].str.startswith("±").all()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"label": "agree"}, "Did you mean 'agreeing'"),
        ({"half_width": 5}, "above 0 and below 0.5, not at 5; for ±5 points give 0.05"),
        ({"half_width": 0}, "above 0"),
        ({"level": 95}, "between 0 and 1, not at 95"),
        ({"accuracy": 80}, "from 0.5 .a coin's. to 1, not at 80"),
        ({"accuracy": 0.9, "codes": 50}, "Give codes or an accuracy, not both"),
        ({"codes": 12}, "12 hand codes are too few to plan from, 20 are needed"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(change, sentence):
    """Percent for parts is the commonest slip."""
    labels, truth = invent(400)
    given = {"label": "agreeing"} | change
    codes = draw_codes(labels, truth, given.pop("codes")) if "codes" in given else None
    with pytest.raises(EstimateError, match=sentence):
        power(labels, codes, **given)


def test_one_comment_needs_no_plan():
    """Code it."""
    labels, _ = invent(400)
    with pytest.raises(EstimateError, match="nothing to plan"):
        power(labels.head(1), label="spam")
