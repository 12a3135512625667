"""Each family of comment mark-up gives the same three comments, whatever its names and nesting."""
# ruff: noqa: E501 - mark-up stands here as blogs serve it

from __future__ import annotations

import pytest

from analysis.pages.comment_markup import find_comments
from analysis.pages.html_tree import parse_html

# In every family: Ann writes, Bob answers Ann, Cy writes on his own. Written for this test after each family's manual.
FAMILIES = {
    "wordpress html5": """<ol class="comment-list">
      <li id="comment-11" class="comment even thread-even depth-1 parent"><article id="div-comment-11" class="comment-body">
        <footer class="comment-meta"><div class="comment-author vcard"><img class="avatar"><b class="fn"><a class="url"
        href="http://ann.example">Ann</a></b> <span class="says">says:</span></div><div class="comment-metadata">
        <a href="#comment-11"><time datetime="2012-05-04T10:00:00+00:00">May 4, 2012 at 10:00 am</time></a></div></footer>
        <div class="comment-content"><p>First words.</p></div><div class="reply"><a href="?replytocom=11#respond">Reply</a></div>
        </article><ol class="children"><li id="comment-12" class="comment odd alt depth-2"><article id="div-comment-12"
        class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Bob</b>
        <span class="says">says:</span></div><div class="comment-metadata"><time datetime="2012-05-05">May 5, 2012</time></div>
        </footer><div class="comment-content"><p>Second words.</p></div></article></li></ol></li>
      <li id="comment-13" class="comment depth-1"><article id="div-comment-13" class="comment-body"><footer class="comment-meta">
        <b class="fn">Cy</b><time>May 6, 2012</time></footer><div class="comment-content"><p>Third words.</p></div></article></li>
      </ol>""",
    "wordpress kubrick": """<ol class="commentlist"><li class="alt" id="comment-11"><cite><a href="http://ann.example"
      rel="external nofollow">Ann</a></cite> Says: <br/><small class="commentmetadata"><a href="#comment-11">May 4th, 2012 at
      10:00 am</a></small><p>First words.</p></li><li id="comment-12"><cite>Bob</cite> Says:<br/><small class="commentmetadata">
      <a href="#comment-12">May 5th, 2012 at 9:00 am</a> in reply to <a href="#comment-11">Ann</a></small>
      <p>Second words.</p></li><li id="comment-13"><cite>Cy</cite> Says:<br/><small class="commentmetadata">
      <a href="#comment-13">May 6th, 2012</a></small><p>Third words.</p></li></ol>""",
    "blogger threads": """<div id="comments" class="comments"><ol id="top-ra"><li class="comment" id="c11111111"><div
      class="comment-block"><div class="comment-header"><cite class="user"><a href="http://ann.example">Ann</a></cite><span
      class="icon user"></span><span class="datetime secondary-text"><a href="x#c11111111">May 4, 2012 at 10:00 AM</a></span></div>
      <p class="comment-content">First words.</p><span class="comment-actions"><a class="comment-reply">Reply</a></span></div>
      <div class="comment-replies"><div class="comment-thread inline-thread"><ol><li class="comment" id="c22222222"><div
      class="comment-block"><div class="comment-header"><cite class="user">Bob</cite><span class="datetime">May 5, 2012</span></div>
      <p class="comment-content">Second words.</p></div></li></ol></div></div></li><li class="comment" id="c33333333">
      <div class="comment-block"><div class="comment-header"><cite class="user">Cy</cite><span class="datetime">May 6, 2012</span>
      </div><p class="comment-content">Third words.</p></div></li></ol></div>""",
    "blogger flat": """<dl id="comments-block"><dt class="comment-author" id="c11111111"><a name="c11111111"></a>
      <a href="http://ann.example" rel="nofollow">Ann</a> said...</dt><dd class="comment-body"><p>First words.</p></dd>
      <dd class="comment-footer"><span class="comment-timestamp"><a href="x#c11111111">May 4, 2012 at 10:00 AM</a></span></dd>
      <dt class="comment-author" id="c22222222">Bob said...</dt><dd class="comment-body"><p>Second words.</p></dd>
      <dd class="comment-footer"><span class="comment-timestamp">May 5, 2012</span></dd>
      <dt class="comment-author" id="c33333333">Cy said...</dt><dd class="comment-body"><p>Third words.</p></dd>
      <dd class="comment-footer"><span class="comment-timestamp">May 6, 2012</span></dd></dl>""",
    "wpdiscuz": """<div class="wpd-thread-list"><div id="wpd-comm-11_0" class="comment wpd-comment wpd_comment_level-1"><div
      class="wpd-comment-wrap wpd-blog-guest"><div id="comment-11" class="wpd-comment-right"><div class="wpd-comment-header">
      <div class="wpd-comment-author"><a href="http://ann.example">Ann</a></div><div class="wpd-comment-date"
      title="May 4, 2012 10:00 am">9 years ago</div></div><div class="wpd-comment-text"><p>First words.</p></div><div
      class="wpd-comment-footer"><div class="wpd-vote"><div class="wpd-vote-result">7</div></div></div></div></div>
      <div id="wpd-comm-12_11" class="comment wpd-comment wpd-reply wpd_comment_level-2"><div class="wpd-comment-wrap"><div
      id="comment-12" class="wpd-comment-right"><div class="wpd-comment-author">Bob</div><div class="wpd-comment-date"
      title="May 5, 2012">9 years ago</div><div class="wpd-comment-text"><p>Second words.</p></div></div></div></div></div>
      <div id="wpd-comm-13_0" class="comment wpd-comment"><div id="comment-13" class="wpd-comment-right"><div
      class="wpd-comment-author">Cy</div><div class="wpd-comment-date" title="May 6, 2012">9 years ago</div><div
      class="wpd-comment-text"><p>Third words.</p></div></div></div></div>""",
    "disqus as shown": """<ul id="post-list" class="post-list"><li class="post" id="post-1111"><div data-role="post-content"
      class="post-content"><header class="comment__header"><span class="post-byline"><span class="author
      publisher-anchor-color"><a href="http://ann.example">Ann</a></span></span><span class="post-meta"><a href="x#comment-1111"
      class="time-ago" title="Friday, May 4, 2012 10:00 AM">9 years ago</a></span></header><div class="post-body-inner"><div
      class="post-message-container"><div class="post-message"><p>First words.</p></div></div></div><footer
      class="comment__footer"><menu><li class="reply"><a>Reply</a></li></menu></footer></div><ul class="children"><li class="post"
      id="post-2222"><div class="post-content"><header><span class="author publisher-anchor-color">Bob</span>
      <span class="parent-link-container"><a class="parent-link" href="#comment-1111">Ann</a></span><a class="time-ago"
      title="May 5, 2012">9 years ago</a></header><div class="post-message"><p>Second words.</p></div></div></li></ul></li>
      <li class="post" id="post-3333"><div class="post-content"><header><span class="author publisher-anchor-color">Cy</span>
      <a class="time-ago" title="May 6, 2012">9 years ago</a></header><div class="post-message"><p>Third words.</p></div></div>
      </li></ul>""",
    "disqus for engines": """<div id="disqus_thread"><ul id="dsq-comments"><li class="comment even depth-1" id="dsq-comment-11">
      <div id="dsq-comment-header-11" class="dsq-comment-header"><cite id="dsq-cite-11"><a id="dsq-author-user-11"
      href="http://ann.example">Ann</a></cite> <span class="dsq-date">May 4, 2012</span></div><div id="dsq-comment-body-11"
      class="dsq-comment-body"><div id="dsq-comment-message-11" class="dsq-comment-message"><p>First words.</p></div></div>
      <ul class="children"><li class="comment odd depth-2" id="dsq-comment-12"><div id="dsq-comment-header-12"
      class="dsq-comment-header"><cite id="dsq-cite-12"><span id="dsq-author-user-12">Bob</span></cite><span class="dsq-date">May 5,
      2012</span></div><div id="dsq-comment-body-12" class="dsq-comment-body"><div id="dsq-comment-message-12"
      class="dsq-comment-message"><p>Second words.</p></div></div></li></ul></li><li class="comment" id="dsq-comment-13"><div
      class="dsq-comment-header"><cite id="dsq-cite-13">Cy</cite><span class="dsq-date">May 6, 2012</span></div><div
      class="dsq-comment-message"><p>Third words.</p></div></li></ul></div>""",
    "drupal 7": """<div id="comments" class="comment-wrapper"><h2 class="title">Comments</h2><a id="comment-11"></a><div
      class="comment comment-new clearfix"><h3><a href="/comment/11#comment-11" class="permalink" rel="bookmark">So it is</a></h3>
      <div class="submitted">Submitted by <a class="username" href="http://ann.example">Ann</a> on Fri, 05/04/2012 - 10:00.</div>
      <div class="content"><div class="field field-name-comment-body"><p>First words.</p></div></div><ul class="links inline"><li
      class="comment-reply"><a href="/comment/reply/5/11">reply</a></li></ul></div><div class="indented"><a id="comment-12"></a>
      <div class="comment clearfix"><div class="submitted">Submitted by <span class="username">Bob</span> on Sat,
      05/05/2012.</div><div class="content"><div class="field field-name-comment-body"><p>Second words.</p></div></div></div></div>
      <a id="comment-13"></a><div class="comment"><div class="submitted">Submitted by <span class="username">Cy</span> on Sun,
      05/06/2012.</div><div class="content"><div class="field-name-comment-body"><p>Third words.</p></div></div></div></div>""",
    "drupal 8": """<section id="comments"><article data-comment-user-id="0" id="comment-11" class="comment js-comment">
      <footer class="comment__meta"><p class="comment__author"><span class="username">Ann</span></p><p class="comment__time">May 4,
      2012</p><p class="comment__permalink"><a href="/comment/11#comment-11">Permalink</a></p></footer><div
      class="comment__content"><h3><a href="/comment/11#comment-11">Subject</a></h3><div class="text-formatted
      field--name-comment-body"><p>First words.</p></div></div></article><div class="indented"><article id="comment-12"
      class="comment js-comment"><footer class="comment__meta"><p class="comment__author"><span class="username">Bob</span></p><p
      class="comment__time">May 5, 2012</p><p class="parent visually-hidden">In reply to <a href="/comment/11#comment-11">Subject
      </a> by Ann</p></footer><div class="comment__content"><div class="field--name-comment-body"><p>Second words.</p></div></div>
      </article></div><article id="comment-13" class="comment js-comment"><footer class="comment__meta"><span
      class="username">Cy</span><p class="comment__time">May 6, 2012</p></footer><div class="comment__content"><div
      class="field--name-comment-body"><p>Third words.</p></div></div></article></section>""",
    "typepad": """<div id="all-comments" class="comments"><div class="comments-content"><div class="comment"
      id="comment-6a00d8341c0000000011"><div class="comment-content"><p>First words.</p></div><p class="comment-footer">Posted by:
      <a href="http://ann.example">Ann</a> | <a href="#comment-6a00d8341c0000000011">May 04, 2012 at 10:00 AM</a></p></div>
      <div class="comment" id="comment-6a00d8341c0000000012"><div class="comment-content"><p>Second words.</p></div><p
      class="comment-footer">Posted by: Bob | <a href="#c2">May 05, 2012 at 10:00 AM</a></p></div><div class="comment"
      id="comment-6a00d8341c0000000013"><div class="comment-content"><p>Third words.</p></div><p class="comment-footer">Posted by:
      Cy | <a href="#c3">May 06, 2012 at 10:00 AM</a></p></div></div></div>""",
    "movable type 4": """<div id="comments" class="comments"><div class="comments-content"><div class="comment" id="comment-11">
      <div class="inner"><div class="comment-header"><div class="user-pic"></div><div class="asset-meta"><span class="byline">
      <span class="vcard author"><a href="http://ann.example">Ann</a></span> | <a href="#comment-11"><abbr class="published"
      title="2012-05-04T10:00:00+01:00">May 4, 2012 10:00 AM</abbr></a> | <a href="#">Reply</a></span></div></div><div
      class="comment-content"><p>First words.</p></div></div></div><div class="comment comment-reply" id="comment-12"><div
      class="inner"><div class="asset-meta"><span class="byline"><span class="vcard author">Bob</span> replied to <a
      href="#comment-11">comment from Ann</a> | <abbr class="published" title="2012-05-05T10:00:00+01:00">May 5, 2012</abbr></span>
      </div><div class="comment-content"><p>Second words.</p></div></div></div><div class="comment" id="comment-13"><div
      class="inner"><div class="asset-meta"><span class="byline"><span class="vcard author">Cy</span> | <abbr class="published"
      title="2012-05-06T10:00:00+01:00">May 6, 2012</abbr></span></div><div class="comment-content"><p>Third words.</p></div></div>
      </div></div></div>""",
    "schema.org": """<div><div itemprop="comment" itemscope itemtype="http://schema.org/Comment" id="r11"><span itemprop="author"
      itemscope itemtype="http://schema.org/Person"><a itemprop="url" href="http://ann.example"><span itemprop="name">Ann</span></a>
      </span><time itemprop="dateCreated" datetime="2012-05-04">4 May</time><div itemprop="text">First words.</div><div
      itemprop="comment" itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Bob</span><time
      itemprop="dateCreated" datetime="2012-05-05">5 May</time><div itemprop="text">Second words.</div></div></div><div
      itemprop="comment" itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Cy</span><time
      itemprop="dateCreated" datetime="2012-05-06">6 May</time><div itemprop="text">Third words.</div></div></div>""",
    "microformats 2": """<div class="h-feed"><article class="u-comment h-cite"><a class="p-author h-card" href="http://ann.example">
      Ann</a><time class="dt-published" datetime="2012-05-04">4 May 2012</time><div class="e-content">First words.</div><div
      class="replies"><article class="u-comment h-cite"><span class="p-author h-card">Bob</span><time class="dt-published"
      datetime="2012-05-05">5 May</time><div class="e-content">Second words.</div></article></div></article><article
      class="u-comment h-cite"><span class="p-author h-card">Cy</span><time class="dt-published" datetime="2012-05-06">6 May</time>
      <div class="e-content">Third words.</div></article></div>""",
    "joomla": """<div id="comments-list" class="comments-list"><div class="even" id="comment-item-11"><div class="rbox"><div
      class="comment-box"><a class="comment-anchor" href="#comment-11" id="comment-11">#1</a><span class="comment-author"><a
      href="http://ann.example">Ann</a></span><span class="comment-date">2012-05-04 10:00</span><div class="comment-body"
      id="comment-body-11">First words.</div><span class="comments-buttons"><a href="#">Quote</a></span></div></div></div><div
      class="odd" id="comment-item-12"><div class="comment-box"><a class="comment-anchor" id="comment-12">#2</a><span
      class="comment-author">Bob</span><span class="comment-date">2012-05-05 10:00</span><div class="comment-body"
      id="comment-body-12">Second words.</div></div></div><div class="even" id="comment-item-13"><div class="comment-box"><span
      class="comment-author">Cy</span><span class="comment-date">2012-05-06</span><div class="comment-body"
      id="comment-body-13">Third words.</div></div></div></div>""",
    "squarespace": """<div class="comment-list"><div id="comment-5a1111111111111111111111" class="comment"><div
      class="comment-header"><a href="http://ann.example" class="author">Ann</a> <span class="date">May 4, 2012</span></div><div
      class="comment-body"><p>First words.</p></div><div class="comment-footer"><span class="likes">2 Likes</span></div><div
      class="comment-list replies"><div id="comment-5a2222222222222222222222" class="comment"><div class="comment-header"><span
      class="author">Bob</span><span class="date">May 5, 2012</span></div><div class="comment-body"><p>Second words.</p></div></div>
      </div></div><div id="comment-5a3333333333333333333333" class="comment"><div class="comment-header"><span
      class="author">Cy</span><span class="date">May 6, 2012</span></div><div class="comment-body"><p>Third words.</p></div></div>
      </div>""",
    "isso": """<div id="isso-root"><div class="isso-comment" id="isso-11"><div class="isso-text-wrapper"><div
      class="isso-comment-header"><a class="isso-author" href="http://ann.example">Ann</a><span class="isso-spacer">•</span><a
      class="isso-permalink" href="#isso-11"><time datetime="2012-05-04T10:00:00Z" title="2012-05-04">9 years ago</time></a></div>
      <div class="isso-text"><p>First words.</p></div><div class="isso-comment-footer"><a class="isso-upvote">1</a></div><div
      class="isso-follow-up"><div class="isso-comment" id="isso-12"><div class="isso-text-wrapper"><div
      class="isso-comment-header"><span class="isso-author">Bob</span><time datetime="2012-05-05T10:00:00Z">9 years ago</time></div>
      <div class="isso-text"><p>Second words.</p></div></div></div></div></div></div><div class="isso-comment" id="isso-13"><div
      class="isso-text-wrapper"><div class="isso-comment-header"><span class="isso-author">Cy</span><time
      datetime="2012-05-06T10:00:00Z">9 years ago</time></div><div class="isso-text"><p>Third words.</p></div></div></div></div>""",
    "wordpress blocks": """<div class="wp-block-comments"><ol class="wp-block-comment-template"><li id="comment-11" class="comment
      depth-1"><div class="wp-block-columns"><div class="wp-block-comment-author-name"><a href="http://ann.example">Ann</a></div>
      <div class="wp-block-comment-date"><time datetime="2012-05-04T10:00:00+00:00"><a href="#comment-11">May 4, 2012</a></time>
      </div><div class="wp-block-comment-content"><p>First words.</p></div><div class="wp-block-comment-reply-link"><a>Reply</a>
      </div></div><ol><li id="comment-12" class="comment depth-2"><div class="wp-block-comment-author-name">Bob</div><div
      class="wp-block-comment-date"><time datetime="2012-05-05">May 5, 2012</time></div><div class="wp-block-comment-content"><p>
      Second words.</p></div></li></ol></li><li id="comment-13" class="comment depth-1"><div
      class="wp-block-comment-author-name">Cy</div><div class="wp-block-comment-date"><time datetime="2012-05-06">May 6</time>
      </div><div class="wp-block-comment-content"><p>Third words.</p></div></li></ol></div>""",
    "serendipity": """<div id="comments"><div class="serendipity_comment" id="c11"><a id="c11"></a><div
      class="serendipity_commentBody"><p>First words.</p></div><div class="serendipity_comment_source">#1 <a class="comment_url"
      href="http://ann.example">Ann</a> on <time datetime="2012-05-04">2012-05-04 10:00</time></div></div><div
      class="serendipity_comment" id="c12"><div class="serendipity_commentBody"><p>Second words.</p></div><div
      class="serendipity_comment_source">#1.1 Bob on <time datetime="2012-05-05">2012-05-05</time> in reply to <a href="#c11">#1</a>
      </div></div><div class="serendipity_comment" id="c13"><div class="serendipity_commentBody"><p>Third words.</p></div><div
      class="serendipity_comment_source">#2 Cy on <time datetime="2012-05-06">2012-05-06</time></div></div></div>""",
    "typepad classic": """<h3 class="comments-header">Comments</h3><div id="all-comments"><div class="comments-body"><a
      id="comment-6a00d8341c0000000011"></a><p>First words.</p><span class="comments-post">Posted by: <a
      href="http://ann.example">Ann</a> | <a href="#comment-6a00d8341c0000000011">April 04, 2008 at 09:12 AM</a></span></div><div
      class="comments-body"><a id="comment-6a00d8341c0000000012"></a><p>Second words.</p><span class="comments-post">Posted by: Bob |
      <a href="#c">April 05, 2008 at 09:12 AM</a></span></div><div class="comments-body"><a id="comment-6a00d8341c0000000013"></a>
      <p>Third words.</p><span class="comments-post">Posted by: Cy | <a href="#c">April 06, 2008</a></span></div></div>""",
    "movable type 3": """<div class="comments" id="comments"><h2>Comments</h2><a name="c11"></a><p>First words.</p><p
      class="posted">Posted by: <a href="http://ann.example">Ann</a> at May 4, 2005 10:00 AM</p><a name="c12"></a><p>Second words.</p>
      <p class="posted">Posted by: Bob at May 5, 2005 10:00 AM</p><a name="c13"></a><p>Third words.</p><p class="posted">Posted by: Cy
      at May 6, 2005 10:00 AM</p></div>""",
    "drupal 6": """<div id="comments"><a id="comment-11"></a><div class="comment odd"><div class="submitted">Fri, 2012-05-04 10:00 —
      <a href="http://ann.example" title="View user profile.">Ann</a></div><div class="content"><p>First words.</p></div></div><div
      class="indented"><a id="comment-12"></a><div class="comment even"><div class="submitted">Sat, 2012-05-05 10:00 — <a
      href="/user/bob">Bob</a></div><div class="content"><p>Second words.</p></div></div></div><a id="comment-13"></a><div
      class="comment odd"><div class="submitted">Sun, 2012-05-06 10:00 — <a href="/user/cy">Cy</a></div><div class="content"><p>Third
      words.</p></div></div></div>""",
}  # fmt: skip
FLAT = {"blogger flat", "typepad", "typepad classic", "movable type 3", "joomla"}


@pytest.mark.parametrize("family", list(FAMILIES))
def test_a_family_gives_its_three_comments(family):
    """Author, body, date and thread must not depend on the blog's software."""
    items = find_comments(parse_html(f"<html><body><p>An essay.</p>{FAMILIES[family]}</body></html>".encode()))
    place = {id(item): k for k, item in enumerate(items)}
    assert [item.fields.text for item in items] == ["First words.", "Second words.", "Third words."]
    assert [item.fields.author for item in items] == ["Ann", "Bob", "Cy"]
    assert all("4" in (item.fields.date_exact or item.fields.date_raw or "") for item in items[:1])
    assert all(item.fields.date_raw for item in items)
    answers = [place[id(item.parent)] if item.parent else None for item in items]
    assert answers == ([None, None, None] if family in FLAT else [None, 0, None])
    if family not in ("drupal 8",):
        assert items[0].fields.author_link == "http://ann.example"


def _read(markup: str):
    """What is read of the one comment in some mark-up."""
    [item] = find_comments(parse_html(f"<html><body><p>An essay.</p>{markup}</body></html>".encode()))
    return item.fields


@pytest.mark.parametrize(
    ("head", "name", "exact"),
    [
        ("<span class='comment-author'>Dora <span class='badge'>Author</span></span>", "Dora", None),
        ("<span class='comment-author'><a title='profile'>Max</a> <em>Moderator</em></span>", "Max", None),
        ("<span class='comment-author'>Inés (autora)</span>", "Inés", None),
        ("<span class='comment-author'><a>Editor</a></span>", "Editor", None),
        ("<cite class='fn'>Élise</cite> <span class='says'>dit :</span>", "Élise", None),
        ("<cite><strong>Moraima</strong> dijo:</cite>", "Moraima", None),
        ("<p><b>Ann Lee</b> <i title='2011-02-03 04:05'>yesterday</i></p>", "Ann Lee", "2011-02-03 04:05"),
        ("<p><b>Re: your subject of 2011</b></p><span class='author'>Ann</span>", "Ann", None),
        ("<abbr class='published' title='2009-07-01T10:00:00-0500'>July 1</abbr><b class='fn'>Ann</b>", "Ann",
         "2009-07-01T10:00:00-0500"),
        ("<meta itemprop='commentTime' content='2012-05-04T08:00:00Z'><i itemprop='creator'>Ann</i>", "Ann",
         "2012-05-04T08:00:00Z"),
    ],
)  # fmt: skip
def test_the_head_gives_name_and_date(head, name, exact):
    """Roles, badges and verbs are no part of a name; a date for machines may stand in any title."""
    found = _read(f"<div class='comment' id='comment-7'>{head}<div class='comment-text'><p>Words.</p></div></div>")
    assert (found.author, found.date_exact, found.text) == (name, exact, "Words.")


def test_the_label_of_the_essays_author_is_no_name():
    """wpDiscuz marks its box "blog post author" and sets a label before the name."""
    found = _read(
        "<div id='wpd-comm-11_0' class='comment wpd-comment'><div class='wpd-comment-wrap wpd-blog-post_author'>"
        "<div id='comment-11'><div class='wpd-comment-label'><span>Author</span></div><div class='wpd-comment-author'>"
        "<a href='http://dora.example'>Dora</a></div><div class='wpd-comment-text'><p>Words.</p></div></div></div></div>"
    )
    assert (found.author, found.owner, found.text) == ("Dora", True, "Words.")


def test_a_pingback_is_named_by_its_page():
    """WordPress writes nothing but a link after "Pingback:"."""
    found = _read(
        "<ol><li class='pingback even' id='comment-1'><p>Pingback: <a href='http://x.example/p' class='url'>A walk</a>"
        "</p></li></ol>"
    )
    assert (found.ping, found.author, found.author_link, found.text) == (True, "A walk", "http://x.example/p", "A walk")


def test_quotes_and_lists_stay_visible_in_a_body():
    """What a commenter quotes is another's voice, and must be known as such."""
    found = _read(
        "<div class='comment' id='comment-1'><b class='fn'>Ann</b><div class='comment-text'><blockquote><p>You said so."
        "</p></blockquote><p>No:</p><ul><li>one</li><li>two</li></ul></div></div>"
    )
    assert found.text.split("\n") == ["> You said so.", "No:", "- one", "- two"]
