"""The whole way on the sample corpus, whose truth is planted, and on the founding pages."""

from pathlib import Path

import pytest

from analysis.config import load_config
from analysis.errors import LabelError
from analysis.pipeline import make_record, open_study, run_stages
from analysis.truth import read_truth

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
FOUNDING = Path(__file__).resolve().parents[2] / "shared" / "pages" / "founding"


@pytest.fixture(scope="module")
def own_build(tmp_path_factory):
    """A cache of its own, so that nothing is taken from an earlier run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.pipeline.BUILD", tmp_path_factory.mktemp("build"))
        yield patch


@pytest.fixture(scope="module")
def study(own_build, tmp_path_factory):
    return open_study("sample", figures=tmp_path_factory.mktemp("figures"))


@pytest.fixture(scope="module")
def truth():
    return read_truth(SAMPLE)


def by_page(study, ids):
    return frozenset(study.tables["pages"].set_index("doc_id")["page"][list(ids)])


def test_every_page_is_read_and_nearly_every_comment_as_planted(study, truth):
    """At least 97 of 100 comments come back word for word, and hardly any are invented."""
    assert set(study.tables["pages"]["page"]) == set(truth.pages["page"])
    read = study.tables["reading"].set_index("outcome")["n"]
    assert read["found"] >= 0.97 * len(truth.comments)
    assert read.get("invented", 0) <= 0.01 * len(truth.comments)


def test_dominant_topics_are_the_planted_themes(study):
    """Purity of at least .85, the floor the project set itself."""
    purity = study.tables["purity"].set_index("topic")["purity"]
    assert purity["all"] >= 0.85


def test_a_persons_names_of_topics_reach_the_tables_without_a_new_fit(study, monkeypatch, tmp_path):
    """A label is a name: it moves no number, stands in the record, and one that fits nothing is noted."""
    words = study.tables["topic_words"].query("topic == 2")["word"].head(6)
    file = tmp_path / "topic_labels.toml"
    file.write_text(
        f'[[topic]]\nlabel = "Ours"\nwords = {words.tolist()!r}\n[[topic]]\nlabel = "Lost"\nwords = ["zz", "yy"]\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("analysis.pipeline.labels_file", lambda place: file)
    monkeypatch.setattr("analysis.topic_stage.make_topics", None)  # a fit would fail
    config = load_config(SAMPLE / "config.toml")
    record = make_record(SAMPLE, config)
    results = run_stages(SAMPLE, config, record)
    for name in ("topic_words", "topic_stability"):
        named = results.topics[name].drop_duplicates("topic").set_index("topic")["label"]
        before = study.tables[name].drop_duplicates("topic").set_index("topic")["label"]
        assert named[2] == "Ours"
        assert named.drop(2).equals(before.drop(2))
    assert any("“Lost” was given to no topic" in note for note in results.notes)
    assert len(record["topic_labels"]) == 12
    assert record["corpus_hash"] == study.record["corpus_hash"]


def test_labels_meet_the_planted_ones(study):
    """Macro-F1 of at least .85 on comments no model was trained on."""
    assert study.tables["f1"].set_index("label")["f1"]["macro"] >= 0.85


def test_versions_are_found_and_none_invented(study, truth):
    """The three planted pairs, and nothing else."""
    planted = {frozenset(p) for p in truth.pages.dropna(subset=["version_of"])[["page", "version_of"]].values.tolist()}
    found = study.tables["essay_families"].groupby("family")["doc_id"].agg(list)
    assert {by_page(study, ids) for ids in found if len(ids) > 1} == planted


def test_spun_families_are_found_and_none_invented(study):
    """Three families of four copies: one injected into essays, two among the comments."""
    families = study.tables["spam_families"].groupby("family")
    assert sorted(families.size()) == [4, 4, 4]
    injected = families["item"].agg(lambda items: items.str.startswith("injected-").all())
    assert sorted(injected) == [False, False, True]


def test_the_corrected_share_covers_the_truth(study, truth):
    """The corrected intervals come within three points of the planted shares, reading errors included."""
    shares = study.tables["shares"].query("group == 'all'").set_index("label")
    readers = truth.comments[(truth.comments["kind"] == "comment") & ~truth.comments["by_essay_author"].astype(bool)]
    assert shares["corrected"].all()
    for label in ("agreeing", "extending", "spam"):
        share = (readers["label"] == label).mean()
        assert shares.loc[label, "low"] - 0.03 <= share <= shares.loc[label, "high"] + 0.03, label


def test_no_commenters_name_is_in_a_table(study, truth):
    """Names of two words or more are gone from every table that is shown or exported."""
    people = truth.comments["label"].isin(["agreeing", "extending", "none"])  # trades and other pages are no persons
    readers = truth.comments[people & ~truth.comments["by_essay_author"].astype(bool)]
    names = {a for a in readers["author"] if len(a.split()) > 1}
    shown = study.tables["labelled"]
    assert not set(shown["author"]) & names
    assert shown["author_link"].isna().all()
    everything = "\n".join(shown["text"])
    assert [name for name in sorted(names) if name in everything] == []


def test_a_second_opening_reads_nothing_again(study, own_build, tmp_path):
    """The same tables come from the cache."""

    def refuse(*_, **__):
        raise AssertionError("a page was read again")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.read_stage.read_pages", refuse)
        again = open_study("sample", figures=tmp_path)
    for name in ("attrition", "shares", "topic_words"):
        assert again.tables[name].equals(study.tables[name]), name


def test_another_classifier_can_be_named(own_build, tmp_path):
    """The plug-in point is real: a user's own classifier labels the corpus, and an unknown name is a sentence."""
    from analysis.stance import CLASSIFIERS

    (tmp_path / "config.toml").write_text('[labels]\nclassifier = "all-spam"\n', encoding="utf-8")
    source = SAMPLE / "pages" / "the-man-i-banned.txt"
    (tmp_path / source.name).write_bytes(source.read_bytes())
    with pytest.raises(LabelError, match="No comment classifier is called 'all-spam'"):
        open_study(tmp_path)

    def all_spam(comments, *, target_accuracy, progress, **_):
        rows = {"agreeing": 0.0, "extending": 0.0, "spam": 1.0, "label": "spam", "position": "unclear", "reason": None}
        return comments[["id"]].assign(**rows, evidence=[["told so"]] * len(comments), codebook_version="1.0")

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(CLASSIFIERS, "all-spam", all_spam)
        study = open_study(tmp_path)
    assert set(study.tables["labels"]["label"]) == {"spam"}


def test_families_can_be_counted_once(own_build, tmp_path):
    """With the setting, comments under one version of an essay count; without it, all do."""
    source = SAMPLE / "pages" / "what-the-agency-kept.txt"
    text = source.read_text(encoding="utf-8")
    (tmp_path / "first.txt").write_text(text, encoding="utf-8")
    (tmp_path / "mirror.txt").write_text(text, encoding="utf-8")
    every = open_study(tmp_path).tables["comments"]
    (tmp_path / "config.toml").write_text("[families]\nonce = true\n", encoding="utf-8")
    study = open_study(tmp_path)
    assert len(every) > 2
    assert len(study.tables["comments"]) * 2 == len(every)
    assert study.tables["comments"]["doc_id"].nunique() == 1
    assert any(note.startswith(f"Each family counts once: {len(every) // 2:,} comment(s)") for note in study.notes)


@pytest.mark.skipif(not FOUNDING.is_dir(), reason="the founding pages (../shared/pages/founding) are not here")
def test_the_founding_pages_give_a_study_that_knows_it_is_small(own_build, tmp_path):
    """Five pages, four essays: one pair of versions, one spun text, and a warning about topics."""
    study = open_study(FOUNDING, figures=tmp_path)
    assert sorted(study.tables["pages"]["page"]) == ["000", "001", "002", "003", "004"]
    found = study.tables["essay_families"].groupby("family")["doc_id"].agg(list)
    assert [by_page(study, ids) for ids in found if len(ids) > 1] == [frozenset({"002", "003"})]
    assert study.tables["spam_families"].groupby("family").size().tolist() == [2]
    assert len(study.tables["comments"]) == 10
    assert any(note.startswith("There are only 4 essays") for note in study.notes)
