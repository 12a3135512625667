"""What the labels are held against is chosen by rule and named: planted labels, own codes, other people's blogs."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import trust_tables
from analysis.coding import append_event
from analysis.coding_room import open_coding
from analysis.config import load_config
from analysis.errors import LabelError
from analysis.hand_codes import HandCodes
from analysis.pipeline import open_study
from analysis.trust_tables import CROSSED, FEWEST_CODES, PLANTED, Grounds, blogs_of, compared_with, make_trust_tables

sys.path.insert(0, str(Path(__file__).resolve().parent))
from made_judged import LABELS, judged_of
from mini import make_mini

SETTINGS = load_config(None).estimates


def grounds_of(n=0, *, planted=None, refused=None, chances=0.5, **others):
    """A corpus of 200 comments, the first n of them coded as they were made."""
    made = judged_of(200, seed=3)
    made["comment_id"] = [f"c{i:03d}" for i in range(200)]
    told = made[["comment_id", "truth"]].head(n).rename(columns={"truth": "label"})
    codes = told.assign(inclusion_probability=chances, stratum="", stratum_size=200)
    empty = pd.DataFrame()
    coding = HandCodes({}, empty, empty, empty, empty, codes if n and not refused else None, "", refused)
    about = {"title": "Ice", "author": "Reader 1", "text": "So it is.", "evidence": "short"}
    return Grounds(
        planted=pd.DataFrame() if planted is None else planted,
        labelled=made[["comment_id"]].assign(**about),
        readers=made[["comment_id", "cluster", "label", *LABELS]],
        blogs=others.get("blogs"),
        coding=coding if n or refused else None,
        labeller=others.get("labeller", "shipped"),
    )


def tables_of(grounds):
    return make_trust_tables(grounds, settings=SETTINGS, seed=1)


def test_planted_labels_come_before_codes():
    """Where the truth is known there is no need of a coder."""
    found = compared_with(grounds_of(100, planted=judged_of(30)))
    assert (found.basis, found.source, len(found.judged), found.note) == ("planted", PLANTED, 30, None)


def test_enough_codes_of_the_corpus_come_before_other_blogs():
    """The source says how many; the judged rows are the coded ones, with what was coded as the truth."""
    grounds = grounds_of(80)
    found = compared_with(grounds)
    assert (found.basis, found.source) == ("codes", "80 hand codes of this corpus")
    assert found.judged["truth"].tolist() == grounds.coding.usable["label"].tolist()
    assert set(found.judged["weight"]) == {2.0}
    assert "taken for the truth" in found.note


def test_a_stratified_sample_is_weighted_and_says_so():
    """A comment drawn with a chance of a tenth stands for ten."""
    found = compared_with(grounds_of(60, chances=np.tile([0.1, 0.5], 30)))
    assert found.source == "60 hand codes of this corpus, weighted as they were drawn"
    assert found.judged["weight"].tolist() == [10.0, 2.0] * 30


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"n": FEWEST_CODES - 1}, f"has {FEWEST_CODES - 1} usable hand codes; from {FEWEST_CODES} on"),
        ({"n": 1}, "has 1 usable hand code;"),
        ({"refused": "drawn from another corpus"}, "codes of this corpus are not used"),
        ({"labeller": "fitted"}, "These figures are the shipped model's"),
        ({}, None),
    ],
)
def test_too_few_codes_leave_the_comparison_with_other_blogs_and_it_is_said(given, said):
    """Nobody wonders where the codes went."""
    found = compared_with(grounds_of(**given))
    assert (found.basis, found.source) == ("held out", CROSSED)
    assert (found.note is None) == (said is None)
    assert said is None or said in found.note


def test_a_model_fitted_to_the_codes_is_judged_by_fits_that_had_not_seen_them():
    """Else its figures would flatter it, and a reader would be right to ask."""
    assert "had not seen its essay" in compared_with(grounds_of(60, labeller="fitted")).note


def test_every_table_names_what_it_is_held_against():
    """A figure that is passed on alone still says it."""
    tables, _ = tables_of(grounds_of(60))
    for name in ("confusion", "f1", "evaluation", "reliability", "coverage", "comparison"):
        assert set(tables[name]["source"]) == {"60 hand codes of this corpus"}, name
    assert tables["confusion"]["n"].sum() == 60
    assert tables["confusion"]["weight"].sum() == 120
    assert len(tables["reliability"]) == 6
    others, _ = tables_of(grounds_of())
    assert others["coverage"]["source"].iloc[0].startswith(f"{CROSSED}, n = ")


def test_errors_are_shown_only_where_the_comments_are_the_corpus_s_own():
    """Other people's comments do not travel with the package."""
    tables, missing = tables_of(grounds_of(60))
    assert "hardest_errors" not in missing
    errors = tables["hardest_errors"]
    assert (errors["truth"] != errors["label"]).all()
    assert errors["truth_meaning"].str.contains("What speaks for it: ").all()
    _, missing = tables_of(grounds_of())
    assert "other people's" in missing["hardest_errors"]
    right = judged_of(60)
    right = right.assign(label=right["truth"].where(right["truth"] != "none", None))
    _, missing = tables_of(grounds_of(planted=right))
    assert missing["hardest_errors"] == "no label given here is wrong."


def test_blog_by_blog_in_the_corpus_where_it_has_several_else_elsewhere(monkeypatch):
    """A corpus of several exports is its own measure; another one borrows the blogs the model was tested on."""
    blogs = pd.Series({f"c{i:03d}": f"blog {i % 3}" for i in range(200)})
    tables, _ = tables_of(grounds_of(90, blogs=blogs))
    assert tables["blogs"]["source"].iloc[0] == "90 hand codes of this corpus"
    assert set(tables["blogs"]["blog"]) == {"all", "blog 0", "blog 1", "blog 2"}
    monkeypatch.setattr(trust_tables, "load_held_out", lambda: judged_of(300, blogs=4))
    tables, _ = tables_of(grounds_of(90))
    assert tables["blogs"]["source"].iloc[0] == CROSSED
    monkeypatch.setattr(trust_tables, "load_held_out", lambda: judged_of(300))
    tables, missing = tables_of(grounds_of())
    assert "blogs" not in tables
    assert "do not say which blog" in missing["blogs"]


def test_features_are_weighed_for_the_shipped_model_only(monkeypatch):
    """What a group is worth to one model says nothing of another; a table that cannot be read is said to be so."""
    assert "shipped model" in tables_of(grounds_of(labeller="other"))[1]["ablation"]

    def broken():
        raise LabelError("ablation.csv cannot be read.")

    monkeypatch.setattr(trust_tables, "load_ablation", broken)
    assert tables_of(grounds_of())[1]["ablation"] == "ablation.csv cannot be read."
    monkeypatch.setattr(trust_tables, "load_ablation", lambda: pd.DataFrame({"left_out": ["length"]}))
    assert tables_of(grounds_of())[0]["ablation"]["left_out"].tolist() == ["length"]


def test_a_blog_is_an_export_file_where_there_are_several():
    """Loose pages, and the pages of one export, are of one blog as far as anybody knows."""
    comments = pd.DataFrame({"comment_id": ["a-1", "b-1", "a-2"], "doc_id": ["a", "b", "a"]})
    pages = pd.DataFrame({"doc_id": ["a", "b"], "page": ["harbour#1", "quay#7"]})
    assert blogs_of(pages, comments).to_dict() == {"a-1": "harbour", "b-1": "quay", "a-2": "harbour"}
    assert blogs_of(pages.assign(page=["harbour#1", "harbour#2"]), comments) is None
    assert blogs_of(pages.assign(page=["harbour#1", "loose"]), comments) is None


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A dozen pages whose truth nobody planted, sixty of their comments coded by one coder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.pipeline.BUILD", tmp_path_factory.mktemp("build"))
        corpus = make_mini(tmp_path_factory.mktemp("coded"))
        truth = {}
        for line in (corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            truth |= {" ".join(c["text"].split()): c["label"] for c in json.loads(line)["comments"]}
        (corpus / "truth.jsonl").unlink()
        coding = open_coding(corpus)
        coding.draw(60, by="stratified")
        said = coding.items.set_index("comment_id")["text"]
        lines = (coding.folder / "sample.jsonl").read_text(encoding="utf-8").splitlines()[1:]
        for comment_id in (json.loads(line)["comment_id"] for line in lines):
            label = truth.get(" ".join(said[comment_id].split())) or "none"
            event = {"comment_id": comment_id, "coder": "anna", "label": label, "codebook_version": "1.0"}
            append_event(coding.folder / "anna.codes.jsonl", event)
        yield open_study(corpus, figures=tmp_path_factory.mktemp("figures"))


def test_a_study_is_held_against_its_own_codes(coded):
    """Sentence and figure name the codes, and the figure's passport says which they were."""
    source = "60 hand codes of this corpus, weighted as they were drawn"
    assert f"Against {source}:" in coded.say("confusion").text
    made = coded.figure("confusion")
    assert source in made.alt
    assert made.passport["codes"]["coded"] == 60
    assert "codes" not in coded.figure("attrition").passport


def test_the_surest_errors_are_shown_without_names(coded):
    """A pseudonym, the comment, and both readings."""
    shown = coded.hardest_errors(3)
    assert shown.columns.tolist() == ["comment", "as coded", "as the classifier read it"]
    assert shown["comment"].str.match(r"(Reader \d+|Anonymous|essay's author) under “").all()
    assert len(coded.tables["hardest_errors"]) >= len(shown) > 0
