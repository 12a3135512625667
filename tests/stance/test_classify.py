"""Comments get a label with its reasons, or the reason why not; nothing a reader typed makes it fail."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import LabelError
from analysis.stance import CLASSIFIERS, label_comments, load_codebook, load_model
from analysis.types import LABELS

ESSAY = (
    "Our allotment society kept its rota on paper for thirty years. Last spring the secretary put it on a wiki so that "
    "every member could swap a Saturday without a phone call. Within a month the older gardeners edited it more than "
    "the young ones, because they had the most Saturdays to give away. A broadcast had become a conversation."
)


def _contract():
    place = Path(__file__).with_name("contract.py")
    spec = importlib.util.spec_from_file_location("stance_contract", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def label(text, **more):
    """The one row for one comment under the essay above."""
    row = {"id": "1", "parent_title": "The rota", "parent_text": ESSAY, "author": "Hanna Petersen", "text": text} | more
    return label_comments(pd.DataFrame([row])).iloc[0]


TRIED = (
    "We tried the same in our bowls club, but nobody over seventy would register, so the wiki died by June. "
    "Did your secretary train people first?"
)
PRAISE = "Very informative article, thanks for sharing. I will bookmark your blog."
CASINO = {"author": "cheap casino bonus", "author_url": "http://best-casino-bonus.example"}


@pytest.mark.parametrize("name", sorted(CLASSIFIERS))
def test_built_in_classifiers_keep_the_contract(name):
    """What an outsider's classifier must promise, ours promises too."""
    _contract().check_classifier(CLASSIFIERS[name])


@pytest.mark.parametrize(
    ("wanted", "text", "more"),
    [
        ("agreeing", "Thank you so much, what a lovely post!", {}),
        ("extending", TRIED, {}),
        ("spam", PRAISE, CASINO),
    ],
)
def test_plain_cases_are_told_apart(wanted, text, more):
    """The three labels on comments no coder would hesitate over."""
    row = label(text, **more)
    assert row["label"] == wanted
    assert row[wanted] == max(row[c] for c in LABELS)
    assert row["evidence"]


def test_same_flattery_is_spam_by_who_signs_it():
    """Generic praise from a person is agreement; with a trade for a name and a shop behind it, it is spam."""
    text = "Great post, very useful information. Thanks for sharing!"
    person = label(text)
    shop = label(text, author="Discount Roof Repair", author_url="http://discount-roof-repair.example")
    assert person["agreeing"] > person["spam"]
    assert shop["spam"] > 0.8
    assert any("author name" in e or "commerce" in e for e in shop["evidence"])


def test_evidence_quotes_what_was_said():
    """A researcher sees which words spoke for the label."""
    said = label("Thank you so much, congratulations on the new rota!")["evidence"]
    assert any('"' in e for e in said)


def test_position_of_spam_is_unclear():
    """The codebook says so, whatever praise the spam holds."""
    row = label("I agree, great post! Buy cheap pills now http://pills.example", author="cheap pills online")
    assert row["position"] == "unclear"


def test_an_empty_comment_has_no_label_and_says_why():
    """Nothing to read is not a guess."""
    row = label("   ")
    assert row["label"] is None
    assert row["reason"] == "the comment is empty"
    assert row["agreeing"] == row["spam"] == pytest.approx(1 / 3)


def test_another_language_is_left_alone():
    """The model reads English only and says so."""
    row = label(
        "Der Gartenverein hat seit Jahren keinen Plan mehr, und niemand weiß, wer am Samstag die Beete gießt oder mäht."
    )
    assert row["label"] is None
    assert "language" in row["reason"]


def test_a_missing_essay_is_named_as_doubt():
    """Without the essay it cannot be known what a comment takes up."""
    row = label("Thank you so much, what a lovely post!", parent_text=None, parent_title=None)
    assert row["label"] == "agreeing"
    assert "no essay" in row["reason"]


def test_a_very_long_comment_is_judged_by_its_beginning():
    """A hundred thousand words are no reason to stop."""
    row = label("The rota worked because members could edit it. " * 12_000)
    assert row["label"] in (*LABELS, None)
    assert row["extending"] > 0.5


@pytest.mark.parametrize("target", [-0.1, 1.5, float("nan")])
def test_an_impossible_target_is_refused(target):
    """The sentence says what is allowed."""
    with pytest.raises(LabelError, match="share from 0 to 1"):
        label_comments(pd.DataFrame({"id": ["1"], "text": ["Hello"]}), target_accuracy=target)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame({"id": ["1"]}), "lack the column.s. text"),
        (pd.DataFrame({"id": ["1", "1"], "text": ["a", "b"]}), "same id twice"),
        (pd.DataFrame({"id": ["1", None], "text": ["a", "b"]}), "a gap"),
    ],
)
def test_a_table_without_ids_or_texts_is_refused(table, said):
    """Labels must be traceable to their comments."""
    with pytest.raises(LabelError, match=said):
        label_comments(table)


def test_an_empty_table_gives_an_empty_table():
    """A page without comments is no failure."""
    out = label_comments(pd.DataFrame({"id": [], "text": []}))
    assert out.empty
    assert {"label", "evidence"} <= set(out.columns)


def test_a_higher_target_labels_no_more_comments():
    """Asking for more certainty never adds labels."""
    texts = [
        "Thanks!",
        "lol",
        "But who waters in August?",
        "Great.",
        "Nice blog, visit us",
        "First",
        "I agree, and we did it in 2009.",
    ]
    table = pd.DataFrame({"id": [str(i) for i in range(len(texts))], "text": texts, "parent_text": ESSAY})
    counts = [label_comments(table, target_accuracy=t)["label"].notna().sum() for t in (0.5, 0.85, 0.95, 1.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_other_rows_do_not_change_a_label():
    """A comment's label depends on the comment, its essay and its signature alone."""
    alone = label(TRIED)
    mine = {"id": "1", "parent_title": "The rota", "parent_text": ESSAY, "author": "Hanna Petersen", "text": TRIED}
    others = [{"id": f"x{i}", "text": "Buy now http://shop.example " * i} for i in range(1, 6)]
    table = pd.DataFrame([mine, *others])
    among = label_comments(table).set_index("id").loc["1"]
    assert among["label"] == alone["label"]
    assert among["spam"] == pytest.approx(alone["spam"], abs=1e-12)


ANY = st.one_of(
    st.none(),
    st.text(max_size=200),
    st.sampled_from(["http://[", "www.", "://", "a@b.example", "@", "\x00", "[url=", "<a href"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.text(max_size=300), ANY, ANY, ANY, ANY), min_size=1, max_size=4))
def test_nothing_a_reader_typed_makes_it_fail(rows):
    """Any text in any field gives a row with probabilities and, without a label, a reason."""
    columns = ["text", "author", "author_url", "parent_text", "reply_to_text"]
    table = pd.DataFrame([dict(zip(columns, r, strict=True)) | {"id": str(i)} for i, r in enumerate(rows)])
    out = label_comments(table)
    assert ((out[list(LABELS)].sum(axis=1) - 1).abs() < 1e-9).all()
    assert all(r["reason"] for _, r in out.iterrows() if r["label"] is None)


def test_the_model_names_the_shipped_codebook():
    """A label always says by which meaning it was given."""
    assert load_model().codebook_version == load_codebook().version
    assert label("Thanks!")["codebook_version"] == load_codebook().version


def test_predicting_needs_no_scikit_learn():
    """The model is plain numbers; training alone needs the library it was grown with."""
    code = (
        "import sys, pandas as pd; from analysis.stance import label_comments;"
        "label_comments(pd.DataFrame({'id': ['1'], 'text': ['Thanks a lot!']}));"
        "print(json.dumps(sorted({'sklearn', 'pickle5', 'spacy', 'gensim'} & set(sys.modules))))"
    )
    out = subprocess.run(
        [sys.executable, "-c", "import json;" + code], capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(out) == []
