"""Each kind of figure draws what its table says, and says it in words."""

import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.errors import FigureError
from analysis.figures import FIGURES
from analysis.figures.layout import spread
from analysis.figures.save import draw_figure
from analysis.figures.style import LABEL_COLOURS, SMALL, TALLEST, TOPIC_COLOURS, UNCORRECTED_HATCH
from analysis.figures.version_diff import mark_words, near_changes, set_lines

sys.path.insert(0, str(Path(__file__).resolve().parent))
import figure_tables as made

TABLES = made.small_tables()


def bars_of(figure, colour=None):
    """Every bar of a figure, or those of one fill colour."""
    patches = [p for axes in figure.axes for bars in axes.containers for p in bars]
    return [p for p in patches if colour is None or to_hex(p.get_facecolor()) == colour.lower()]


def words_of(figure):
    """Every text of a figure that is not empty."""
    found = [t.get_text() for t in figure.texts]
    found += [t.get_text() for axes in figure.axes for t in axes.texts]
    return [t.replace("\u00a0", " ") for t in found if t]


def test_every_kind_has_a_table_here():
    """A kind without a table here would go untested."""
    assert set(FIGURES) == set(TABLES)
    assert all(kind.name == name for name, kind in FIGURES.items())


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_its_width_an_n_and_legible_type(name):
    """Journals give 89 or 183 mm, print wants 6 points, and a chart without n is worth nothing."""
    figure = draw_figure(name, TABLES[name])
    width, height = (inch * 25.4 for inch in figure.get_size_inches())
    assert width == pytest.approx(FIGURES[name].width)
    assert FIGURES[name].width in (89, 183)
    assert height <= TALLEST
    sizes = [t.get_fontsize() for t in figure.texts if t.get_text()]
    assert min(sizes) >= min(SMALL, 6)
    assert any(character.isdigit() for t in figure.texts for character in t.get_text())


@pytest.mark.parametrize("name", FIGURES)
def test_an_empty_table_is_named_with_what_is_missing(name):
    """Bad input gives a sentence, not a traceback or a blank picture."""
    with pytest.raises(FigureError, match=f"{name}.*nothing to draw.*needs"):
        FIGURES[name].plot(TABLES[name].head(0))
    with pytest.raises(FigureError, match="nothing to draw"):
        FIGURES[name].alt(TABLES[name].head(0))


@pytest.mark.parametrize("name", FIGURES)
def test_a_missing_column_is_named(name):
    """The user learns which column to give."""
    column = list(FIGURES[name].table.columns)[-1]
    with pytest.raises(FigureError, match=f"lacks {column}"):
        draw_figure(name, TABLES[name].drop(columns=column))


@pytest.mark.parametrize("name", FIGURES)
def test_the_table_is_not_changed_and_alt_is_one_to_three_sentences(name):
    """Drawing is pure; a screen reader's user gets sentences with numbers."""
    before = TABLES[name].copy(deep=True)
    alt = FIGURES[name].alt(TABLES[name])
    pd.testing.assert_frame_equal(TABLES[name], before)
    assert alt.endswith(".")
    assert any(c.isdigit() for c in alt)
    assert len(alt) < 700


def test_profile_bars_are_the_counts_of_each_essay():
    """Bar lengths equal the table, label by label, in the table's order."""
    table = made.profile(5)
    figure = draw_figure("profile", table)
    for label, column in (("agreeing", "agreeing"), ("extending", "extending"), ("spam", "spam")):
        widths = [bar.get_width() for bar in bars_of(figure, LABEL_COLOURS[label])]
        assert widths == table[column].tolist()


def test_profile_falls_back_on_the_page_and_marks_unknown():
    """An essay without a title has its page's name; comments_open has three answers."""
    texts = words_of(draw_figure("profile", made.profile(3)))
    assert {"Essay 0", "page-1", "yes", "no", "?"} <= set(texts)


def test_sixty_four_essays_are_cut_to_forty_four_and_the_figure_says_so():
    """A figure stays readable; the CSV has all."""
    figure = draw_figure("profile", made.profile(64))
    assert "44 of 64 essays shown; profile.csv has all." in " ".join(words_of(figure))
    assert len(bars_of(figure, LABEL_COLOURS["spam"])) == 44


def test_uncorrected_shares_are_hatched_and_corrected_ones_plain():
    """Nobody must take counted labels for estimates: the hatch and a sentence say so."""
    figure = draw_figure("shares", made.shares((True, False)))
    bars = bars_of(figure)
    assert [bar.get_hatch() for bar in bars] == ["", UNCORRECTED_HATCH] * 3
    assert [round(bar.get_width(), 6) for bar in bars] == [0.2, 0.2, 0.7, 0.7, 0.1, 0.1]
    said = " ".join(words_of(figure))
    assert "Hatched bars are not corrected" in said
    assert "Plain bars are corrected" in said


@pytest.mark.parametrize(
    ("right", "said", "unsaid"), [(True, "Plain bars", "Hatched"), (False, "Hatched", "Plain bars")]
)
def test_shares_explain_only_what_is_drawn(right, said, unsaid):
    """A sentence about bars that are not there confuses."""
    text = " ".join(words_of(draw_figure("shares", made.shares((right,)))))
    assert said in text
    assert unsaid not in text


def test_share_intervals_are_drawn_where_the_table_has_them():
    """Lines run from low to high of each row."""
    figure = draw_figure("shares", made.shares((True,)))
    ends = {tuple(float(round(x, 6)) for x in line.get_xdata()) for axes in figure.axes for line in axes.lines}
    assert {(0.15, 0.25), (0.65, 0.75), (0.05, 0.15)} <= ends


def test_a_share_that_is_missing_is_said_to_be_missing():
    """No estimate is not an estimate of zero."""
    table = made.shares((True,))
    table.loc[table["label"] == "spam", ["share", "low", "high"]] = float("nan")
    assert "not estimated" in words_of(draw_figure("shares", table))
    assert "spam unknown" in FIGURES["shares"].alt(table)


def test_weak_topics_are_grey_and_called_weak():
    """A weak topic must not look like the others."""
    figure = draw_figure("topic_words", made.topic_words(3))
    assert any(text.startswith("weak topic 1") for text in words_of(figure))
    assert len(bars_of(figure, TOPIC_COLOURS[0])) == 10
    assert bars_of(figure, TOPIC_COLOURS[1]) == []
    figure = draw_figure("topic_stability", TABLES["topic_stability"])
    assert "topic 1: bell, tower – weak" in words_of(figure)


def test_topic_stability_dots_and_lines_are_the_table():
    """Dots stand at the stability, lines run over the interval, an unknown coherence is a question mark."""
    figure = draw_figure("topic_stability", TABLES["topic_stability"])
    drawn = [list(line.get_xdata()) for line in figure.axes[0].lines]
    assert drawn == [[0.8, 1.0], [0.9], [0.1, 0.5], [0.3]]
    assert "?" in words_of(figure)


def test_topics_by_group_dots_are_the_shares_and_filled_where_apart():
    """A dot at the share, a line over the interval, a tick at the share of all others; one essay has no line."""
    figure = draw_figure("topics_by_group", TABLES["topics_by_group"])
    ada, bo = figure.axes[0], figure.axes[1]
    dots = [line for line in ada.lines if line.get_marker() == "o"]
    assert [round(float(d.get_xdata()[0]), 6) for d in dots] == [0.7, 0.3]
    assert [to_hex(d.get_markerfacecolor()) == "#ffffff" for d in dots] == [False, True]
    assert [round(float(x), 6) for x in ada.lines[0].get_xdata()] == [0.2, 0.2]
    assert [round(float(x), 6) for x in ada.lines[1].get_xdata()] == [0.6, 0.8]
    assert [pd.isna(x) for line in bo.lines[1:2] for x in line.get_xdata()] == [True, True]
    said = words_of(figure)
    assert {"Ada Holm", "5 essays", "topic 2: bell, tower", "Topics by author"} <= set(said)
    assert "Left out for want of topics: 2 essays." in " ".join(said)
    told = draw_figure("topics_by_group", made.topics_by_group("stance", "comments"))
    assert {"12 comments", "under 5 essays"} <= set(words_of(told))


def test_framing_orders_the_essays_and_marks_each_instrument_apart():
    """Three shapes in three fillings, essays from the low pole up; an essay without a mark is counted, not drawn."""
    figure = draw_figure("framing", TABLES["framing"])
    said = words_of(figure)
    rows = [text for text in said if text in ("Pier", "Bell", "Mast", "Fog")]
    assert rows == ["Pier", "Bell", "Mast"]
    marks = [
        (line.get_marker(), float(line.get_xdata()[0])) for line in figure.axes[0].lines if line.get_marker() in "o^s"
    ]
    assert marks[:3] == [("o", -0.8), ("^", -0.3), ("s", -1.0)]
    assert len(marks) == 8
    assert any("1 essay without evidence enough" in text for text in said)
    first = bars_of(figure)[0]
    assert (first.get_x(), round(first.get_x() + first.get_width(), 6)) == (-0.5, 0.4)


def test_framing_warns_where_the_instruments_do_not_agree():
    """The warning stands in the picture, and the words rank nobody."""
    table = made.framing(agree=False)
    assert any("do not agree" in text for text in words_of(draw_figure("framing", table)))
    assert "nearest" not in FIGURES["framing"].alt(table)
    said = FIGURES["framing"].alt(made.framing())
    assert "“Pier” lies nearest to “doing to” (−0.70) and “Mast” nearest to “doing with” (0.70)" in said


def test_topic_choice_marks_one_number_and_shades_what_is_open():
    """Filled dots are level with the best, hollow ones worse; the marked number has a line, the open ones a band."""
    figure = draw_figure("topic_choice", TABLES["topic_choice"])
    fit, stability, npmi = figure.axes
    faces = [
        [to_hex(line.get_markerfacecolor()) == "#ffffff" for line in axes.lines if line.get_marker() == "o"]
        for axes in (fit, stability, npmi)
    ]
    assert faces == [[True, False, True], [True, False, False], [False] * 3]
    assert [[round(p.get_x() + p.get_width() / 2) for p in axes.patches] for axes in figure.axes] == [[1, 2]] * 3
    assert [label.get_text() for label in npmi.get_xticklabels()] == ["2", "3\nmarked", "6\nthis study"]
    assert "The data does not decide between K = 3 and 6." in " ".join(words_of(figure))


def test_topic_choice_without_intervals_or_a_marked_number_is_drawn():
    """Of one draw there is no interval, and where topics tell nothing no number is marked."""
    bare = TABLES["topic_choice"].assign(stability_low=None, stability_high=None, candidate=False, recommended=False)
    figure = draw_figure("topic_choice", bare)
    assert not any(axes.patches for axes in figure.axes)
    assert not any("Shaded" in text for text in words_of(figure))


def test_topics_over_time_joins_years_that_follow_and_sets_the_undated_apart():
    """A year without essays is a gap; a single essay is a hollow dot; undated essays are no year."""
    axes = draw_figure("topics_over_time", TABLES["topics_over_time"]).axes[0]
    joined = [list(line.get_xdata()) for line in axes.lines if len(set(line.get_xdata())) == 2]
    assert joined == [[2009, 2010], [2010, 2011]]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [round(float(d.get_ydata()[0]), 6) for d in dots] == [0.1, 0.2, 0.35, 0.5, 0.4]
    assert [to_hex(d.get_markerfacecolor()) == "#ffffff" for d in dots] == [False, True, False, False, False]
    assert float(dots[-1].get_xdata()[0]) > 2014
    assert "?" in [t.get_text() for t in axes.get_xticklabels()]
    assert "+10.0 a year (+6.0 to +14.0)" in words_of(draw_figure("topics_over_time", TABLES["topics_over_time"]))
    calm = " ".join(words_of(draw_figure("topics_over_time", made.topics_over_time(trend=False))))
    assert "No change is told from none" in calm


def test_topic_mixture_bars_are_the_shares():
    """The bar of an essay in a topic's column is its share."""
    figure = draw_figure("topic_mixture", made.topic_mixture(4, 3))
    widths = [[round(p.get_width(), 6) for p in axes.containers[0]] for axes in figure.axes]
    assert widths == [[0.6, 0.2, 0.2, 0.6], [0.2, 0.6, 0.2, 0.2], [0.2, 0.2, 0.6, 0.2]]


def test_many_topics_become_tinted_cells_and_are_cut():
    """Forty narrow bars cannot be told apart: cells with numbers can."""
    figure = draw_figure("topic_mixture", made.topic_mixture(50, 40))
    assert "48 of 50 essays and 24 of 40 topics shown; topic_mixture.csv has all." in words_of(figure)
    assert words_of(figure).count("60") == 32


def test_attrition_bars_are_shares_of_their_stage():
    """Eight of ten kept is four fifths, whatever the other stages hold."""
    widths = [round(bar.get_width(), 6) for bar in bars_of(draw_figure("attrition", TABLES["attrition"]))]
    assert widths == [0.8, 0.2, 1.0]


def test_confusion_says_against_what_and_counts_rows():
    """The title names the comparison; each row has its n and its per cents."""
    texts = words_of(draw_figure("confusion", TABLES["confusion"]))
    assert "planted truth" in texts[0]
    assert texts.count("n = 11") == 3
    assert texts.count("73 %") == 3


def test_reliability_has_an_n_for_each_bin():
    """A point over three comments must not look like one over three hundred."""
    figure = draw_figure("reliability", TABLES["reliability"])
    assert {"10", "30"} <= set(words_of(figure))
    dots = figure.axes[0].lines[1]
    assert list(dots.get_xdata()) == [0.5, 0.9]
    assert list(dots.get_ydata()) == [0.4, 0.94]


def test_crowded_bins_keep_their_numbers_apart():
    """Bins of equal size crowd near certainty; their n must not overprint."""
    places = spread([60.0, 62.0, 63.0, 64.0, 65.5], [5.0] * 5, 66.0)
    assert all(b - a >= 5.0 - 1e-9 for a, b in pairwise(places))
    assert places[-1] <= 66.0 - 2.5


def test_coverage_line_is_the_table():
    """The line goes through every row."""
    line = draw_figure("coverage", TABLES["coverage"]).axes[0].lines[0]
    assert list(line.get_xdata()) == [0.5, 0.8, 1.0]
    assert list(line.get_ydata()) == [0.9, 0.84, 0.8]


def test_weighted_confusion_shows_codes_and_weighted_shares():
    """Of a stratified sample a cell's per cent is of the comments the codes stand for, and the figure says so."""
    table = TABLES["confusion"]
    heavy = table.assign(weight=table["n"] * [10 if s == "cannot say" else 1 for s in table["said"]])
    texts = words_of(draw_figure("confusion", heavy))
    assert texts.count("n = 11") == 3
    assert texts.count("40 %") == 3
    assert "weighted" in " ".join(texts)
    assert "weighted" not in " ".join(words_of(draw_figure("confusion", table)))
    assert "agreeing 8 of 11 (40 % weighted)" in FIGURES["confusion"].alt(heavy)


def test_blog_dots_and_lines_are_the_table():
    """Dots at the figures, lines over the intervals; a blog with one essay is hollow and has no line."""
    figure = draw_figure("blogs", TABLES["blogs"])
    for axes, (value, low, high) in zip(
        figure.axes, (("macro_f1", "f1_low", "f1_high"), ("accuracy", "low", "high")), strict=True
    ):
        dots = [line for line in axes.lines if line.get_marker() in "oD"]
        assert [line.get_xdata()[0] for line in dots] == TABLES["blogs"][value].tolist()
        assert [to_hex(dot.get_markerfacecolor()) == "#ffffff" for dot in dots] == [False, False, True, False]
        ends = [list(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 2][1:]
        assert ends == TABLES["blogs"][[low, high]].dropna().to_numpy().tolist()
    said = words_of(figure)
    assert {"all 5 blogs", "blog 01", "blog 02", "3 others", "50", "20"} <= set(said)
    assert "3 blogs with fewer than 20 comments" in " ".join(said)
    assert "Hollow" in " ".join(said)


def test_many_blogs_are_cut_and_the_small_ones_stay():
    """A page holds forty rows; those put together are not the ones to go."""
    rows = [TABLES["blogs"].head(1), *[TABLES["blogs"].iloc[[1]].assign(blog=f"b{i}") for i in range(60)]]
    figure = draw_figure("blogs", pd.concat([*rows, TABLES["blogs"].tail(1)], ignore_index=True))
    assert "42 of 62 rows shown; blogs.csv has all." in " ".join(words_of(figure))
    assert "3 others" in words_of(figure)


def test_ablation_dots_are_losses_and_hollow_where_zero_is_held():
    """A loss points to the right; a group whose interval holds zero is not shown to help."""
    axes = draw_figure("ablation", TABLES["ablation"]).axes[0]
    dots = [line for line in axes.lines if line.get_marker() in "oD"]
    assert [round(float(line.get_xdata()[0]), 6) for line in dots] == [0, 8, 1, -3]
    assert [to_hex(dot.get_markerfacecolor()) == "#ffffff" for dot in dots] == [False, False, True, False]
    low, high = axes.get_xlim()
    assert low < -5 < 11 < high


def test_timeline_keeps_gaps_and_sets_the_undated_apart():
    """A year without comments is a gap, and comments without a date are no year."""
    figure = draw_figure("timeline", TABLES["timeline"])
    bars = bars_of(figure, LABEL_COLOURS["extending"])
    centres = [round(bar.get_x() + bar.get_width() / 2, 3) for bar in bars]
    assert centres[:2] == [2009, 2011]
    assert centres[2] > 2012
    assert [bar.get_height() for bar in bars] == [2, 2, 2]
    assert "undated" in [t.get_text() for t in figure.axes[0].get_xticklabels()]


def test_theme_topic_darkens_with_the_share_of_the_theme():
    """All of a theme's essays in one topic is the darkest cell."""
    figure = draw_figure("theme_topic", TABLES["theme_topic"])
    cells = [to_hex(bar.get_facecolor()) for bar in bars_of(figure)]
    assert cells[2] == "#ffffff"
    assert sorted(cells, key=lambda c: int(c[1:3], 16))[0] == cells[3]


def test_version_diff_marks_the_words_that_changed():
    """Changed words stand on a tint; unchanged passages are left to the table."""
    figure = draw_figure("version_diff", TABLES["version_diff"])
    assert {"The old boat left.", "The new boat left.", "Nobody waved.", "Somebody waved back."} <= set(
        words_of(figure)
    )
    assert "The quay is old." not in words_of(figure)
    assert sum(len(axes.patches) for axes in figure.axes) == 4
    assert "4 passages: 1 reworded, 1 cut, 1 added and 1 same; from 10 to 11 words" in words_of(figure)


def test_long_unchanged_stretches_are_left_out_around_a_change():
    """A reader sees the change with a few words around it."""
    before = " ".join(f"w{i}" for i in range(60))
    words = near_changes(mark_words(before, before.replace("w30 ", "new "))[1])
    assert [w for w, changed in words if changed] == ["new"]
    assert words[0][0] == words[-1][0] == "…"
    assert len(words) == 8 + 1 + 8 + 2


def test_a_passage_longer_than_its_room_ends_with_an_ellipsis():
    """Twelve lines of one passage are enough for a figure."""
    lines = set_lines([(f"word{i}", True) for i in range(900)], 70)
    assert len(lines) == 12
    assert lines[-1][-1] == ("…", False)


def test_spam_slots_say_what_each_copy_puts_and_where_it_puts_nothing():
    """An empty variant is a variant."""
    texts = words_of(draw_figure("spam_slots", TABLES["spam_slots"]))
    assert {"browsing", "surfing", "hours", "nothing", "I was", "copy 1: p", "copy 2: q"} <= set(texts)


@pytest.mark.parametrize(
    "title", ["港の図書館", "مكتبة الميناء", "Ünïcödé", "A $5 or $6 thing", "two\nlines\x07", "", "x" * 400, "<b>&amp;"]
)
def test_titles_in_any_script_are_drawn(title):
    """A title never breaks a figure; what the font lacks is a box, and a dollar is no formula."""
    table = made.profile(2)
    table.loc[0, "title"] = title
    said = " ".join(words_of(draw_figure("profile", table)))
    assert ("a character that the figure’s font lacks" in said) == (title == "港の図書館")


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("attrition", ["8 of 10 (80 %)", "no text", "30 of 30 (100 %)"]),
        ("profile", ["21 reader comments", "3 essays", "12 extending (57 %)", "“Essay 0”", "under 1."]),
        ("topic_words", ["3 topics", "1 of them weak", "0 (word1, word2, word3)"]),
        ("topic_mixture", ["4 essays", "topic 0 in 2", "60 %"]),
        ("topic_stability", ["0.90", "0.30", "Weak: topic 1 (other draws gave other words)."]),
        ("topic_choice", ["(2, 3 and 6)", "held-out fit at 3 (0.08)", "does not decide between K = 3 and 6."]),
        ("topics_by_group", ["2 topics by author", "3 groups of 19 essays", "Ada Holm in topic 1 (70 % against 20 %)"]),
        (
            "topics_over_time",
            ["13 essays from 2009 to 2013", "Topic 1 rises by 10.0 hundredths a year and topic 2 falls"],
        ),
        ("shares", ["400 reader comments", "extending 70 % (65 to 75)", "3 of 6 are corrected"]),
        ("reliability", ["2 bins", "40 comments", "5.5 points", "50 % is stated and 40 % observed (n = 10)"]),
        ("confusion", ["agreeing 8 of 11 (73 %)", "No label was given to 4."]),
        ("coverage", ["84 % when 80 %"]),
        (
            "blogs",
            ["90 comments of 5 blogs", "macro-F1 0.80 over all, from 0.60 (blog 02) to 0.90 (blog 01)", "3 small"],
        ),
        ("ablation", ["macro-F1 of 0.800", "3 groups", "signature 8.0 points", "time of day −3.0 points", "Of 1 "]),
        ("version_diff", ["1 reworded, 1 cut, 1 added and 1 same", "from 10 to 11 words"]),
        ("spam_slots", ["1 family", "2 copies", "2 slots", "“browsing” and “surfing”"]),
        ("timeline", ["30 reader comments", "from 2009 to 2011", "33 % have no date"]),
        ("theme_topic", ["8 essays", "7 lie", "“sea”", "towers"]),
    ],
)
def test_alt_texts_hold_the_numbers_of_their_tables(name, numbers):
    """A reader who does not see the figure learns the same numbers."""
    alt = FIGURES[name].alt(TABLES[name])
    for number in numbers:
        assert number in alt, alt


def test_an_uncorrected_estimate_is_hollow_and_the_truth_a_line():
    """Whoever sees the picture alone must not take a count for an estimate."""
    figure = draw_figure("estimators", TABLES["estimators"])
    dots = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    hollow = [to_hex(dot.get_markerfacecolor()) == "#ffffff" for dot in dots]
    assert hollow == [True, False, False] * 2
    assert any("Hollow: not corrected" in text.replace("\n", " ") for text in [" ".join(words_of(figure))])
    assert sum(list(line.get_xdata()) == [0.21, 0.21] for axes in figure.axes for line in axes.lines) == 2
    assert "Intervals that hold the true share: machine labels counted 0 of 2" in FIGURES["estimators"].alt(
        TABLES["estimators"]
    )


@pytest.mark.parametrize("name", ["agreement", "estimators", "shares", "shares_by_year"])
def test_a_caution_is_drawn_in_bold_and_said(name):
    """Where coders do not agree enough the figure itself says so, not only the notebook around it."""
    caution = "The coders agree too little (alpha .41) for conclusions."
    figure = draw_figure(name, TABLES[name].assign(caution=caution))
    bold = [t.get_text() for t in figure.texts if t.get_weight() == "bold"]
    assert caution in " ".join(bold)
    assert caution not in " ".join(words_of(draw_figure(name, TABLES[name])))


def test_what_cannot_be_told_of_the_coders_is_said():
    """A label nobody gave has no alpha: words stand in its row, not a dot at zero."""
    figure = draw_figure("agreement", TABLES["agreement"])
    assert "not defined" in words_of(figure)
    assert "spam not defined" in FIGURES["agreement"].alt(TABLES["agreement"])


def test_precision_says_what_five_points_cost():
    """The number a project plans with stands in the alternative text."""
    alt = FIGURES["precision"].alt(TABLES["precision"])
    assert "spam now 8.0 points, 5 points with 150 codes" in alt
