"""Each feature says what its name says."""

import math

import numpy as np
import pytest

from analysis.stance.features import Resources, describe_comment
from analysis.stance.grams import choose_grams, grams_of
from analysis.stance.lexicon import load_lexicon
from analysis.stance.pieces import choose_pieces
from analysis.stance.relevance import Background, content_stems, describe_relevance, divergence, prepare_essay, stem
from analysis.stance.signer import describe_signer, read_address
from analysis.text import words

COMMON = frozenset({"garden", "shed", "cheap", "water", "lamp", "harbour", "light", "wood", "table", "story"})
BACKGROUND = Background(100, {"water": 40, "garden": 10, "time": 90})
RESOURCES = Resources(load_lexicon(), BACKGROUND, COMMON)
ESSAY = prepare_essay(
    "Watering the garden", "Every gardener waters the beds on Saturday and writes the hours in the book by the shed."
)


@pytest.mark.parametrize(
    ("url", "host", "label", "path"),
    [
        ("http://www.shed-lamps.example/", "shed-lamps.example", "shed-lamps", ""),
        ("shed.co.example/a?b=1", "shed.co.example", "shed", "a?b=1"),
        ("http://anna.blogspot.com", "anna.blogspot.com", "blogspot", ""),
        ("http://", "", "", ""),
        ("mailto@nobody", "", "", ""),
        ("http://[broken", "", "", ""),
        (None, "", "", ""),
    ],
)
def test_addresses_are_taken_apart(url, host, label, path):
    """A broken address gives an empty one, never an error."""
    address = read_address(url)
    assert (address.host, address.label, address.path) == (host, label, path)


@pytest.mark.parametrize(
    ("name", "url", "feature"),
    [
        ("Garden Shed Shop", None, "name has a trade word"),
        ("garden shed cheap", None, "name is several common words"),
        ("viagra online", None, "name of a hard trade"),
        ("shedlamps.com", None, "name is an address"),
        ("Martha Quillfeather", None, "name looks like a person's"),
        ("Martha Quillfeather", "http://quillfeather.example", "person's name in the link"),
        ("Harbour", "http://harbourlight.example", "link made of common words"),
        ("x", "http://someone.wordpress.com", "link is a blog or profile"),
        ("x", "http://biology.northshore.edu/people", "link ending of schools, states, societies"),
        ("x", "http://cheap-casino.example/play", "link of a hard trade"),
        ("", None, "no name"),
        ("woodtable", None, "name is several words glued"),
    ],
)
def test_signatures_are_described(name, url, feature):
    """Person, trade, search phrase, profile or shop: each sign is seen."""
    assert describe_signer(name, url, RESOURCES.lexicon, COMMON)[feature] > 0


@pytest.mark.parametrize(
    "name",
    [
        "David Carpenter", "Kwame Boakye-Dankwa", "Min Seo", "Seo-yeon Baekdam", "Nguyễn Thị Loan", "Layla al-Haddawi",
        "Rhys ap Gwilliam", "लक्ष्मी राघवेंद्री", "عمر الحدّاوي", "宮下谷 遥", "Blessing Okonjira", "Ana María de la Cruz",
        "欧阳秀莹", "Kwame",
    ],
)  # fmt: skip
def test_a_person_is_a_person_whatever_the_origin_of_the_name(name):
    """All features of a person's name are the same over origins and scripts, also where a part is a trade's word."""
    plain = describe_signer("Martha Quillfeather", None, RESOURCES.lexicon, COMMON)
    assert describe_signer(name, None, RESOURCES.lexicon, COMMON) == plain


@pytest.mark.parametrize("name", ["SEO", "seo services", "Cheap Loan", "Harbour Light Hire"])
def test_a_trade_that_is_also_a_name_is_a_trade_beside_other_words_of_trade(name):
    """The list of names that are trades too does not hide the trade."""
    assert not describe_signer(name, None, RESOURCES.lexicon, COMMON)["name looks like a person's"]
    assert describe_signer(name, None, RESOURCES.lexicon, COMMON)["name has a trade word"]


def test_relevance_sees_what_is_taken_up_and_what_is_new():
    """Shared stems, new words and copied runs are counted on a hand-worked example."""
    features = describe_relevance(words("Gardeners who water roses on Saturday"), ESSAY, BACKGROUND)
    assert features["content words from the essay"] == pytest.approx(math.log1p(3))  # gardener, water, saturday
    assert features["content words not in the essay"] == pytest.approx(math.log1p(1))  # rose
    assert features["names nothing in the essay"] == 0
    copied = describe_relevance(words("every gardener waters the beds"), ESSAY, BACKGROUND)
    assert copied["share copied from the essay"] == 1


def test_without_an_essay_relevance_is_not_a_number():
    """Nothing is compared with nothing; the model puts its mean in."""
    features = describe_relevance(["water"], prepare_essay(None, None), BACKGROUND)
    assert features["no essay"] == 1
    assert math.isnan(features["share of content in the essay"])


def test_divergence_is_larger_for_another_subject():
    """Words of the essay lie nearer to it than words of a shop."""
    near = divergence(content_stems(words("gardeners water the beds")), ESSAY, BACKGROUND)
    far = divergence(content_stems(words("discount mortgage quotes online")), ESSAY, BACKGROUND)
    assert near < far


@pytest.mark.parametrize("word", ["bus", "this", "is", "as", "glass", "a"])
def test_stems_leave_short_and_odd_words_alone(word):
    """What is no plural stays as it is."""
    assert stem(word) == word


def test_kind_sentences_are_set_aside():
    """What is left after thanks and praise is what a comment adds."""
    only = describe_comment({"text": "Thank you! What a lovely post."}, ESSAY, RESOURCES).features
    more = describe_comment(
        {"text": "Thank you! Roses drown when the clay is wet in March."}, ESSAY, RESOURCES
    ).features
    assert only["only kind sentences"] == 1
    assert only["content outside kind sentences"] == 0
    assert more["only kind sentences"] == 0
    assert more["content outside kind sentences"] > 1


def test_links_in_the_text_are_described():
    """A link to the signer's own shop at the end of the text is seen as such."""
    row = {"text": "See http://lamps.example/buy", "author_url": "http://lamps.example"}
    features = describe_comment(row, ESSAY, RESOURCES).features
    assert features["links to own address"] == features["ends in a link"] == 1


def test_hidden_characters_are_noticed():
    """A zero-width blank inside a word is invisible to readers and a sign of spam."""
    assert describe_comment({"text": "cas\u200bino"}, ESSAY, RESOURCES).features["hidden characters"] == 1
    assert describe_comment({"text": "casino, café"}, ESSAY, RESOURCES).features["hidden characters"] == 0


def test_pieces_of_one_blog_and_of_names_are_not_learned():
    """Only pieces from several blogs stay, and none that is a word which signs comments."""
    texts, blogs = ["well said ott", "well said ott", "only"], ["a", "b", "b"]
    pieces = choose_pieces(texts, blogs, min_blogs=2, leave_out=frozenset({"ott"}))
    assert "well" in pieces.pieces
    assert not {"ott", " ott", "ott ", "only"} & set(pieces.pieces)
    matrix = pieces.matrix(["well well said", "", "zzz"]).toarray()
    assert np.linalg.norm(matrix, axis=1) == pytest.approx([1, 0, 0])
    assert matrix[0, pieces.pieces.index("well")] > matrix[0, pieces.pieces.index("said")]


def test_runs_of_one_blog_and_of_names_are_not_learned():
    """Only runs from several blogs stay, and none with a word that signs comments."""
    comments = [["well", "said", "ottoline"], ["well", "said", "ottoline"], ["only", "here"]]
    grams = choose_grams(comments, ["a", "b", "b"], min_blogs=2, scale=1.0, leave_out=frozenset({"ottoline"}))
    assert "well said" in grams.runs
    assert not any("ottoline" in run or "here" in run for run in grams.runs)
    assert grams.matrix([["well", "said"], []]).shape == (2, len(grams.runs))


def test_an_empty_comment_has_no_runs_but_its_edges():
    """Nothing said gives nothing but the empty run."""
    assert grams_of([]) == {"^ $"}
