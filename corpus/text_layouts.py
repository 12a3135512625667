"""Plain-text pages as text extractors leave them: one function a layout, from a row of truth.jsonl to a page.

A row that hides names or dates in its layout (no headings, relative dates) says so in ``LOSES``.
"""

from __future__ import annotations

from wording import WORDING, drupal_moment, long_date, long_moment, typepad_moment, years_ago

# What a layout does not carry over, so that a reader cannot be blamed for missing it.
LOSES = {
    "text-headless": {"author", "date", "reply_to"},
    "text-says-bare": {"date", "reply_to"},
    "text-disqus": {"date", "reply_to"},
    "text-wordpress": {"reply_to"},
    "text-blogger": {"reply_to"},
    "text-typepad": {"reply_to"},
    "text-by-on": {"reply_to"},
    "text-name-date": {"reply_to"},
    "text-drupal": {"reply_to"},
}


def essay_lines(row: dict) -> list[str]:
    """The essay's paragraphs with its injected spam in place; subheadings lose their marks."""
    lines = [p.removeprefix("## ") for p in row["essay"]]
    for spam in sorted(row["injected_spam"], key=lambda s: -s["before_paragraph"]):
        lines.insert(spam["before_paragraph"], spam["text"])
    return lines


def _body(comment: dict) -> list[str]:
    return comment["text"].split("\n")


def wordpress(row: dict) -> list[str]:
    """A WordPress theme: count line, "X says:", date line, body; a comment form at the end."""
    w, lang, comments = WORDING[row["lang"]], row["lang"], row["comments"]
    out = [row["title"], "", *essay_lines(row), ""]
    if comments:
        out += [f"{len(comments)} {w['responses']} “{row['title']}”", ""]
    for c in comments:
        out += [f"{c['author']} {w['says']}", long_moment(c["date"], lang), *_body(c), w["reply"], ""]
    return [*out, w["leave"], w["name"], w["mail"], w["send"]]


def says_bare(row: dict) -> list[str]:
    """Names only, no dates and no heading above the comments."""
    out = [row["title"], *essay_lines(row)]
    for c in row["comments"]:
        out += [f"{c['author']} says", *_body(c)]
    return out


def blogger(row: dict) -> list[str]:
    """Blogger with its button text glued to the end of each comment."""
    said = WORDING[row["lang"]]["said"]
    out = [*essay_lines(row), f"Posted by {row['author']} at {long_date(row['date'], row['lang'])}", ""]
    out += [f"{len(row['comments'])} {WORDING[row['lang']]['comments'].lower()}:"] if row["comments"] else []
    for c in row["comments"]:
        out += [f"{c['author']} {said}", *_body(c), long_moment(c["date"], row["lang"]), "ReplyDelete"]
    return [*out, "Add comment", "Load more..."]


def typepad(row: dict) -> list[str]:
    """Typepad: the name and date stand below each comment."""
    out = [row["title"], *essay_lines(row), f"Posted by {row['author']} on {long_date(row['date'])} | Permalink"]
    out += ["Comments"] if row["comments"] else []
    for c in row["comments"]:
        out += [*_body(c), f"Posted by: {c['author']} | {typepad_moment(c['date'])}"]
    return [*out, "The comments to this entry are closed."]


def by_on(row: dict) -> list[str]:
    """A footer "by X on DATE" below each comment."""
    out = [row["title"], "", *essay_lines(row), ""]
    for c in row["comments"]:
        out += [*_body(c), f"by {c['author']} on {long_moment(c['date'])}.", ""]
    return out


def name_date(row: dict) -> list[str]:
    """Name line, date line, body."""
    out = [row["title"], *essay_lines(row), "", f"{len(row['comments'])} {WORDING[row['lang']]['comments']}"]
    for c in row["comments"]:
        out += [c["author"], long_moment(c["date"], row["lang"]), *_body(c)]
    return out


def headless(row: dict) -> list[str]:
    """An extractor that kept no names: bodies stand below the essay with a stray button each."""
    out = essay_lines(row)
    for c in row["comments"]:
        out += [*_body(c), "ReplyDelete"]
    return out


def disqus(row: dict) -> list[str]:
    """A Disqus thread as text: relative dates and buttons."""
    out = [row["title"], "", *essay_lines(row), "", f"{len(row['comments'])} Comments", "Sort by Best"]
    for c in row["comments"]:
        out += [f"{c['author']} • {years_ago(c['date'])}", *_body(c), "Reply • Share ›"]
    return [*out, "Powered by Disqus"]


def drupal(row: dict) -> list[str]:
    """Drupal: "Submitted by X on DATE" above each body."""
    out = [
        row["title"],
        f"Submitted by {row['author']} on {drupal_moment(row['date'])}",
        *essay_lines(row),
        "",
        "Comments",
    ]
    for c in row["comments"]:
        out += [f"Submitted by {c['author']} on {drupal_moment(c['date'])}.", *_body(c), "reply"]
    return [*out, "Post new comment"]


LAYOUTS = {
    "text-wordpress": wordpress,
    "text-says-bare": says_bare,
    "text-blogger": blogger,
    "text-typepad": typepad,
    "text-by-on": by_on,
    "text-name-date": name_date,
    "text-headless": headless,
    "text-disqus": disqus,
    "text-drupal": drupal,
}
