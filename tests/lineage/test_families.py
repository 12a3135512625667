"""Versions and spun families are found, strangers are not, whatever the order."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.lineage import candidate_texts, find_copies, find_lineage, lineage_as_json
from analysis.types import Comment, Page

ESSAY = (
    "The choir put its rehearsal plan on a wall that anybody could write on. In the first week nobody dared. In the "
    "second a tenor crossed out a date and wrote why, and the conductor answered him underneath in pencil.\n"
    "By Christmas the wall held four colours of ink, two quarrels and one proposal for a summer concert that no "
    "committee would have thought of. I counted eleven hands. None of them had asked for permission to join in.\n"
    "What changed was not the plan. It was that people looked at the wall on their way to the kettle, because "
    "somebody might have answered them there."
)
REVISED = ESSAY.replace("In the first week nobody dared. ", "").replace("eleven hands", "fourteen hands")
OTHER = (
    "Our bus company measures how many passengers saw the new poster. It does not measure how many of them took the "
    "earlier bus, which was the whole point of the poster, and the drivers could have told them by lunch time.\n"
    "A number that is easy to collect grows in importance until it is the thing that the quarterly meeting discusses. "
    "The timetable itself was never mentioned again after the second slide."
)
FOOTED = (
    "Seven allotments share a tap and a padlock whose number everyone knows and nobody will say out loud here. "
    "When the tap froze, the cyclist from plot four brought a kettle; that was our first meeting with biscuits.\n"
    "A beekeeper taught eight of us by letting us be stung once each, early, so that it was over and done with. "
    "I have never seen a manual that began in that manner, nor pupils who came back so willingly on a Sunday.\n"
    "Printers used to sign their misprints; a wiki signs them too, with a clock time and a name beside each one. "
    "My grandfather set type for forty years and would have liked the list, though hardly its spelling.\n"
    "The shop answered my letter by closing the window at which letters were handed in, which saved them work. "
    "So I wrote on their own page, where eleven other customers had stood for a month with their receipts."
)
TEMPLATE = (
    "Dear {0} of this page, many homes lose a {1} amount of warmth each winter and the owners never {2} about it. "
    "Our {3} panels can be put up in a single {4} without any noise, and the {5} is paid back before the snow."
)
FILLINGS = (
    ("reader", "large", "hear", "copper", "morning", "price"),
    ("friend", "great", "learn", "golden", "weekend", "cost"),
    ("visitor", "huge", "worry", "silent", "afternoon", "sum"),
)


def page(name, essay, *comments, injected=(), date=None):
    """A page of a test."""
    own = tuple(c if isinstance(c, Comment) else Comment(text=c) for c in comments)
    return Page(page=name, path="", format="test", essay=essay, comments=own, injected_spam=tuple(injected), date=date)


def spam_of(*pages):
    """The spam families as sets of page names."""
    return [sorted(copy["page"] for copy in family) for family in lineage_as_json(pages)["spam_families"]]


def essays_of(*pages):
    """The families of essays."""
    return lineage_as_json(pages)["essay_families"]


def test_a_revised_essay_joins_its_first_version():
    """Two versions would count an author's opinion twice."""
    found = lineage_as_json([page("b", REVISED), page("c", OTHER), page("a", ESSAY)])
    assert found["essay_families"] == [["a", "b"]]
    assert found["representatives"] == ["a"]


def test_an_excerpt_joins_the_whole_and_does_not_stand_for_it():
    """A teaser is a version although its Jaccard with the whole is small; topics need the whole."""
    excerpt = ESSAY[:230]
    pages = pd.DataFrame({"doc_id": ["x", "y"], "essay": [excerpt, ESSAY], "date": ["2009-01-01", None]})
    table = find_lineage(pages, pd.DataFrame(columns=["item", "doc_id", "text"])).essay_families
    assert table["family"].nunique() == 1
    assert table["representative"].tolist() == [False, True]
    assert table["similarity"][0] < 0.5 < table["containment"][0] == 1
    assert table["similarity"][1] == 1


def test_essays_that_share_a_quotation_or_a_footer_stay_apart():
    """A quoted paragraph, or a site's footer under every essay, makes no version."""
    quoting = OTHER + "\n" + ESSAY.split("\n")[1]
    assert essays_of(page("a", ESSAY), page("b", quoting)) == []
    footer = (
        "\nThis site is kept by the friends of the old harbour. Write to the warden if you find a mistake, and ask "
        "before you print anything from it, because the drawings belong to their makers and not to us at all. "
        "The warden answers on Mondays, in the order in which the letters came, and never by telephone."
    )
    assert essays_of(*(page(f"p{i}", text + footer) for i, text in enumerate(FOOTED.split("\n")))) == []


def test_short_essays_stay_alone():
    """Two captions with the same words are no versions of an essay; two empty essays least of all."""
    assert essays_of(page("a", "Happy new year to all of you!"), page("b", "Happy new year to all of you!")) == []
    assert essays_of(page("a", ""), page("b", "", "A comment of somebody.")) == []


def test_spun_copies_are_one_family_wherever_they_stand():
    """Injected or posted as a comment, a spun template is one family."""
    texts = [TEMPLATE.format(*words) for words in FILLINGS]
    found = spam_of(page("a", ESSAY, texts[0]), page("b", OTHER, injected=[texts[1]]), page("c", "", texts[2]))
    assert found == [["a", "b", "c"]]
    assert spam_of(page("a", ESSAY, *texts)) == [["a", "a", "a"]]


def test_short_thanks_are_no_family():
    """Readers thank in the same words without having copied them."""
    thanks = "Great post, thanks so much for sharing this with all of us!"
    assert spam_of(page("a", ESSAY, thanks), page("b", OTHER, thanks)) == []


def test_comments_that_quote_the_essay_or_each_other_are_no_family():
    """Quoting is how readers answer."""
    quote = ESSAY.split("\n")[1]
    first = f"{quote}\nI doubt that. Our own wall was painted over."
    second = f"“{quote}” Quite so, and the kettle did the rest of the work."
    assert spam_of(page("a", ESSAY, first, second), page("b", REVISED, first.upper())) == []
    said = "I have kept the minutes of three clubs and in none of them did the wall matter as much as who had a key."
    assert spam_of(page("a", ESSAY, said, f"{said} You forget the caretaker.", f"> {said}\nWell put, Ann.")) == []


def test_a_comment_carried_along_with_its_page_is_one_comment():
    """A mirrored page doubles its comments; nobody spun them."""
    said = "I have kept the minutes of three clubs and in none of them did the wall matter as much as who had a key."
    assert spam_of(page("a", ESSAY, said), page("b", REVISED, said)) == []
    assert spam_of(page("a", ESSAY, said, said)) == []
    assert spam_of(page("a", ESSAY, said), page("c", OTHER, said)) == [["a", "c"]]


def test_two_readers_who_quote_the_same_third_text_are_no_family():
    """A rhyme or a sentence of another page, with own words around it, is no template."""
    rhyme = "the bridge is broken and the toll is paid, the miller sleeps and the bread unmade"
    mine = f"As the old people had it: {rhyme}, so says my aunt."
    assert spam_of(page("a", ESSAY, mine), page("c", OTHER, f"{rhyme}: I know that one from school, too!")) == []


def test_readers_who_share_a_stock_phrase_or_speak_other_languages_are_no_family():
    """Thanks in the same words before different words, and a translation, which shares no word."""
    thanks = "Thanks for sharing, great post, I shall come back to read more."
    first = f"{thanks} My father crossed the hall every day with a ladder and two tins of paint."
    second = f"{thanks} We tried a wall in our club as well and nobody ever wrote a word on it."
    assert spam_of(page("a", ESSAY, first), page("c", OTHER, second)) == []
    german = (
        "Viele Häuser verlieren jeden Winter Wärme, und die Besitzer hören nie davon; unsere Platten helfen schnell."
    )
    assert spam_of(page("a", ESSAY, TEMPLATE.format(*FILLINGS[0])), page("c", OTHER, german)) == []


def test_a_short_advert_with_a_link_is_a_family_where_it_is_spun_on_two_pages():
    """Seven words are enough beside a link, or injected; without one they may be anybody's."""
    texts = [f"{who} Get cheap payday loans here" for who in ("Nice blog!", "Nice site!", "Nice page!")]
    linked = [f"{text} http://x{i}.example/loans" for i, text in enumerate(texts)]
    assert spam_of(page("a", ESSAY, linked[0]), page("c", OTHER, linked[1])) == [["a", "c"]]
    assert spam_of(page("a", ESSAY, injected=texts[:1]), page("c", OTHER, injected=texts[1:2])) == [["a", "c"]]
    assert spam_of(page("a", ESSAY, texts[0]), page("c", OTHER, texts[1])) == []
    other = "Nice blog! We drew our own plan here http://x.example/plan"
    assert spam_of(page("a", ESSAY, linked[0]), page("c", OTHER, other)) == []


def test_two_spun_families_that_open_alike_stay_apart():
    """The greeting is stock; what follows is one seller's and another's."""
    opening = "Hello {0}, I have read your {1} article and must say that it is very {2}. "
    essays = (
        opening + "If your readers need help with homework, our {3} writers are at hand day and night, and it is free."
    )
    slugs = (
        opening + "My own garden suffers from {3} each spring, and this powder of our shop drives them out for good."
    )
    words = [("admin", "great", "useful"), ("friend", "nice", "helpful"), ("editor", "good", "clear")]
    first = [essays.format(*w, kind) for w, kind in zip(words, ("skilled", "expert", "cheap"), strict=True)]
    second = [slugs.format(*w, kind) for w, kind in zip(words, ("slugs", "snails", "moles"), strict=True)]
    pages = [page(name, essay, a, b) for name, essay, a, b in zip("ac", (ESSAY, OTHER), first, second, strict=False)]
    found = lineage_as_json(pages)["spam_families"]
    assert sorted(sorted(copy["text"] for copy in family) for family in found) == [
        sorted(first[:2]),
        sorted(second[:2]),
    ]


def test_the_authors_replies_and_pingbacks_are_not_searched():
    """A host who repeats the house rules is no spammer."""
    rules = TEMPLATE.format(*FILLINGS[0])
    host = Comment(text=rules, by_essay_author=True)
    ping = Comment(text=rules, kind="pingback")
    assert candidate_texts([page("a", ESSAY, host, ping)]).empty
    assert spam_of(page("a", ESSAY, host), page("b", OTHER, ping)) == []


def test_the_order_of_rows_changes_nothing():
    """The same corpus gives the same families, ids and rows in any order."""
    texts = [TEMPLATE.format(*words) for words in FILLINGS]
    pages = [page("a", ESSAY, texts[0]), page("b", REVISED, texts[1]), page("c", OTHER, injected=[texts[2]])]
    table = pd.DataFrame([{"doc_id": p.doc_id, "essay": p.essay, "date": p.date} for p in pages])
    spam = candidate_texts(pages)
    first = find_lineage(table, spam)
    second = find_lineage(table.iloc[[2, 0, 1]], spam.iloc[::-1])
    pd.testing.assert_frame_equal(first.essay_families, second.essay_families)
    pd.testing.assert_frame_equal(first.spam_families, second.spam_families)
    assert first.spam_families["n"].tolist() == [3, 3, 3]
    assert lineage_as_json(pages) == lineage_as_json(pages[::-1])


def test_a_table_without_its_columns_is_refused():
    """The sentence names what is missing, and what stands twice."""
    none = pd.DataFrame(columns=["item", "doc_id", "text"])
    with pytest.raises(TableError, match=r"lacks the column.s. essay, date"):
        find_lineage(pd.DataFrame({"doc_id": ["a"]}), none)
    spam = pd.DataFrame({"item": ["injected"], "doc_id": ["a"], "text": [None]})
    with pytest.raises(TableError, match=r"'text' of the table of texts that may be spam is to hold text; 1 row"):
        find_lineage(pd.DataFrame({"doc_id": ["a"], "essay": "x", "date": None}), spam)
    with pytest.raises(TableError, match=r"1 doc_id.s. twice, for one a"):
        find_lineage(pd.DataFrame({"doc_id": ["a", "a"], "essay": "x", "date": None}), none)


def test_nothing_gives_nothing():
    """A corpus without pages, or with one empty page, has no families and no error."""
    for pages in ([], [page("a", "")]):
        found = lineage_as_json(pages)
        assert (found["essay_families"], found["spam_families"], found["representatives"]) == ([], [], [])


def test_a_flood_of_copies_is_one_family_and_stays_cheap():
    """Fifteen hundred spun copies must not be compared all with all."""
    random = np.random.default_rng(3)
    words = TEMPLATE.format(*FILLINGS[0]).split()
    flood = []
    for _ in range(1500):
        copy = list(words)
        for place in random.choice(len(words), size=5, replace=False):
            copy[place] = f"w{random.integers(10_000)}"
        flood.append(" ".join(copy))
    families = find_copies(flood)
    assert [len(f) for f in families] == [1500]
