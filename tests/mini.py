"""A corpus of a dozen pages for tests: pages of the sample with their truth, and two files that are no pages."""

import json
import shutil
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
# Chosen for their kind: a pair of versions, four copies of one spun spam text, a page in another language, one without
# comments, HTML and plain text of several layouts.
PAGES = (
    "eleven-thousand-names.html",
    "fourteen-shelters.html",
    "keep-one-mast.txt",
    "kommentare-im-kino.html",
    "nine-bicycles-in-a-string.txt",
    "the-first-sting.html",
    "the-forme-is-unlocked-reissued.txt",
    "the-forme-is-unlocked.html",
    "the-four-oclock-queue.html",
    "the-man-i-banned.txt",
    "the-toaster-table.html",
    "the-word-target.txt",
)
BROKEN = {"blank.txt": b"  \n", "noise.txt": bytes(range(256)) * 8}
SETTINGS = "[topics]\nnumber = 3\nmin_essays = 6\nresamples = 2\n\n[estimates]\ndraws = 200\n"


def make_mini(folder, pages=PAGES, *, truth=True):
    """Copy some pages of the sample into a new corpus and return its folder."""
    corpus = Path(folder) / f"mini-{len(pages)}-{'planted' if truth else 'bare'}"
    corpus.mkdir()
    for name in pages:
        shutil.copy(SAMPLE / "pages" / name, corpus / name)
    for name, content in BROKEN.items():
        (corpus / name).write_bytes(content)
    if truth:
        lines = (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if json.loads(line)["file"] in pages]
        (corpus / "truth.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
        (corpus / "config.toml").write_text(SETTINGS, encoding="utf-8")
    return corpus


def add_codes(corpus, n=60):
    """Draw a sample of a corpus and let two invented coders code it from the truth, the second erring now and then."""
    from analysis.coding import append_event
    from analysis.coding_room import open_coding

    coding = open_coding(corpus)
    coding.draw(min(n, len(coding.labels)), by="simple")
    truth = {}
    for line in (corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        for comment in json.loads(line)["comments"]:
            truth[" ".join(comment["text"].split())] = comment["label"]
    said = coding.items.set_index("comment_id")["text"]
    lines = (coding.folder / "sample.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    for number, comment_id in enumerate(json.loads(line)["comment_id"] for line in lines):
        label = truth.get(" ".join(said[comment_id].split())) or "none"
        other = "none" if number % 12 == 0 else label
        for coder, given in (("anna", label), ("ben", other)):
            event = {
                "comment_id": comment_id,
                "coder": coder,
                "label": given,
                "seconds": 9.0,
                "codebook_version": "1.0",
            }
            append_event(coding.folder / f"{coder}.codes.jsonl", event)
    return coding
