"""Labels of a project's own are learned with the room's features, judged by essay, and kept without pickle."""

import gzip
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.errors import LabelError
from analysis.stance import load_scheme, scheme_train, train_scheme
from analysis.stance.crossval import expected_calibration_error
from analysis.stance.model import Linear
from analysis.stance.scheme_features import NAMES, count_others, describe_among, plain_text, with_titles
from analysis.stance.scheme_fit import calibrate, choose_certainties, figures_of_scheme, fit_linear

SAID = {
    "disagreeing": (
        "No, {} never worked like that.",
        "I disagree: {} is a waste of a Saturday.",
        "That is wrong about {}.",
    ),
    "question": ("How do you keep {} dry?", "Who pays for {}?", "Could {} be done in a town of nine thousand?"),
    "thanks": ("Thank you, {} is lovely.", "Thanks for the piece on {}!", "Many thanks, I enjoyed {}."),
}
THINGS = ("the rota", "the lamp", "the ferry", "the choir book", "the wall", "the wiki", "the map", "the kiln")


def project(each=16):
    """Comments under eight essays with codes by three labels, and as many without a code."""
    rows, codes = [], {}
    for n in range(each):
        for label, texts in SAID.items():
            name = f"{label}-{n:02}"
            text = texts[n % 3].format(THINGS[n % 8])
            rows.append({"id": name, "parent_title": f"On {THINGS[n // 2 % 8]}", "text": text, "author": "Ida Holm"})
            codes[name] = label
            rows.append(rows[-1] | {"id": f"{name}-uncoded"})
    return pd.DataFrame(rows), codes


@cache
def trained():
    """The project's scheme, once for all tests."""
    return train_scheme(*project())


def test_a_scheme_learns_labels_of_its_own():
    """Three labels that are no labels of the codebook, told apart under essays left out."""
    report = trained().report.set_index("figure")
    assert trained().labels == ("disagreeing", "question", "thanks")
    assert report.loc["macro_f1", "value"] > 0.85
    assert report.loc["accuracy", "commonest"] == pytest.approx(1 / 3)
    assert (report["low"] <= report["high"]).all()
    assert set(report["codes"]) == {48}
    assert set(report["essays"]) == {8}


def test_comments_are_labelled_with_chances_and_evidence():
    """One row a comment, sorted by id; the label is the likeliest; the words that spoke for it are shown."""
    comments, _ = project()
    done = []
    labels = trained().label(comments.iloc[::-1], target_accuracy=0, progress=done.append)
    assert list(labels.columns) == ["id", "label", "disagreeing", "question", "thanks", "reason", "evidence"]
    assert labels["id"].is_monotonic_increasing
    np.testing.assert_allclose(labels[list(SAID)].sum(axis=1), 1)
    assert (labels["label"] == labels[list(SAID)].idxmax(axis=1)).all()
    assert done == [len(comments)]
    new = pd.DataFrame([{"id": 1, "text": "Thank you for the words on the harbour."}, {"id": 2, "text": " "}])
    row, empty = trained().label(new, target_accuracy=0).to_dict("records")
    assert row["label"] == "thanks"
    assert any("thank" in phrase for phrase in row["evidence"])
    assert empty["label"] is None
    assert empty["reason"] == "the comment is empty"


def test_unsure_comments_get_no_label():
    """Where the target is out of reach of a chance, the two rivals are named."""
    thresholds = ((0.5, 0.4), (0.9, 1.0))
    unsure = trained().__class__(**{**vars(trained()), "thresholds": thresholds})
    labels = unsure.label(project()[0])
    assert labels["label"].isna().all()
    assert labels["reason"].str.startswith("too unsure: ").all()
    assert unsure.label(project()[0], target_accuracy=0.3)["label"].notna().all()


def test_a_scheme_is_saved_and_loaded_the_same(tmp_path):
    """Plain numbers and words, the same bytes in any order, and the same labels."""
    comments, codes = project()
    again = train_scheme(comments.iloc[::-1], pd.Series(dict(reversed(codes.items()))))
    one, two = trained().save(tmp_path / "a.gz"), again.save(tmp_path / "b.gz")
    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()).startswith(b"{")
    loaded = load_scheme(str(one))
    assert loaded.save(tmp_path / "c.gz").read_bytes() == one.read_bytes()
    pd.testing.assert_frame_equal(loaded.report, trained().report)
    pd.testing.assert_frame_equal(loaded.label(comments), trained().label(comments))


@pytest.mark.parametrize("data", [None, b"", b"no gzip", gzip.compress(b"[]", mtime=0), gzip.compress(b"{}", mtime=0)])
def test_a_file_that_is_no_scheme_says_so(tmp_path, data):
    """The sentence names the file and what makes it."""
    path = tmp_path / "mine.gz"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(LabelError, match=r"mine\.gz cannot be read as a label scheme.*train_scheme"):
        load_scheme(path)


def test_a_scheme_of_other_features_is_refused(tmp_path, monkeypatch):
    """Features and weights belong together."""
    path = trained().save(tmp_path / "s.gz")
    monkeypatch.setattr(scheme_train, "features_digest", lambda: "another")
    with pytest.raises(LabelError, match="another state of this package"):
        load_scheme(path)


def codes_of(**counts):
    """Codes of made-up comments, so many of each label."""
    names = [label for label, n in counts.items() for _ in range(n)]
    return {f"c{n}": label for n, label in enumerate(names)}


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ({}, "0 label.s.; a scheme has 2 to 12"),
        (codes_of(one=30), "1 label.s."),
        (codes_of(**{f"l{k}": 10 for k in range(13)}), "13 label.s."),
        (codes_of(a=10, b=9, c=3), "Of 'b' .9., 'c' .3. there are fewer than 10"),
        (codes_of(a=10, reason=10), "cannot be called 'reason'"),
        ({**codes_of(a=10, b=10), "x": None}, "A code is None"),
        ({**codes_of(a=10, b=10), "x": " "}, "A code is ' '"),
        (codes_of(a=10, b=10), "20 code.s. are of comments that are not in the table"),
    ],
)
def test_codes_no_scheme_can_be_learned_from_are_refused(codes, said):
    """The sentence says what was found and what is allowed."""
    with pytest.raises(LabelError, match=said):
        train_scheme(project()[0], codes)


def test_one_essay_is_refused():
    """It says nothing about the next."""
    comments, codes = project()
    with pytest.raises(LabelError, match="stand under 1 essay"):
        train_scheme(comments.assign(cluster="one"), codes)


def test_a_comment_does_not_count_itself_among_the_others():
    """Words nobody else uses are found the same way for comments inside and outside the table."""
    texts = ["the lamp is lit", "the lamp is out", "see the kiln"]
    others = count_others(texts)
    inside = describe_among(texts, others, inside=True)
    outside = describe_among(["the lamp is lit"], count_others([*texts[1:], "lamp the is"]), inside=False)
    alone = NAMES.index("share of words no other comment has")
    assert inside[:, alone].tolist() == [0.25, 0.25, 2 / 3]
    assert outside[0, alone] == 0.25


def test_signs_of_being_made_to_be_found():
    """Copies, lists of search words at the close, mentions and telephone numbers."""
    said = "Nice one.\n\nGarden shed roof number"
    texts = [said, "Call 1-555-010-0288, @ida", f"{said}!"]
    found = describe_among(texts, count_others(texts), inside=True)
    column = {name: found[:, k].round(2).tolist() for k, name in enumerate(NAMES)}
    assert column["closes with a line of search words"] == [1, 0, 0]
    assert column["telephone number"] == [0, 1, 0]
    assert column["mentions of someone"] == [0, 0.69, 0]
    assert column["times the same text is in the table"] == [0.69, 0, 0.69]


def test_a_title_stands_for_an_essay_that_is_not_at_hand():
    """And nothing where neither is known."""
    rows = with_titles([{"parent_title": "Lamps"}, {"parent_title": "Lamps", "parent_text": "Lit."}, {}])
    assert [row["parent_text"] for row in rows] == ["Lamps", "Lit.", None]


def test_a_factor_makes_scores_honest():
    """Scores half as large as they should be are doubled, and calibration error falls."""
    made = np.random.default_rng(0)
    scores = made.normal(size=(3000, 3))
    answers = (scores + made.gumbel(size=scores.shape)).argmax(axis=1)
    assert calibrate(scores / 2, answers) == pytest.approx(2, rel=0.1)
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    right = chances.argmax(axis=1) == answers
    assert expected_calibration_error(chances.max(axis=1), right) < 0.03


def test_certainties_keep_their_promise():
    """From each chance within reach on, labels are right as often as asked."""
    made = np.random.default_rng(1)
    scores = made.normal(size=(500, 3)) * 2
    answers = (scores + made.gumbel(size=scores.shape)).argmax(axis=1)
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    for target, chance in choose_certainties(scores, answers):
        given_ = chances.max(axis=1) >= chance + 1e-4
        if chance < 1 and given_.sum() > 20:
            assert (chances.argmax(axis=1) == answers)[given_].mean() >= target - 0.02


def test_perfect_scores_have_perfect_figures():
    """Every figure at its best."""
    answers = np.arange(30) % 3
    found = figures_of_scheme(40.0 * np.eye(3)[answers], answers, ("a", "b", "c"))
    assert found["accuracy"] == found["macro_f1"] == found["f1 b"] == 1
    assert found["log_loss"] < 1e-6


def test_a_label_missing_from_a_part_is_never_likely_in_it():
    """A part of the comments may hold no comment of a rare label; its model has a column for it all the same."""
    comments, codes = project()
    rows = with_titles(scheme_train.match_rows(comments))
    numbers, _, _ = scheme_train.make_numbers(rows, codes, ("disagreeing", "other", "question", "thanks"))
    fit = fit_linear(numbers)
    assert isinstance(fit.linear, Linear)
    scores = fit.scores(numbers.raw, numbers.texts)
    assert scores.shape == (48, 4)
    assert (scores.argmin(axis=1) == 1).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_nothing_a_reader_typed_makes_it_fail(texts):
    """Any text gets a label, or none and the reason."""
    labels = trained().label(pd.DataFrame({"id": range(len(texts)), "text": texts}))
    assert len(labels) == len(texts)
    for row in labels.itertuples():
        assert row.label is not None or row.reason


def test_a_text_is_read_with_its_look_alike_signs_made_plain():
    """Invisible signs do not hide a word."""
    assert plain_text({"text": "ca\u200bsino"}) == "casino"
    assert plain_text({"text": None}) == ""


def test_the_package_offers_it():
    """By the names a notebook uses."""
    assert analysis.train_scheme is train_scheme
    assert analysis.load_scheme is load_scheme
