"""The view's numbers are the tables', nothing in it can do harm, and it stands without scripts or a network."""

import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from analysis.errors import TopicError
from analysis.topic_view import map_topics, rank_words
from analysis.topic_view.data import view_data
from analysis.topic_view.words import RELEVANCES, SHOWN, count_words, words_to_hold
from analysis.topics import fit_topics
from analysis.topics.counts import RELEVANCE, score_words

sys.path.insert(0, str(Path(__file__).resolve().parent))
import made_view as made


class Outline(HTMLParser):
    """Tags, and the texts of scripts."""

    def __init__(self):
        super().__init__()
        self.tags, self.scripts, self._inside = [], [], None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = dict(attrs).get("type", "") if tag == "script" else None
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self._inside is not None:
            self.scripts[-1] += data

    def handle_endtag(self, tag):
        self._inside = None


def outline(html):
    """The page, parsed as a browser would."""
    found = Outline()
    found.feed(html)
    return found


@pytest.fixture(scope="module")
def shown():
    """The data that stand in the page."""
    return json.loads(outline(made.make_view()._repr_html_()).scripts[0])


def test_every_number_is_its_tables_to_the_last_digit(shown):
    """What a reader sees here and what a paper cites from a table must not differ."""
    source = made.make_source()
    stability = source.tables["topic_stability"]
    for column in ("stability", "low", "high", "npmi", "essays", "weak", "label", "topic", "why", "exclusivity"):
        told = [topic[column] for topic in shown["topics"]]
        assert told == [None if v != v else v for v in stability[column].tolist()]
    assert [t["prevalence"] for t in shown["topics"]] == source.model.prevalence.round(6).tolist()
    words = source.tables["topic_words"]
    for topic in shown["topics"]:
        own = words[words["topic"] == topic["topic"]]
        assert topic["apart"] == own[["word", "weight"]].to_numpy().tolist()
        mixture = source.tables["topic_mixture"]
        essays = mixture[mixture["topic"] == topic["topic"]].sort_values("share", ascending=False)
        assert topic["essays_most"] == essays[["title", "share"]].to_numpy().tolist()
        years, authors = topic["strips"]
        assert [(r["name"], r["share"], r["low"], r["high"], r["n"]) for r in years["rows"]] == [
            ("2009", 0.25, 0.1, 0.4, 6), ("unknown", 0.25, 0.1, 0.4, 6)
        ]  # fmt: skip
        assert years["trend"] == {"slope": 0.01, "slope_low": -0.02, "slope_high": 0.04, "p_holm": 0.5}
        assert [(r["name"], r["low"], r["apart"], r["n"]) for r in authors["rows"]] == [
            (made.EVIL, None, True, 1), ("Bo", None, False, 2)
        ]  # fmt: skip


def test_probabilities_and_counts_are_the_models(shown):
    """The second reading: what a topic's words are likely to be."""
    model = made.make_model()
    assert [word for word, *_ in shown["words"]] == list(made.VOCABULARY)
    assert [count for _, count, _ in shown["words"]] == [3, 5, 404, 9, 3, 5]
    assert shown["relevance"]["tokens"] == 429
    for topic in shown["topics"]:
        told = {shown["words"][place][0]: p for place, p in topic["uses"]}
        assert told == dict(zip(model.vocabulary, model.topic_word[topic["topic"] - 1].tolist(), strict=True))
    rope = next(topics for word, _, topics in shown["words"] if word == "rope")
    joint = model.topic_word[:, 3] * model.prevalence
    assert [k for k, *_ in rope] == [3, 2, 1]
    assert rope[0][1] == pytest.approx(joint[2] / joint.sum(), rel=1e-5)


def test_an_engine_for_short_texts_has_no_relevance_of_its_own():
    """It writes "off" where the others have a number, and the script counts with what it is given."""
    fitted = fit_topics(made.DOCUMENTS * 3, number=2, engine="mixture", seed=1)
    source = made.make_source()
    assert isinstance(fitted.settings["relevance"], str)
    data = view_data(replace(source, model=replace(source.model, settings=fitted.settings)))
    assert data["relevance"]["own"] is None
    assert view_data(source)["relevance"]["own"] == 0.7


def test_at_the_packages_own_relevance_the_order_is_the_packages():
    """One rule for words, wherever they are ranked."""
    generator = np.random.default_rng(3)
    topic_word = generator.dirichlet(np.full(60, 0.1), 3)
    counts = generator.poisson(4, (9, 60)).astype(float)
    scores = score_words(topic_word, sparse.csr_matrix(counts))
    for row, score in zip(topic_word, scores, strict=True):
        assert rank_words(row, counts.sum(axis=0), RELEVANCE).tolist() == np.argsort(-score, kind="stable").tolist()
        assert rank_words(row, counts.sum(axis=0), 1.0).tolist() == np.argsort(-row, kind="stable").tolist()


def test_the_view_holds_every_word_that_any_step_of_the_slider_shows():
    """The browser ranks among the words it has; none that it should show may be missing."""
    model = made.make_model()
    counts = count_words(made.DOCUMENTS, model.vocabulary)
    held = words_to_hold(model, counts)
    for row, words in zip(model.topic_word, held, strict=True):
        for value in RELEVANCES:
            assert set(rank_words(row, counts, value)[:SHOWN].tolist()) <= set(words)


def test_texts_of_the_corpus_cannot_become_markup():
    """A title that ends a script, or begins a comment, stays a title."""
    html = made.make_view()._repr_html_()
    found = outline(html)
    assert [tag for tag, _ in found.tags if tag in ("script", "img", "style")] == ["style", "script", "script"]
    assert json.loads(found.scripts[0])["topics"][0]["essays_most"][0][0] == made.EVIL
    assert made.EVIL not in html
    assert "\u2028" not in html


def test_nothing_is_loaded_and_nothing_is_evaluated(tmp_path):
    """A saved page works on a plane, and a policy in it forbids the rest."""
    path = made.make_view().save(tmp_path / "deep" / "view.html")
    html = path.read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert not re.search(r"\beval\b|new Function|innerHTML|fetch\(|XMLHttp|@import|url\(", html)
    assert re.findall(r"https?://[^\s\"'<]+", html) == ["http://www.w3.org/2000/svg"]
    assert [attrs for _, attrs in outline(html).tags if "src" in attrs or "href" in attrs] == []


def test_without_scripts_there_is_a_table():
    """An untrusted notebook shows the topics all the same."""
    view = made.make_view()
    rows = re.findall(r"<tr>(.*?)</tr>", view._repr_html_())
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]
    assert cells[0][:3] == ["topic", "words", "share of the words"]
    assert cells[1] == ["1", "boat, mast", "0.450", "0.812 (0.700 to 0.900)", "0.062", "1"]
    assert cells[2][3:5] == ["0.500", "−0.188"]
    assert cells[3] == ["3 (weak)", "rope, wind", "0.250", "0.200 (0.100 to 0.312)", "?", "0"]
    assert "3 (weak) · rope, wind · 0.250" in str(view)


def test_the_map_keeps_distances_where_two_directions_suffice():
    """Three topics lie in a plane: the map holds their Jensen-Shannon distances exactly."""
    rows = np.array([[1.0, 0, 0], [0, 1, 0], [0.5, 0, 0.5]])
    places, kept = map_topics(rows)
    assert kept == pytest.approx(1)
    assert np.hypot(*(places[0] - places[1])) == pytest.approx(1)
    halfway = 0.75 * np.log2(1 / 0.75) + 0.25 * np.log2(1 / 0.25) - 0.5
    assert np.hypot(*(places[0] - places[2])) == pytest.approx(np.sqrt(halfway))
    same, none = map_topics(np.full((2, 4), 0.25))
    assert same.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(none)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """A sentence, not a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(TopicError, match="cannot be written"):
        made.make_view().save(tmp_path / "file" / "view.html")
