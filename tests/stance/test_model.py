"""The shipped model is plain, small, loads fast, says how good it is, and is not below its floors."""

import gzip
import hashlib
import json
import time
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import LabelError
from analysis.stance.card import write_card
from analysis.stance.codebook import load_codebook
from analysis.stance.explain import GROUPS
from analysis.stance.features import as_matrix, describe_comments
from analysis.stance.lexicon import load_lexicon
from analysis.stance.model import CLASSES, MODEL, load_model, model_as_bytes, model_from_bytes
from analysis.stance.train import CARD

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "benchmarks" / "comments" / "blogs-gold.jsonl"
FLOORS = json.loads((ROOT / "tests" / "quality_floors.json").read_text(encoding="utf-8"))["stance"]
LARGEST_FILE = 3_000_000
SLOWEST_LOAD = 1.0  # seconds; alone it takes a twentieth of that, but test machines are busy
TEXTS = ["Thank you, lovely.", "But who pays for the lamps? We had to, in 2009.", "Visit our shop http://lamps.example"]


def rows_of(model):
    """Three comments in numbers."""
    essay = {"parent_title": "Lamps", "parent_text": "The harbour lamps are lit by volunteers every evening."}
    described = describe_comments([essay | {"text": t, "author": "Ida"} for t in TEXTS], model.resources)
    return described, model.rows(described)


@pytest.mark.parametrize("figure", sorted(k for k in FLOORS if k not in ("gold_sha256", "ece")))
def test_figures_of_the_card_are_not_below_their_floor(figure):
    """Lowering a floor is an explicit act."""
    assert load_model().card["figures"][figure] >= FLOORS[figure]


def test_probabilities_are_as_honest_as_promised():
    """Calibration error is better when lower, so its floor is a ceiling."""
    assert load_model().card["figures"]["ece"] <= FLOORS["ece"]


def test_the_model_was_trained_on_the_pinned_gold():
    """Figures are only comparable on the same gold."""
    assert load_model().card["data"]["sha256"] == FLOORS["gold_sha256"]


def test_the_gold_is_the_pinned_one():
    """Another gold file asks for new floors."""
    if not GOLD.exists():
        pytest.skip("the open benchmark (../shared) is not here")
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == FLOORS["gold_sha256"]


def test_the_card_is_the_one_in_the_model():
    """MODEL_CARD.md is written by training, not by hand."""
    model = load_model()
    assert MODEL.with_name(CARD).read_text(encoding="utf-8") == write_card(model.card, model.codebook_version)


def test_the_file_is_small_and_loads_at_once():
    """A notebook does not wait for it."""
    assert MODEL.stat().st_size <= LARGEST_FILE
    start = time.perf_counter()
    load_model.__wrapped__(MODEL)
    assert time.perf_counter() - start < SLOWEST_LOAD


def test_writing_a_model_again_gives_the_same_bytes():
    """The file holds no time of day and no order of chance."""
    assert model_as_bytes(load_model()) == MODEL.read_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"no gzip", gzip.compress(b"[]", mtime=0), gzip.compress(b"{}", mtime=0), MODEL.read_bytes()[:5000]]
)
def test_a_broken_model_file_says_so(data):
    """A half-fetched file is an error with advice, not a traceback."""
    with pytest.raises(LabelError, match="cannot be read"):
        model_from_bytes(data)


def test_a_missing_model_file_says_so(tmp_path):
    """The sentence names the file and the command that makes it."""
    with pytest.raises(LabelError, match=r"nowhere\.gz.*analysis\.stance\.train"):
        load_model(tmp_path / "nowhere.gz")


def test_contributions_add_up_to_the_trees_score():
    """What the explanation lays to features is exactly what the trees said, the start of each tree apart."""
    model = load_model()
    _, rows = rows_of(model)
    start = model.forest.baseline.copy()
    np.add.at(start, model.forest.target, model.forest.value[model.forest.roots] * model.forest.share)
    told = start + model.forest.contributions(rows.steps, len(model.names)).sum(axis=1)
    np.testing.assert_allclose(told, model.forest.scores(rows.steps), atol=1e-9)


def test_trees_give_what_walking_one_by_one_gives():
    """The fast walk over all trees at once against a plain one."""
    model = load_model()
    _, rows = rows_of(model)
    forest, plain = model.forest, np.tile(model.forest.baseline, (len(TEXTS), 1))
    described, _ = rows_of(model)
    for i, comment in enumerate(np.nan_to_num(as_matrix(described, model.names))):
        for root, target in zip(forest.roots, forest.target, strict=True):
            node = root
            while forest.feature[node] >= 0:
                goes_left = comment[forest.feature[node]] <= forest.threshold[node]
                node = (forest.left if goes_left else forest.right)[node]
            plain[i, target] += forest.value[node] * forest.share
    np.testing.assert_allclose(plain, forest.scores(rows.steps), atol=1e-9)


def test_probabilities_are_rows_that_sum_to_one():
    """Four classes, none among them."""
    model = load_model()
    chances = model.predict(rows_of(model)[1])
    assert chances.shape == (3, len(CLASSES))
    np.testing.assert_allclose(chances.sum(axis=1), 1)


def test_a_better_target_asks_for_more_certainty():
    """Thresholds rise with the target."""
    asked = [load_model().threshold(t / 100) for t in range(0, 101, 5)]
    assert asked == sorted(asked)
    assert asked[-1] == 1.0


def test_no_given_name_is_among_the_runs():
    """No commenter's name enters the model by way of the texts."""
    names = load_lexicon().signer["given"] - {"art", "bill", "grant", "jo", "mark", "will"}
    assert not [run for run in load_model().grams.runs if names & set(run.split())]


def test_every_list_of_phrases_has_its_words_for_the_explanation():
    """A new list in the lexicon needs a wording."""
    assert set(GROUPS) == set(load_lexicon().phrases.groups)


def test_the_codebook_says_what_each_label_means():
    """Each label has a meaning, signs, a border and examples, and each position a sentence."""
    book = load_codebook()
    assert sorted(m.label for m in book.labels) == sorted(CLASSES)
    assert all(m.meaning and m.signs and m.but and m.examples for m in book.labels)
    assert set(book.positions) == {"for", "against", "unclear"}
    assert book.meaning(None).label == "none"
