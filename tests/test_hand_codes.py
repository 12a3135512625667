"""Codes are used only where they are of this corpus as it is; else the shares say that they are not corrected."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.coding import append_event
from analysis.coding_room import open_coding
from analysis.config import load_config
from analysis.errors import CodingError, EstimateError
from analysis.hand_codes import codes_folder, read_hand_codes
from analysis.method_facts import make_facts
from analysis.pipeline import open_study, run_stages
from analysis.reading import corpus_files
from analysis.summaries import summarise

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mini import make_mini

EVENT = {"position": "unclear", "sure": True, "note": "", "codebook_version": "1.0"}


@pytest.fixture(scope="module")
def own_build(tmp_path_factory):
    """Caches of these tests stay out of the repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.pipeline.BUILD", tmp_path_factory.mktemp("build"))
        yield


@pytest.fixture
def coding(tmp_path, own_build):
    """A dozen pages with thirty comments drawn."""
    made = open_coding(make_mini(tmp_path))
    made.draw(30, by="simple")
    return made


def ids(coding):
    """Comments in coding order."""
    lines = (coding.folder / "sample.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    return [json.loads(line)["comment_id"] for line in lines]


def code(coding, coder, labels):
    """Write one code a comment, in coding order."""
    for comment_id, label in zip(ids(coding), labels, strict=False):
        event = {"comment_id": comment_id, "coder": coder, "label": label, **EVENT}
        append_event(coding.folder / f"{coder}.codes.jsonl", event)


def found(coding):
    """What the pipeline would read."""
    return read_hand_codes(coding.folder.parent, coding.labels, coding.record["corpus_hash"])


def test_codes_carry_the_chance_they_were_drawn_with(coding):
    """Twenty of thirty drawn are coded: each stands for more comments than if all were."""
    code(coding, "anna", ["spam"] * 5 + ["extending"] * 15)
    codes, notes = found(coding)
    assert notes == ()
    assert len(codes.usable) == 20
    assert codes.usable["inclusion_probability"].tolist() == pytest.approx([20 / len(coding.labels)] * 20)
    assert codes.settled["how"].unique().tolist() == ["one coder"]


def test_without_a_folder_there_is_nothing_to_say(tmp_path):
    """Most corpora have no codes, and that is no fault."""
    assert read_hand_codes(tmp_path, pd.DataFrame({"comment_id": []}), "0" * 12) == (None, ())


def test_a_sample_of_another_corpus_is_left_out_with_its_reason(coding):
    """A page that was added changes what the sample was drawn from."""
    code(coding, "anna", ["spam"] * 20)
    codes, notes = read_hand_codes(coding.folder.parent, coding.labels, "another hash")
    assert codes.usable is None
    assert codes.codes.empty
    assert "another version of the corpus" in codes.refused
    assert "not corrected" in notes[0]
    assert "another version of the corpus" in notes[0]


def test_comments_that_are_read_otherwise_now_are_noticed(coding):
    """A later version of the package may split a page otherwise; then the sample is not of these comments."""
    code(coding, "anna", ["spam"] * 20)
    fewer = coding.labels[coding.labels["comment_id"] != ids(coding)[0]]
    codes, notes = read_hand_codes(coding.folder.parent, fewer, coding.record["corpus_hash"])
    assert codes.usable is None
    assert "1 of the drawn ones are not among them" in notes[0]


def test_hand_picked_codes_correct_nothing_and_it_is_said_why(coding):
    """A comment somebody chose cannot stand for those nobody looked at."""
    code(coding, "anna", ["spam"] * 20)
    other = next(c for c in coding.labels["comment_id"] if c not in ids(coding))
    event = {"comment_id": other, "coder": "anna", "label": "spam", **EVENT}
    append_event(coding.folder / "anna.codes.jsonl", event)
    codes, notes = found(coding)
    assert codes.usable is None
    assert "picked by hand" in notes[-1]


def test_passing_over_the_hard_ones_is_noticed(coding):
    """Who codes every second comment may have left out the hard ones."""
    code(coding, "anna", [label for _ in range(10) for label in ("spam", None)])
    _, notes = found(coding)
    assert any("passed over" in note for note in notes)


def test_codes_under_another_codebook_are_not_pooled(coding):
    """The same word under two meanings is two codes."""
    event = {"comment_id": ids(coding)[0], "coder": "anna", "label": "spam", **EVENT, "codebook_version": "0.9"}
    append_event(coding.folder / "anna.codes.jsonl", event)
    codes, notes = found(coding)
    assert codes.usable is None
    assert "codebook 0.9" in notes[0]


def test_a_study_says_that_refused_codes_are_not_used_and_not_that_there_are_none(coding):
    """Somebody coded for days: "no comments are coded" beside the note that refuses them would be untrue."""
    code(coding, "anna", ["spam", "extending"] * 10)
    (coding.folder / "anna.codes.jsonl").open("a").write("a broken line\n\n{}\n")
    study = open_study(coding.folder.parent)
    assert "are not used" in study.missing["estimators"]
    assert "not coded" not in study.missing["estimators"]
    for name in ("coding_progress", "agreement", "disagreements", "estimators", "contrasts", "regression"):
        assert study.say(name).text.startswith("The hand codes of this corpus are not used; the notes")
    assert "because its hand codes are not used" in study.say("shares_overall").text
    assert "Some comments were coded by hand. The codes are not used here" in study.methods().text
    with pytest.raises(EstimateError, match="it needs hand codes: its hand codes are not used"):
        study.regress("extending", ["words"])


def test_codes_that_bear_no_share_still_tell_of_the_coders(coding):
    """Agreement is of the coders; only the shares need the lot."""
    other = next(c for c in coding.labels["comment_id"] if c not in ids(coding))
    for coder in ("anna", "ben"):
        code(coding, coder, ["spam", "extending"] * 10)
        event = {"comment_id": other, "coder": coder, "label": "spam", **EVENT}
        append_event(coding.folder / f"{coder}.codes.jsonl", event)
    study = open_study(coding.folder.parent)
    assert "2 coders coded" in study.say("agreement").text
    assert "not corrected" in study.say("notes").text
    assert "are not used" in study.missing["precision"]
    assert "so no share rests on them" in study.methods().text


def test_codes_are_no_pages(coding):
    """The folder of codes is neither read as pages nor part of the corpus's hash."""
    assert not [p for p in corpus_files(coding.folder.parent) if "codes" in p.parts]


def test_the_codes_of_a_single_file_lie_beside_it(tmp_path):
    """A corpus that is one export file has no inside."""
    export = tmp_path / "blog.xml"
    export.write_text("<x/>")
    assert codes_folder(export) == tmp_path / "blog.codes"
    assert codes_folder(tmp_path) == tmp_path / "codes"


def test_a_sample_is_enlarged_and_never_replaced(coding):
    """Codes already given must keep their place; another lot needs another folder."""
    before = ids(coding)
    coding.draw(40, by="simple")
    assert ids(coding)[:30] == before
    assert coding.draw(20, by="simple")["drawn"].tolist() == [40]
    with pytest.raises(CodingError, match="another design"):
        coding.draw(40, by="stratified")


def test_a_sample_by_uncertainty_has_one_size(tmp_path, own_build):
    """More comments asked for are refused with what may be done, and the kept sample stays as it was."""
    coding = open_coding(make_mini(tmp_path))
    coding.draw(10, by="uncertainty")
    before = ids(coding)
    for n in (14, 6):
        with pytest.raises(CodingError, match=f"with {n} each comment would have had another chance.*move the folder"):
            coding.draw(n, by="uncertainty")
    assert ids(coding) == before
    assert coding.draw(10, by="uncertainty")["drawn"].tolist() == [10]


def test_progress_counts_each_coder(coding):
    """Who is how far, and how often unsure."""
    code(coding, "anna", ["spam"] * 20)
    code(coding, "ben", ["none"] * 4)
    table = coding.progress()
    assert table[["coder", "coded", "drawn", "unsure"]].values.tolist() == [["anna", 20, 30, 0], ["ben", 4, 30, 0]]
    assert table["minutes"].isna().all()


def test_nothing_can_be_coded_before_a_draw(tmp_path, own_build):
    """The error says which call comes first."""
    with pytest.raises(CodingError, match=r"coding\.draw\(150\)"):
        open_coding(make_mini(tmp_path)).pane("anna")


def test_who_prints_a_coding_sees_no_names(coding):
    """The pane needs the names of commenters; the notebook around it does not."""
    assert "DataFrame" not in repr(coding)
    assert coding.items["author"].notna().any()
    assert not any(name in repr(coding) for name in coding.items["author"].dropna())


def test_too_little_agreement_is_among_the_notes(coding):
    """The notes open every notebook; that the coders do not agree belongs there, not only under the figure."""
    code(coding, "anna", ["spam", "extending", "agreeing"] * 10)
    code(coding, "ben", ["extending", "extending", "spam"] * 10)
    notes = open_study(coding.folder.parent).say("notes").text
    assert "agree too little" in notes
    assert "On 20 comments the coders differ and nobody settled it" in notes


def test_a_label_the_machine_does_not_help_with_is_named_in_the_methods(coding):
    """Two estimators were used; a paper that names only one of them is wrong about the other label."""
    code(coding, "anna", ["spam", "extending"] * 15)
    config = load_config()
    results = run_stages(coding.folder.parent, config, coding.record)
    tables = summarise(results).tables
    methods = {"agreeing": "ppi++", "extending": "hand codes", "spam": "ppi++"}
    shares = tables["shares"].assign(method=tables["shares"]["label"].map(methods), corrected=True)
    facts = make_facts(results, {**tables, "shares": shares}, coding.record)
    assert (facts.estimator, facts.unhelped) == ("ppi++", ("extending",))
    alone = shares.assign(method="hand codes")
    facts = make_facts(results, {**tables, "shares": alone}, coding.record)
    assert (facts.estimator, facts.unhelped) == ("hand codes", ())
