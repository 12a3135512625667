"""What rests on hand codes is made where there are codes, and said to be missing where there are none."""

import numpy as np
import pandas as pd
import pytest

from analysis.config import load_config
from analysis.estimate import draw_sample, take_codes
from analysis.hand_codes import HandCodes
from analysis.share_tables import CODED_TABLES, Population, make_share_tables
from analysis.tables import CODES, check_table

SETTINGS = load_config().estimates


def invent(n=300, seed=1):
    """Comments of thirty essays and two years; a machine that misses half of the agreeing ones."""
    draw = np.random.default_rng(seed)
    ids = [f"c{i:04}" for i in range(n)]
    truth = pd.Series(draw.choice(["agreeing", "extending", "spam"], n, p=[0.3, 0.5, 0.2]), ids)
    missed = (truth == "agreeing") & (draw.random(n) < 0.5)
    said = truth.mask(missed, "extending")
    chances = {label: np.where(said == label, 0.8, 0.1) for label in ("agreeing", "extending", "spam")}
    essays = [f"e{i % 30:02}" for i in range(n)]
    labels = pd.DataFrame({"comment_id": ids, "cluster": essays, "label": said.to_numpy(), **chances})
    circumstances = pd.DataFrame(
        {
            "comment_id": ids,
            "year": np.where(np.arange(n) % 2, 2010.0, 2011.0),
            "words": np.where(truth == "extending", 40, 12) + draw.integers(0, 5, n),
            "answers_reader": np.arange(n) % 3 == 0,
            "author_joins": np.arange(n) % 30 < 15,
        }
    )
    return Population(labels, circumstances, None, truth)


def code(population, n=130, *, coders=("anna", "ben"), seed=3):
    """A simple sample, coded as it is; the second coder calls every twentieth comment none."""
    sample = draw_sample(population.labels, n, seed, by="simple")
    rows = [
        (row.comment_id, coder, "none" if coder == "ben" and row.order % 20 == 0 else population.truth[row.comment_id])
        for row in sample.itertuples()
        for coder in coders
    ]
    codes = pd.DataFrame(rows, columns=["comment_id", "coder", "label"])
    codes = codes.assign(position=None, sure=True, note="", seconds=5.0, at=None, codebook_version="1.0")
    codes = check_table(codes, CODES)
    settled = sample[["comment_id"]].assign(label=lambda t: t["comment_id"].map(population.truth), position=None)
    settled = settled.assign(how="agreed", coders=len(coders))
    header = {"design": "simple", "seed": seed, "n": n, "population": len(population.labels)}
    return HandCodes(header, sample, codes, codes.iloc[:0], settled, take_codes(sample, settled), "0" * 12)


@pytest.fixture(scope="module")
def tables():
    """All tables of a coded corpus."""
    population = invent()
    made, missing = make_share_tables(population, code(population), settings=SETTINGS, seed=1)
    assert missing == {}
    return made


def test_without_codes_shares_are_counted_and_the_rest_is_missed():
    """A corpus nobody coded still has its counts, and says why it has no more."""
    tables, missing = make_share_tables(invent(), None, settings=SETTINGS, seed=1)
    assert set(tables) == {"shares", "shares_by_year", "readers"}
    assert not tables["shares"]["corrected"].any()
    assert set(missing) >= set(CODED_TABLES)
    assert all("coded by hand" in missing[name] for name in CODED_TABLES)


def test_counting_lies_below_the_truth_and_the_corrected_share_does_not(tables):
    """The machine misses half of the agreeing comments; only the codes can know."""
    found = tables["estimators"].set_index(["label", "method"])
    truth = found.loc[("agreeing", "ppi++"), "truth"]
    assert found.loc[("agreeing", "counted"), "high"] < truth
    assert found.loc[("agreeing", "ppi++"), "low"] < truth < found.loc[("agreeing", "ppi++"), "high"]


def test_years_and_kinds_are_compared_by_their_own_codes(tables):
    """Some sixty-five codes fall into each year: enough to correct it."""
    years = tables["shares_by_year"]
    assert list(dict.fromkeys(years["group"])) == ["all", "2010", "2011"]
    assert set(tables["contrasts"]["label"]) == {"agreeing", "extending", "spam"}
    assert tables["contrasts"]["comparison"].nunique() == 2
    joined = tables["contrasts"].query("comparison.str.contains('joins in')")
    assert joined["corrected"].all()
    assert (tables["contrasts"]["fewest_coded"] < tables["contrasts"]["n_coded"] / 2).all()


def test_length_goes_with_extending(tables):
    """Extending comments were made longer, so the regression must find it."""
    term = tables["regression"].set_index("term").loc["words"]
    assert term["low"] > 0
    assert term["words"] == "ten words more"


def test_more_codes_are_asked_for_narrower_intervals(tables):
    """The forecast falls, and the present stands among it."""
    rows = tables["precision"].query("label == 'extending' and not now").sort_values("half_width")
    assert rows["codes"].is_monotonic_decreasing
    assert tables["precision"]["now"].sum() == 3


def test_what_coders_do_not_agree_on_is_a_caution_beside_every_share():
    """Coders who agree by chance only must not be cited as if they did."""
    population = invent()
    coding = code(population)
    draw = np.random.default_rng(5)
    random = draw.choice(["agreeing", "extending", "spam"], len(coding.codes))
    codes = coding.codes.assign(label=np.where(coding.codes["coder"] == "ben", random, coding.codes["label"]))
    parts = {name: getattr(coding, name) for name in ("header", "sample", "adjudicated", "settled", "usable", "digest")}
    tables, _ = make_share_tables(population, HandCodes(codes=codes, **parts), settings=SETTINGS, seed=1)
    for name in ("shares", "shares_by_year", "estimators"):
        assert tables[name]["caution"].str.contains("agree too little").all()


def test_too_few_codes_for_a_regression_are_a_sentence():
    """Forty codes bear shares and not five coefficients."""
    population = invent()
    tables, missing = make_share_tables(population, code(population, 42), settings=SETTINGS, seed=1)
    assert "regression" not in tables
    assert "too few" in missing["regression"]
