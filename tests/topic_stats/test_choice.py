"""Numbers of topics are compared on essays left out, and the verdict says so where the data does not decide."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import TopicError
from analysis.topic_stats import Trial, choose_topics, default_numbers, foretell
from analysis.topic_stats.choice_verdict import judge
from analysis.topics import fit_topics

QUICK = Trial(engine="nmf", repeats=1)


def planted(themes, essays=15, paragraphs=4):
    """Essays each on one theme of twelve words; a fifth of all words are common to all."""
    rng = np.random.default_rng(7)
    documents = [
        [f"c{rng.integers(12)}" if rng.random() < 0.2 else f"t{n // paragraphs % themes}w{w % 12}" for w in words]
        for n, words in enumerate(rng.zipf(1.6, (essays * paragraphs, 14)))
    ]
    return documents, [f"e{n // paragraphs:02d}" for n in range(len(documents))]


def noise(essays=15):
    """Paragraphs that all draw from the same words."""
    rng = np.random.default_rng(9)
    return [[f"w{w % 60}" for w in words] for words in rng.zipf(1.3, (essays * 4, 14))], [
        f"e{n // 4:02d}" for n in range(essays * 4)
    ]


CHOICE = choose_topics(*planted(3), numbers=[2, 3, 5, 61], seed=1, trial=QUICK)


def test_the_planted_number_is_recommended():
    """Three themes: two topics foretell less, five come back worse."""
    table = CHOICE.table.set_index("number")
    assert table.index[table["recommended"]].tolist() == [3]
    assert table["gain"].idxmax() == 3
    assert table["stability"].idxmax() == 3
    assert not table.loc[2, "gain_level"]
    assert table.loc[3, "gain_low"] > 0
    assert "K = 3" in CHOICE.verdict


def test_a_number_above_the_data_is_left_out_with_the_reason():
    """Nothing is dropped without being counted."""
    assert CHOICE.left_out["number"].tolist() == [61]
    assert "61 topic(s) were asked for" in CHOICE.left_out["reason"].iloc[0]


def test_intervals_hold_their_means_and_stay_in_range():
    """An interval that leaves out its own mean, or what cannot be, is a mistake."""
    table = CHOICE.table
    for name in ("gain", "stability", "npmi"):
        assert (table[f"{name}_low"] <= table[name]).all()
        assert (table[name] <= table[f"{name}_high"]).all()
        assert table.loc[table[name].idxmax(), f"{name}_level"]
    assert table["stability_high"].max() <= 1
    assert table["perplexity"].min() > 1


def test_noise_is_not_decided():
    """Where every paragraph is drawn from the same words no number of topics tells anything."""
    choice = choose_topics(*noise(), numbers=[2, 4], seed=1, trial=QUICK)
    assert choice.verdict.startswith("The data does not decide: with none of the numbers tried do topics foretell")
    assert not choice.table[["candidate", "recommended"]].any(axis=None)


def test_order_of_the_paragraphs_changes_nothing():
    """Another order of the folder gives the same table."""
    documents, groups = planted(2, essays=8)
    order = np.random.default_rng(1).permutation(len(documents))
    one = choose_topics(documents, groups, numbers=[2, 3], seed=1, trial=QUICK)
    two = choose_topics([documents[i] for i in order], [groups[i] for i in order], numbers=[2, 3], seed=1, trial=QUICK)
    pd.testing.assert_frame_equal(one.table, two.table)


def test_one_engine_is_chosen_for_all_draws():
    """Parts of a corpus may be shorter than the whole; the engine must not change between them."""
    short = [document[:5] for document in planted(2, essays=6)[0]], planted(2, essays=6)[1]
    by_name, by_itself = (choose_topics(*short, numbers=[2], seed=1, trial=Trial(e, 1)) for e in ("mixture", "auto"))
    pd.testing.assert_frame_equal(by_name.table, by_itself.table)
    assert by_name.verdict == "Only K = 2 could be tried, so there is nothing to compare it with."


def test_progress_counts_every_fit():
    """A reader who waits wants to see how long."""
    told = []
    choose_topics(*planted(2, essays=6), numbers=[2, 30], seed=1, trial=QUICK, progress=lambda *step: told.append(step))
    assert told[-1] == (12, 12)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("documents", "groups", "numbers", "said"),
    [
        ([], [], None, r"0 essay\(s\) have words, and at least 3"),
        ([["a", "b"]], ["e1"], None, r"1 essay\(s\) have words"),
        ([["a", "b"], [], []], ["e1", "e2", "e3"], None, r"1 essay\(s\) have words"),
        ([["a", "b"]] * 4, ["e1", "e1", "e2"], None, "4 documents, 3 groups"),
        ([["a"], ["b"], ["c"]], ["e1", "e2", "e3"], [9], "None of the 1 numbers.*9 topic.s. were asked for"),
        ([["a"], ["b"], ["c"]], ["e1", "e2", "e3"], [], "None of the 0 numbers"),
        ([["a", "b"], ["b", "c"], ["c", "a"]], ["e1", "e2", "e3"], [1], "None of the 1 numbers"),
    ],
)
def test_bad_input_is_a_sentence(documents, groups, numbers, said):
    """What cannot be tried says what is missing."""
    with pytest.raises(TopicError, match=said):
        choose_topics(documents, groups, numbers=numbers, seed=1, trial=QUICK)


@pytest.mark.parametrize("essays", [3, 5, 24, 5000])
def test_numbers_tried_are_bounded_by_the_data(essays):
    """At least five paragraphs a topic, and no more than a person can name."""
    numbers = default_numbers(essays, 4 * essays)
    assert numbers == sorted(set(numbers))
    assert 2 <= numbers[0] <= numbers[-1] <= max(2, min(40, 4 * essays // 5))


def test_words_never_met_are_counted_not_foretold():
    """A word that no text fitted on holds has no probability, and must not be lost in silence."""
    fitted = [["bee", "hive"], ["bee", "comb"], ["rail", "train"], ["rail", "guard"]] * 3
    model = fit_topics([*fitted, ["bee", "rail"]], number=2, seed=1, engine="nmf")
    found = foretell(model, [*fitted, ["bee", "rail"]], [["bee", "hive", "zebra"], ["bee", "rail"], []])
    assert found.unseen == 1
    assert found.words.tolist() == [1, 1, 0]
    assert found.topics[0] > found.alone[0]
    assert found.topics[1] < found.alone[1]
    assert found.topics[2] == found.alone[2] == 0


def measured(gain_low, levels, stability=0.7):
    """A table of three numbers, each level with the best on the measures named by letters of ``levels``."""
    rows = {"number": [2, 4, 8], "gain_low": gain_low, "stability": [stability] * 3}
    for name in ("gain", "stability", "npmi"):
        rows[f"{name}_level"] = [name[0] in level for level in levels]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("gain_low", "levels", "recommended", "said"),
    [
        ([0.1, 0.1, 0.1], ["gsn", "gsn", "s"], [2], "does not decide between K = 2 and 4: none"),
        ([0.1, 0.1, 0.1], ["s", "gsn", "g"], [4], "K = 4 is the only number tried"),
        ([-0.1, 0.1, 0.1], ["gsn", "sn", "gs"], [4], "K = 4 is marked, the smallest that is level with the best on 2"),
        (
            [0.1, 0.1, 0.1],
            ["sn", "s", "gs"],
            [2],
            "pull apart: held-out fit speaks for K = 8; stability speaks for any",
        ),
        ([-0.1, -0.1, 0.0], ["gsn", "gsn", "gsn"], [], "with none of the numbers tried do topics foretell"),
    ],
)
def test_verdicts(gain_low, levels, recommended, said):
    """Decided, undecided, torn and empty: each is said in its own words."""
    table, verdict = judge(measured(gain_low, levels))
    assert table.loc[table["recommended"], "number"].tolist() == recommended
    assert said in verdict


def test_topics_that_never_come_back_are_no_choice():
    """Held-out fit alone is not enough: other essays would have given other topics."""
    table, verdict = judge(measured([0.1, 0.1, 0.1], ["gsn"] * 3, stability=0.2))
    assert "the highest stability is 0.20" in verdict
    assert not table["recommended"].any()
