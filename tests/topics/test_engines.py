"""The contract every topic engine keeps; an outsider runs ``check_engine`` on an engine of their own."""

import numpy as np
import pytest

from analysis.topics import ENGINES, EngineFit, check_engine


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_built_in_engines_keep_the_contract(name):
    """A built-in engine that broke its promises would break every corpus."""
    assert check_engine(ENGINES[name]) == []
    assert ENGINES[name].name == name


class RandomEngine:
    """An engine that guesses, with a generator of its own."""

    name = "guess"

    def __init__(self, scale=1.0):
        self.rng, self.scale = np.random.default_rng(), scale

    def fit(self, counts, *, number, seed):
        """Random shares, whatever the counts."""
        words = self.rng.dirichlet(np.ones(counts.shape[1]), number)
        return EngineFit(words, words, self.scale * self.rng.dirichlet(np.ones(number), counts.shape[0]))


def test_the_contract_finds_an_engine_that_guesses():
    """The contract is worth something only if it fails a bad engine, in words."""
    broken = check_engine(RandomEngine())
    assert any("two answers" in sentence for sentence in broken)
    assert any("planted documents" in sentence for sentence in broken)


def test_the_contract_finds_shares_that_do_not_sum_to_one():
    """Mixtures that are no shares would make every figure of prevalence wrong."""
    assert check_engine(RandomEngine(scale=2.0)) == ["Engine 'guess' gave mixtures whose rows do not sum to 1."]
