"""How words are made is a setting: phrases beside words, lemmas by a tagger; the record says which."""

import dataclasses

import pandas as pd

from analysis.config import load_config
from analysis.pipeline import _token_record
from analysis.topic_stage import kept_words, make_topics


def paragraphs(essays=14):
    """Half the essays on open data, half on a brass band; the pair always stands together."""
    rows = []
    for essay in range(essays):
        words = ["open", "data", "portal", "table"] if essay % 2 else ["brass", "band", "march", "hall"]
        for number in range(3):
            tokens = [*words, words[number], f"own{essay % 5}"]
            rows.append((f"e{essay:02d}-{number}", f"e{essay:02d}", number, " ".join(tokens), tokens))
    return pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "number", "text", "tokens"])


def test_phrases_join_their_words_where_asked():
    """A pair that always stands together counts as a word too, and its words stay."""
    plain, joined = kept_words(paragraphs()), kept_words(paragraphs(), phrases=True)
    assert not any("_" in word for words in plain for word in words)
    assert {"open", "data", "open_data"} <= set(joined[3])


def test_topics_can_be_named_by_phrases():
    """What the setting asks for reaches the tables."""
    settings = dataclasses.replace(load_config().topics, number=2, resamples=2, phrases=True)
    made = make_topics(paragraphs(), settings, 1)
    assert "open_data" in set(made.words["word"])


def test_the_record_says_how_words_were_made():
    """A figure's passport must not leave a reader to guess the lemmas."""
    config = load_config()
    assert _token_record(config) | {"lemmas": "simplemma", "phrases": False} == _token_record(config)
    tagged = dataclasses.replace(config, topics=dataclasses.replace(config.topics, tagger=True, phrases=True))
    assert _token_record(tagged)["lemmas"] != "simplemma"
    assert _token_record(tagged)["phrases"] is True
