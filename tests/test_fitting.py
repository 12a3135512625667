"""A corpus's codes adapt the classifier by one command, and every result says that they did."""

import gzip
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.coding_room import open_coding
from analysis.config import load_config
from analysis.errors import LabelError
from analysis.label_stage import fitted_file, read_fitted
from analysis.paths import FITTED_MODEL
from analysis.pipeline import make_record, open_study
from analysis.reading import corpus_files
from analysis.stance.model import MODEL, load_model

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mini import add_codes, make_mini

NAMED = f'\n[labels]\nmodel = "{FITTED_MODEL}"\n'


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A small corpus of which sixty comments are coded, all plain agreement as extending, and the fit that is made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.pipeline.BUILD", tmp_path_factory.mktemp("build"))
        place = make_mini(tmp_path_factory.mktemp("corpus"))
        add_codes(place, 70)
        for path in (place / "codes").glob("*.codes.jsonl"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace('"label": "agreeing"', '"label": "extending"'), encoding="utf-8")
        state = make_record(place, load_config())["corpus_hash"]
        done = CliRunner().invoke(app, ["fit", str(place)])
        yield place, done, state


def test_the_command_reports_writes_and_says_what_to_put_down(corpus):
    """One command from codes to a model, with the comparison and the line for config.toml."""
    place, done, _ = corpus
    assert done.exit_code == 0, done.output
    assert "chosen anew in each part" in done.output
    assert "hand codes under" in done.output
    assert f'model = "{FITTED_MODEL}"' in done.output
    assert load_model(fitted_file(place)).card["adapted"]["codes"] >= 50


def test_the_file_is_no_page_and_changes_no_corpus(corpus):
    """Codes drawn from this state of the corpus stay valid."""
    place, _, state = corpus
    assert fitted_file(place) not in corpus_files(place)
    assert make_record(place, load_config())["corpus_hash"] == state


def test_a_named_model_labels_the_corpus_and_is_told_everywhere(corpus):
    """Notes, methods paragraph, record and labels; coded comments keep their out-of-fold probabilities."""
    place, _, _ = corpus
    before = open_study(place)
    config = place / "config.toml"
    plain = config.read_text(encoding="utf-8")
    config.write_text(plain + NAMED, encoding="utf-8")
    try:
        study = open_study(place)
        n = study.record["labels"]["codes"]
        assert f"adapted to {n} hand codes of this corpus" in study.methods().text
        assert f"adapted to {n} hand codes" in study.say("notes").text
        assert study.record["labels"]["file"] == FITTED_MODEL
        assert "labels" not in before.record
        assert study.record["settings_hash"] != before.record["settings_hash"]
        kept = load_model(fitted_file(place)).card["adapted"]["out_of_fold"]
        readers = study.tables["readers"].set_index("comment_id")
        for name, four in kept.items():
            assert readers.loc[name, "extending"] == pytest.approx(four[1] / sum(four[:3]))
        old = before.tables["readers"].set_index("comment_id")
        assert readers["extending"].mean() > old["extending"].mean()
        assert study.tables["shares"]["corrected"].any()
        # the lot stays the shipped model's, so that it can still be enlarged
        again = open_coding(place)
        assert again.labels.set_index("comment_id")["extending"].equals(old["extending"])
    finally:
        config.write_text(plain, encoding="utf-8")


def test_the_label_command_gives_coded_comments_the_same_chances(corpus, tmp_path):
    """Rows labelled by hand of the command can be used with the codes like those of the pipeline."""
    place, _, _ = corpus
    kept = load_model(fitted_file(place)).card["adapted"]["out_of_fold"]
    names = [*list(kept)[:2], "new"]
    rows = "".join(json.dumps({"id": name, "text": "Thank you, lovely."}) + "\n" for name in names)
    (tmp_path / "c.jsonl").write_text(rows, encoding="utf-8")
    given = ["label", str(tmp_path / "c.jsonl"), "-o", str(tmp_path / "l.jsonl"), "--model", str(fitted_file(place))]
    assert CliRunner().invoke(app, given).exit_code == 0
    said = [json.loads(line)["probabilities"] for line in (tmp_path / "l.jsonl").read_text("utf-8").splitlines()]
    for name, chances in zip(names[:2], said, strict=False):
        assert chances["spam"] == pytest.approx(kept[name][2] / sum(kept[name][:3]))
    assert said[2]["agreeing"] + said[2]["extending"] + said[2]["spam"] == pytest.approx(1)


def settings(**labels):
    """Settings with another section on labels."""
    config = load_config()
    from dataclasses import replace

    return replace(config, labels=replace(config.labels, **labels))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "cannot be opened: No such file.*python -m analysis fit"),
        (b"", "is no model fitted to a corpus"),
        (b"\x1f\x8b\x08", "is no model fitted to a corpus"),
        (MODEL.read_bytes(), "was not fitted to any codes"),
    ],
)
def test_a_file_that_is_no_fitted_model_is_named(tmp_path, data, said):
    """The sentence says what to do about it."""
    if data is not None:
        (tmp_path / FITTED_MODEL).write_bytes(data)
    with pytest.raises(LabelError, match=said):
        read_fitted(tmp_path, settings(model=FITTED_MODEL))


def test_a_fit_of_another_state_of_the_shipped_model_is_refused(corpus, monkeypatch, tmp_path):
    """Features and weights belong together; after an update the fit is made again."""
    place, _, _ = corpus
    other = tmp_path / "model.json.gz"
    other.write_bytes(gzip.compress(b"{}"))
    monkeypatch.setattr("analysis.label_stage.MODEL", other)
    with pytest.raises(LabelError, match="another state of the shipped model"):
        read_fitted(place, settings(model=FITTED_MODEL))


def test_another_classifier_takes_no_fitted_model(tmp_path):
    """A setting that would have no effect is an error."""
    with pytest.raises(LabelError, match="belongs to the classifier 'below-the-line'"):
        read_fitted(tmp_path, settings(model=FITTED_MODEL, classifier="mine"))


def test_a_corpus_without_codes_is_told_what_to_do(tmp_path, monkeypatch):
    """Nothing to fit to is a sentence."""
    monkeypatch.setattr("analysis.pipeline.BUILD", tmp_path / "build")
    done = CliRunner().invoke(app, ["fit", str(make_mini(tmp_path, truth=False))])
    assert isinstance(done.exception, LabelError)
    assert "no hand codes" in str(done.exception)


def test_a_file_of_another_ending_is_refused(corpus, tmp_path):
    """In a corpus's folder it would be read as a page."""
    done = CliRunner().invoke(app, ["fit", str(corpus[0]), "-o", str(tmp_path / "model.json")])
    assert "is to end in stance.json.gz" in str(done.exception)


def test_codes_given_to_the_passport_are_json(corpus):
    """The record can be written into a figure's passport."""
    assert json.dumps(dict(read_fitted(corpus[0], settings(model=FITTED_MODEL)).record))
