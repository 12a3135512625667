"""Intrusion sheets: the planted intruder is odd, survives a spreadsheet, and is scored as Chang et al. did."""

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.reading import corpus_files
from analysis.sentences import READINGS
from analysis.topic_stats.intrusion import draw_topic_intrusion, draw_word_intrusion, model_digest
from analysis.topic_stats.intrusion_files import Answer, find_key, read_answers, read_key, write_sheet
from analysis.topic_stats.intrusion_score import by_guessing, score_answers, score_sheets, sheets_in

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from made_topics import THEMES, made_documents, made_model, made_paragraphs, made_topic_words

MODEL, (DOCUMENTS, _) = made_model(), made_documents()
WORDS = draw_word_intrusion(MODEL, seed=3)
TOPICS = draw_topic_intrusion(MODEL, DOCUMENTS, made_paragraphs(), seed=3)


def fill(path, sheet, name, *, wrong=0, empty=0, coder=""):
    """Copy a sheet, answer it rightly but for the first ``wrong`` rows, and leave the last ``empty`` rows empty."""
    write_sheet(sheet, path)
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    head, rows = lines[1], lines[2:]
    at = {item.item: item for item in sheet.items}
    for n, row in enumerate(rows):
        item = at[row[0]]
        place = item.intruder if n >= wrong else item.intruder % len(item.choices) + 1
        answer = item.choices[place - 1] if sheet.kind == "word" else str(place)
        row[head.index("intruder")] = "" if n >= len(rows) - empty else answer
        row[head.index("coder")] = coder
    copy = path.with_name(name)
    with copy.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([lines[0], head, *rows])
    return copy


def change(path, old, new, times=1):
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def test_an_intruder_heads_another_topic_and_is_unlikely_in_this_one():
    """Odd for its sense, not for being rare."""
    assert sorted(item.topic for item in WORDS.items) == [1, 2, 3, 4, 5]
    for item in WORDS.items:
        word = item.choices[item.intruder - 1]
        own, other = MODEL.words[item.topic - 1], MODEL.words[item.of[item.intruder - 1] - 1]
        assert word in other[:10]
        assert word not in own
        assert set(item.choices) - {word} == set(own[:5])
        assert item.shares[item.intruder - 1] == min(item.shares)
    assert len({item.choices[item.intruder - 1] for item in WORDS.items}) == 5


def test_places_and_questions_are_shuffled_by_the_seed_alone():
    """The same seed gives the same sheet; the intruder does not always stand in one place."""
    assert draw_word_intrusion(MODEL, seed=3) == WORDS
    assert draw_word_intrusion(MODEL, seed=4).name != WORDS.name
    places = [item.intruder for seed in range(9) for item in draw_word_intrusion(MODEL, seed=seed).items]
    assert set(places) == {1, 2, 3, 4, 5, 6}


def test_an_intruding_topic_is_faint_in_what_is_read():
    """The three others are the passage's strongest, and the shares are the passage's own."""
    assert len(TOPICS.items) == 10
    assert len({item.title for item in TOPICS.items}) == 10
    for item in TOPICS.items:
        shares = dict(zip(item.of, item.shares, strict=True))
        intruder = shares.pop(item.of[item.intruder - 1])
        assert intruder <= min(shares.values()) / 2 + 1e-6
        assert item.of[int(np.argmax(item.shares))] == item.topic
        assert THEMES[list(THEMES)[item.topic - 1]][0] in item.text


def test_topics_take_turns():
    """Five passages ask about five topics, not about the topic that leads most essays."""
    few = draw_topic_intrusion(MODEL, DOCUMENTS, made_paragraphs(), seed=3, number=5)
    assert sorted(item.topic for item in few.items) == [1, 2, 3, 4, 5]
    assert few.left_out == 0


def test_what_cannot_be_asked_is_a_sentence():
    """Too few topics, no passage with three topics, no other topic, other documents."""
    three = ("bees", "rail", "press")
    with pytest.raises(TopicError, match="at least 4 topics, and there are 3"):
        draw_topic_intrusion(made_model(three), made_documents(three)[0], made_paragraphs(three), seed=1)
    even = made_model(pure=0.2)
    object.__setattr__(even, "mixtures", np.full(even.mixtures.shape, 0.2))
    with pytest.raises(TopicError, match="three topics stand out"):
        draw_topic_intrusion(even, DOCUMENTS, made_paragraphs(), seed=1)
    with pytest.raises(TopicError, match="No word-intrusion sheet"):
        draw_word_intrusion(made_model(("bees",)), seed=1)
    with pytest.raises(TopicError, match="20 documents"):
        draw_topic_intrusion(MODEL, DOCUMENTS[:2], made_paragraphs(), seed=1)
    with pytest.raises(TopicError, match="0 passages"):
        draw_topic_intrusion(MODEL, DOCUMENTS, made_paragraphs(), seed=1, number=0)


@pytest.mark.parametrize("sheet", [WORDS, TOPICS], ids=["word", "topic"])
def test_a_sheet_comes_back_as_it_was_filled_in(tmp_path, sheet):
    """Right but for one row: the score says so, and what chance would give."""
    filled = fill(tmp_path / f"{sheet.kind}-intrusion.csv", sheet, "anna.csv", wrong=1, empty=2)
    every = score_sheets([filled], model=model_digest(MODEL)).iloc[0]
    n = len(sheet.items) - 2
    assert (every["right"], every["n"], every["unfilled"]) == (n - 1, n, 2)
    assert every["chance"] == pytest.approx(1 / 6 if sheet is WORDS else 1 / 4)
    assert every["low"] < every["share"] < every["high"] <= 1
    assert np.isnan(every["agreement"])
    assert np.isnan(every["log_odds"]) == (sheet is WORDS)


def test_the_sheet_does_not_tell_the_answers(tmp_path):
    """The key lies in a folder of its own; neither file to fill in nor page to print knows the intruder."""
    said = write_sheet(WORDS, tmp_path / "word-intrusion.csv")
    assert "asks 5 questions" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys", "word-intrusion.csv", "word-intrusion.html"]
    assert read_key(find_key(tmp_path / "word-intrusion.csv")).items == WORDS.items
    first = (tmp_path / "word-intrusion.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert f"sheet {WORDS.name}, model {WORDS.model}, seed 3" in first
    assert all(a.place is None for a in read_answers(tmp_path / "word-intrusion.csv", WORDS))


def test_a_page_to_print_is_harmless(tmp_path):
    """Titles and texts of the corpus are shown, not run."""
    write_sheet(TOPICS, tmp_path / "t.csv")
    html = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "<0>" not in html
    assert "Essay &lt;0&gt;" in html
    assert html.count("☐") == 40


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_spreadsheet_does_to_a_file_does_no_harm(tmp_path, delimiter):
    """A mark at the start, other separators and line ends, columns and rows in another order, blanks, the head lost."""
    filled = fill(tmp_path / "t.csv", TOPICS, "ben.csv", wrong=3)
    expected = score_sheets([filled])
    head, *rows = list(csv.reader(io.StringIO(filled.read_text(encoding="utf-8"), newline="")))[1:]
    order = [head.index(name) for name in sorted(head, reverse=True)]
    moved = [[row[n] for n in order] + ["", ""] for row in [head, *rows[::-1]]]
    moved[0][head.index("item")] = moved[0][head.index("item")].upper()
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows([*moved, [""] * 12])
    filled.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    assert score_sheets([filled]).equals(expected)


@pytest.mark.parametrize("answer", ["{place}", "{word}", " {WORD} ", "{place}.0", "{place},0", "“{word}”"])
def test_an_answer_may_be_the_word_or_its_number(tmp_path, answer):
    """People write what is quickest, and spreadsheets make decimals of numbers."""
    filled = fill(tmp_path / "w.csv", WORDS, "anna.csv", wrong=0, empty=5)
    item = WORDS.items[0]
    word = item.choices[item.intruder - 1]
    said = answer.format(place=item.intruder, word=word, WORD=word.upper())
    change(filled, f"{','.join(item.choices)},,", f'{",".join(item.choices)},"{said}",')
    assert read_answers(filled, WORDS)[0] == Answer(item.item, "anna", item.intruder)


def test_a_choice_that_a_spreadsheet_took_for_a_truth_value_is_the_same_choice(tmp_path):
    """The word "true" comes back as TRUE; another word is still refused."""
    first, *others = WORDS.items
    choices = ("true", *first.choices[1:])
    sheet = replace(WORDS, items=(replace(first, choices=choices), *others))
    filled = fill(tmp_path / "w.csv", sheet, "anna.csv", wrong=0, empty=0)
    change(filled, f"{first.item},true,", f"{first.item},TRUE,")
    assert read_answers(filled, sheet)[0] == Answer(first.item, "anna", first.intruder)
    change(filled, f"{first.item},TRUE,", f"{first.item},FALSE,")
    with pytest.raises(TopicError, match="was changed"):
        read_answers(filled, sheet)


@pytest.mark.parametrize("taken", ["", "keys", "w.html"], ids=["its folder", "folder of keys", "page to print"])
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path, taken):
    """A file where a folder is wanted, or a folder where a file is."""
    place = tmp_path / "sheets"
    if taken == "w.html":
        (place / taken).mkdir(parents=True)
    else:
        (place / taken).parent.mkdir(exist_ok=True)
        (place / taken).write_text("in the way", encoding="utf-8")
    with pytest.raises(TopicError, match=r"w\.csv cannot be written \(.+\); choose another place"):
        write_sheet(WORDS, place / "w.csv")


def test_what_went_wrong_with_a_sheet_is_a_sentence(tmp_path):
    """The row is named, and what to do."""
    path, item = tmp_path / "w.csv", WORDS.items[0]

    def refused(said, *changes):
        filled = fill(path, WORDS, "anna.csv")
        for old, new in changes:
            change(filled, old, new)
        with pytest.raises(TopicError, match=said):
            score_sheets([filled], model=model_digest(MODEL))

    right = item.choices[item.intruder - 1]
    refused("answers 'teapot', which is none of", (f",{right},\n", ",teapot,\n"))
    refused("Row 3 of anna.csv was changed", (item.choices[0], "teapot"))
    refused("no intrusion sheet as it was written: row 3 has the item 'x'", (item.item, "x"))
    refused("no question of sheet", (item.item, f"{WORDS.name}-77"))
    refused("mixes 2 sheets", (item.item, "t0123456789-01"))
    refused("no line of it names", ("item,", "number,"))
    refused("column word_1 twice", ("word_2", "word_1"))
    with pytest.raises(TopicError, match="about another model"):
        score_sheets([fill(path, WORDS, "anna.csv")], model="0" * 12)
    find_key(path).unlink()
    with pytest.raises(TopicError, match=f"key to w.csv .sheet {WORDS.name}. is not in the folder keys"):
        score_sheets([path])
    (tmp_path / "noise.csv").write_bytes(b"\xff\xfea\x00")
    with pytest.raises(TopicError, match="CSV UTF-8"):
        score_sheets([tmp_path / "noise.csv"])
    with pytest.raises(TopicError, match="There is no intrusion sheet"):
        sheets_in(tmp_path / "nowhere")
    with pytest.raises(TopicError, match=r"ends in \.csv"):
        write_sheet(WORDS, tmp_path / "w.xlsx")


def test_answers_are_never_written_over(tmp_path):
    """A second call leaves the same sheet alone, and refuses to lose answers to another."""
    path = tmp_path / "w.csv"
    fill(path, WORDS, "w.csv")
    before = path.read_bytes()
    assert "left as it is" in write_sheet(WORDS, path)
    assert path.read_bytes() == before
    with pytest.raises(TopicError, match="holds answers to another sheet"):
        write_sheet(draw_word_intrusion(MODEL, seed=8), path)
    fresh = tmp_path / "fresh.csv"
    write_sheet(WORDS, fresh)
    write_sheet(draw_word_intrusion(MODEL, seed=8), fresh)
    assert WORDS.name not in fresh.read_text(encoding="utf-8-sig")


def test_coders_are_told_apart_and_compared(tmp_path):
    """By file, or by the names they wrote; an unanswered master copy is nobody."""
    path = tmp_path / "word-intrusion.csv"
    files = [fill(path, WORDS, "anna.csv"), fill(path, WORDS, "b.csv", wrong=2, coder="ben"), path]
    table = score_sheets(files)
    coders = table[table["of"] == "coder"].set_index("name")
    assert coders["right"].to_dict() == {"anna": 5, "ben": 3}
    every = table.iloc[0]
    assert (every["coders"], every["right"], every["n"], every["unfilled"]) == (2, 8, 10, 0)
    assert every["agreement"] == pytest.approx(3 / 5)
    assert every["beyond_chance"] == pytest.approx((3 / 5 - 1 / 6) / (5 / 6))
    assert (table[table["of"] == "topic"]["n"] == 2).all()


def test_one_coder_cannot_answer_twice():
    """Two files by one hand that differ cannot both be right."""
    item = WORDS.items[0]
    twice = [Answer(item.item, "anna", 1), Answer(item.item, "anna", 2)]
    with pytest.raises(TopicError, match=r"anna answered .* twice"):
        score_answers(twice, [WORDS])
    same = [Answer(item.item, "anna", 1), Answer(item.item, "anna", None), Answer(item.item, "anna", 1)]
    assert score_answers(same, [WORDS]).iloc[0]["n"] == 1


def test_readers_who_agree_are_no_more_evidence_than_one():
    """Five readers who all miss the same two of ten questions know as much as one."""
    one = [
        Answer(item.item, "a", item.intruder if n > 1 else item.intruder % 4 + 1) for n, item in enumerate(TOPICS.items)
    ]
    five = [Answer(a.item, coder, a.place) for coder in "abcde" for a in one]
    single, many = score_answers(one, [TOPICS]).iloc[0], score_answers(five, [TOPICS]).iloc[0]
    assert many["n"] == 50
    assert many["high"] - many["low"] == pytest.approx(single["high"] - single["low"], rel=0.05)


def test_log_odds_are_those_of_the_paper():
    """ln share of the intruder less ln share of the choice; 0 for a right answer."""
    item = TOPICS.items[0]
    right = [Answer(item.item, "a", item.intruder)]
    assert score_answers(right, [TOPICS]).iloc[0]["log_odds"] == 0
    strongest = int(np.argmax(item.shares)) + 1
    odds = score_answers([Answer(item.item, "a", strongest)], [TOPICS]).iloc[0]["log_odds"]
    assert odds == pytest.approx(np.log(item.shares[item.intruder - 1] / max(item.shares)))


def test_a_right_answer_alone_is_no_proof():
    """One in six guesses is right, and the table says so."""
    assert by_guessing(1, 1, 1 / 6) == pytest.approx(1 / 6)
    assert np.isnan(by_guessing(0, 0, 1 / 6))


def test_the_sentences_say_what_the_table_says(tmp_path):
    """Over all, topic by topic, beside chance; and that nothing is known without a sheet."""
    path = tmp_path / "w.csv"
    files = [fill(path, WORDS, "anna.csv", wrong=1), fill(path, WORDS, "ben.csv", wrong=1, empty=1)]
    table = score_sheets(files)
    labels = made_topic_words(MODEL).drop_duplicates("topic").set_index("topic")["label"]
    table = table.assign(
        label=[labels[int(n)] if of == "topic" else "" for of, n in zip(table["of"], table["name"], strict=True)]
    )
    said = READINGS["intrusion"]({"intrusion": table}).replace("\xa0", " ")
    assert "2 readers looked for a word among six that does not belong and found it in 78 % of 9 answers" in said
    assert "guessing gives 17 %" in said
    assert "1 row was left empty" in said
    assert f"topic {WORDS.items[0].topic} ({labels[WORDS.items[0].topic]}; 0 of 2)" in said
    assert "Two readers chose the same in 100 % of the questions" in said
    assert READINGS["intrusion"]({}).startswith("No intrusion sheet")


def test_sheets_are_no_pages(tmp_path):
    """What readers fill in must not become an essay, nor change the corpus's version."""
    (tmp_path / "page.txt").write_text("An essay.", encoding="utf-8")
    before = corpus_files(tmp_path)
    write_sheet(WORDS, tmp_path / "intrusion" / "word-intrusion.csv")
    assert corpus_files(tmp_path) == before
    (tmp_path / "deep" / "intrusion").mkdir(parents=True)
    (tmp_path / "deep" / "intrusion" / "essay.txt").write_text("A page on burglary.", encoding="utf-8")
    assert len(corpus_files(tmp_path)) == 2
