"""Coherence C_V: do a topic's words keep the company of the topic as a whole?"""

from __future__ import annotations

import numpy as np

from analysis.topic_stats.coherence import TOP, Floats, PairCounts, Words, npmi_matrix

CV_WINDOW = 110  # words: the window with which Röder, Both & Hinneburg found C_V nearest to readers' judgement


def c_v_by_topic(topics: Words, pairs: PairCounts, *, top: int = TOP) -> Floats:
    """Say how far each top word of a topic keeps the same company as its top words taken together.

    Parameters
    ----------
    topics : sequence of sequence of str
        Words of each topic, best first.
    pairs : PairCounts
        From the corpus the topics are judged on: ``count_pairs(documents, window=110)``.
    top : int
        Words looked at.

    Returns
    -------
    ndarray, shape (K,)
        Mean over the words of the cosine between a word's vector of NPMI with each of the words, itself among them, and
        the sum of all the words' vectors; mostly from 0 to 1, higher = more coherent. NaN for a topic with fewer
        than two words of the corpus.

    Notes
    -----
    Röder, Both & Hinneburg (2015), "Exploring the space of topic coherence measures", with the smoothing of gensim's
    ``c_v``, to which it is equal. Ten words none of which ever meets another have much the same vectors and
    score about .7: read it beside NPMI, never alone. Where documents are shorter than the window, as paragraphs are, it
    asks only which paragraphs two words share. Compare on the same corpus only.

    Examples
    --------
    >>> from analysis.topic_stats.coherence import count_pairs
    >>> documents = [["wiki", "edit"], ["wiki", "edit"], ["mast", "wave"], ["tea"]]
    >>> c_v_by_topic([["wiki", "edit"], ["wiki", "mast"]], count_pairs(documents, window=110)).round(2).tolist()
    [1.0, 0.04]
    """
    known = [[pairs.vocabulary[word] for word in topic if word in pairs.vocabulary][:top] for topic in topics]
    return np.array([_mean_cosine(pairs.together[topic][:, topic].toarray() / pairs.windows) for topic in known])


def _mean_cosine(shares: Floats) -> float:
    """Mean cosine of each word's vector with the sum of all; ``shares`` as for ``npmi_matrix``."""
    if len(shares) < 2:
        return float("nan")
    vectors = npmi_matrix(shares)
    whole = vectors.sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(whole)
    return float(np.mean(np.divide(vectors @ whole, lengths, out=np.full(len(vectors), np.nan), where=lengths > 0)))
