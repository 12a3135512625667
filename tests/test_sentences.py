"""The prose that reads results takes its numbers from the tables, and has a sentence for every gap."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentences import READINGS
from analysis.sentences.wording import count, decimal, listing, number, percent, title


def plain(text):
    """Prose with ordinary blanks."""
    return text.replace("\xa0", " ")


def table(columns, *rows):
    return pd.DataFrame(list(rows), columns=columns.split())


def say(name, **tables):
    return plain(READINGS[name](tables))


ATTRITION = table(
    "stage outcome reason n",
    ("files", "kept", "", 9),
    ("files", "dropped", "no text", 2),
    ("files", "dropped", "binary", 1),
    ("comments", "kept", "", 1234),
)
PROFILE = table(
    "doc_id page title date comments_open readers author_answers agreeing extending spam cannot_say pingbacks "
    "representative",
    ("a", "a", "The *long* pier", "2010-01-02", True, 7, 2, 3, 5, 1, 0, 1, True),
    ("b", "b", "Ice", None, None, 2, 0, 1, 1, 0, 1, 0, True),
    ("c", "c", None, None, True, 0, 0, 0, 0, 0, 0, 0, False),
    ("d", "d", "Rope", None, False, 0, 0, 0, 0, 0, 0, 0, True),
)
STABILITY = table(
    "topic label stability low high fits seed_stability essays npmi weak why",
    (0, "boat, mast", 0.81, 0.7, 0.9, 5, 1.0, 6, 0.12, False, ""),
    (1, "bell, rope", 0.4, 0.2, 0.5, 5, 1.0, 5, -0.05, False, ""),
    (2, "hat, coat", 0.21, 0.1, 0.3, 5, 1.0, 1, None, True, "other draws gave other words; leads no essay"),
)
WORDS = table(
    "topic label rank word weight weak",
    *((t, f"{a}, {b}", r, w, 0.1, t == 1) for t, (a, b) in enumerate([("boat", "mast"), ("bell", "rope")]) for r, w in
      enumerate((a, b), start=1)),
)  # fmt: skip
MIXTURE = table(
    "doc_id title topic label share",
    ("a", "Pier", 0, "boat, mast", 0.9),
    ("a", "Pier", 1, "bell, rope", 0.1),
    ("b", "Ice", 0, "boat, mast", 0.55),
    ("b", "Ice", 1, "bell, rope", 0.45),
)
SHARES = table(
    "group label share low high method corrected n_coded n clusters",
    ("all", "agreeing", 0.3, 0.25, 0.36, "counted", False, 0, 200, 20),
    ("all", "extending", 0.6, 0.52, 0.66, "counted", False, 0, 200, 20),
    ("topic 0: boat, mast", "extending", 0.4, 0.3, 0.48, "counted", False, 0, 100, 10),
    ("topic 1: bell, rope", "extending", 0.7, 0.6, 0.8, "counted", False, 0, 90, 9),
    ("topic 2: hat, coat", "extending", 0.9, 0.2, 1.0, "counted", False, 0, 10, 1),
)
CONFUSION = table(
    "truth said n source",
    *((t, s, n, "planted truth") for t, s, n in [
        ("agreeing", "agreeing", 40), ("agreeing", "extending", 6), ("extending", "extending", 90),
        ("spam", "spam", 20), ("spam", "agreeing", 3), ("none", "cannot say", 10), ("none", "extending", 1),
    ]),
)  # fmt: skip
F1 = table(
    "label f1 low high",
    ("agreeing", 0.8, 0.7, 0.88),
    ("extending", 0.92, 0.9, 0.95),
    ("macro", 0.86, None, None),
)
RELIABILITY = table(
    "bin predicted observed low high n source",
    (0, 0.55, 0.4, 0.3, 0.5, 20, "planted truth"),
    (1, 0.95, 0.93, 0.9, 0.97, 80, "planted truth"),
)
COVERAGE = table(
    "coverage accuracy low high source",
    (0.5, 0.98, 0.95, 0.99, "planted truth"),
    (1.0, 0.85, 0.8, 0.9, "planted truth"),
)
BLOGS = table(
    "blog blogs n essays macro_f1 f1_low f1_high accuracy low high fewest source",
    ("all", 6, 200, 80, 0.8, 0.75, 0.85, 0.86, 0.82, 0.9, 20, "planted truth"),
    ("blog 01", 1, 90, 30, 0.85, 0.7, 0.9, 0.92, 0.88, 0.96, 20, "planted truth"),
    ("blog 02", 1, 50, 20, 0.5, 0.3, 0.7, 0.6, 0.45, 0.75, 20, "planted truth"),
    ("blog 03", 1, 30, 15, 0.7, 0.5, 0.9, 0.85, 0.7, 0.95, 20, "planted truth"),
    ("others", 3, 30, 15, 0.6, 0.4, 0.8, 0.75, 0.6, 0.9, 20, "planted truth"),
)
ABLATION = table(
    "left_out features macro_f1 f1_agreeing f1_extending f1_spam accuracy difference lower upper",
    ("nothing", 0, 0.82, 0.8, 0.9, 0.75, 0.88, 0.0, None, None),
    ("signature", 9, 0.75, 0.8, 0.9, 0.55, 0.86, -0.07, -0.1, -0.04),
    ("length", 4, 0.81, 0.79, 0.9, 0.74, 0.88, -0.01, -0.03, 0.01),
    ("time of day", 2, 0.84, 0.82, 0.91, 0.79, 0.89, 0.02, 0.01, 0.03),
)
HARDEST = table(
    "comment_id truth label probability text",
    ("a", "none", "extending", 0.97, "x"),
    ("b", "spam", "agreeing", 0.93, "x"),
    ("c", "none", "extending", 0.91, "x"),
    ("d", "agreeing", "extending", 0.7, "x"),
)
ELSEWHERE = table(
    "data source who coders label figure low high",
    ("Harbour Talk", "Quay 2001", "people", "the coders", "agreement", "alpha", 0.5, 0.5),
    ("Harbour Talk", "Quay 2001", "people", "the coders", "questions", "alpha", 0.7, 0.7),
    ("Harbour Talk", "Quay 2001", "machine", "the best machine", "agreement", "F1", 0.45, 0.45),
    ("the training comments", "this codebook", "behind the model", "machines", "", "kappa", 0.9, 0.95),
)
COMPARISON = table("basis source n note", ("codes", "60 hand codes of this corpus", 60, "The codes are the truth."))
DIFF = table(
    "pair number kind change text_a text_b words_a words_b",
    ("pier → pier-again", 0, "same", 0.0, "x", "x", 50, 50),
    ("pier → pier-again", 1, "reworded", 0.3, "x", "y", 40, 44),
    ("pier → pier-again", 2, "cut", 1.0, "x", None, 10, None),
)
SLOTS = table(
    "family slot copy page before variant",
    *(
        ("family 1", s, c, f"p{c}", "I found", v)
        for s, c, v in [(0, 0, "great"), (0, 1, "fine"), (1, 0, "a"), (1, 1, "a")]
    ),
)
TIMELINE = table("year label n", (2009, "agreeing", 3), (2009, "spam", 1), (2011, "extending", 6), (None, "spam", 2))
THEMES = table(
    "theme topic label n",
    ("harbours", 0, "boat", 5),
    ("harbours", 1, "bell", 1),
    ("bells", 1, "bell", 4),
    ("bells", 0, "boat", 0),
)
ESTIMATORS = table(
    "label method share low high corrected n_coded n worth truth",
    ("agreeing", "counted", 0.14, 0.11, 0.16, False, 150, 426, None, 0.26),
    ("agreeing", "hand codes", 0.27, 0.22, 0.33, True, 150, 426, None, 0.26),
    ("agreeing", "ppi++", 0.28, 0.24, 0.32, True, 150, 426, "as much as 174 more hand codes", 0.26),
    ("spam", "counted", 0.15, 0.12, 0.17, False, 150, 426, None, 0.16),
    ("spam", "ppi++", 0.17, 0.15, 0.19, True, 150, 426, "as much as 20 more hand codes", 0.16),
)
YEARS = table(
    "group label share low high corrected n_coded n",
    ("all", "spam", 0.2, 0.1, 0.3, True, 60, 300),
    ("2009", "spam", 0.1, 0.05, 0.15, True, 30, 100),
    ("2010", "spam", 0.3, 0.2, 0.4, True, 25, 100),
    ("2011", "spam", 0.6, 0.2, 0.9, False, 5, 100),
)
CONTRASTS = table(
    "label comparison difference low high corrected n_coded",
    ("agreeing", "answers to readers, against answers to the essay", -0.12, -0.2, -0.04, True, 150),
    ("spam", "answers to readers, against answers to the essay", 0.02, -0.05, 0.09, True, 150),
)
REGRESSION = table(
    "term words estimate low high n_coded n",
    ("intercept", "all else at zero", 0.1, 0.05, 0.15, 150, 426),
    ("words", "ten words more", 0.15, 0.14, 0.17, 150, 426),
    ("year", "a year later", -0.02, -0.05, 0.01, 150, 426),
)
READ = table("outcome n", ("altered", 1), ("found", 47), ("invented", 1), ("missed", 2))
ALL = {
    "attrition": ATTRITION,
    "profile": PROFILE,
    "topic_stability": STABILITY,
    "topic_words": WORDS,
    "topic_mixture": MIXTURE,
    "shares": SHARES,
    "confusion": CONFUSION,
    "f1": F1,
    "reliability": RELIABILITY,
    "coverage": COVERAGE,
    "blogs": BLOGS,
    "ablation": ABLATION,
    "hardest_errors": HARDEST,
    "elsewhere": ELSEWHERE,
    "comparison": COMPARISON,
    "version_diff": DIFF,
    "spam_slots": SLOTS,
    "timeline": TIMELINE,
    "theme_topic": THEMES,
    "reading": READ,
    "estimators": ESTIMATORS,
    "shares_by_year": YEARS,
    "contrasts": CONTRASTS,
    "regression": REGRESSION,
}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("attrition", "**Files**: 9 of 12 kept; dropped: no text (2) and binary (1)."),
        ("attrition", "**Comments**: 1,234, none dropped"),
        ("attrition", "largest single loss is “no text” (2, at the stage files)"),
        ("reading", "Of 50 planted comments"),
        (
            "reading",
            "47 (94 %) were read word for word; 1 was read with some words more or fewer, 2 missed, and 1 that is",
        ),
        ("profile", "12 comments under 2 of 4 essays"),
        ("profile", "on 1 the page shows that comments were open and on 1 the page shows no way"),
        ("profile", "“The &#42;long&#42; pier” drew the most (9, by 7 reader names)"),
        ("profile", "half of all comments stand under 1 essay"),
        ("profile", "answered 2 times, under 1 essay"),
        ("profile", "1 pingback from other sites was set apart"),
        ("profile", "4 as agreeing, 6 as extending and 1 as spam, and could not say of 1"),
        ("profile", "1 essay is another version"),
        ("topic_stability", "steadiest is topic 0 (boat, mast) at 0.81 (interval 0.70 to 0.90)"),
        ("topic_stability", "1 of 3 topics plainly came back"),
        ("topic_stability", "1 of 3 topics plainly came back (at least 0.54). Marked as weak"),
        ("topic_stability", "between −0.05 and 0.12"),
        ("topic_stability", "topic 2 (hat, coat), because other draws gave other words and it leads no essay."),
        (
            "topic_stability",
            "There were 5 draws, and the intervals allow for how few. Another seed gives the same words.",
        ),
        ("topic_words", "fall into 2 topics"),
        ("topic_words", "**0**: boat and mast; **1**: bell and rope."),
        ("topic_words", "Do not build on topic 1, marked as weak;"),
        ("topic_mixture", "middle one of 2 essays has 73 % of its text"),
        ("topic_mixture", "“Pier” (90 % in topic 0 (boat, mast))"),
        ("topic_mixture", "most mixed “Ice” (55 % at most)"),
        ("topic_mixture", "No essay has its strongest topic in topic 1."),
        (
            "shares_overall",
            "Of 200 comments by readers under 20 essays (versions of one count once): agreeing 30 % (interval",
        ),
        ("shares_overall", "**not corrected** for its errors, because no comments of this corpus were coded by hand"),
        (
            "shares",
            "extending runs from 40 % (topic 0: boat, mast) to 70 % (topic 1: bell, rope); their intervals",
        ),
        ("shares", "Left out of the comparison, for fewer than 20 comments or 5 essays: topic 2: hat, coat."),
        ("confusion", "Against planted truth: of 170 comments with a known label the classifier left 10 unlabelled"),
        ("confusion", "150 of the other 160 right (94 %)"),
        ("confusion", "commonest mistake: 6 agreeing were said to be extending"),
        ("f1", "agreeing 0.80 (0.70 to 0.88), extending 0.92 (0.90 to 0.95) and macro 0.86"),
        ("f1", "found worst is agreeing"),
        ("reliability", "probabilities of 100 comments miss what was observed by 4.6 percentage points"),
        ("reliability", "where 55 % was promised and 40 % came true (20 comments)"),
        ("reliability", "In 1 of 2 steps the gap is more than chance"),
        ("coverage", "labelling every comment the classifier is right in 85 % (interval 80 % to 90 %)"),
        ("coverage", "only the surest 50 % it is right in 98 %"),
        ("confusion", "The codes are the truth. Against planted truth"),
        ("reliability", "With so few comments most of such a gap is the luck of the draw."),
        ("blogs", "over 6 blogs with 200 comments macro-F1 is 0.80 (0.75 to 0.85), and 86 % of the likeliest labels"),
        ("blogs", "Macro-F1 runs from 0.50 (blog 02) to 0.85 (blog 01) and accuracy runs from 60 % (blog 02) to 92 %"),
        ("blogs", "Accuracy is lower on blog 02 and higher on blog 01, where its interval does not hold"),
        ("blogs", "3 blogs with fewer than 20 comments stand together as “others”; of their labels 75 % are right"),
        ("ablation", "With all features macro-F1 on blogs left out is 0.82."),
        ("ablation", "loses most without signature (7.0 points, interval 4.0 to 10.0)."),
        ("ablation", "as their interval holds zero or is not known: length."),
        ("ablation", "The model is better without: time of day."),
        ("hardest_errors", "4 of 160 labels given are wrong; of 3 the classifier was at least 90 % sure."),
        ("hardest_errors", "commonest is a comment that is none of the three taken for extending (2 times)"),
        (
            "elsewhere",
            "the coders of Harbour Talk (Quay 2001) reach an alpha of 0.50 on agreement and 0.70 on questions.",
        ),
        ("elsewhere", "For comparison, the best machine of Harbour Talk reaches an F1 of 0.45 on agreement."),
        ("elsewhere", "the two passes agree with a kappa of 0.90 to 0.95"),
        ("version_diff", "of 3 sentences 1 the same, 1 reworded and 1 cut; the text went from 100 to 94 words"),
        (
            "spam_slots",
            "2 copies on 2 pages, alike but for 2 slots; after “I found”, for one, the copies read “great” / “fine”",
        ),
        (
            "timeline",
            "10 comments by readers carry a date, from 2009 to 2011; most are of 2011 (6), fewest of 2009 (4)",
        ),
        ("timeline", "2 more carry no date"),
        ("theme_topic", "Of 10 essays with a known theme 9 (90 %)"),
        ("theme_topic", "1 of 2 themes lie in one topic alone"),
        ("estimators", "Of 426 comments by readers; the corrected shares rest on 150 hand codes."),
        ("estimators", "counting the machine's labels gives 14 %, which lies outside the corrected interval"),
        ("estimators", "counting the machine's labels gives 15 %, which the corrected interval holds"),
        ("estimators", "agreeing as much as 174 more hand codes and spam as much as 20 more hand codes"),
        ("estimators", "Intervals that hold them: counting 1 of 2 and the corrected estimates 3 of 3"),
        ("shares_by_year", "Spam lies between 10 % (2009) and 30 % (2010) a year; these two intervals do not touch."),
        ("shares_by_year", "fewer than 10 hand codes of their own: 1 year of 3"),
        ("contrasts", "essay: agreeing 12 points fewer (interval from 20 to 4 fewer) and spam 2 points"),
        ("contrasts", "2 points more (interval from 5 fewer to 9 more). In 1 of 2 differences the interval holds zero"),
        ("regression", "ten words more, 15 points more (interval from 14 to 17 more)."),
        ("regression", "Intervals that hold zero: a year later."),
        ("theme_topic", "most scattered is “harbours”"),
    ],
)
def test_numbers_are_those_of_the_table(name, part):
    """What a paragraph says was worked out by hand from the tables above."""
    assert part in say(name, **ALL)


@pytest.mark.parametrize("name", READINGS)
def test_a_missing_or_empty_table_gives_a_plain_sentence(name):
    """A corpus without comments, topics or truth still gets an answer."""
    for tables in (
        {},
        {key: found.head(0) for key, found in ALL.items()},
        {key: found[[]] for key, found in ALL.items()},
    ):
        said = READINGS[name](tables)
        assert said.endswith(".")
        assert len(said) > 20
        assert "nan" not in said.lower().split()


@pytest.mark.parametrize("name", READINGS)
def test_one_row_is_enough(name):
    """One essay, one topic, one comment: nothing is compared with itself, nothing crashes."""
    said = READINGS[name]({key: found.head(1) for key, found in ALL.items()})
    assert said.endswith(".")
    assert not re.search(r"\bnan\b|\bNone\b|\b1 (?:essays|comments|topics|pages)\b", said), said


@pytest.mark.parametrize("name", READINGS)
def test_gaps_in_numbers_are_never_printed(name):
    """A bound or share that could not be computed is left out, not printed as nan."""
    holed = {
        key: found.assign(
            **{c: float("nan") for c in found.columns if c in ("low", "high", "npmi", "stability", "words_b")}
        )
        for key, found in ALL.items()
    }
    said = READINGS[name](holed)
    assert not re.search(r"\b[Nn]a[Nn]\b|\bNone\b", said), said
    assert "(interval" not in said


@pytest.mark.parametrize("name", READINGS)
def test_a_column_of_gaps_does_not_stop_the_reading(name):
    """Undated comments, untitled essays, bounds that cannot be computed: what may be missing as a whole is met."""
    texts = {"title", "date", "comments_open", "year", "source", "before", "variant", "label", "reason"}
    numbers = {"low", "high", "npmi", "stability", "f1", "observed", "accuracy", "share", "n_coded", "words_a"}
    for key, found in ALL.items():
        for column in (texts | numbers) & set(found.columns):
            gap = float("nan") if column in numbers else None
            said = READINGS[name](ALL | {key: found.assign(**{column: gap})})
            assert said.endswith("."), (key, column)


def test_no_reading_changes_its_tables():
    """Prose is made from tables and leaves them as they were."""
    before = {key: found.copy(deep=True) for key, found in ALL.items()}
    for read in READINGS.values():
        read(ALL)
    for key, found in ALL.items():
        pd.testing.assert_frame_equal(found, before[key])


def test_a_corpus_without_truth_says_what_the_figures_are_against():
    """Without labels to compare with, nobody is told an accuracy."""
    for name in ("f1", "confusion", "reliability", "coverage"):
        assert "nothing can be said here about how often the classifier errs" in say(name, shares=SHARES)
    assert "no planted truth" in say("reading")


def test_why_no_errors_are_shown_is_said():
    """Nothing wrong, other people's comments, or nothing known: three reasons, three sentences."""
    assert "None of the labels given" in say("hardest_errors", comparison=COMPARISON)
    assert "other people's" in say("hardest_errors", comparison=COMPARISON.assign(basis="held out"))
    assert "nothing can be said here" in say("hardest_errors")


def test_weighted_codes_are_read_as_what_they_stand_for():
    """The part that is right is of the corpus, not of the sample, where the sample was not even."""
    right = CONFUSION["truth"] == CONFUSION["said"]
    heavy = CONFUSION.assign(weight=CONFUSION["n"].where(~right, 5 * CONFUSION["n"]))
    assert "150 of the other 160 right (99 % of the comments they stand for)" in say("confusion", confusion=heavy)
    assert "(94 %)" in say("confusion", confusion=CONFUSION.assign(weight=CONFUSION["n"] * 3.0))


def test_corrected_shares_say_what_corrects_them():
    """The reader learns how many hand codes stand behind an interval."""
    whole = SHARES.assign(corrected=True, method="ppi++", n_coded=120)
    assert "corrected for the classifier's errors by 120 comments whose label is known" in say(
        "shares_overall", shares=whole
    )
    part = whole.assign(n_coded=[120, 120, 60, 50, 10])
    assert "topic 2: hat, coat has the fewest, 10" in say("shares", shares=part)
    census = SHARES[SHARES["group"] == "all"].assign(corrected=True, method="hand codes", n_coded=200)
    assert "known of all 200, so nothing is estimated" in say("shares_overall", shares=census)
    few = SHARES.assign(n_coded=7)
    assert "because the true label is known of only 7 comments" in say("shares", shares=few)


def test_all_pairs_and_families_are_read_where_the_figure_shows_the_first():
    """The figure has room for one pair; the paragraph speaks of all."""
    two = pd.concat([DIFF, DIFF.assign(pair="ice → ice-again")])
    assert "2 pairs of versions" in say("version_diff", version_diff=DIFF, version_diffs=two)
    more = pd.concat([SLOTS, SLOTS.assign(family="family 2")])
    assert "2 spam texts were spun" in say("spam_slots", spam_slots=SLOTS, spam_slots_all=more)


def test_stability_on_few_essays_is_not_praised():
    """A topic of two essays comes back in every draw of the same two essays."""
    few = STABILITY.assign(stability=1.0, essays=1)
    assert "With 3 essays the draws are nearly the same" in say("topic_stability", topic_stability=few)
    assert "All stand at 1.00." in say("topic_stability", topic_stability=few)
    assert "nearly the same" not in say("topic_stability", topic_stability=STABILITY)


def test_overlapping_intervals_are_not_called_a_difference():
    """Two topics whose intervals overlap may differ by chance."""
    wide = SHARES.assign(low=0.1, high=0.95)
    assert "their intervals overlap, so this may be chance" in say("shares", shares=wide)


def test_mark_up_in_a_title_is_shown_not_obeyed():
    """A page's title cannot put a link, a picture or a formula into a notebook."""
    said = title("<img src=x> [a](b) $x$ `c`")
    assert not set("<>[]$`") & set(said)


counts = st.integers(min_value=0, max_value=10**6)


@given(
    st.lists(st.tuples(st.sampled_from(["files", "pages", "labels"]), st.booleans(), counts), min_size=1, max_size=12)
)
def test_every_number_in_the_attrition_paragraph_is_a_row_or_a_stage_total(rows):
    """Nothing is counted that the table does not hold."""
    made = [
        (s, "kept" if k else "dropped", "" if k else f"reason {'abcdefghijkl'[i]}", n)
        for i, (s, k, n) in enumerate(rows)
    ]
    frame = table("stage outcome reason n", *made)
    said = say("attrition", attrition=frame)
    kept = frame[frame["outcome"] == "kept"].groupby("stage")["n"].sum()
    allowed = {*frame["n"], *kept, *frame.groupby("stage")["n"].sum()}
    shown = {
        int(text.replace(",", "")) for text in re.findall(r"(?<![\w,])\d[\d,]*(?![\w])", said.replace(" more", " x"))
    }
    reasons = len(frame)
    assert shown <= allowed | set(range(reasons)), said


@given(st.floats(min_value=0, max_value=1))
def test_a_share_is_rounded_but_never_to_none_or_all(share):
    """Whoever reads 0 % or 100 % may rely on it."""
    said = plain(percent(share))
    assert (said == "0 %") == (share == 0)
    assert (said == "100 %") == (share == 1)
    if said[0].isdigit():
        assert abs(int(said.split()[0]) / 100 - share) <= 0.005 + 1e-9


@given(st.integers(min_value=0, max_value=10**9))
def test_counts_read_back(n):
    """A number in a sentence is the number."""
    said = count(n, "page")
    assert (0 if said == "no pages" else int(said.split()[0].replace(",", ""))) == n
    assert said.endswith("page") == (n == 1)


@given(st.floats(min_value=-1, max_value=1))
def test_decimals_read_back(value):
    """Two digits, a true minus, and no minus before nothing."""
    said = decimal(value)
    assert abs(float(said.replace("−", "-")) - value) <= 0.005 + 1e-9
    assert said != "−0.00"


def test_lists_are_said_as_one_says_them():
    """One, two, many, too many; a gap in a number is said to be one."""
    assert [listing("a"), listing("ab"), listing("abc")] == ["a", "a and b", "a, b and c"]
    assert listing("abcdefghij", most=2) == "a, b and 8 more"
    assert number(float("nan")) == "an unknown number of"


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((-0.13, -0.4, 0.21), "13 points fewer (interval from 40 fewer to 21 more)"),
        ((0.01, 0.008, 0.2), "1 point more (interval from 1 to 20 more)"),
        ((-0.11, -0.3, -0.002), "11 points fewer (interval from 30 to under 1 fewer)"),
        ((-0.002, -0.004, 0.0), "under 1 point fewer (interval from under 1 fewer to 0)"),
        ((0.0, -0.05, 0.05), "the same (interval from 5 fewer to 5 more)"),
        ((0.21, 0.0, 0.5), "21 points more (interval from 0 to 50 more)"),
        ((0.02, None, None), "2 points more."),
    ],
)
def test_no_interval_of_a_difference_reads_as_its_opposite(numbers, told):
    """Who reads "13 fewer (−40 to +21)" aloud turns a sign; each number carries its own word."""
    row = CONTRASTS.head(1).assign(**dict(zip(("difference", "low", "high"), numbers, strict=True)))
    assert told in say("contrasts", contrasts=row)


def test_a_comparison_that_rests_on_a_handful_of_codes_is_warned_of():
    """Six codes of one side give an interval and no ground to stand on; the table alone says it too quietly."""
    few = CONTRASTS.assign(fewest_coded=[6, 6])
    assert "**One of the two rests on only 6 hand codes: do not lean on this.**" in say("contrasts", contrasts=few)
    assert "lean" not in say("contrasts", contrasts=CONTRASTS.assign(fewest_coded=[10, 10]))
    thin = REGRESSION.assign(n_telling=[150, 120, 4])
    assert "**Fewer than 10 hand codes tell of: a year later (4); do not lean" in say("regression", regression=thin)
    assert "lean" not in say("regression", regression=REGRESSION.assign(n_telling=[150, 120, 40]))
