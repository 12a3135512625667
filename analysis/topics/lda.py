"""Sharp words and calibrated mixtures: NMF finds the topics, one pass of gensim's LDA weighs them in each document."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from analysis.topics.counts import score_words
from analysis.topics.engine import EngineFit
from analysis.topics.model import Floats
from analysis.topics.nmf import as_shares, factorise, nmf_settings

ALPHA = (
    0.3  # documents lean on a few topics; on BBC articles NMI with the sections is .573 at .1, .580 at .5, flat above
)
ETA = 0.01  # topics lean on a few words
PASSES = 1  # the start is good: more passes blur the words and move the mixtures by less than a hundredth
_BLOCK = 200_000  # word occurrences whose shares are held in memory at once


def expected_counts(counts: sparse.csr_matrix, documents: Floats, topic_word: Floats) -> Floats:
    """Share each word's occurrences among the topics by how much each topic weighs in the document and on the word.

    Parameters
    ----------
    counts : csr_matrix, shape (n, V)
    documents : ndarray, shape (n, K)
    topic_word : ndarray, shape (K, V)

    Returns
    -------
    ndarray, shape (K, V)
        Occurrences; column sums equal those of ``counts``.
    """
    found = counts.tocoo()
    total = np.zeros_like(topic_word)
    for start in range(0, found.nnz, _BLOCK):
        block = slice(start, start + _BLOCK)
        shares = as_shares(documents[found.row[block]] * topic_word[:, found.col[block]].T)
        shares *= found.data[block, None]
        for topic in range(len(topic_word)):
            total[topic] += np.bincount(found.col[block], shares[:, topic], minlength=counts.shape[1])
    return total


def weigh_topics(counts: sparse.csr_matrix, expected: Floats, seed: int) -> tuple[Floats, Floats]:
    """Give LDA's mixtures (n, K) and topic-word probabilities (K, V) from a start in expected word counts.

    The model is gensim's ``LdaModel`` (variational Bayes, Hoffman, Blei & Bach 2010) with its state set from the start
    and one pass over all documents at once. Its random state is reset before inference, without which a fixed model
    gives other mixtures at each call.
    """
    from gensim.models import LdaModel

    bags = [
        list(zip(counts[row].indices.tolist(), counts[row].data.astype(int).tolist(), strict=True))
        for row in range(counts.shape[0])
    ]
    model = LdaModel(
        num_topics=len(expected),
        id2word={number: str(number) for number in range(counts.shape[1])},
        alpha=ALPHA,
        eta=ETA,
        dtype=np.float64,
        random_state=np.random.RandomState(seed),
    )
    found = expected
    for _ in range(PASSES):
        model.state.sstats = found
        model.sync_state()
        _, found = model.inference(bags, collect_sstats=True)
    model.state.sstats = found
    model.sync_state()
    model.random_state = np.random.RandomState(seed)
    gamma, _ = model.inference(bags)
    return as_shares(gamma), as_shares(model.get_topics().astype(np.float64))


class NmfLdaEngine:
    """Words from NMF, mixtures from LDA, under the same numbers: the choice for essays and their paragraphs."""

    name = "nmf-lda"

    def fit(self, counts: sparse.csr_matrix, *, number: int, seed: int) -> EngineFit:
        """Find topics; the seed touches the mixtures' last digits only."""
        documents, words = factorise(counts, number)
        mixtures, topic_word = weigh_topics(counts, expected_counts(counts, documents, words), seed)
        settings = {**nmf_settings(), "alpha": ALPHA, "eta": ETA, "passes": PASSES}
        return EngineFit(score_words(words, counts), topic_word, mixtures, settings)
