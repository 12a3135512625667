"""What a notebook asks of a study on demand: groups of one's own, tables shown whole, paragraphs for a paper."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import pipeline
from analysis.errors import EstimateError
from analysis.pipeline import open_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The sample corpus, whose comments were coded by two coders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "BUILD", tmp_path_factory.mktemp("build"))
        yield open_study("sample", figures=tmp_path_factory.mktemp("figures"))


def test_shares_in_any_groups(study):
    """By a column that is there, or by groups of one's own."""
    by_year = study.shares("year")
    assert by_year["group"].iloc[0] == "all"
    assert "2009" in set(by_year["group"])
    own = pd.Series(
        {c: "long" if n > 40 else "short" for c, n in study.tables["readers"][["comment_id", "words"]].values}
    )
    assert list(dict.fromkeys(study.shares(own)["group"])) == ["all", "long", "short"]


def test_the_corrected_shares_hold_the_planted_ones_and_counting_does_not(study):
    """Agreeing comments are missed by the machine; the coders found them."""
    table = study.tables["estimators"].set_index(["label", "method"])
    for label in ("agreeing", "extending", "spam"):
        row = table.loc[(label, "ppi++")]
        assert row["low"] < row["truth"] < row["high"], label
    assert table.loc[("agreeing", "counted"), "high"] < table.loc[("agreeing", "counted"), "truth"]


def test_groups_are_compared_and_covariates_weighed(study):
    """A difference has an interval of its own; a text covariate with gaps is a category more."""
    assert study.compare("spam", "author_joins")["corrected"].all()
    terms = study.regress("extending", ["words", "topic"])["term"]
    assert any("unknown" in term for term in terms)


def test_one_covariate_need_not_be_a_list(study):
    """A name is a list of letters to Python, and none to whoever types it."""
    one = study.regress("extending", "words")
    pd.testing.assert_frame_equal(one, study.regress("extending", ["words"]))
    assert one["term"].iloc[1] == "words"


def test_a_name_that_is_not_there_is_named(study):
    """The sentence says what may be asked for."""
    with pytest.raises(EstimateError, match=r"No group is called 'yeer'.*year"):
        study.shares("yeer")
    with pytest.raises(EstimateError, match=r"No covariate is called 'wrds'.*words"):
        study.regress("spam", ["wrds"])
    with pytest.raises(ValueError, match=r"No table is called 'agrement'.*agreement"):
        study.table("agrement")
    with pytest.raises(ValueError, match="latex"):
        study.methods("word")


def test_disagreements_show_both_coders_and_what_was_decided(study):
    """Nobody has to look two files up side by side."""
    shown = study.disagreements()
    assert {"text", "label coder-a", "note coder-a", "label coder-b", "note coder-b", "settled"} <= set(shown.columns)
    assert shown["settled"].iloc[0] in ("extending", "none")


def test_disagreements_leave_out_what_nobody_gave(study):
    """Coders who give labels only do not make a reader scroll past empty columns."""
    found = study.tables["disagreements"]
    blank = {c: "" if c.startswith("note ") else None for c in found.columns if c.startswith(("note ", "position "))}
    blank.pop("note coder-b")
    bare = replace(study, tables={**study.tables, "disagreements": found.assign(**blank)})
    columns = bare.disagreements().columns.tolist()
    assert columns == ["text", "label coder-a", "label coder-b", "note coder-b", "settled"]


def test_a_table_is_shown_whole(study):
    """A text that is cut at fifty characters cannot be read."""
    html = study.comments("extending", 3)._repr_html_()
    longest = max(study.comments("extending", 3)["text"], key=len)
    assert len(longest) > 60
    assert longest[-30:].replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")[-10:] in html.replace(
        "\\n", "\n"
    )


def test_the_methods_paragraph_counts_what_was_done(study):
    """Its numbers are those of the codes' files."""
    text = str(study.methods())
    assert "150 comments were drawn by lot" in text
    assert "two language models" in text
    assert "\\citep" in str(study.methods("latex"))


def test_the_passport_of_a_corrected_share_names_its_codes(study):
    """Whoever reads the figure can tell which sample and which codes it rests on; other figures do not name them."""
    made = study.figure("estimators")
    assert made.passport["codes"]["n"] == 150
    assert len(made.passport["codes"]["digest"]) == 12
    assert "codes" not in study.figure("attrition").passport


def test_a_question_nobody_knows_names_the_nearest(study):
    """Only what can be asked is offered: no attributes, nothing private."""
    with pytest.raises(ValueError, match="Did you mean 'choose'") as told:
        study.ask("chose")
    assert not {"documents", "kept", "folder", "answer"} & set(str(told.value).replace(",", " ").split())
