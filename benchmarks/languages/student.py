"""Learn a language: a vector for each piece of its vocabulary, in the encoder's space.

The encoder's vector of a text is a small network, its head, over the sum of its tokens' features.
A pack replaces these by one vector a piece. So a text in the language is the same network over a
sum of look-ups, and sums of sentences stay sums. The English side of each pair is the teacher's
(multilingual distillation, Reimers and Gurevych 2020, with a student that is a bag).
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import sentencepiece
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a pack is learnt.

    Args:
        pieces: of the vocabulary, at most.
        rank: of the vectors: each is a mixture of so many directions.
        drawn: texts, in millions.
        batch: texts that are told apart together.
        sentences: share of the texts drawn that are no single words or terms.
        joined: share of the texts drawn that are put behind the one before.
        dropped: share of a text's pieces that are left out.
        rate: step of Adam, falling to a twentieth.
        scale: of cosines, where texts are told apart.
        likeness: weight of being like the teacher's vector beside being told apart.
        seed: of everything that is drawn.
    """

    pieces: int = 14_000
    rank: int = 160
    drawn: float = 2.0
    batch: int = 1024
    sentences: float = 0.75
    joined: float = 0.0
    dropped: float = 0.1
    rate: float = 1e-2
    scale: float = 20.0
    likeness: float = 5.0
    seed: int = 1


def vocabulary(texts: Sequence[str], settings: Settings) -> bytes:
    """Learn the pieces of a language: a SentencePiece model."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=settings.pieces,
        hard_vocab_limit=False,
        character_coverage=0.9998,
        normalization_rule_name="identity",  # small letters are made before: see `pack.lowered`
        input_sentence_size=80_000,
        shuffle_input_sentence=True,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


class Head(torch.nn.Module):
    """The encoder's last layers, as they are."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        super().__init__()
        for name, values in weights.items():
            self.register_buffer(name, torch.tensor(np.asarray(values)))

    def forward(self, x: Tensor) -> Tensor:
        """Turn (n, 512) sums over the root of their lengths into unit vectors."""
        first = torch.relu(x @ self.d0)
        second = torch.relu(x @ self.p1 + first @ self.d1)
        total = second @ self.p3 + torch.relu(second @ self.d2) @ self.d3
        return functional.normalize(torch.tanh(total), dim=1)


class Bag(torch.nn.Module):
    """One vector a piece, of low rank."""

    def __init__(self, pieces: int, rank: int, width: int) -> None:
        super().__init__()
        self.mixtures = torch.nn.EmbeddingBag(pieces, rank, mode="sum")
        torch.nn.init.normal_(self.mixtures.weight, std=0.3)
        self.directions = torch.nn.Parameter(torch.randn(rank, width) * rank**-0.5 * 0.3)
        self.bias = torch.nn.Parameter(torch.zeros(width))

    def forward(self, ids: Tensor, offsets: Tensor, sizes: Tensor) -> Tensor:
        """Return the sums of bags over the root of their sizes."""
        sums = self.mixtures(ids, offsets) @ self.directions
        return (sums + self.bias) / sizes.sqrt()[:, None]


def learn(
    pieces: Sequence[NDArray[np.int32]],
    count: int,
    sums: NDArray[np.float16],
    sizes: NDArray[np.int32],
    head: Head,
    long: NDArray[np.bool_],
    settings: Settings,
    device: str,
    tell: Callable[[int, float, "Bag"], None] | None = None,
) -> Bag:
    """Learn a pack.

    Args:
        pieces: of each text of the language.
        count: pieces of the vocabulary.
        sums: float16 (n, 512), the encoder's of the English texts, per token.
        sizes: int32 (n,), tokens of these.
        head: of the encoder.
        long: bool (n,), which texts are sentences.
        settings: how.
        device: "cpu" or "cuda".
        tell: called now and then with the step, the loss, and the pack as it is.
    """
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    bag = Bag(count, settings.rank, sums.shape[1]).to(device)
    head = head.to(device)
    flat = torch.tensor(np.fromiter(chain.from_iterable(pieces), np.int64), device=device)
    lengths = np.array([len(each) for each in pieces])
    starts = torch.tensor(np.concatenate([[0], np.cumsum(lengths)]), device=device)
    teacher = torch.tensor(sums, device=device)
    tokens = torch.tensor(sizes.astype(np.float32), device=device)
    optimiser = torch.optim.Adam(bag.parameters(), lr=settings.rate)
    steps = int(settings.drawn * 1e6 / settings.batch)
    kinds = np.nonzero(long)[0], np.nonzero(~long)[0]
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * (1 - 0.95 * step / steps) * min(1.0, (step + 1) / 50)
        chosen = _drawn(rng, kinds, settings)
        groups = _groups(rng, settings)
        ids, offsets, bag_sizes = _bags(flat, starts, chosen, groups, rng, settings, device)
        wanted = _joined(teacher, tokens, chosen, groups, device)
        with torch.no_grad():
            targets = head(wanted)
        found = head(bag(ids, offsets, bag_sizes))
        alike = found @ targets.T * settings.scale
        labels = torch.arange(len(found), device=device)
        loss = (
            settings.likeness * (1 - (found * targets).sum(1)).mean()
            + functional.cross_entropy(alike, labels) / 2
            + functional.cross_entropy(alike.T, labels) / 2
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if tell and (step + 1) % max(steps // 4, 1) == 0:
            tell(step + 1, float(loss.detach()), bag)
    return bag


def _drawn(
    rng: np.random.Generator, kinds: tuple[NDArray[np.int64], ...], settings: Settings
) -> NDArray[np.int64]:
    """Draw a batch of texts: sentences, and words."""
    size = int(settings.batch * settings.sentences) if min(map(len, kinds)) else settings.batch
    sizes = (size, settings.batch - size) if len(kinds[0]) else (0, settings.batch)
    drawn = [
        kind[rng.integers(0, len(kind), count)]
        for kind, count in zip(kinds, sizes, strict=True)
        if count
    ]
    return rng.permutation(np.concatenate(drawn))


def _groups(rng: np.random.Generator, settings: Settings) -> NDArray[np.int64]:
    """Number the texts that a batch's pairs are joined to: rising, each of one to three."""
    begins = rng.random(settings.batch) >= settings.joined
    begins[0] = True
    groups: NDArray[np.int64] = np.cumsum(begins) - 1
    return groups


def _bags(
    flat: Tensor,
    starts: Tensor,
    chosen: NDArray[np.int64],
    groups: NDArray[np.int64],
    rng: np.random.Generator,
    settings: Settings,
    device: str,
) -> tuple[Tensor, Tensor, Tensor]:
    """Put the pieces of the chosen texts together."""
    rows = torch.tensor(chosen, device=device)
    begin, size = starts[rows], starts[rows + 1] - starts[rows]
    row_of = torch.repeat_interleave(torch.arange(len(rows), device=device), size)
    first = torch.cumsum(size, 0) - size
    at = torch.arange(len(row_of), device=device) - first[row_of] + begin[row_of]
    group_of = torch.tensor(groups, device=device)[row_of]
    ids = flat[at]
    if settings.dropped:
        kept = torch.tensor(rng.random(len(ids)) >= settings.dropped, device=device)
        ids, group_of = ids[kept], group_of[kept]
    counts = torch.bincount(group_of, minlength=int(groups[-1]) + 1)
    offsets = torch.cumsum(counts, 0) - counts
    return ids, offsets, counts.clamp(min=1).float()


def _joined(
    teacher: Tensor,
    tokens: Tensor,
    chosen: NDArray[np.int64],
    groups: NDArray[np.int64],
    device: str,
) -> Tensor:
    """Return what goes into the head for the joined English texts."""
    rows, group_of = torch.tensor(chosen, device=device), torch.tensor(groups, device=device)
    size = tokens[rows]
    count = int(groups[-1]) + 1
    sums = torch.zeros(count, teacher.shape[1], device=device)
    sums.index_add_(0, group_of, teacher[rows].float() * size[:, None])
    sizes = torch.zeros(count, device=device).index_add_(0, group_of, size)
    return sums / sizes.sqrt()[:, None]
