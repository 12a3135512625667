"""Topics: what the essays are about. The only room that imports gensim, and only where something is asked of it.

``fit_topics`` is the way in; a topic engine of your own goes into ``ENGINES`` once ``check_engine`` finds no fault.
"""

from analysis.topics.engine import EngineFit, TopicEngine, check_engine
from analysis.topics.fit import ENGINES, fit_topics
from analysis.topics.gensim_model import as_gensim
from analysis.topics.guided import GuidedTopics, fit_guided
from analysis.topics.infer import Inferred, infer_mixtures, stream_mixtures
from analysis.topics.model import TopicModel, load_model, save_model, topics_as_json
from analysis.topics.vectors import WordVectors, load_vectors, train_vectors

__all__ = [
    "ENGINES",
    "EngineFit",
    "GuidedTopics",
    "Inferred",
    "TopicEngine",
    "TopicModel",
    "WordVectors",
    "as_gensim",
    "check_engine",
    "fit_guided",
    "fit_topics",
    "infer_mixtures",
    "load_model",
    "load_vectors",
    "save_model",
    "stream_mixtures",
    "topics_as_json",
    "train_vectors",
]
