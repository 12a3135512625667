"""Training: the same gold gives the same model, order does not matter, and bad gold is refused in a sentence."""

import json
import random
import re

import numpy as np
import pytest

from analysis.stance import load_model
from analysis.stance.calibrate import fit_calibration
from analysis.stance.crossval import (
    OutOfFold,
    choose_thresholds,
    cross_validate,
    expected_calibration_error,
    f1_of,
    figures_of,
    split_by_blog,
)
from analysis.stance.fit import Recipe, fit_model
from analysis.stance.model import CLASSES, certainty_of, model_as_bytes
from analysis.stance.train import main, read_gold

QUICK = Recipe(rounds=5, forests=1, min_blogs=2, common_texts=2, rare_texts=1)
SAID = {
    "agreeing": ["Thank you, lovely words", "Exactly so, well said", "Great post, I enjoyed this"],
    "extending": [
        "We did this at the choir in 2009 and it failed",
        "Does it also hold for a village shop?",
        "But the rota needs an editor",
    ],
    "spam": [
        "Nice blog, visit my shop http://lamps.example",
        "Cheap lamps online, order now",
        "Useful information, bookmarked",
    ],
    "none": ["test", "first!", "hello from the pub"],
}


def make_gold(n=120):
    """Made-up coded comments of six blogs."""
    draw, rows = random.Random(1), []
    for i in range(n):
        label = CLASSES[i % 4]
        rows.append({
            "id": f"r{i:03}", "blog": f"b{i % 6}", "post_id": f"b{i % 6}/{i % 18}", "label": label, "sure": i % 5 > 0,
            "position": ("for", "against", "unclear")[i % 3], "parent_title": "Lamps and rotas",
            "parent_text": "The harbour lamps are lit by volunteers, and the rota hangs in the village shop.",
            "reply_to_text": None, "author": "cheap lamps" if label == "spam" else "Ida Holm", "author_url": None,
            "text": f"{draw.choice(SAID[label])} {draw.choice(['indeed', 'today', 'again', 'here'])}",
        })  # fmt: skip
    return rows


def test_training_twice_in_any_order_gives_the_same_bytes():
    """A model can be made again by anyone with the gold."""
    rows = make_gold()
    shuffled = rows[:]
    random.Random(2).shuffle(shuffled)
    assert model_as_bytes(fit_model(rows, QUICK)) == model_as_bytes(fit_model(shuffled, QUICK))


def test_the_command_writes_model_and_card(tmp_path, monkeypatch):
    """One command makes both files, from the gold it is given."""
    monkeypatch.setattr("analysis.stance.train.Recipe", lambda: QUICK)
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, make_gold())), encoding="utf-8")
    assert main([str(gold), "-o", str(tmp_path / "model.json.gz")]) == 0
    model = load_model(tmp_path / "model.json.gz")
    assert model.card["data"]["comments"] == 120
    assert "120 comments" in (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "Line 1 .* is no JSON"),
        ("[]", "Line 1 .* is no object"),
        ('{"id": "1"}', "lacks blog, label"),
        (json.dumps(make_gold(1)[0] | {"label": "funny"}), "has label 'funny'"),
        (json.dumps(make_gold(1)[0]), "No coded comment is extending, none, spam"),
    ],
)
def test_bad_gold_is_refused_in_a_sentence(tmp_path, capsys, text, said):
    """The sentence says what was found and what is allowed."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(text, encoding="utf-8")
    assert main([str(gold), "-o", str(tmp_path / "m.gz")]) == 2
    assert re.search(said, capsys.readouterr().err)
    assert not (tmp_path / "m.gz").exists()


def test_blank_lines_of_the_gold_do_not_count():
    """A trailing line break is no comment."""
    assert read_gold(b'\n{"id": 1}\n\n') == [{"id": 1}]


def test_an_essay_is_never_in_two_parts():
    """Comments under one essay know too much about each other."""
    rows = make_gold()
    parts = split_by_blog(rows)
    for essay in {r["post_id"] for r in rows}:
        assert len({p for p, r in zip(parts, rows, strict=True) if r["post_id"] == essay}) == 1


def test_calibration_error_on_a_hand_worked_example():
    """Confidence .9 on four answers of which three are right misses by .15."""
    assert expected_calibration_error(np.full(4, 0.9), np.array([1, 1, 1, 0]), bins=1) == pytest.approx(0.15)


def test_f1_on_a_hand_worked_example():
    """One hit, three said, one there: 2 / 4."""
    assert f1_of(np.array([0, 1, 1]), np.array([0, 0, 0]), 0) == 0.5


def test_calibration_finds_a_divisor_and_a_bias():
    """Scores made too large, and one class put at a disadvantage, are set right."""
    random_numbers = np.random.default_rng(0)
    scores = random_numbers.normal(size=(6000, 4))
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    answers = np.array([random_numbers.choice(4, p=p) for p in chances])
    lean = np.array([-0.8, 0, 0, 0])
    divisor, bias = fit_calibration((scores + lean) * 1.6, answers)
    assert divisor == pytest.approx(1.6, abs=0.12)
    assert bias - bias.mean() == pytest.approx((-lean) - (-lean).mean(), abs=0.12)


def test_further_comments_are_learned_from_and_not_predicted(tmp_path, monkeypatch):
    """They change what is learned, are told apart on the card, and no figure is measured on them."""
    gold = make_gold()
    more = [
        row | {"id": f"b9/{k}", "blog": "b9", "post_id": f"b9/{k}", "source": "made-up comments"}
        for k, row in enumerate(make_gold(40))
    ]
    alone, together = cross_validate(gold, QUICK), cross_validate(gold, QUICK, more=more)
    assert [r["id"] for r in together.rows] == [r["id"] for r in alone.rows]
    assert together.folds == alone.folds
    assert not np.array_equal(together.scores, alone.scores)
    monkeypatch.setattr("analysis.stance.train.Recipe", lambda: QUICK)
    for name, rows in (("gold", gold), ("more", more)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main([str(tmp_path / "gold"), "--more", str(tmp_path / "more"), "-o", str(tmp_path / "m.gz")]) == 0
    assert load_model(tmp_path / "m.gz").card["data"]["more"] == {"made-up comments": 40}
    assert "40 made-up comments" in (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_thresholds_keep_their_promise_on_the_comments_they_come_from():
    """At each threshold within reach, the labels given are right as often as asked."""
    random_numbers = np.random.default_rng(0)
    answers = random_numbers.integers(0, 4, 500)
    scores = random_numbers.normal(size=(500, 4)) + 2 * np.eye(4)[answers]
    for target, threshold in choose_thresholds(scores, answers):
        given = certainty_of(scores) >= threshold + 1e-4
        if threshold < 1 and given.sum() > 20:
            assert (scores[given, :3].argmax(axis=1) == answers[given]).mean() >= target - 0.02


def test_perfect_predictions_have_perfect_figures():
    """Every figure of the card at its best."""
    rows = make_gold()
    scores = 9.0 * np.eye(4)[[CLASSES.index(r["label"]) for r in rows]]
    found = OutOfFold(tuple(rows), scores, tuple(r["position"] for r in rows), tuple(split_by_blog(rows)))
    figures = figures_of(found)
    assert figures["macro_f1"] == figures["acc_at_80"] == figures["position_accuracy"] == 1
    assert figures["covered_acc"] == 1
    assert figures["ece"] < 0.01


def test_a_sign_of_a_break_inside_a_text_does_not_end_the_line():
    """A comment may hold U+2028, which some programs take for the end of a line."""
    row = make_gold(1)[0] | {"text": "one\u2028two\x85three"}
    data = json.dumps(row, ensure_ascii=False).encode()
    assert [r["text"] for r in read_gold(data + b"\r\n" + data + b"\n")] == [row["text"]] * 2
