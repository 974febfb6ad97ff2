"""The sentences of the shapes world and what each asks for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import BadRequest

RELATIONS = "left of", "right of", "above", "below"
NUMBERS = {"two": 2, "three": 3, "four": 4}
MAX_WORDS = 8

Slot = tuple[str, "str | None"]
S = TypeVar("S")


@dataclass(frozen=True)
class Spec:
    """One (shape, colour or None) a wanted object, and a relation of the first to the second, or None."""

    slots: tuple[Slot, ...]
    relation: str | None = None

    @property
    def is_colourless(self) -> bool:
        return all(colour is None for _, colour in self.slots)

    @property
    def is_alike(self) -> bool:
        return len(set(self.slots)) == 1


class Sentences(Generic[S]):
    """A finite language: every sentence with what it means, and an example for messages."""

    def __init__(self, meanings: dict[str, S], max_words: int, example: str):
        self._meanings, self._max_words, self._example = meanings, max_words, example
        self._words = {word for text in meanings for word in text.split()}

    def parse(self, text: str) -> S:
        words = text.lower().split()
        if not 1 <= len(words) <= self._max_words:
            raise BadRequest(f'prompt: {len(words)} words in "{text}" (expected: 1 to {self._max_words})')
        for word in words:
            if word not in self._words:
                raise BadRequest(f'prompt: unknown word "{word}" in "{text}" (expected: words of the shapes world)')
        meaning = self._meanings.get(" ".join(words))
        if meaning is None:
            raise BadRequest(f'prompt: "{text}" (expected: a sentence such as "{self._example}")')
        return meaning


class Grammar(Sentences[Spec]):
    """Every sentence over the given shapes and colours."""

    def __init__(self, shapes: list[str], colours: list[str]):
        super().__init__(dict(_sentences(shapes, colours)), MAX_WORDS, "a red circle above a blue square")


def _sentences(shapes: list[str], colours: list[str]):
    """(text, spec) of each sentence."""
    plain = [(shape, None) for shape in shapes]
    coloured = list(itertools.product(shapes, colours))
    for slot in plain + coloured:
        yield _noun(slot), Spec((slot,))
        for number, count in NUMBERS.items():
            yield f"{number} {_words(slot)}s", Spec((slot,) * count)
    for first, second in itertools.permutations(plain, 2):
        yield f"{_noun(first)} and {_noun(second)}", Spec((first, second))
    for first, second in itertools.permutations(coloured, 2):
        if first[1] != second[1]:
            yield f"{_noun(first)} and {_noun(second)}", Spec((first, second))
    for kind in (plain, coloured):
        for (first, second), relation in itertools.product(itertools.permutations(kind, 2), RELATIONS):
            yield f"{_noun(first)} {relation} {_noun(second)}", Spec((first, second), relation)


def _noun(slot: Slot) -> str:
    return "a " + _words(slot)


def _words(slot: Slot) -> str:
    shape, colour = slot
    return f"{colour} {shape}" if colour else shape
