"""The methods paragraphs hold every number they were given, in LaTeX that compiles, and say what was not done."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import EstimateError
from analysis.sentences.method_facts import Alpha, ErrorRange, MethodFacts, alphas_of, code_notes, errors_of
from analysis.sentences.methods import methods_paragraph
from analysis.sentences.methods_topics import TopicFacts
from analysis.sentences.references import WORKS, bibtex_of
from analysis.sentences.typesetting import escape_latex

GOLDEN = Path(__file__).with_name("golden")
FULL = MethodFacts(
    corpus="old_harbour & co",
    corpus_hash="c3a361e38e7e",
    package_version="0.1.0",
    code_version="700faacb9520",
    population=12426,
    clusters=349,
    level=0.9,
    classifier="below-the-line",
    unlabelled=1893,
    target_accuracy=0.88,
    design="stratified",
    strata="by the label of the classifier and by page",
    seed=1990594284,
    drawn=320,
    coded=317,
    double_coded=145,
    coders=3,
    codebook_version="1.7",
    alphas=(Alpha("all", 0.834, 0.741, 0.902), Alpha("agreeing", -0.054, -0.21, 0.13), Alpha("spam", 0.99, 0.788, 1.0)),
    given=492,
    on_trust=37,
    blind=True,
    coder_note="All three were students of history.",
    caution="The coders agree over all, but too little on agreeing (alpha −0.05).",
    adjudicated=26,
    unsettled=19,
    estimator="ppi++",
    used=316,
    draws=2000,
    errors=(ErrorRange("spam", 0.1, 0.093, 0.1164), ErrorRange("agreeing", 0.221, 0.197, 0.259, 0.242)),
    topics=TopicFacts(
        number=14,
        chosen=False,
        engine="nmf-lda",
        essays=341,
        paragraphs=2978,
        words=5120,
        dropped=17403,
        tagger=True,
        phrases=True,
        draws=25,
        share=0.8,
        lowest=0.31,
        highest=0.87,
        weak=2,
        named=True,
    ),
)
BARE = MethodFacts(
    corpus="x", corpus_hash="a1", package_version="0.1.0", code_version="b2", population=7, clusters=2, level=0.95
)


def numbers_of(facts):
    """Every number of the facts, as a paper writes it."""
    if getattr(facts, "topics", None):
        yield from numbers_of(facts.topics)
    shares = {"level", "target_accuracy", "share"}
    for f in fields(facts):
        value = getattr(facts, f.name)
        if isinstance(value, int) and not isinstance(value, bool):
            yield str(value) if f.name == "seed" else f"{value:,}"
        elif isinstance(value, float):
            yield f"{100 * value:g} %" if f.name in shares else f"{value:.2f}"
    if isinstance(facts, TopicFacts):
        return
    yield f"{100 * facts.unlabelled / facts.population:.1f} %"
    for a in facts.alphas:
        yield from (f"{v:.2f}".replace("-", "−") for v in (a.alpha, a.low, a.high))
    for e in facts.errors:
        yield from (f"{round(100 * v, 1):g} %" for v in (e.coded, e.least, e.most, e.settled) if v is not None)


def shown(latex):
    """LaTeX as a reader sees it, roughly: without marks of mathematics and citation."""
    text = re.sub(r"~\\citep\{[^}]*\}", "", latex).replace("{,}", ",").replace(r"\,", " ")
    text = re.sub(r"\$-(?=\d)", "$−", text).replace("$-$", "−").replace("$", "")
    return re.sub(r"\\([&%#_{}])", r"\1", text)


def plain(markdown):
    """Markdown as a reader sees it, roughly: without citations and the list."""
    text = markdown.replace("\xa0", " ").replace("&#95;", "_").replace("&#38;", "&")
    return re.sub(r" \([A-Z][^()]*\d{4}\)", "", text.split("\n\n- ")[0])


def test_every_number_of_the_facts_is_in_both_texts():
    """Nothing is rounded away or forgotten; words are there too."""
    made = methods_paragraph(FULL)
    for text in (plain(made.markdown), shown(made.latex)):
        missing = [n for n in numbers_of(FULL) if not re.search(rf"(?<![\d.,]){re.escape(n)}(?![\d%])", text)]
        assert missing == []
        for word in ("old_harbour & co", "c3a361e38e7e", "700faacb9520", "0.1.0", "codebook 1.7", "below-the-line"):
            assert word in text
        assert "by the label of the classifier and by page (seed" in text
        assert "All three were students of history." in text


def test_both_texts_say_the_same():
    """One text in two dresses: without their marks they are equal."""
    for facts in (FULL, BARE, replace(FULL, estimator="dsl"), replace(FULL, estimator="counted", errors=())):
        made = methods_paragraph(facts)
        assert shown(made.latex).split() == plain(made.markdown).split()


def check_latex(text):
    """Braces and dollars balance, commands are known, and no special character stands bare."""
    bare = re.sub(r"\\[&%$#_{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    depth = 0
    for c in bare:
        depth += (c == "{") - (c == "}")
        assert depth >= 0
    known = {"citep", "textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater", "textbar"}
    assert set(re.findall(r"\\([a-zA-Z]+)", bare)) <= {*known, "textquotedbl"}
    outside = re.sub(r"\$[^$]*\$", "", re.sub(r"\\[a-zA-Z]+", "", bare).replace(r"\,", ""))
    assert not re.search(r'[&%#_^<>|"\\]', outside), outside


def test_latex_compiles_and_cites_what_it_lists():
    """Every key cited has its entry, and no entry stands uncited."""
    for facts in (FULL, BARE, replace(FULL, estimator="hand codes"), replace(FULL, coders=1, double_coded=0)):
        made = methods_paragraph(facts)
        check_latex(made.latex)
        cited = {k for group in re.findall(r"\\citep\{([^}]*)\}", made.latex) for k in group.split(",")}
        assert cited == set(re.findall(r"@\w+\{(\w+),", made.bibtex))
        assert len(re.findall(r"^- ", made.markdown, flags=re.M)) == len(cited)


@settings(max_examples=50, deadline=None)
@given(text=st.text(alphabet=st.sampled_from(r'ab \{}$&%#_^~<>|"') | st.characters(), max_size=30))
def test_no_word_from_outside_breaks_latex(text):
    """Names of corpora and coders' notes are anything."""
    check_latex(escape_latex(text))
    made = methods_paragraph(replace(FULL, corpus=text or "x", coder_note=text or None, caution=text or None))
    check_latex(made.latex)
    assert "<" not in made.markdown


def test_bibtex_entries_balance():
    """Each entry of each work opens and closes, has a year, and no bare special character."""
    text = bibtex_of(WORKS)
    assert text.count("{") == text.count("}")
    assert len(re.findall(r"^@", text, flags=re.M)) == len(WORKS)
    for work in WORKS.values():
        assert work.fields["year"] in work.short
        assert text.isascii()
        assert not re.search(r"(?<!\\)[&%#_$]", "".join(work.fields.values()))


@pytest.mark.parametrize(("name", "facts"), [("full", FULL), ("bare", BARE)])
@pytest.mark.parametrize("kind", ["markdown", "latex", "bibtex"])
def test_texts_are_those_kept(name, facts, kind):
    """A change of wording is seen by whoever makes it: golden files."""
    made = getattr(methods_paragraph(facts), kind)
    kept = GOLDEN / f"methods_{name}.{ {'markdown': 'md', 'latex': 'tex', 'bibtex': 'bib'}[kind] }"
    assert made == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (BARE, "No classifier was used."),
        (BARE, "No topics were fitted."),
        (replace(FULL, topics=replace(FULL.topics, engine="nmf", named=False)), "are their first words."),
        (replace(FULL, topics=replace(FULL.topics, draws=0)), "other draws of the essays was not tried."),
        (replace(FULL, topics=replace(FULL.topics, weak=0, tagger=False)), "none is marked as weak."),
        (BARE, "No comment was coded by hand."),
        (BARE, "No share is estimated."),
        (replace(FULL, coded=0), "Of 320 comments drawn for coding by hand none has been coded."),
        (replace(FULL, double_coded=0), "No comment was coded twice, so agreement cannot be given."),
        (replace(FULL, coders=1), "One coder coded 317 of them by codebook 1.7, without seeing the label"),
        (replace(FULL, coders=2, coded=320), "Together 2 coders coded all 320 of them"),
        (replace(FULL, blind=False), "coded 317 of them by codebook 1.7. All three"),
        (replace(FULL, on_trust=0), "codes of the others. All three were students of history. Two coders"),
        (FULL, "Of 492 codes 37 were not given in the coding pane: that they"),
        (FULL, "given without seeing the label of the classifier or the codes of the others and in the order drawn is"),
        (
            replace(FULL, on_trust=492),
            "coded 317 of them by codebook 1.7. All three were students of history. The codes",
        ),
        (
            replace(FULL, on_trust=492, coders=1),
            "that they were given without seeing the label of the classifier and in",
        ),
        (replace(FULL, blind=False), "that they were given in the order drawn is taken on trust."),
        (replace(FULL, design=None), "were not drawn by lot, so no share rests on them"),
        (replace(FULL, design="simple"), "without replacement, each with the same chance (seed 1990594284)."),
        (replace(FULL, drawn=1, coded=1), "1 comment was drawn by lot"),
        (replace(FULL, alphas=()), "agreement beyond chance is not defined for them"),
        (replace(FULL, adjudicated=0, unsettled=1), "No disagreement was settled in a further reading. On 1 comment"),
        (replace(FULL, unlabelled=0), "It left no comment without a label."),
        (
            replace(FULL, unlabelled=1),
            "It left 1 comment (under 0.1 %) without a label; it stays in every denominator.",
        ),
        (replace(FULL, estimator="counted"), "not corrected for its errors: their 90 % intervals (2,000 bootstrap"),
        (
            replace(FULL, unhelped=("spam",)),
            "Of spam the classifier told nothing that the hand codes did not: there the share rests on the hand codes",
        ),
        (replace(FULL, unhelped=("agreeing", "spam")), "Of agreeing and spam the classifier told nothing"),
        (replace(FULL, estimator="hand codes"), "Shares rest on 316 hand codes alone"),
        (replace(FULL, errors=(), double_coded=0), "was not assessed for want of comments coded twice"),
    ],
)
def test_what_was_not_done_is_said(facts, sentence):
    """Every gap has its sentence, and one is not worded like many."""
    assert sentence in plain(methods_paragraph(facts).markdown)


def test_what_the_codes_leave_open_is_a_note_beforehand():
    """A caution on agreement stands in every figure; a first note that finds nothing to warn of would deny it."""
    caution, left = code_notes(FULL)
    assert caution.startswith("The coders agree over all, but too little on agreeing")
    assert "On 19 comments the coders differ and nobody settled it" in left
    assert left in plain(methods_paragraph(FULL).markdown)
    assert code_notes(BARE) == code_notes(replace(FULL, refused=True)) == ()


def test_unknown_names_are_refused():
    """A method that nobody knows has no sentence."""
    with pytest.raises(EstimateError, match=r"No estimator is called 'ppi'.*Did you mean 'ppi\+\+'"):
        methods_paragraph(replace(FULL, estimator="ppi"))
    with pytest.raises(EstimateError, match="No sampling design is called 'random'"):
        methods_paragraph(replace(FULL, design="random"))


def test_facts_come_out_of_the_tables():
    """Agreement on positions is no agreement on labels, gaps are left out, groups are not the whole."""
    agreement = pd.DataFrame(
        [
            ("label", "all", 0.8, 0.7, 0.9, 60),
            ("label", "spam", None, None, None, 60),
            ("position", "all", 0.5, 0, 1, 60),
        ],
        columns=["of", "label", "alpha", "low", "high", "n"],
    )
    assert alphas_of(agreement) == (Alpha("all", 0.8, 0.7, 0.9),)
    assert alphas_of(agreement.assign(n=0)) == ()
    names = ["no errors", "all misses", "half and half", "all false alarms", "settled"]
    part = pd.DataFrame({"assumption": names, "share": [0.2, 0.25, 0.2, 0.17, 0.22]})
    table = pd.concat([part.assign(group="all", label="spam"), part.assign(group="topic 1", label="spam", share=0.5)])
    assert errors_of(table) == (ErrorRange("spam", 0.2, 0.17, 0.25, 0.22),)
    assert errors_of(part.assign(label="spam", share=[0.2, None, 0.2, None, None])) == ()
    assert errors_of(part.head(0)) == ()
