"""Pages for tests of splits: one that keeps its text, one as a web page gives it, and any page at all."""

from hypothesis import strategies as st

from analysis.types import Comment, Page, Part

# (what it is, the lines); the lines of a comment with its name
FERRY = (
    ("essay", "From November on the ferry runs twice a day."),
    ("essay", "We keep a shelf of tins for such days, and a list of who has eaten what."),
    ("essay", "Last year the list ran to four pages."),
    ("injected_spam", "Buy cheap pills online, best prices, fast shipping."),
    ("essay", "In spring somebody burns it, and nobody says who."),
    ("chrome", "3 Comments"),
    (None, "Ada Fenn says:"),
    (None, "May 3, 2012 at 4:05 pm"),
    ("Ada Fenn", "Our island does the same, but with flour.\nWe never wrote it down."),
    (None, "Jo says:"),
    (None, "May 4, 2012 at 9:12 am"),
    ("Jo", "Thank you for this, Ada Fenn is right about the flour."),
    (None, "R. Holm says:"),
    ("R. Holm", "I was the one who burned it."),
    ("chrome", "Leave a Reply"),
)


def text_page(rows=FERRY):
    """A page that was read from a text and keeps it."""
    text, parts, comments, said = "The ferry\n\n", [], [], {"essay": [], "injected_spam": [], "chrome": []}
    for kind, lines in rows:
        start = len(text)
        text += lines + "\n"
        if kind is None:
            continue
        if kind in said:
            said[kind].append(lines)
        else:
            comments.append(Comment(lines, author=kind))
            kind = "comment"
        if kind == "essay" and parts and parts[-1].kind == "essay" and parts[-1].end == start - 1:
            start = parts.pop().start
        parts.append(Part(kind, start, len(text) - 1))
    return Page(
        "ferry", "ferry.txt", "plain_text", "\n".join(said["essay"]), tuple(comments), tuple(said["injected_spam"]),
        tuple(said["chrome"]), 0.7, "name and date above each comment", "The ferry", text=text, parts=tuple(parts),
    )  # fmt: skip


def web_page():
    """A page as a saved web page gives it: without its text."""
    return Page(
        page="tins",
        path="tins.html",
        format="html",
        essay="A shelf of tins is a calendar.\nWhen the peaches go, it is March.\nThank you, said my aunt.",
        comments=(
            Comment("Ours ends with the beans.", author="Ada Fenn", date="2012-05-03"),
            Comment("Beans!\nReally?", author="Jo", reply_to=0),
            Comment("Really.", author="Ada Fenn", reply_to=1),
        ),
        injected_spam=("Cheap pills, best prices.",),
        confidence=0.6,
        evidence="3 comments by their mark-up",
    )


def words_of(page):
    """Every line a page holds, whatever it is taken for."""
    texts = [page.essay, *page.injected_spam, *page.chrome, *(c.text for c in page.comments)]
    return sorted(line for text in texts for line in text.split("\n") if line.strip())


_LINES = st.lists(st.sampled_from(["It rains.", "Who says so?", "Thank you.", "Ann, May 3", "Reply"]), max_size=4)
_KINDS = st.sampled_from(["essay", "comment", "injected_spam", "chrome", None])


@st.composite
def any_page(draw):
    """A page of few lines that repeat, with or without its text."""
    if draw(st.booleans()):
        essay, spam = "\n".join(draw(_LINES)), tuple(draw(_LINES))
        said = [lines for lines in draw(st.lists(_LINES, max_size=4)) if lines]
        replies = [draw(st.one_of(st.none(), st.integers(0, n - 1))) if n else None for n in range(len(said))]
        comments = tuple(Comment("\n".join(text), reply_to=to) for text, to in zip(said, replies, strict=True))
        return Page("p", "p.html", "html", essay, comments, spam, confidence=0.5, evidence="drawn")
    text, parts, comments = "", [], []
    essay, spam, chrome = [], [], []
    before = None
    for number, (kind, lines) in enumerate(draw(st.lists(st.tuples(_KINDS, _LINES.filter(bool)), max_size=6))):
        kind = None if kind == "essay" and before == "essay" else kind  # neighbours of one kind are one part
        lines = [f"{line} {number}{i}" if draw(st.booleans()) else line for i, line in enumerate(lines)]
        groups = [lines] if kind in ("essay", "comment") else [[line] for line in lines]
        for group in groups:
            start = len(text)
            text += "\n".join(group) + "\n\n"
            if kind:
                parts.append(Part(kind, start, len(text) - 2))
        {"essay": essay, "injected_spam": spam, "chrome": chrome}.get(kind, []).extend(lines)
        comments += [Comment("\n".join(lines))] if kind == "comment" else []
        before = kind
    return Page(
        "p", "p.txt", "plain_text", "\n".join(essay), tuple(comments), tuple(spam), tuple(chrome), 0.5, "drawn",
        text=text, parts=tuple(parts),
    )  # fmt: skip
