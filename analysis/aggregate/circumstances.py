"""What is known of every comment without reading it: when, how long, to whom, and under what kind of conversation."""

from __future__ import annotations

import pandas as pd

from analysis.aggregate.counts import year_of
from analysis.text import words


def stat_circumstances(comments: pd.DataFrame) -> pd.DataFrame:
    """Tell the circumstances of each comment, for comparing groups and for regressions.

    Parameters
    ----------
    comments : DataFrame
        Table ``comments``: comment_id, doc_id, date, text, reply_to, by_essay_author, kind.

    Returns
    -------
    DataFrame
        comment_id; year (float, NaN: not dated); words (of the comment); answers_reader (it answers another comment);
        author_joins (the essay's author wrote among these comments); sorted by comment_id.

    Notes
    -----
    ``answers_reader`` is only as good as the page: where a layout shows no threads, nobody seems to answer anybody.

    Examples
    --------
    >>> rows = [("d-1", "d", "2011-05-04", "I rowed too", None, False, "comment"),
    ...         ("d-2", "d", None, "Thanks", "d-1", True, "comment")]
    >>> columns = ["comment_id", "doc_id", "date", "text", "reply_to", "by_essay_author", "kind"]
    >>> table = stat_circumstances(pd.DataFrame(rows, columns=columns))
    >>> table["words"].tolist(), table["answers_reader"].tolist(), table["author_joins"].tolist()
    ([3, 1], [False, True], [True, True])
    """
    own = comments["by_essay_author"].astype(bool) & (comments["kind"] == "comment")
    joined = set(comments.loc[own, "doc_id"])
    table = pd.DataFrame(
        {
            "comment_id": comments["comment_id"],
            "year": comments["date"].astype(object).map(year_of).astype(float),
            "words": [len(words(text)) for text in comments["text"]],
            "answers_reader": comments["reply_to"].notna(),
            "author_joins": comments["doc_id"].isin(joined),
        }
    )
    return table.sort_values("comment_id", kind="stable").reset_index(drop=True)
