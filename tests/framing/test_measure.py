"""A planted axis is found again by all three instruments, random ones are not, and bad input is a sentence."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from analysis.errors import TopicError
from analysis.framing import Axis, Pole, essays, find_axis, measure_framing, placebo
from analysis.framing_room import frame_essays
from analysis.sentences import READINGS
from analysis.tokens import CONTENT, parse_texts
from analysis.topics import train_vectors

sys.path.insert(0, str(Path(__file__).resolve().parent))
from framed import SUBJECTS, planted_texts

NAME = "doing to / doing with"


@pytest.fixture(scope="module")
def texts():
    """Twelve essays from all doing to (first) to all doing with (last), parsed once."""
    table = planted_texts()
    return table.assign(words=parse_texts(table["text"].tolist()))


@pytest.fixture(scope="module")
def framing(texts):
    """With four placebos, so that the test is quick; nineteen are needed elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(essays, "CHANCE", 0.2)
        return measure_framing(texts, NAME, seed=1, placebos=4)


@pytest.mark.parametrize(
    ("instrument", "least"), [("seeded", 0.8), ("semantic", 0.8), ("grammar", 0.95), ("score", 0.9)]
)
def test_each_instrument_finds_the_planted_order(framing, instrument, least):
    """Essays were given ever more of one pole; each instrument sees it by itself."""
    assert spearmanr(framing.essays[instrument], range(12))[0] > least


def test_the_instruments_agree_where_an_axis_is_planted(framing):
    """And better than any random axis."""
    assert framing.agree
    assert framing.agreement["value"].iloc[-1] > 0.8
    real, random = framing.placebo["separation"].iloc[0], framing.placebo["separation"].iloc[1:]
    assert (real > random).all()
    assert framing.essays["reason"].isna().all()


def test_evidence_lies_where_the_text_has_it(texts, framing):
    """Every phrase is a stretch of its paragraph, in its sentence; what is quoted or negated does not count."""
    said = texts.set_index("paragraph_id")["text"]
    for row in framing.evidence.itertuples():
        assert said[row.paragraph_id][row.start : row.end] == row.phrase
        assert row.phrase in row.text
        assert row.counts == (not (row.quoted or row.negated))
    counted = framing.evidence[framing.evidence["counts"]].groupby(["doc_id", "instrument"]).size()
    assert counted["e00", "grammar"] == framing.essays["n_grammar"].iloc[0]
    assert set(framing.evidence["instrument"]) == {"seeded", "semantic", "grammar"}


def test_order_and_repetition_change_nothing(texts):
    """The same tables from any order of the paragraphs, on every run."""
    one = measure_framing(texts, NAME, seed=1, placebos=1)
    other = measure_framing(texts.sample(frac=1, random_state=2), NAME, seed=1, placebos=1)
    for name in ("essays", "evidence", "placebo"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_without_agreement_there_is_no_score(texts):
    """Essays are scored on nothing in particular: each says why it has no score."""
    shuffled = texts.assign(doc_id=np.random.default_rng(4).permutation(texts["doc_id"]))
    found = measure_framing(
        shuffled.assign(paragraph_id=[f"{n:04d}" for n in range(len(texts))]), NAME, seed=1, placebos=0
    )
    assert not found.agree
    assert found.essays["score"].isna().all()
    assert set(found.essays["reason"]) == {"the instruments are not known to agree"}


def test_vectors_may_be_given(texts, tmp_path):
    """Trained elsewhere, or from a file in word2vec's format."""
    lemmas = [[word.lemma for word in words if word.pos in CONTENT] for words in texts["words"]]
    vectors = train_vectors(lemmas, seed=1, dimensions=20)
    path = tmp_path / "own.txt"
    lines = [" ".join([word, *map(str, row)]) for word, row in zip(vectors.vocabulary, vectors.vectors, strict=True)]
    path.write_text("\n".join([f"{len(lines)} 20", *lines]))
    one, other = (measure_framing(texts, NAME, seed=1, placebos=0, vectors=given) for given in (vectors, str(path)))
    assert one.essays["semantic"].to_numpy() == pytest.approx(
        other.essays["semantic"].to_numpy(), abs=1e-4, nan_ok=True
    )
    path.write_text("no vectors")
    with pytest.raises(TopicError, match=r"own.txt cannot be read.*word2vec's text format"):
        measure_framing(texts, NAME, seed=1, vectors=path, placebos=0)


def axis_of(low=("persuade", "inform"), high=("together", "share"), audience=("reader",)):
    """An axis with little to it."""
    return Axis("own", Pole("low", low), Pole("high", high), audience)


@pytest.mark.parametrize(
    ("axis", "said"),
    [
        (axis_of(low=("zebra", "yodel")), r"2 seed words of 'low' 0 occur.*Not found: zebra, yodel"),
        (axis_of(audience=("zebra",)), r"No noun for those addressed occurs in these texts: zebra"),
    ],
)
def test_words_that_do_not_occur_are_named(texts, axis, said):
    """Whoever gave them learns which, and what to do."""
    with pytest.raises(TopicError, match=said):
        measure_framing(texts, axis, seed=1, placebos=0)


def test_other_bad_input_is_a_sentence(texts):
    """One essay, another language, a missing column, a paragraph twice, too few placebos."""
    with pytest.raises(TopicError, match=r"compares essays.*there is 1"):
        measure_framing(texts.head(4), NAME, seed=1)
    with pytest.raises(TopicError, match=r"there are none"):
        measure_framing(texts.head(0), NAME, seed=1)
    german = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "paragraph_id": ["a0", "b0"],
            "text": ["Die Gärten liegen still im Schnee, und die Nachbarn fegen ihre Wege frei."] * 2,
        }
    )
    with pytest.raises(TopicError, match=r"language 'en', and these texts look like 'de'"):
        measure_framing(german, NAME, seed=1)
    with pytest.raises(TopicError, match=r"lacks paragraph_id"):
        measure_framing(texts.drop(columns="paragraph_id"), NAME, seed=1)
    with pytest.raises(TopicError, match=r"'e00-0000' stands in the table twice"):
        measure_framing(pd.concat([texts, texts]), NAME, seed=1)
    with pytest.raises(TopicError, match=r"0 or more; found -1"):
        measure_framing(texts, NAME, seed=1, placebos=-1)


def test_a_study_asks_in_one_call(texts, tmp_path):
    """The room parses once, titles the essays and says that too little is known of an essay on bread."""
    pages = pd.DataFrame({"doc_id": sorted(set(texts["doc_id"])), "page": "p", "title": None}).assign(
        title=lambda t: "Essay " + t["doc_id"]
    )
    dull = pd.DataFrame([("e99", "e99-0000", SUBJECTS[1])], columns=["doc_id", "paragraph_id", "text"])
    paragraphs = pd.concat([texts.drop(columns="words"), dull], ignore_index=True)
    german = pd.DataFrame([("e98", "e98-0000", "Das Amt.")], columns=["doc_id", "paragraph_id", "text"])
    paragraphs = pd.concat([paragraphs, german], ignore_index=True)
    pages = pd.concat([pages, pd.DataFrame({"doc_id": ["e98", "e99"], "page": "p", "title": None})], ignore_index=True)
    pages = pages.drop_duplicates("doc_id").assign(
        language=lambda table: table["doc_id"].eq("e98").map({True: "de", False: "en"})
    )
    room = SimpleNamespace(paragraphs=paragraphs, pages=pages, seed=1, kept={}, folder=tmp_path, record={})
    framed = frame_essays(room, NAME, placebos=0)
    assert set(room.kept) == {"grammar"}
    assert framed.table()["title"].tolist()[-1] == "p"  # an essay without a title is called by its page
    assert framed.framing.essays["grammar"].isna().tolist() == [False] * 12 + [True]
    assert framed.evidence("Essay e00", "grammar")["pole"].tolist()[0] == "doing to"
    assert "no random axes were tried" in framed.say().text
    assert "Essays in other languages are left out: 1." in framed.say().text
    assert "do not occur" in framed.say().text


def test_the_paragraph_ranks_only_where_the_instruments_agree(framing):
    """Numbers in words, the ends only where they may be quoted."""
    told = framing.essays.assign(
        title=framing.essays["doc_id"], low="doing to", high="doing with", agree=True, verdict="Yes."
    )
    tables = {"framing": told, "framing_placebo": framing.placebo, "framing_agreement": framing.agreement}
    assert re.search(r"“e0[0-3]” lies nearest to “doing to” \(−", READINGS["framing"](tables))
    assert "Of 4 random axes of equally frequent words 0 set the essays as far apart" in READINGS["framing"](tables)
    assert "nearest" not in READINGS["framing"]({**tables, "framing": told.assign(agree=False, score=np.nan)})
    assert READINGS["framing"]({}) == "No framing axis was measured for this corpus."


def test_an_axis_that_is_none_is_a_sentence():
    """A slip in the argument is answered by what it may be."""
    for wrong in (None, 5):
        with pytest.raises(TopicError, match=r"An axis is a name, the path of a TOML file or an Axis; found"):
            find_axis(wrong)


def test_word2vec_is_one_word_away(texts):
    """Whoever wants gensim's vectors says so, and the settings hold which were used."""
    made = {way: measure_framing(texts, NAME, seed=1, placebos=0, vectors=way) for way in (None, "ppmi", "word2vec")}
    assert [one.settings["vectors"]["method"] for one in made.values()] == ["ppmi", "ppmi", "word2vec"]
    pd.testing.assert_frame_equal(made[None].essays, made["ppmi"].essays)
    assert not made["word2vec"].essays["semantic"].equals(made["ppmi"].essays["semantic"])


def test_a_placebo_that_cannot_be_told_is_not_beaten():
    """Nineteen random axes are needed; those without an agreement are not among them."""
    table = pd.DataFrame({"of": ["a, b", "all three"], "value": 0.8, "low": 0.5, "essays": 20})
    axes = pd.DataFrame({"axis": range(21), "agreement": [0.8, *[0.1] * 10, *[np.nan] * 10]})
    told, agree = essays.judge(table, axes)
    assert not agree
    assert "10 random axes were tried, and 19 are needed" in told["verdict"].iloc[-1]


def test_random_axes_without_seeds_are_dropped_and_counted(texts, monkeypatch):
    """They are neither measured nor beaten, and the notes say how many."""
    monkeypatch.setattr(placebo, "LEAST_KNOWN", 10**6)
    found = measure_framing(texts, NAME, seed=1, placebos=2)
    assert len(found.placebo) == 1
    assert any("2 of 2" in note for note in found.notes)


def test_one_axis_of_several_is_asked_for_by_name(tmp_path):
    """A study passes the name on; without it the names are offered, and another language is refused."""
    table = (
        '["{0}"]\naudience = ["reader"]\nlanguage = "de"\n["{0}".low]\nname = "l"\nwords = ["a", "b"]\n'
        '["{0}".high]\nname = "h"\nwords = ["c", "d"]\n'
    )
    path = tmp_path / "two.toml"
    path.write_text(table.format("one") + table.format("two"))
    with pytest.raises(TopicError, match=r"holds 2 axes; name one of: one, two"):
        frame_essays(SimpleNamespace(), path)
    with pytest.raises(TopicError, match=r"'two' is in the language 'de'.*English only"):
        frame_essays(SimpleNamespace(), path, name="two")
