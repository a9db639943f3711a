"""Any sentence-transformers model (LaBSE, multilingual-e5, bge-m3, …) as an encoder.

The libraries behind it take seconds to import, so they are imported when a model is asked
for and never before.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np

from aligner.encoders.contract import Vectors
from aligner.errors import EncoderError
from aligner.packages import explain, require

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WHAT = "encoders other than the embedded one"

# Texts encoded together. The library sorts them by length first, so little is padding.
BATCH = 32

# Seconds to wait for a sign of the network before giving up; a download then has no limit.
PATIENCE = 5

# What e5 models were trained to see before a text when both sides are of one kind (Wang et
# al. 2024, "Multilingual E5 Text Embeddings", and the models' own cards).
E5_PREFIX = "query: "
E5_INSTRUCTION = "Instruct: Retrieve parallel sentences.\nQuery: "


class SbertEncoder:
    """Embeds texts with a sentence-transformers model, on the GPU where there is one.

    Args:
        name: a model's name on the Hugging Face hub, or a folder.

    Raises:
        EncoderError: there is no such model, or it cannot be loaded.
        MissingExtraError: sentence-transformers or torch is not installed.
    """

    languages: frozenset[str] | None = None

    def __init__(self, name: str) -> None:
        self.name = name
        self.model = _load(name)
        self.prompt = prompt_for(name)
        # Asked of a vector: the library's own name for it differs between its versions.
        self.dimension = self.encode([""]).shape[1]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 (n, dimension), each row of unit length.

        Raises:
            EncoderError: the model fails, for want of memory for instance.
        """
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        try:
            vectors = self.model.encode(
                list(texts),
                prompt=self.prompt,
                batch_size=BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        except RuntimeError as error:  # torch knows no other, not even where memory runs out
            raise EncoderError(
                f"the encoder failed ({_first_line(error)})",
                self.name,
                "choose a smaller one, or hide the GPU from it with CUDA_VISIBLE_DEVICES= "
                "where its memory is too small",
            ) from error
        return np.asarray(vectors, np.float32)


def prompt_for(name: str) -> str | None:
    """Tell what goes before every text: what an e5 model needs, else the model's own default."""
    words = re.split(r"[^a-z0-9]+", name.rstrip("/").rsplit("/", 1)[-1].lower())
    if "e5" not in words:
        return None
    return E5_INSTRUCTION if "instruct" in words else E5_PREFIX


def _load(name: str) -> "SentenceTransformer":
    """Load a model: from its folder or the local store, else from the network."""
    require(WHAT, "sentence_transformers", "torch")
    try:
        import sentence_transformers  # noqa: F401 # its own needs, before a model is looked for
    except ImportError as error:
        raise explain(error, WHAT) or error from error
    if not Path(name).is_dir():
        if name.startswith((".", "/", "~")) or name.count("/") > 1:
            raise EncoderError(
                "there is no such encoder folder",
                name,
                "give the folder of a sentence-transformers model, or a model's name",
            )
        try:
            return _open(name, local=True)
        except ImportError as error:
            raise _unloadable(name, error) from error
        except Exception:  # noqa: BLE001 - not here in whole: the network is asked next
            _require_network(name)
    try:
        return _open(name, local=False)
    except Exception as error:
        raise _unloadable(name, error) from error


def _unloadable(name: str, error: Exception) -> EncoderError:
    problem = f"the encoder cannot be loaded ({_first_line(error)})"
    if isinstance(error, ImportError):  # some models need packages that most do not
        return EncoderError(problem, name, "install what it needs, or choose another encoder")
    remedy = (
        "give a sentence-transformers model's name, for example sentence-transformers/LaBSE, "
        "or its folder"
    )
    return EncoderError(problem, name, remedy)


def _open(name: str, *, local: bool) -> "SentenceTransformer":
    import sentence_transformers
    from transformers.utils import logging

    # Its bar counts a model's parts for a fraction of a second; ours is for the user's text.
    logging.disable_progress_bar()
    return sentence_transformers.SentenceTransformer(name, local_files_only=local)


def _require_network(name: str) -> None:
    """Raise at once where the hub cannot be reached; its own library tries for a minute."""
    from huggingface_hub import constants

    problem = "the encoder is not on this machine, and "
    remedy = "fetch it once with a network, or give its folder"
    if constants.HF_HUB_OFFLINE:
        raise EncoderError(problem + "HF_HUB_OFFLINE forbids to fetch it", name, remedy)
    try:
        with urlopen(Request(constants.ENDPOINT, method="HEAD"), timeout=PATIENCE):
            pass
    except HTTPError:
        return  # an answer, even a refusal, shows that there is a network
    except OSError as error:
        raise EncoderError(
            f"{problem}{constants.ENDPOINT} cannot be reached", name, remedy
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
