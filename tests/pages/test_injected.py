"""Spam paragraphs inside essays: found whatever they sell, and never where the trade is the essay's own subject."""

import json
import random
import re
import tomllib
from pathlib import Path

import pytest

from analysis.pages.html import HTML
from analysis.pages.injected import cut_hidden, injected_lines

ESSAY = [
    "The bell ringers of our parish kept a book in which every peal was entered by the captain of the tower.",
    "I read the book through last winter, and the peal entries stop in the year when the tower was closed.",
    "The captain had written the last entry in pencil, as if he thought the tower would be opened by Easter.",
    "No ringers came back, and the book of the parish was given to the library with the bell ropes.",
    "A parish without a peal is quieter than a parish without a captain, and the tower stands closed still.",
]
ADVERTS = {
    "medicine": "People who have trouble with sleep often ask where to obtain Somnavex without prescription. The "
    "capsule is swallowed with water, yet nausea and headache may follow, so always consult your doctor about the "
    "dose when the liver is ill. Order it online with discreet shipping and a discount for the second box.",
    "garbled medicine": "Much persons are searching the remedy against pain of stomach, and the pharmacy of internet "
    "offer it cheap. Never to take two dose in the same day. If you is pregnant the physician must be question. The "
    "tablet is safe for health and delivery are quick.",
    "gambling": "If you want a bonus on your first deposit, visit the casino online tonight. Roulette, blackjack and "
    "slots are open all day, the odds are good, and a trusted company will always guarantee that your jackpot is paid.",
    "loans": "Do you need cash before payday? Our lenders offer loans online with low interest rates, safe and "
    "legal, even when your credit is poor. You can repay the debt in parts, and no mortgage is asked from customers.",
    "essay mill": "Students without time can order essays online from a reliable company. You must only send your "
    "assignment, and a writer will deliver the dissertation, term paper or coursework, without plagiarism, at a "
    "price that is cheap, with a discount for the second thesis.",
    "replicas": "You may buy replica handbags and watches at wholesale prices in our outlet. Every designer brand is "
    "in the store, the leather looks authentic, and shipping is free for customers who order before your holiday.",
}


@pytest.mark.parametrize("advert", ADVERTS.values(), ids=ADVERTS)
@pytest.mark.parametrize("place", [0, 2, 5])
def test_adverts_of_every_trade_are_found_wherever_they_stand(advert, place):
    """By trade, selling and advice together, off the essay's subject; names of goods play no part."""
    assert injected_lines([*ESSAY[:place], advert, *ESSAY[place:]]) == (place,)


def test_a_paragraph_with_an_advert_inside_stays():
    """The essay's own sentences are not thrown away with it."""
    own = "The library keeps the ropes in a glass case beside the pencil. Nobody has rung a bell there since the flood."
    for advert in (ADVERTS["loans"], ADVERTS["gambling"], ADVERTS["replicas"]):
        first, second = own.split(". ", 1)
        assert injected_lines([*ESSAY, f"{first}. {advert} {second}"]) == ()


def test_two_adverts_are_found_together():
    """One advert is no company that would excuse the other."""
    lines = [ESSAY[0], ADVERTS["medicine"], *ESSAY[1:4], ADVERTS["garbled medicine"], ESSAY[4]]
    assert injected_lines(lines) == (1, 5)


def test_an_essay_on_the_trade_keeps_its_paragraphs():
    """What the rest of the essay speaks of too is its subject, however much it reads like an advert."""
    about = [
        "I bought tablets online to see how an internet pharmacy works, and which doctor would sign the prescription.",
        "The pharmacy asked no doctor; the dose on the capsule box was wrong, and shipping from the store was slow.",
        "People with pain obtain the remedy there since their physician will not prescribe it without a visit.",
        "People obtain tablets online without prescription where an internet pharmacy offers shipping and a discount.",
    ]
    assert injected_lines(about) == ()


def test_a_doctor_in_a_story_is_no_advert():
    """A trade's words alone, without selling and advice, are a story's own."""
    story = (
        "My father was a doctor and kept his pills, tablets and capsules in a cupboard over the stove, where the dose "
        "of every medicine was written on a card, and patients with pain in the stomach or the heart were sent in."
    )
    assert injected_lines([*ESSAY, story]) == ()


def test_little_text_is_left_alone():
    """With three paragraphs or fewer nothing is off the subject; an empty essay has no spam."""
    assert injected_lines([]) == ()
    assert injected_lines([*ESSAY[:2], ADVERTS["loans"]]) == ()
    assert injected_lines(list(ADVERTS.values())) == ()


def test_planted_spam_of_the_sample_corpus_is_found():
    """Every spam paragraph planted in our own corpus is found among its essay, and nothing else is."""
    truth = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "truth.jsonl"
    for row in map(json.loads, truth.read_text(encoding="utf-8").splitlines()):
        lines = list(row["essay"])
        spam = sorted(row["injected_spam"], key=lambda planted: planted["before_paragraph"])
        for planted in reversed(spam):
            lines.insert(planted["before_paragraph"], planted["text"])
        assert [lines[i] for i in injected_lines(lines)] == [planted["text"] for planted in spam]


LANGUAGES = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks" / "injected_spam.toml").read_text(encoding="utf-8")
)


def filled(text):
    """The template with each slot filled by a variant drawn with a seed."""
    rng = random.Random(len(text))
    return re.sub(r"\{([^{}]*)\}", lambda slot: rng.choice(slot[1].split("|")), text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_adverts_are_found_in_an_essay_of_their_language(language):
    """Loans, casinos, essays to order, watches, ranks, pills, acquaintances, removals: with a link and without."""
    essay = LANGUAGES[language]["essay"]
    for number, text in enumerate(LANGUAGES[language]["spam"]):
        place = number % (len(essay) + 1)
        for advert in (filled(text), f"{filled(text)} http://www.example.org/x"):
            assert injected_lines([*essay[:place], advert, *essay[place:]]) == (place,), advert


@pytest.mark.parametrize("language", LANGUAGES)
def test_adverts_are_found_in_an_essay_of_another_language(language):
    """A hidden advert seldom speaks the essay's language."""
    for text in LANGUAGES[language]["spam"]:
        assert injected_lines([*ESSAY, filled(text)]) == (len(ESSAY),), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_honest_asides_stay_in_the_essay(language):
    """A book tip, a recipe, a doctor's advice, an advert for the author's own talk or society's book are no spam."""
    essay = LANGUAGES[language]["essay"]
    assert injected_lines(essay) == ()
    for text in LANGUAGES[language]["honest"]:
        assert injected_lines([*essay[:3], text, *essay[3:]]) == (), text
        assert injected_lines([*ESSAY, text]) == (), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_adverts_of_trades_that_are_not_listed_are_found(language):
    """A firm that speaks to its customer gives itself away; recall is a third and more, so this is a floor."""
    essay, unseen = LANGUAGES[language]["essay"], LANGUAGES[language]["unseen"]
    assert sum(injected_lines([*essay, text]) == (len(essay),) for text in unseen) * 3 >= len(unseen)


STYLES = [
    "display:none",
    "position:absolute; left:-5000px",
    "font-size:0px",
    "VISIBILITY: hidden",
    "text-indent:-9999px",
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("tag", ["span", "div"])
def test_a_short_advert_that_the_page_hides_is_cut_out(style, tag):
    """Hidden text is a strong cue: a handful of words is enough, and the paragraph around it stays."""
    advert = f'<{tag} style="{style}">cheap <a href="http://x.example/">payday loans</a> online</{tag}>'
    body = "".join(f"<p>{line}</p>" for line in ESSAY[:3]) + f"<p>{ESSAY[3]} {advert}</p><p>{ESSAY[4]}</p>"
    saved = f'<html><body><div class="entry-content">{body}</div></body></html>'
    [page] = HTML.read(saved.encode(), page="a", path="a.html")
    assert page.injected_spam == ("cheap payday loans online",)
    assert page.essay.split("\n") == ESSAY


def test_a_hidden_note_stays_in_the_essay():
    """A note that opens on a click is hidden and honest; so is an advert of the essay's own subject."""
    note = "The captain's last entry in full: tower closed, ropes sold, ringers thanked."
    assert cut_hidden([*ESSAY, note], [note]) == ([*ESSAY, note], [])
    sale = "bell ropes of the parish tower: online sale, price by auction at the library"
    assert cut_hidden([*ESSAY, sale], [sale]) == ([*ESSAY, sale], [])
    assert cut_hidden(ESSAY, ["cheap payday loans online"]) == (ESSAY, [])


BBC = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "topics" / "bbc-articles.jsonl"


@pytest.mark.skipif(not BBC.is_file(), reason="../shared/benchmarks/topics is not here")
def test_news_articles_hold_no_injected_spam():
    """No false alarm on news, health and business among it."""
    with BBC.open(encoding="utf-8") as rows:
        assert not any(injected_lines(json.loads(row)["paragraphs"]) for row in rows)
