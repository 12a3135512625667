"""A fitted model in gensim's hands, for whatever gensim and the tools around it can do with one."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.topics.infer import topic_sizes
from analysis.topics.model import TopicModel

_ALPHA, _ETA = 0.3, 0.01  # where the model's settings name none


def as_gensim(model: TopicModel) -> Any:
    """Give a topic model as gensim's ``LdaModel``, to go on with gensim or with tools that read its models.

    Parameters
    ----------
    model : TopicModel

    Returns
    -------
    gensim.models.LdaModel
        With the same topics under the same numbers (from 0, as gensim counts), and a ``Dictionary`` as ``id2word``:
        ``found.id2word.doc2bow(words)`` makes what it reads. ``minimum_probability`` is 0, so that no share is left
        out.

    Notes
    -----
    Its mixtures are those of ``infer_mixtures`` but for gensim's random start; for a "mixture" model, which gives each
    text to one topic, gensim mixes topics instead. Its ``show_topics`` ranks words by probability alone, ours by what
    sets a topic apart.

    Examples
    --------
    >>> from analysis.topics import fit_topics
    >>> garden, radio = "garden seed volunteer rota".split(), "radio studio mast signal".split()
    >>> model = fit_topics([garden, garden[:3], garden[1:], radio, radio[:3], radio[1:]], number=2, seed=1)
    >>> lda = as_gensim(model)
    >>> topic, share = max(lda[lda.id2word.doc2bow(radio)], key=lambda pair: pair[1])
    >>> int(topic) == int(model.mixtures[3].argmax()), bool(share > 0.8)
    (True, True)
    """
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    words = Dictionary()
    words.token2id = {word: number for number, word in enumerate(model.vocabulary)}
    words.id2token = dict(enumerate(model.vocabulary))
    words.dfs = dict.fromkeys(range(len(model.vocabulary)), 1)  # how many documents hold a word is not kept
    words.num_docs = len(model.ids)
    alpha, eta = float(model.settings.get("alpha", _ALPHA)), float(model.settings.get("eta", _ETA))
    lda = LdaModel(
        num_topics=model.number,
        id2word=words,
        alpha=alpha,
        eta=eta,
        minimum_probability=0,
        dtype=np.float64,
        random_state=np.random.RandomState(model.seed % 2**32),
    )
    lda.state.sstats = np.maximum(model.topic_word * topic_sizes(model)[:, None] - eta, 0)
    lda.sync_state()
    return lda
