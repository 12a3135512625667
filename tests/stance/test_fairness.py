"""Who signs a comment, how it is spelled and how politely it is put do not change what it is taken for.

The comments (``benchmarks/adversarial/fairness.jsonl``) and all names are made up for this project. Each test changes
one thing in all of them and compares the labels with those before. Where a tolerance is given it is for labels that
appear or vanish near the threshold; from one label to another there is none.
"""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.stance import label_comments, load_model
from analysis.types import LABELS

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "adversarial"
NAMES = {
    "West African": ["Kwame Boatengsu", "Ngozi Adeyinka-Obi", "Fatoumata Diarraba", "Chukwuemeka Nwosulu"],
    "East African": ["Wanjiru Kimathiya", "Abebe Tesfalem", "Amina Odhiambo-Were", "Mukasa Lubegara"],
    "Arabic": ["Layla al-Haddawi", "Youssef Benkhalif", "Khadija Mansourati", "عمر الحدّاوي", "ليلى منصوراتي"],
    "Turkish": ["Ayşe Yıldızbek", "Mehmet Çelikkaya", "Gülşen Özdağlı"],
    "Persian": ["Shirin Farrokhnejad", "Kaveh Daryabandar", "شیرین دریابندر"],
    "Indian": [
        "Lakshmi Venkataraghav", "Arjun Chattermukh", "Gurpreet Kaur Sandhawal",
        "लक्ष्मी राघवेंद्री", "முருகன் செல்வநாதர்",
    ],
    "Chinese": ["Xiuying Ouyang-Lu", "Wei Zhangsun", "Zhao Ming-Hua", "欧阳秀莹"],
    "Japanese": ["Haruka Miyashitani", "Kenji Ookurabe", "宮下谷 遥"],
    "Korean": ["Ji-woo Namgoong-Ha", "Seo-yeon Baekdam", "남궁지우"],
    "Vietnamese": ["Nguyễn Thị Hồng Vân", "Trần Quốc Lâm", "Dang Minh Thuy"],
    "Slavic": ["Svetlana Morozhenko", "Zbigniew Wrzeszczak", "Miroslav Hrubíčkov", "Светлана Мороженко"],
    "Greek": ["Eleftheria Papanikolopoulou", "Stavros Karagiannidakis", "Ελευθερία Καραγιαννίδη"],
    "Hebrew": ["Tziporah Ben-Yaldan", "Avshalom Rosenkranzi", "צפורה בן ילדן"],
    "Hispanic": ["María José Villagordo", "Xóchitl Hernandegui", "Íñigo Etxezarregi", "Guadalupe Ríos-Montellano"],
    "Nordic": ["Þórdís Eldjárnsdóttir", "Søren Bjerregårdsen", "Väinö Hämälämäki"],
    "Polynesian": ["Tāneora Wharemate", "Leilani Kahananalu", "Sione Fakatavalu"],
    "Native American": ["Dyani Whitehorse-Begaye", "Tsosie Yellowbank", "Aiyana Running Creek"],
    "German, French and Italian": ["Kunigunde Mühlsteiner", "Geneviève Dubreuillard", "Giancarlo Bellavignati"],
    "English, Irish and Welsh": [
        "Charlotte Wainbridge", "Dwayne Tolliver-Jacks", "Siobhán Ní Cheallacháin", "Rhys ap Gwilliam",
    ],
    "a first name alone": [
        "Kwame", "Layla", "Lakshmi", "Haruka", "Nguyễn", "Svetlana", "Xóchitl", "Þórdís", "Susan",
        "Peter", "春香", "Анна",
    ],
}  # fmt: skip
# Names that people bear somewhere and that hold a word of the trades (search engines, loans, shoes, sales, cars).
LIKE_A_TRADE = [
    "Min Seo", "Seo-jun Ahn", "Nguyen Thi Loan", "Sale Tuimavave", "Nike Adeyemisi", "Abdi Hire Guleed",
    "Ana Sales Pereirinha", "Pornchai Wattanasin", "Mercedes Villagordo", "Tesfaye Best", "Grace Price",
]  # fmt: skip
AMERICAN = {
    "colour": "color", "colours": "colors", "favourite": "favorite", "neighbour": "neighbor", "centre": "center",
    "recognise": "recognize", "recognised": "recognized", "realised": "realized", "organise": "organize",
    "analyse": "analyze", "programme": "program", "honoured": "honored", "tyre": "tire", "tyres": "tires",
    "kerb": "curb", "grey": "gray", "practise": "practice", "metres": "meters", "litre": "liter",
    "marvellous": "marvelous", "kilometres": "kilometers", "centimetres": "centimeters", "millimetres": "millimeters",
    "councillor": "councilor", "travelled": "traveled", "cheque": "check",
}  # fmt: skip
BEFORE = [
    "Thanks for this! ",
    "Thank you so much, great post. ",
    "What a wonderful article, many thanks. ",
    "I love this. ",
]
AFTER = [
    " Thanks!",
    " Thank you so much for this.",
    " Great article, many thanks for sharing.",
    " Keep up the good work!",
]
TRADE_LINKS = [
    "http://www.cheap-garden-sheds.example/", "http://payday-loans-now.example", "http://www.hillcombe-joinery.example/",
    "http://vrondelquistamp.biz", "https://bestcasinobonus.example/offers",
]  # fmt: skip
NOBODY = ["", None, "Anonymous", "anon", "Guest"]
# Shares of all changed comments whose label may appear or vanish; two typos in two lines do take words away.
TYPO_TOLERANCE = 0.15
THANKS_TOLERANCE = 0.5  # with thanks at both ends; such a comment is read twice, and then told apart or left alone


def read_lines(name):
    """Rows of one data file."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


ESSAYS = {row["essay"]: row for row in read_lines("essays.jsonl")}
BASE = [ESSAYS[row["essay"]] | row for row in read_lines("fairness.jsonl")]
HONEST = [row for row in BASE if row["label"] != "spam"]
EXTENDING = [row for row in BASE if row["label"] == "extending"]


def labels_of(rows):
    """Label by id, None where there is none."""
    found = label_comments(pd.DataFrame(rows, dtype=object), model=load_model())
    return {row["id"]: row["label"] if isinstance(row["label"], str) else None for row in found.to_dict("records")}


@pytest.fixture(scope="module")
def before():
    """Labels of the comments as they were written."""
    return labels_of(BASE)


def changed(rows, before, changes):
    """All ``changes`` made in all ``rows``: how many, and those whose label differs as (id, change, before, after)."""
    variants = [
        row | change(row) | {"id": f"{row['id']} {i}", "of": row["id"]}
        for row in rows for i, change in enumerate(changes)
    ]  # fmt: skip
    after = labels_of(variants)
    differ = [
        (v["of"], v["author"], before[v["of"]], after[v["id"]]) for v in variants if after[v["id"]] != before[v["of"]]
    ]
    return len(variants), differ


def swapped(differ):
    """Only the changes from one label to another."""
    return [change for change in differ if None not in change[2:]]


def with_typos(text, start):
    """Two words of five letters or more, half the comment apart, get two inner letters swapped."""
    words = [
        m for m in re.finditer(r"[^\W\d_]{5,}", text) if not re.search(r"\S*[./-]$", text[: m.start()].split(" ")[-1])
    ]
    words = [m for m in words if not text[m.end() :].startswith((".example", "-", "://"))]
    for m in {words[(7 * start + 1) % len(words)], words[(7 * start + 1 + len(words) // 2) % len(words)]}:
        at = m.start() + 1 + start % (len(m.group()) - 2)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text


def in_american(text):
    """The same text in American spelling."""
    return re.sub(r"[a-z]+", lambda m: AMERICAN.get(m.group(), m.group()), text)


def test_the_comments_are_judged_at_all(before):
    """A model that labels nothing would be fair and useless: nine in ten must be right before anything is changed."""
    assert len(BASE) >= 60
    assert {row["label"] for row in BASE} == set(LABELS)
    right = sum(before[row["id"]] == row["label"] for row in BASE)
    assert right >= 0.9 * len(BASE)


@pytest.mark.parametrize("origin", NAMES)
def test_a_name_of_another_origin_or_gender_changes_no_label(origin, before):
    """What a comment is taken for must not hang on where its writer comes from; spam stays spam, too."""
    _, differ = changed(BASE, before, [lambda row, name=name: {"author": name} for name in NAMES[origin]])
    assert differ == []


@pytest.mark.parametrize("name", LIKE_A_TRADE)
def test_a_personal_name_that_holds_a_trade_word_changes_no_label(name, before):
    """A woman called Min Seo sells nothing."""
    _, differ = changed(HONEST, before, [lambda row: {"author": name}])
    assert differ == []


@pytest.mark.parametrize("start", range(5))
def test_typos_change_no_label(start, before):
    """Careless typing is no sign of spam, and does not turn content into applause."""
    n, differ = changed(BASE, before, [lambda row: {"text": with_typos(row["text"], start)}])
    assert swapped(differ) == []
    assert len(differ) <= TYPO_TOLERANCE * n


def test_american_spelling_changes_no_label(before):
    """The training comments are mostly American; a reader from Leeds or Delhi is judged alike."""
    british = [row for row in BASE if in_american(row["text"]) != row["text"]]
    assert len(british) >= 15
    _, differ = changed(british, before, [lambda row: {"text": in_american(row["text"])}])
    assert differ == []


def test_spelling_unlike_that_of_the_essay_changes_no_label(before):
    """A British comment under an American essay is about the same things."""
    other = [row for row in BASE if in_american(row["parent_text"]) != row["parent_text"]]
    _, differ = changed(other, before, [lambda row: {"parent_text": in_american(row["parent_text"])}])
    assert differ == []


@pytest.mark.parametrize("where", ["before", "after", "both"])
@pytest.mark.parametrize("which", range(4))
def test_thanks_do_not_make_an_extending_comment_agreeing(which, where, before):
    """Politeness does not undo what a reader brings."""
    first = BEFORE[which] if where != "after" else ""
    last = AFTER[which] if where != "before" else ""
    n, differ = changed(EXTENDING, before, [lambda row: {"text": first + row["text"] + last}])
    assert swapped(differ) == []
    assert sum(after is None for *_, after in differ) <= THANKS_TOLERANCE * n


@pytest.mark.parametrize("link", TRADE_LINKS)
@pytest.mark.parametrize("place", ["at the name", "in the text"])
def test_one_trade_link_does_not_make_a_substantive_comment_spam(place, link, before):
    """Shopkeepers read, too: what they bring about the subject counts before where their name leads."""
    change = {
        "at the name": lambda row: {"author_url": link},
        "in the text": lambda row: {"text": f"{row['text']} {link}"},
    }
    _, differ = changed(EXTENDING, before, [change[place]])
    assert [d for d in differ if d[3] == "spam"] == []


@pytest.mark.parametrize("name", NOBODY)
def test_without_a_name_an_honest_comment_is_no_spam(name, before):
    """Many readers will not or cannot give a name."""
    _, differ = changed(HONEST, before, [lambda row: {"author": name}])
    assert swapped(differ) == []


def test_typos_are_made_as_described():
    """Two swapped pairs, addresses left alone, the same each time."""
    text = "Visit www.garden-sheds.example for a marvellous garden."
    assert with_typos(text, 0) == with_typos(text, 0) != text
    assert "www.garden-sheds.example" in with_typos(text, 1)
    assert sorted(with_typos(text, 2)) == sorted(text)
