"""HTML pages as blogs of those years served them: one function a layout, from a row of truth.jsonl to a page."""

from __future__ import annotations

from html import escape

from text_layouts import essay_lines
from wording import WORDING, clock, drupal_moment, long_date, long_moment, typepad_moment, when, years_ago


def essay_html(row: dict) -> str:
    """The essay with its injected spam as paragraphs, subheadings and lists."""
    spam = {s["text"] for s in row["injected_spam"]}
    heads = {p.removeprefix("## ") for p in row["essay"] if p.startswith("## ")}
    out: list[str] = []
    for line in essay_lines(row):
        if line in heads:
            out.append(f"<h3>{escape(line)}</h3>")
        elif line.startswith("- "):
            item = f"<li>{escape(line[2:])}</li>"
            if out and out[-1].endswith("</ul>"):
                out[-1] = out[-1].removesuffix("</ul>") + item + "</ul>"
            else:
                out.append(f"<ul>{item}</ul>")
        else:
            out.append(f"<p{' class=x9' if line in spam else ''}>{escape(line)}</p>")
    return "\n".join(out)


def body_html(comment: dict) -> str:
    """A comment's paragraphs."""
    return "".join(f"<p>{escape(p)}</p>" for p in comment["text"].split("\n"))


def name_html(comment: dict, css: str = "url") -> str:
    """The author's name, linked where there is a link."""
    name = escape(comment["author"])
    return (
        f'<a href="{escape(comment["link"])}" rel="external nofollow" class="{css}">{name}</a>'
        if comment["link"]
        else name
    )


def page_html(row: dict, article: str, thread: str) -> str:
    """The whole page around an essay and its thread: head, navigation, sidebar, footer."""
    w, home = WORDING[row["lang"]], row["url"].split("/", 3)[:3]
    side = "".join(
        f'<li><a href="{"/".join(home)}/archive/{n}">{escape(t)}</a></li>' for n, t in enumerate(row["sidebar"])
    )
    return f"""<!DOCTYPE html>
<html lang="{row["lang"]}">
<head>
<meta charset="utf-8">
<title>{escape(row["title"])} | {escape(row["blog"])}</title>
<meta name="author" content="{escape(row["author"])}">
<link rel="canonical" href="{row["url"]}">
<style>body {{ font-family: Georgia, serif; }} .x9 {{ position: absolute; left: -9999px; }}</style>
</head>
<body class="single">
<div id="header"><h1><a href="{"/".join(home)}/">{escape(row["blog"])}</a></h1>
<ul class="menu"><li><a href="/">{w["home"]}</a></li><li><a href="/about">{w["about"]}</a></li><li><a href="/archive">{w["archive"]}</a></li></ul></div>
<div id="content">
{article}
{thread}
</div>
<div id="sidebar"><h2>{w["recent"]}</h2><ul>{side}</ul></div>
<div id="footer"><p>{escape(row["blog"])} · <a href="/feed">RSS</a></p></div>
<script>var page = 1;</script>
</body>
</html>
"""


def threads(row: dict) -> list[tuple[int, dict, list]]:
    """Comments as trees, in page order: (position, comment, answers)."""
    nodes = [(i, c, []) for i, c in enumerate(row["comments"])]
    roots = []
    for i, comment, _ in nodes:
        (roots if comment["reply_to"] is None else nodes[comment["reply_to"]][2]).append(nodes[i])
    return roots


def _form(row: dict) -> str:
    w = WORDING[row["lang"]]
    return (
        f'<div id="respond"><h3 id="reply-title">{w["leave"]}</h3><form action="/wp-comments-post.php" method="post" id="commentform">'
        f'<p><input type="text" name="author" id="author"><label for="author">{w["name"]}</label></p>'
        f'<p><input type="text" name="email" id="email"><label for="email">{w["mail"]}</label></p>'
        f'<p><textarea name="comment" id="comment"></textarea></p><p><input name="submit" type="submit" value="{w["send"]}"></p></form></div>'
    )


def _article(row: dict) -> str:
    w = WORDING[row["lang"]]
    return (
        f'<div class="post hentry"><h2 class="entry-title">{escape(row["title"])}</h2>'
        f'<p class="postmeta">{w["posted"]} <span class="author vcard"><span class="fn">{escape(row["author"])}</span></span> · '
        f'<abbr class="published" title="{when(row["date"]):%Y-%m-%dT%H:%M:00+00:00}">{long_date(row["date"], row["lang"])}</abbr></p>'
        f'<div class="entry-content">\n{essay_html(row)}\n</div>'
        f'<p class="postfoot">{w["share"]} <a href="#">Email</a> <a href="#">Print</a></p></div>'
    )


def wordpress_list(row: dict) -> str:
    """A classic WordPress theme: an ordered list, "X says:", nested answers."""
    w, lang = WORDING[row["lang"]], row["lang"]

    def item(i: int, c: dict, answers: list) -> str:
        kind = "pingback" if c["kind"] == "pingback" else "comment"
        own = " bypostauthor" if c["by_essay_author"] else ""
        inner = "".join(item(*a) for a in answers)
        nested = f'<ul class="children">{inner}</ul>' if inner else ""
        link = name_html(c)
        return (
            f'<li class="{kind}{own} depth-1" id="comment-{i + 101}"><div id="div-comment-{i + 101}" class="comment-body">'
            f'<div class="comment-author vcard"><cite class="fn">{link}</cite> <span class="says">{w["says"]}</span></div>'
            f'<div class="comment-meta commentmetadata"><a href="#comment-{i + 101}">{long_moment(c["date"], lang)}</a></div>'
            f'{body_html(c)}<div class="reply"><a class="comment-reply-link" href="#respond">{w["reply"]}</a></div></div>{nested}</li>'
        )

    items = "".join(item(*t) for t in threads(row))
    count = len(row["comments"])
    head = f'<h3 id="comments">{count} {w["responses"]} “{escape(row["title"])}”</h3>' if count else ""
    return page_html(row, _article(row), f'{head}<ol class="commentlist">{items}</ol>{_form(row)}')


def wordpress_articles(row: dict) -> str:
    """A later WordPress theme: article elements, a time element each, answers below their parent."""
    w, lang = WORDING[row["lang"]], row["lang"]

    def item(i: int, c: dict, answers: list, depth: int = 1) -> str:
        own = " bypostauthor" if c["by_essay_author"] else ""
        inner = "".join(item(*a, depth + 1) for a in answers)
        nested = f'<ol class="children">{inner}</ol>' if inner else ""
        if c["kind"] == "pingback":
            return f'<li id="comment-{i + 7}" class="pingback even thread-even depth-1"><div class="comment-body">Pingback: {name_html(c)} {body_html(c)}</div></li>'
        return (
            f'<li id="comment-{i + 7}" class="comment even{own} depth-{depth}"><article id="div-comment-{i + 7}" class="comment-body">'
            f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{name_html(c)}</b> <span class="says">{w["says"]}</span></div>'
            f'<div class="comment-metadata"><a href="#comment-{i + 7}"><time datetime="{when(c["date"]):%Y-%m-%dT%H:%M:00+00:00}">'
            f"{long_moment(c['date'], lang)}</time></a></div></footer>"
            f'<div class="comment-content">{body_html(c)}</div><div class="reply"><a rel="nofollow" class="comment-reply-link" href="?replytocom={i + 7}#respond">{w["reply"]}</a></div>'
            f"</article>{nested}</li>"
        )

    items = "".join(item(*t) for t in threads(row))
    return page_html(
        row,
        _article(row),
        f'<section id="comments" class="comments-area"><ol class="comment-list">{items}</ol>{_form(row)}</section>',
    )


def blogger(row: dict) -> str:
    """Blogger's old comment block: a definition list with the date below and button text."""
    rows = "".join(
        f'<dt class="comment-author{" blog-author" if c["by_essay_author"] else ""}" id="c{i + 900}"><a name="c{i + 900}"></a>{name_html(c)} said...</dt>'
        f'<dd class="comment-body" id="Blog1_cmt-{i + 900}">{body_html(c)}</dd>'
        f'<dd class="comment-footer"><span class="comment-timestamp"><a href="{row["url"]}#c{i + 900}" title="comment permalink">{long_moment(c["date"])}</a>'
        f'<span class="item-control"><a class="comment-delete" href="#">Delete</a></span></span></dd>'
        for i, c in enumerate(row["comments"])
    )
    head = f"<h4>{len(row['comments'])} comments:</h4>" if row["comments"] else ""
    thread = f'<div id="comments" class="comments">{head}<dl id="comments-block">{rows}</dl><p class="comment-footer"><a href="#">Post a Comment</a></p></div>'
    article = (
        f'<div class="post hentry"><h3 class="post-title entry-title">{escape(row["title"])}</h3><div class="post-body entry-content">{essay_html(row)}</div>'
        f'<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">{escape(row["author"])}</span></span> at '
        f'<span class="post-timestamp"><abbr class="published" title="{when(row["date"]):%Y-%m-%dT%H:%M:00+00:00}">{clock(row["date"])}</abbr></span></div></div>'
    )
    return page_html(row, article, thread)


def disqus(row: dict) -> str:
    """A Disqus thread as it stands in a saved page: relative dates with the moment in a title."""

    def item(i: int, c: dict, answers: list) -> str:
        inner = "".join(item(*a) for a in answers)
        badge = '<span class="badge moderator">Mod</span>' if c["by_essay_author"] else ""
        return (
            f'<li class="post" id="post-{i + 5000}"><div class="post-content"><div class="post-body"><header><span class="post-byline">'
            f'<span class="author publisher-anchor-color">{name_html(c, "author-link")}</span>{badge}</span>'
            f'<span class="post-meta"><a class="time-ago" href="#comment-{i + 5000}" title="{long_moment(c["date"])}">{years_ago(c["date"])}</a></span></header>'
            f'<div class="post-message-container"><div class="post-message">{body_html(c)}</div></div>'
            f'<footer><menu><li class="voting">0</li><li class="reply"><a href="#">Reply</a></li><li class="share"><a href="#">Share ›</a></li></menu></footer></div></div>'
            f'<ul class="children">{inner}</ul></li>'
        )

    items = "".join(item(*t) for t in threads(row))
    thread = f'<div id="disqus_thread"><nav><span class="comment-count">{len(row["comments"])} Comments</span></nav><ul id="post-list" class="post-list">{items}</ul></div>'
    return page_html(row, _article(row), thread)


def drupal(row: dict) -> str:
    """Drupal: a block a comment, "Submitted by X on DATE", answers indented."""

    def item(i: int, c: dict, answers: list) -> str:
        inner = "".join(item(*a) for a in answers)
        indent = f'<div class="indented">{inner}</div>' if inner else ""
        own = " comment-by-node-author" if c["by_essay_author"] else ""
        return (
            f'<a id="comment-{i + 60}"></a><div class="comment{own} clear-block"><h3><a href="/comment/{i + 60}#comment-{i + 60}" class="permalink">#</a></h3>'
            f'<div class="submitted">Submitted by <span class="username">{name_html(c)}</span> on {drupal_moment(c["date"])}.</div>'
            f'<div class="content">{body_html(c)}</div><ul class="links"><li class="comment_reply"><a href="/comment/reply/{i + 60}">reply</a></li></ul></div>{indent}'
        )

    items = "".join(item(*t) for t in threads(row))
    thread = f'<div id="comments"><h2 class="comments">Comments</h2>{items}</div>'
    article = (
        f'<div class="node"><h2 class="title">{escape(row["title"])}</h2><span class="submitted">Submitted by {escape(row["author"])} on {drupal_moment(row["date"])}</span>'
        f'<div class="content">{essay_html(row)}</div></div>'
    )
    return page_html(row, article, thread)


def typepad(row: dict) -> str:
    """Typepad: the footer "Posted by: X | DATE" stands below each comment."""
    rows = "".join(
        f'<a id="c{i + 300}"></a><div class="comment" id="comment-{i + 300}"><div class="comment-content">{body_html(c)}</div>'
        f'<p class="comment-footer">Posted by: {name_html(c)} | <a href="{row["url"]}#c{i + 300}">{typepad_moment(c["date"])}</a></p></div>'
        for i, c in enumerate(row["comments"])
    )
    article = (
        f'<div class="entry"><h3 class="entry-header">{escape(row["title"])}</h3><div class="entry-body">{essay_html(row)}</div>'
        f'<p class="entry-footer"><span class="post-footers">Posted by {escape(row["author"])} on {long_date(row["date"])}</span> | <a href="{row["url"]}">Permalink</a></p></div>'
    )
    return page_html(
        row,
        article,
        f'<div class="comments"><h3 class="comments-header">Comments</h3>{rows}<p>The comments to this entry are closed.</p></div>',
    )


LAYOUTS = {
    "html-wordpress": wordpress_list,
    "html-wordpress-articles": wordpress_articles,
    "html-blogger": blogger,
    "html-disqus": disqus,
    "html-drupal": drupal,
    "html-typepad": typepad,
}
FLAT = {"html-blogger", "html-typepad"}  # layouts that do not say which comment answers which
