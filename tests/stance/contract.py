"""The contract of plug-in point three: call ``check_classifier`` with your own classifier in a test of yours."""

import pandas as pd

from analysis.types import LABELS, POSITIONS

COMMENTS = pd.DataFrame(
    [
        {
            "id": "c",
            "parent_title": "Rota",
            "parent_text": "The garden rota hangs in the shed.",
            "text": "Lovely, thank you.",
        },
        {
            "id": "a",
            "parent_title": None,
            "parent_text": None,
            "reply_to_text": "Why?",
            "text": "Because the shed is locked.",
        },
        {"id": "b", "author": "Cheap Sheds", "author_url": "http://sheds.example", "text": "Nice blog, visit my shop!"},
        {"id": "d", "text": ""},
    ]
)


def check_classifier(classifier):
    """Fail unless the classifier keeps the promises of ``CommentClassifier``."""
    given, steps = COMMENTS.copy(deep=True), []
    out = classifier(given, target_accuracy=0.8, progress=steps.append)
    pd.testing.assert_frame_equal(given, COMMENTS)
    assert list(out["id"]) == ["a", "b", "c", "d"], "one row a comment, sorted by id"
    wanted = {"id", "label", *LABELS, "position", "reason", "evidence", "codebook_version"}
    assert wanted <= set(out.columns), f"columns missing: {sorted(wanted - set(out.columns))}"
    assert ((out[list(LABELS)].sum(axis=1) - 1).abs() < 1e-6).all(), "the three probabilities sum to 1"
    assert ((out[list(LABELS)] >= 0) & (out[list(LABELS)] <= 1)).all().all()
    assert all(label is None or label in LABELS for label in out["label"]), "a label of the codebook, or None"
    assert all(position in POSITIONS for position in out["position"])
    assert all(reason for label, reason in zip(out["label"], out["reason"], strict=True) if label is None)
    assert all(isinstance(e, list) and all(isinstance(p, str) and p for p in e) for e in out["evidence"])
    assert steps == sorted(steps), "progress counts up"
    assert steps[-1] == len(COMMENTS), "and ends at the number of comments"
    pd.testing.assert_frame_equal(out, classifier(given, target_accuracy=0.8, progress=None))
