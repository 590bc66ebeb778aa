"""The parser model's mathematics, run over many sentences at once with nothing computed twice.

spaCy's own loop works out for every word anew what depends on the word alone, copies each word's neighbours, and takes
Python's lock some hundred times for each step of each sentence. The same weights give the same tags and arcs in half
the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Zero rows between sentences, as in training: each of four layers looks one word to each side.
_GAP = 4
# Words whose vectors are kept, 4 kB each; when they are so many it begins anew, so it follows the stream.
_KEPT = 12_000
# Tokens that are run together, 10 kB each while they are.
_AT_ONCE = 2_000
_DENSE = "maxout>>layernorm>>dropout"
_KNOWN = (
    r"extract_features>>list2ragged>>with_array\((?:\|?ints-getitem>>hashembed)+\)"
    rf">>with_array\({_DENSE}\)>>ragged2list>>with_array\((?:(?:>>)?residual\(expand_window>>{_DENSE}\)){{4}}\)",
    r"tok2vec-listener>>with_array\(softmax\)",
    r"parser_model",
)


class Plain:
    """Any pipeline, as spaCy runs it."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    def annotate(self, docs: Sequence[Any]) -> list[list[str]]:
        """Set the arcs of the docs; the tags of each are given back."""
        return [[token.tag_ for token in doc] for doc in self._nlp.pipe(docs, batch_size=256)]


class Network:
    """Tagger and parser of a pipeline with the layers of spaCy's small models."""

    @staticmethod
    def fits(nlp: Any) -> bool:
        """Whether the pipeline's layers are those that this class knows how to compute."""
        models = [pipe.model for _, pipe in nlp.pipeline]
        if len(models) != len(_KNOWN) or not all(re.fullmatch(k, m.name) for k, m in zip(_KNOWN, models, strict=True)):
            return False
        windows = {layer.attrs["window_size"] for layer in models[0].walk() if layer.name == "expand_window"}
        plain = models[2].attrs["has_upper"] and not models[2].attrs["unseen_classes"]
        return windows == {1} and plain and nlp.pipeline[2][1].cfg["beam_width"] == 1

    def __init__(self, nlp: Any) -> None:
        tok2vec, tagger, self._parser = (pipe for _, pipe in nlp.pipeline)
        embed, encode = tok2vec.model.layers
        self._layers = [Layer(residual.layers[0]) for residual in encode.layers[0].layers]
        self._words = WordVectors(embed, self._layers[0])
        self._tagger = tagger.model.layers[1].layers[0]
        self._tags: tuple[str, ...] = tagger.labels
        narrow, self._lower, self._upper = self._parser.model.layers
        self._narrow = narrow.layers[2]

    def annotate(self, docs: Sequence[Any]) -> list[list[str]]:
        """Set the arcs of the docs; the tags of each are given back."""
        return [tags for some in _at_once(docs) for tags in self._annotated(some)]

    def _annotated(self, docs: Sequence[Any]) -> list[list[str]]:
        filled = [doc for doc in docs if len(doc)]
        if not filled:
            return [[] for _ in docs]
        vectors = self._encoded(filled)
        tags = self._tags
        best = [tags[n] for n in _affine(self._tagger, vectors).argmax(axis=1).tolist()]
        self._set_arcs(filled, vectors)
        ends = np.cumsum([len(doc) for doc in docs]).tolist()
        return [best[end - len(doc) : end] for end, doc in zip(ends, docs, strict=True)]

    def _encoded(self, docs: Sequence[Any]) -> Floats:
        """A vector for each token of the docs, in one array without gaps."""
        table, numbers = self._words.looked_up(docs)
        places = _places([len(doc) for doc in docs])
        size = int(places[-1]) + 1 + _GAP
        # A row before and up to three behind are zero throughout: beyond the ends there is nothing to see.
        chosen = np.full(3 * -(-size // 3) + 2, len(table) - 1)
        places += 1
        chosen[places] = numbers
        words = table.take(chosen, axis=0)
        first, *others = self._layers
        width = first.width
        rows = np.ascontiguousarray(words[:, :width])
        first.add_to(rows, size, _summed(words[:, width:]))
        for layer in others:
            layer.add_to(rows, size, layer.pieces(rows))
        return rows[places]

    def _set_arcs(self, docs: Sequence[Any], vectors: Floats) -> None:
        """The steps of spaCy's parser for all sentences at once: shift, reduce or an arc, whichever scores best."""
        from spacy.ml.parser_model import ParserStepModel

        parser, upper = self._parser, self._upper
        given = _affine(self._narrow, vectors)
        first: Callable[..., Any] = lambda docs, is_train: (given, None)  # noqa: E731
        model = ParserStepModel(docs, [first, self._lower, upper], has_upper=True, train=False)
        states = parser.moves.init_batch(docs)
        waiting = states
        while waiting:
            hidden = model.state2vec.predict(model.get_token_ids(waiting))
            waiting = parser.transition_states(waiting, _affine(upper, hidden))
        parser.set_annotations(docs, states)


class WordVectors:
    """What the first layers make of a word, kept by the features that they see of it.

    A row is the word's vector, and behind it what the first layer that looks at neighbours gets of this vector when it
    is the neighbour before, the word itself and the neighbour behind. The last row is zero: no word.
    """

    def __init__(self, embed: Any, first: Layer) -> None:
        extract, self._ragged, self._hashed, dense = embed.layers[:4]
        self._columns = extract.attrs["columns"]
        maxout, norm = dense.layers[0].layers[0].layers
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self._weights = weights.reshape(-1, weights.shape[2]).T.astype(np.float64)
        self._bias = bias.astype(np.float64)
        self._scale, self._shift = (norm.get_param(name).astype(np.float64) for name in ("G", "b"))
        self._next = np.concatenate(np.split(first.weights.astype(np.float64), 3), axis=1)
        # Odd factors mix the features, which are hashes themselves, to one number.
        self._factors = np.random.default_rng(1).integers(1, 2**63, len(self._columns), dtype=np.uint64) * 2 + 1
        self._table = np.empty((_KEPT + 1, bias.shape[0] + self._next.shape[1]), dtype=np.float32)
        self._table.fill(0.0)  # written to, it is held from the start: memory does not grow as the words come
        self._numbers: dict[int, int] = {}

    def looked_up(self, docs: Sequence[Any]) -> tuple[Floats, list[int]]:
        """A table, and for each of the docs' tokens its row there."""
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        keys: list[int] = (features @ self._factors).tolist()
        numbers = self._numbers
        new = {key: n for n, key in enumerate(keys) if key not in numbers}
        if len(numbers) + len(new) > _KEPT:
            numbers.clear()
            new = {key: n for n, key in enumerate(keys)}
        if len(new) > _KEPT:
            rows = self.computed(features)
            return np.concatenate((rows, np.zeros_like(rows[:1]))), list(range(len(rows)))
        if new:
            begin, end = len(numbers), len(numbers) + len(new)
            self._table[begin:end] = self.computed(features[list(new.values())])
            numbers.update(zip(new, range(begin, end), strict=True))
        return self._table, [numbers[key] for key in keys]

    def computed(self, features: NDArray[np.uint64]) -> Floats:
        """The rows of words with these features.

        In double precision, and then rounded: so a word's row is the same beside whatever words it was computed.
        """
        hashed = self._hashed.predict(self._ragged.predict([features])).data
        pieces = hashed.astype(np.float64) @ self._weights
        best = (pieces.reshape(-1, *self._bias.shape) + self._bias).max(axis=2)
        best -= best.mean(axis=1, keepdims=True)
        best /= np.sqrt((best * best).mean(axis=1, keepdims=True) + 1e-8)
        vectors = best * self._scale + self._shift
        return np.concatenate((vectors, vectors @ self._next), axis=1).astype(np.float32)


class Layer:
    """One layer that looks at a word and its neighbours, and adds what it makes of them to the word's vector."""

    def __init__(self, window_and_dense: Any) -> None:
        maxout, norm = window_and_dense.layers[1].layers[0].layers
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self.width: int = bias.shape[0]
        # Piece by piece instead of interleaved: then the largest piece is found for whole blocks at once.
        self.weights: Floats = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
        self._bias = np.ascontiguousarray(bias.T).reshape(-1)
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def pieces(self, rows: Floats) -> Floats:
        """The products of all windows of three rows; there are as many as can be divided by three."""
        count = len(rows) - 2
        found = np.empty((count, self.weights.shape[1]), dtype=np.float32)
        # Three neighbours stand beside each other in memory and so are a row of the product already: nothing is copied.
        for k in range(3):
            windows = rows[k : k + count].reshape(count // 3, 3 * self.width)
            np.matmul(windows, self.weights, out=found[k::3])
        return found

    def add_to(self, rows: Floats, size: int, pieces: Floats) -> None:
        """Change the first `size` rows after the zero row at the top by what was found at their windows."""
        width = self.width
        pieces += self._bias
        best = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        for start in range(2 * width, pieces.shape[1], width):
            np.maximum(best, pieces[:, start : start + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.add.reduce(best * best, axis=1, keepdims=True) / np.float32(width)
        best *= (spread + np.float32(1e-8)) ** np.float32(-0.5)
        best *= self._scale
        best += self._shift
        rows[1 : size + 1] += best[:size]


def _summed(thirds: Floats) -> Floats:
    """What the windows of three words get, from what each word gives to the window behind it, its own and the next."""
    width = thirds.shape[1] // 3
    found = thirds[:-2, :width] + thirds[1:-1, width : 2 * width]
    found += thirds[2:, 2 * width :]
    return found


def _at_once(docs: Sequence[Any]) -> Iterator[list[Any]]:
    """The docs in order, so many together that the steps are worth their calls and the arrays stay small."""
    some: list[Any] = []
    size = 0
    for doc in docs:
        some.append(doc)
        size += len(doc)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _affine(layer: Any, vectors: Floats) -> Floats:
    scores: Floats = vectors @ layer.get_param("W").T
    scores += layer.get_param("b")
    return scores


def _places(lengths: Sequence[int]) -> NDArray[np.intp]:
    """Where the tokens of sentences of these lengths stand, with gaps before, between and behind."""
    counts = np.array(lengths, dtype=np.intp)
    return np.arange(counts.sum()) + np.repeat(np.arange(1, len(counts) + 1) * _GAP, counts)
