"""The command line: ``python -m analysis COMMAND``. Thin on purpose, and the only place that prints.

Exit codes: 0 all is well, 1 something that was checked does not hold, 2 the command could not be carried out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.errors import BelowTheLineError

app = typer.Typer(
    name="python -m analysis",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich would make a user wait twice as long for it
    help="Below the Line: what essays are about, and what their readers do with them in the comments below.",
)
BAR_AFTER = 2.0  # seconds before a bar is shown: what is done sooner needs none
Output = Annotated[Path, typer.Option("-o", "--output", help="File to write.")]


def _say(line: str) -> None:
    print(line, file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error past two seconds; where that is no terminal, a line a finished stage."""
    from time import monotonic

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, disable=not console.is_terminal)
    tasks: dict[str, Any] = {}
    begun = monotonic()

    def told(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)
        if not bar.live.is_started and monotonic() - begun > BAR_AFTER:
            bar.start()
        if not console.is_terminal and done == total:
            _say(f"{stage}: {done:,}")

    try:
        yield told
    finally:
        bar.stop()


def _write_lines(path: Path, rows: Iterable[Any]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    n = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            n += 1
    return n


def _read_lines(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file; a line that is no JSON object is an error that names it."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BelowTheLineError(
            f"{path.name} cannot be read: {error}. A file of JSON lines in UTF-8 is wanted."
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BelowTheLineError(f"{path.name}, line {number} is not JSON: {error}.") from error
        if not isinstance(row, dict):
            raise BelowTheLineError(
                f"{path.name}, line {number} holds {type(row).__name__}; each line is to hold an object."
            )
        rows.append(row)
    return rows


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Pages, export files, or folders of them (any depth).")],
    output: Output = Path("pages.jsonl"),
) -> None:
    """Split pages into essay, comments, injected spam and chrome: one JSON line a page.

    What a file corrections.toml in a folder given says of its pages is honoured.
    """
    from dataclasses import asdict

    from analysis.config import load_config
    from analysis.paths import find_corpus
    from analysis.reading import read_pages
    from analysis.rows import page_as_json
    from analysis.splits import say_by_hand

    with _progress() as told:
        pages, skipped = read_pages(map(find_corpus, paths), **asdict(load_config().read), progress=told)
    _write_lines(output, map(page_as_json, pages))
    left = output.with_suffix(".skipped.jsonl")
    _write_lines(left, map(asdict, skipped))
    for item in skipped:
        _say(f"skipped {item.path}: {item.reason}")
    if by_hand := say_by_hand(pages, skipped):
        _say(by_hand)
    comments = sum(len(p.comments) for p in pages)
    print(f"{len(pages):,} pages with {comments:,} comments in {output}; {len(skipped):,} skipped ({left})")


@app.command()
def label(
    comments: Annotated[
        Path, typer.Argument(help="JSON lines with id and text; parent_title, parent_text, author ... where known.")
    ],
    output: Output = Path("labels.jsonl"),
    model: Annotated[
        Path | None, typer.Option("--model", help="A model that `fit` wrote; default: the shipped one.")
    ] = None,
) -> None:
    """Say of each comment whether it agrees, extends or is spam, or that one cannot say, and why.

    A line that holds no comment is skipped and named; the others are labelled. The labels appear when all are done.
    """
    from analysis.config import load_config
    from analysis.label_lines import SetAside, label_lines, skipped_path
    from analysis.stance import load_model

    def name_it(item: SetAside) -> None:
        _say(f"skipped {comments.name}, line {item.line}: it {item.reason}")

    with _progress() as told:
        done = label_lines(
            comments,
            output,
            target_accuracy=load_config().labels.target_accuracy,
            model=load_model(model) if model else None,
            progress=lambda n, total: told("labelling comments", n, total),
            on_aside=name_it,
        )
    skipped = f"; {done.aside:,} lines skipped ({skipped_path(output)})" if done.aside else ""
    print(f"{done.comments:,} comments in {output}, {done.without:,} of them without a label{skipped}")


@app.command()
def fit(
    corpus: Annotated[str, typer.Argument(help="Name of a folder under corpus/ with hand codes, or a path.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; by default stance.json.gz in the corpus.")
    ] = None,
) -> None:
    """Adapt the classifier to a corpus's own hand codes, and say honestly whether that helped.

    Nothing is written where the shipped classifier is no worse.
    """
    from analysis.errors import LabelError
    from analysis.fitting import fit_corpus
    from analysis.label_stage import fitted_file
    from analysis.paths import FITTED_MODEL, find_corpus
    from analysis.stance.adapt_report import report_lines

    target = output or fitted_file(find_corpus(corpus))
    if not target.name.endswith(FITTED_MODEL):  # a corpus takes no other file in its folder for its own
        raise LabelError(f"The file is to end in {FITTED_MODEL}, found {target.name!r}.")
    with _progress() as told:
        fitted = fit_corpus(corpus, progress=told)
    for line in (*report_lines(fitted.report), "", fitted.say()):
        print(line)
    if not fitted.helped:
        print("Nothing was written.")
        return
    fitted.save(target)
    lay = "" if output is None else "lay it in the corpus's folder and "
    print(
        f"{target} holds the adapted classifier. To use it, {lay}write into the corpus's config.toml, below [labels]:"
    )
    print(f'model = "{target.name}"')


@app.command()
def topics(
    corpus: Annotated[Path, typer.Argument(help="Text file: tokens separated by blanks, one document a line.")],
    number: Annotated[int, typer.Option("--topics", help="How many topics.")],
    seed: Annotated[int, typer.Option("--seed", help="Any whole number; the same seed gives the same topics.")] = 0,
    engine: Annotated[
        str, typer.Option("--engine", help="Topic engine; 'auto' takes the one that suits the length of the documents.")
    ] = "auto",
    output: Output = Path("topics.json"),
) -> None:
    """Fit topics on tokenised documents: words, and the mixture of each document."""
    from analysis.topics import fit_topics, topics_as_json

    try:
        with corpus.open(encoding="utf-8") as lines:  # lines end in line feeds alone, not in other signs of a break
            documents = [line.split() for line in lines]
    except (OSError, UnicodeDecodeError) as error:
        raise BelowTheLineError(f"{corpus.name} cannot be read: {error}. A text file in UTF-8 is wanted.") from error
    model = fit_topics(documents, number=number, seed=seed, engine=engine)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(topics_as_json(model), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{number} topics of {len(documents):,} documents in {output}")


@app.command()
def lineage(
    pages: Annotated[Path, typer.Argument(help="What `read` wrote.")],
    output: Output = Path("lineage.json"),
) -> None:
    """Find versions of one essay, and spun copies of one spam text."""
    from analysis.lineage import lineage_as_json
    from analysis.rows import page_from_json

    found = lineage_as_json([page_from_json(row) for row in _read_lines(pages)])
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    essays, spam = len(found["essay_families"]), len(found["spam_families"])
    print(f"{essays} essays in several versions, {spam} families of spun spam in {output}")


@app.command()
def convert(
    pages: Annotated[Path, typer.Argument(help="What `read` wrote, a corpus, or a file of pages.")],
    to: Annotated[str, typer.Option("--to", help="Form of the new corpus: convokit.")] = "convokit",
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write.")] = Path("convokit"),
    names: Annotated[bool, typer.Option("--names", help="Keep the commenters' names, links and signatures.")] = False,
) -> None:
    """Write pages as a corpus for another tool; commenters get pseudonyms unless --names is given."""
    from dataclasses import asdict

    from analysis.config import load_config
    from analysis.converting import write_corpus
    from analysis.paths import find_corpus
    from analysis.reading import read_pages
    from analysis.rows import page_from_json

    if pages.suffix == ".jsonl" and pages.name != "utterances.jsonl":
        found = [page_from_json(row) for row in _read_lines(pages)]
    else:
        with _progress() as told:
            found, _ = read_pages([find_corpus(pages)], **asdict(load_config().read), progress=told)
    files = write_corpus(found, output, to=to, names=names)
    hidden = "with the commenters' names" if names else "commenters under pseudonyms"
    print(f"{len(found):,} pages in {output} ({', '.join(file.name for file in files)}), {hidden}")


@app.command()
def figures(
    corpus: Annotated[str, typer.Argument(help="Name of a folder under corpus/, or a path.")] = "sample",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the figures.")] = None,
) -> None:
    """The main job: read a corpus, run the notebooks on it, export every figure."""
    from analysis.notebooks import make_figures

    with _progress() as told:
        made = make_figures(corpus, output, progress=told)
    for note in made.notes:
        print(note)
    print(f"{len(made.figures)} figures in {made.folder}; the notebooks as they ran in {made.notebooks}")


@app.command()
def verify(path: Annotated[Path, typer.Argument(help="Any file of an exported figure.")]) -> None:
    """Read a figure's passport and say in words what still holds."""
    from analysis.errors import CorpusError
    from analysis.figures.verify import read_passport, verify_figure
    from analysis.paths import find_corpus
    from analysis.pipeline import corpus_state
    from analysis.records import code_version

    try:
        state = corpus_state(find_corpus(read_passport(path)["corpus"]))
    except CorpusError:
        state = None  # a corpus that is not here can be neither the same nor another
    findings = verify_figure(path, code_version=code_version(), corpus_hash=state)
    for finding in findings:
        print(("holds:  " if finding.holds else "BROKEN: ") + finding.sentence)
    raise typer.Exit(code=0 if all(f.holds for f in findings) else 1)


@app.command()
def check(corpus: Annotated[str, typer.Argument(help="Name of a folder under corpus/, or a path.")] = "sample") -> None:
    """Compare a corpus with its registry: every page there, none changed, none unlisted."""
    from analysis.paths import find_corpus
    from analysis.registry import check_registry

    findings = check_registry(find_corpus(corpus))
    print(findings.summary)
    for line in findings.problems:
        print(f"  {line}")
    raise typer.Exit(code=1 if findings.problems else 0)


def main() -> None:
    """Run a command; an error a user can act on is one sentence, not a traceback."""
    try:
        app()
    except BelowTheLineError as error:
        _say(f"error: {error}")
        sys.exit(2)
    except (FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
        _say(f"error: {error.filename} cannot be written ({error.strerror}). Name a file in a folder you may write to.")
        sys.exit(2)


if __name__ == "__main__":
    main()
