"""Write the pages of the sample corpus from its planted truth: `python corpus/render.py`.

``sample/truth.jsonl`` is the one source: each row holds an essay, its comments, what they are and the layout in which they
are to be shown. This script lays them out (HTML, plain text, one WordPress export) and lists every page in REGISTRY.txt.
It computes nothing else, so that a test can hold the shipped pages equal to what it writes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import html_layouts  # noqa: E402
import text_layouts  # noqa: E402
from wording import when  # noqa: E402

SAMPLE = HERE / "sample"
EXPORT = "wxr"


def read_truth(path: Path = SAMPLE / "truth.jsonl") -> list[dict]:
    """Rows of the planted truth, in file order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cdata(text: str) -> str:
    """Text as a CDATA section."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def export_comment(number: int, comment: dict) -> str:
    """One wp:comment element; numbers count from 1 within a post."""
    parent = 0 if comment["reply_to"] is None else comment["reply_to"] + 1
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{cdata(comment["author"])}</wp:comment_author>
<wp:comment_author_url>{escape(comment["link"] or "")}</wp:comment_author_url><wp:comment_date>{comment["date"]}:00</wp:comment_date>
<wp:comment_date_gmt>{comment["date"]}:00</wp:comment_date_gmt><wp:comment_content>{cdata(comment["text"])}</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type>{"pingback" if comment["kind"] == "pingback" else ""}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>{1 if comment["by_essay_author"] else 0}</wp:comment_user_id></wp:comment>"""


def export_item(row: dict) -> str:
    """One post of the export with its comments; the number in its page's name is its wp:post_id."""
    number = row["page"].split("#")[1]
    comments = "\n".join(export_comment(i + 1, c) for i, c in enumerate(row["comments"]))
    return f"""<item><title>{escape(row["title"])}</title><link>{row["url"]}</link><pubDate>{format_datetime(when(row["date"]))}</pubDate>
<dc:creator>{cdata(row["author"])}</dc:creator><content:encoded>{cdata(html_layouts.essay_html(row))}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{row["date"]}:00</wp:post_date><wp:comment_status>open</wp:comment_status>
<wp:post_name>{row["url"].rsplit("/", 1)[1]}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
{comments}
</item>"""


def export_text(rows: list[dict]) -> str:
    """A WordPress export (WXR 1.2) of one blog."""
    names = " ".join(
        f'xmlns:{k}="{v}"'
        for k, v in {
            "excerpt": "http://wordpress.org/export/1.2/excerpt/",
            "content": "http://purl.org/rss/1.0/modules/content/",
            "dc": "http://purl.org/dc/elements/1.1/",
            "wp": "http://wordpress.org/export/1.2/",
        }.items()
    )
    items = "\n".join(export_item(row) for row in rows)
    first = rows[0]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" {names}>
<channel><title>{escape(first["blog"])}</title><link>{first["url"].rsplit("/", 1)[0]}</link><language>{first["lang"]}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>{cdata(first["author"])}</wp:author_login><wp:author_display_name>{cdata(first["author"])}</wp:author_display_name></wp:author>
{items}
</channel>
</rss>
"""


def render(rows: list[dict]) -> dict[str, str]:
    """File name to content, for every page of the corpus, sorted by name."""
    files, exports = {}, {}
    for row in rows:
        layout = row["layout"]
        if layout == EXPORT:
            exports.setdefault(row["file"], []).append(row)
        elif layout in html_layouts.LAYOUTS:
            files[row["file"]] = html_layouts.LAYOUTS[layout](row)
        else:
            files[row["file"]] = "\n".join(text_layouts.LAYOUTS[layout](row)).strip("\n") + "\n"
    files.update({name: export_text(posts) for name, posts in exports.items()})
    return dict(sorted(files.items()))


def registry(files: dict[str, str]) -> str:
    """A line a page: its SHA-256 and its name."""
    return "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(files.items()))


def main() -> None:
    """Write pages and registry; pages that truth.jsonl no longer names are removed."""
    files = render(read_truth())
    pages = SAMPLE / "pages"
    pages.mkdir(exist_ok=True)
    for old in pages.iterdir():
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (pages / name).write_bytes(text.encode())
    (SAMPLE / "REGISTRY.txt").write_bytes(registry({f"pages/{n}": t for n, t in files.items()}).encode())
    print(f"{len(files)} files written to {pages.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
