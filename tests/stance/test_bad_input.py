"""Whatever a file may hold gets a label, or none with the reason: by the function and by the command, and in time."""

import json
import math
import re
import subprocess
import sys
import time

import pandas as pd
import pytest

from analysis.stance import label_comments
from analysis.types import LABELS, POSITIONS

ESSAY = (
    "Our rowing club mended its own boats for years. Last spring the committee signed a contract with a yard, and "
    "within a season nobody on the jetty could say how a plank is steamed, bent and fastened."
)
UNDER = {"parent_title": "Who mends the boats", "parent_text": ESSAY, "author": "Hanna Petersen", "author_url": None}
PLAIN = "We had the same at our club, and the yard let two of us watch."
GERMAN = (
    "Vielen Dank für diesen Beitrag, ich habe in unserem Verein genau dasselbe erlebt und frage mich, ob man das "
    "Wissen je zurückbekommt, wenn es einmal verloren ist."
)
SPANISH = (
    "Muchas gracias por este artículo, en nuestro club pasó lo mismo el año pasado y todavía nadie sabe cómo arreglar "
    "las barcas sin pagar al astillero."
)
RUSSIAN = (
    "Спасибо большое за эту статью, у нас в клубе было то же самое в прошлом году, и теперь никто не знает, как чинить "
    "лодки без мастера."
)
ARABIC = (
    "شكرا جزيلا على هذه المقالة، لقد حدث نفس الشيء في نادينا العام الماضي والآن "
    "لا أحد يعرف كيف يصلح القوارب بدون مساعدة"
)
CHINESE = "非常感谢您的文章，我们俱乐部去年也发生了同样的事情，现在没有人知道怎么修船了。您觉得这些知识还能找回来吗？"
NONE = object()  # no label

# What a comment may be, and what must be said of it: a label or NONE, and what the reason says. Where nothing is given
# any answer will do that keeps the contract.
CASES = {
    "no essay": ({"text": PLAIN, "parent_text": None, "parent_title": None}, None, "."),
    "a blank essay": ({"text": PLAIN, "parent_text": " \n "}, None, "."),
    "an essay that is no text": ({"text": PLAIN, "parent_text": 3, "parent_title": [1]}, None, "."),
    "an essay of a million words": ({"text": PLAIN, "parent_text": "boats and words " * 333_333}, None, None),
    "an essay in Chinese": ({"text": PLAIN, "parent_text": CHINESE}, None, None),
    "empty": ({"text": ""}, NONE, "the comment is empty"),
    "blanks": ({"text": " \n\t\u00a0\u3000 "}, NONE, "the comment is empty"),
    "missing": ({"text": None}, NONE, "the comment is empty"),
    "not a number": ({"text": math.nan}, NONE, "the comment is empty"),
    "a number": ({"text": 3}, NONE, "the comment is empty"),
    "invisible marks alone": ({"text": "\u200b\u200b\u2060\ufeff"}, NONE, "."),
    "NUL alone": ({"text": "\x00\x00"}, NONE, "."),
    "surrogates alone": ({"text": "\ud800\ud801"}, NONE, "."),
    "one letter": ({"text": "k"}, NONE, "."),
    "one odd word": ({"text": "Boats"}, NONE, "."),
    "one word": ({"text": "Thanks"}, None, None),
    "an emoji": ({"text": "😀"}, NONE, "."),
    "a joined emoji": ({"text": "👩\u200d🍳"}, NONE, "."),
    "marks": ({"text": "?!?"}, NONE, "."),
    "figures": ({"text": "42"}, NONE, "."),
    "code marks": ({"text": "{}[]();;<<>>" * 500}, NONE, "."),
    "a hundred thousand words": ({"text": "we mended the boat again and it was good work " * 10_000}, None, None),
    "a word of a million letters": ({"text": "a" * 1_000_000}, NONE, "."),
    "a word of a million parts": ({"text": "ab-" * 333_333}, NONE, "."),
    "German": ({"text": GERMAN}, NONE, r"another language than English \(de\)"),
    "Spanish": ({"text": SPANISH}, NONE, r"another language than English \(es\)"),
    "Russian": ({"text": RUSSIAN}, NONE, "another (language|script)"),
    "Arabic": ({"text": ARABIC}, NONE, "another (language|script)"),
    "Chinese": ({"text": CHINESE}, NONE, "."),
    "short Russian": ({"text": "Это неправда!"}, NONE, "."),
    "short German": ({"text": "Das ist falsch."}, NONE, "."),
    "English and German": ({"text": f"Thank you! {GERMAN}"}, NONE, "another language"),
    "English and Chinese": ({"text": f"Great post. {CHINESE}"}, None, None),
    "an author who is a number": ({"text": PLAIN, "author": 7}, None, "."),
    "an author who is a list": ({"text": PLAIN, "author": ["a", "b"], "author_url": {}}, None, "."),
    "no author": ({"text": PLAIN, "author": None}, None, "."),
    "an author of a million letters": ({"text": PLAIN, "author": "x" * 1_000_000}, None, None),
    "NUL within": ({"text": "Thank\x00 you\x00 all"}, None, None),
    "control characters": ({"text": "\x01\x1b[31mThanks\x07 for\x0bthis\x1f"}, None, None),
    "zero-width marks within": ({"text": "T\u200bh\u200ban\u200bk y\u2060ou for this"}, None, None),
    "turned writing": ({"text": "\u202eknaht\u202c you for this"}, None, None),
    "surrogates within": (
        {"text": "Thanks \ud800 all \udfff", "author": "\ud83d", "author_url": "http://\ud800.com"}, None, None,
    ),
    "links alone": ({"text": "http://a.example/x http://b.example/y www.c.example"}, None, None),
    "HTML": (
        {"text": "<p>Thank you for <b>this</b><script>alert(1)</script><a href='http://x.example'>x</a>"}, None, None,
    ),
    "tags alone": ({"text": "<br><br/><div></div>"}, NONE, "."),
    "entities": ({"text": "&lt;b&gt;nice&lt;/b&gt; &amp;amp; &#x41;"}, None, None),
    "one word again and again": ({"text": "spam " * 20_000}, None, None),
    "one line again and again": ({"text": "thank you\n" * 5_000}, None, None),
    "keys hit at random": ({"text": "asdkjh qwoeiu zxmcnb alskdj qpwoei mznxbc laksjd qowieu"}, NONE, "."),
}  # fmt: skip


def check_answer(answer, label, reason):
    """The contract for any answer, and what this comment is to get."""
    assert answer["label"] is None or answer["label"] in LABELS
    chances = [answer["probabilities"][name] for name in LABELS]
    assert all(0 <= p <= 1 for p in chances)
    assert sum(chances) == pytest.approx(1)
    assert answer["position"] in POSITIONS
    assert all(isinstance(phrase, str) and phrase for phrase in answer["evidence"])
    assert answer["label"] is not None or answer["reason"], "no label without the reason"
    assert answer["reason"] is None or answer["reason"].strip()
    if label is NONE:
        assert answer["label"] is None
    if reason:
        assert answer["reason"] is not None
        assert re.search(reason, answer["reason"]), answer["reason"]


def by_function(row):
    """The answer of the public function, in the command's form, and the seconds it took."""
    table = pd.DataFrame([{"id": "1", **UNDER, **row}], dtype=object)
    start = time.process_time()
    found = label_comments(table).iloc[0].to_dict()
    return {**found, "probabilities": {name: found[name] for name in LABELS}}, time.process_time() - start


@pytest.mark.parametrize("name", CASES)
def test_the_function_answers_whatever_it_is_given(name):
    """A label and what makes it unsure, or none and why; within seconds."""
    row, label, reason = CASES[name]
    answer, spent = by_function(row)
    check_answer(answer, label, reason)
    assert spent < 5


def test_the_command_answers_whatever_it_is_given(tmp_path):
    """The same comments as lines of a file: one run, an answer for each, nothing skipped, no traceback."""
    lines = [json.dumps({"id": name, **UNDER, **row}) for name, (row, _, _) in CASES.items()]
    (tmp_path / "odd.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "label", "odd.jsonl", "-o", "said.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    said = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert [answer["id"] for answer in said] == list(CASES)
    assert (tmp_path / "said.skipped.jsonl").read_text(encoding="utf-8") == ""
    for answer in said:
        check_answer(answer, *CASES[answer["id"]][1:])


# Shapes on which a pattern may go back and forth: each made the length given.
SHAPES = {
    "letters": "a", "figures": "1", "underscores": "_", "hyphens": "a-", "underscored": "a_", "dots": ".",
    "dotted": "a.", "exclaimed": "!", "lines": "\n", "tags": "<\n", "apostrophes": "a'", "blanks": "x \t",
    "carets": "^", "links": "www.", "addresses": "http://", "markup": "[url=", "accents": "\u0301\u0323",
    "joiners": "\u200d", "brackets": "({[", "at": "@", "quotes": "\"'", "shop": "shop", "hosts": "a-b.com",
    "query": "?a=b&", "greetings": "thank you so ",
}  # fmt: skip


@pytest.mark.parametrize("column", ["text", "author", "author_url", "reply_to_text", "parent_title", "parent_text"])
def test_no_shape_of_text_takes_long(column):
    """Nothing grows with the square of a text's length: forty thousand of anything is read in a moment."""
    slow = {}
    for name, piece in SHAPES.items():
        long = piece * (36_000 // len(piece))
        for text in (f"x{long[:18_000]}x", f"http://x.example/{long}.com x", f"{long} .com"):
            _, spent = by_function({"text": PLAIN, column: text})
            if spent > 1:
                slow[name] = round(spent, 1)
    assert not slow, "seconds of the processor for one comment"
