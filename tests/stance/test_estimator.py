"""The classifier does in scikit-learn what scikit-learn's own tools ask of one, and says the same as the model."""

import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted, validate_data

from analysis.errors import LabelError
from analysis.stance import label_comments, load_model
from analysis.stance.estimator import StanceClassifier, StanceFeatures
from analysis.stance.estimator_input import CommentsError, number_blogs, read_comments
from analysis.stance.features import Resources, describe_comments
from analysis.stance.fit import Recipe, count_words, fit_described
from analysis.stance.lexicon import load_lexicon
from analysis.stance.model import CLASSES, MODEL, model_as_bytes, softmax
from analysis.types import LABELS

SAID = {
    "agreeing": ["Thank you, lovely words", "Exactly so, well said", "Great post, I enjoyed this"],
    "extending": [
        "We tried this at the choir in 2009",
        "Does it also hold for a shop?",
        "But the rota needs an editor",
    ],
    "spam": ["Nice blog, visit my shop http://lamps.example", "Cheap lamps online, order now", "Useful, bookmarked"],
    "none": ["test", "first!", "hello from the pub"],
}
OWN = {"question": SAID["extending"][1:2] * 3, "other": SAID["agreeing"]}


def made(said=SAID, n=72):
    """Made-up coded comments on six blogs: a table and its labels."""
    names = list(said)
    rows = [
        {
            "blog": f"b{i % 6}",
            "parent_title": f"Lamps {i % 18}",
            "parent_text": "The harbour lamps are lit by volunteers, and the rota hangs in the village shop.",
            "author": "cheap lamps" if names[i % len(names)] == "spam" else "Ida Holm",
            "text": f"{said[names[i % len(names)]][i // len(names) % 3]} {('indeed', 'today', 'again', 'here')[i % 4]}",
        }
        for i in range(n)
    ]
    return pd.DataFrame(rows), np.array([names[i % len(names)] for i in range(n)])


class ColumnsAsWords(StanceClassifier):
    """The classifier under scikit-learn's own checks, which feed numbers: each number is spelt as a word."""

    def __init__(self, *, ridge=1.0, tree_weight=0.0, min_blogs=1, background="shipped"):
        super().__init__(ridge=ridge, tree_weight=tree_weight, min_blogs=min_blogs, background=background)

    def _spell(self, X):
        letters = "abcdefghijklmnopqrstuvwxyz"
        return [" ".join(f"column{j}{letters[int(np.clip(2 * v + 12, 0, 25))]}" for j, v in enumerate(r)) for r in X]

    def fit(self, X, y, sample_weight=None):
        return super().fit(self._spell(validate_data(self, X)), y, sample_weight)

    def _scores(self, X):
        check_is_fitted(self)
        return super()._scores(self._spell(validate_data(self, X, reset=False)))

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = True
        tags.input_tags.one_d_array = tags.input_tags.string = tags.input_tags.allow_nan = False
        return tags


NOT_HELD = {
    "check_sample_weight_equivalence_on_dense_data": "a comment's weight does not change how often its words count",
}


@parametrize_with_checks([ColumnsAsWords()], expected_failed_checks=lambda estimator: NOT_HELD)
def test_scikit_learns_own_checks(estimator, check):
    """Shapes, classes, refusals, order of rows, repeated fits: as every classifier of scikit-learn."""
    check(estimator)


# What scikit-learn itself runs on an estimator of texts is next to nothing; these need no data.
WITHOUT_DATA = (
    "check_estimator_cloneable", "check_estimator_tags_renamed", "check_valid_tag_types", "check_estimator_repr",
    "check_no_attributes_set_in_init", "check_mixin_order", "check_do_not_raise_errors_in_init_or_set_params",
    "check_parameters_default_constructible", "check_get_params_invariance", "check_set_params",
)  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_DATA)
@pytest.mark.parametrize("estimator", [StanceClassifier(), StanceClassifier.from_shipped(), StanceFeatures()], ids=repr)
def test_checks_without_data(estimator, name):
    """Settings are kept as given, cloned, shown and changed as scikit-learn expects."""
    getattr(estimator_checks, name)(type(estimator).__name__, estimator)


def test_the_shipped_model_answers_without_a_fit_as_the_labels_do():
    """One model, two doors: the same probabilities, whatever the order of the classes."""
    table, _ = made(n=24)
    judge = StanceClassifier.from_shipped()
    four = pd.DataFrame(judge.predict_proba(table), columns=judge.classes_)
    three = four[list(LABELS)].div(four[list(LABELS)].sum(axis=1), axis=0)
    labels = label_comments(table.assign(id=[f"{n:03d}" for n in range(len(table))]))
    np.testing.assert_allclose(three, labels[list(LABELS)], atol=1e-9)
    assert judge.classes_.tolist() == sorted(CLASSES)
    assert judge.predict(table).tolist() == four.idxmax(axis=1).tolist()
    np.testing.assert_allclose(softmax(judge.decision_function(table)), four)


def test_a_model_of_a_file_is_used(tmp_path):
    """What ``python -m analysis fit`` wrote works here too."""
    (tmp_path / "own.json.gz").write_bytes(model_as_bytes(load_model()))
    texts = ["Does it also work in the rain?", "Thanks!"]
    own = StanceClassifier.from_shipped(tmp_path / "own.json.gz")
    np.testing.assert_array_equal(own.predict_proba(texts), StanceClassifier.from_shipped().predict_proba(texts))
    with pytest.raises(LabelError, match=r"gone\.json\.gz cannot be opened"):
        StanceClassifier.from_shipped(MODEL.with_name("gone.json.gz")).predict(texts)


def test_training_gives_the_model_that_the_room_fits():
    """It is the same recipe on the comments as they are; only the rounding of the room's numbers differs."""
    table, labels = made()
    rows = [
        {**r, "id": f"{n:09d}", "post_id": r["parent_title"], "label": label, "position": "for", "sure": True}
        for n, (r, label) in enumerate(zip(table.to_dict("records"), labels, strict=True))
    ]
    for n, row in enumerate(rows):
        row["position"] = ("for", "against", "unclear")[n % 3]
    background = Resources(load_lexicon(), *count_words(rows, Recipe()))
    recipe = replace(Recipe(), piece_blogs=5, min_blogs=2)
    model = fit_described(rows, describe_comments(rows, background), background, recipe)
    theirs = softmax(model.scores(model.rows(describe_comments(rows, model.resources))))
    ours = StanceClassifier(min_blogs=2).fit(table, labels)
    assert ours.pieces_.pieces == model.pieces.pieces != ()
    np.testing.assert_allclose(ours.predict_proba(table), theirs[:, np.argsort(CLASSES)], atol=0.01)


def test_cross_validation_grid_search_and_calibration():
    """The tools a researcher would reach for take it as it is, with blogs left out whole."""
    table, labels = made()
    quick = StanceClassifier(tree_weight=0.0, min_blogs=2)
    scores = cross_val_score(quick, table, labels, groups=table["blog"], cv=GroupKFold(3))
    assert scores.mean() > 0.85, "made-up comments this plain are told apart"
    search = GridSearchCV(quick, {"ridge": [1e-9, 1.0]}, cv=3, scoring="neg_log_loss").fit(table, labels)
    assert search.best_params_ == {"ridge": 1.0}
    calibrated = CalibratedClassifierCV(quick, cv=2).fit(table, labels)
    assert calibrated.predict(table.head(4)).tolist() == labels[:4].tolist()


def test_a_pipeline_of_texts_with_labels_of_ones_own():
    """Any labels will do; with two, scores are one number a comment."""
    table, labels = made(OWN)
    lower = FunctionTransformer(lambda texts: [t.lower() for t in texts])
    piped = make_pipeline(lower, StanceClassifier(min_blogs=1, background="shipped")).fit(list(table["text"]), labels)
    assert piped.classes_.tolist() == ["other", "question"]
    assert piped.predict(["Does it also hold for a shop? today"]).tolist() == ["question"]
    assert piped.decision_function(["Does it also hold for a shop? today"]).shape == (1,)
    assert piped.score(list(table["text"]), labels) == 1.0


def test_it_survives_pickling_cloning_and_a_shuffle():
    """A kept classifier answers as before; a clone is untrained; a row's answer does not hang on the others."""
    table, labels = made()
    fitted = StanceClassifier(tree_weight=0.3).fit(table, labels)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(fitted)).predict_proba(table), fitted.predict_proba(table))
    with pytest.raises(NotFittedError):
        clone(fitted).predict(table)
    turned = table.iloc[::-1]
    np.testing.assert_allclose(fitted.predict_proba(turned)[::-1], fitted.predict_proba(table), atol=1e-12)
    assert clone(StanceClassifier.from_shipped()).predict(["Thanks, great post!"]).tolist() == ["agreeing"]


def test_weights_count():
    """A comment with next to no weight does not decide."""
    table, labels = made(OWN)
    turned = np.where(labels == "question", "other", "question")
    both, answers = pd.concat([table, table]), np.concatenate([labels, turned])
    heavy = np.concatenate([np.ones(len(table)), np.full(len(table), 1e-3)])
    assert StanceClassifier(tree_weight=0).fit(both, answers, heavy).score(table, labels) == 1.0


@pytest.mark.parametrize(
    ("comments", "labels", "said"),
    [
        ("one text", ["a"], "list of texts is wanted, found str"),
        (pd.DataFrame({"body": ["x"]}), ["a"], "lack the column text; found body"),
        ([1.5, 2.5], ["a", "b"], "found float"),
        ([], [], "minimum of 1"),
        (np.zeros((2, 3)), ["a", "b"], "table of other columns goes in as a DataFrame"),
        (["x", "y"], ["a", "a"], "Only one class is there, 'a'"),
        (["x", "y"], ["a"], "inconsistent numbers of samples"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(comments, labels, said):
    """What is no comments is said to be none, as a ValueError."""
    with pytest.raises(ValueError, match=said):
        StanceClassifier().fit(comments, labels)


def test_labels_and_settings_that_do_not_exist_are_refused():
    """A pretrained model has its labels; the word counts come from one of two places."""
    with pytest.raises(CommentsError, match="'lovely' is none of the model's labels"):
        StanceClassifier.from_shipped().fit(["a", "b"], ["spam", "lovely"])
    with pytest.raises(CommentsError, match="Did you mean 'shipped'"):
        StanceClassifier(background="shiped").fit(["a", "b"], ["x", "y"])


def test_texts_are_read_from_any_sequence():
    """Lists, arrays, a column of a table, gaps."""
    texts = ["one", None, float("nan"), pd.NA]
    for given in (texts, tuple(texts), np.array(texts, dtype=object)[:, None], pd.Series(texts, dtype=object)):
        assert [row["text"] for row in read_comments(given)] == ["one", "", "", ""]
    assert read_comments(pd.DataFrame({"text": ["x"], "author": [3], "id": [9]}))[0]["author"] is None


def test_blogs_are_what_is_known_of_them():
    """The blog, else the essay, else the comment itself."""
    rows = [{"id": str(n)} for n in range(5)]
    rows[0]["blog"] = rows[1]["blog"] = "b"
    rows[2] |= {"parent_title": "T", "blog": None}
    rows[3] |= {"parent_title": "T", "blog": float("nan")}
    assert number_blogs(rows) == ["0", "0", "1", "1", "2"]


def test_features_have_the_model_s_names_and_serve_other_models():
    """A frame a researcher can read, with the index of the table, in anyone's pipeline."""
    table, labels = made()
    table.index = [f"row {n}" for n in range(len(table))]
    features = StanceFeatures().fit(table)
    frame = features.transform(table)
    assert tuple(frame.columns) == tuple(features.get_feature_names_out()) == load_model().names
    assert list(frame.index) == list(table.index)
    described = describe_comments([dict(table.iloc[2])], load_model().resources)[0].features
    assert frame.iloc[2]["length in words"] == described["length in words"]
    ridge = make_pipeline(StanceFeatures(background="learned"), StandardScaler(), LogisticRegression())
    assert ridge.fit(table, labels).score(table, labels) > 0.9


def test_what_an_essay_would_tell_is_missing_without_one():
    """Nothing is made up: NaN, not 0."""
    assert StanceFeatures().fit_transform(["A comment alone."])["share of content in the essay"].isna().all()


def test_the_room_loads_without_scikit_learn():
    """Labelling needs none of it; only who asks for the estimator pays."""
    code = "import sys, analysis, analysis.stance; analysis.stance.label_comments; print('sklearn' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "False"
