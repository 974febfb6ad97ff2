"""From prompts to token ids: a model's word list, and the tokenizer that refuses other words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .errors import BadRequest, LoadError

PADDING = "<pad>"


@dataclass(frozen=True)
class Vocabulary:
    """Words by id; id 0 is the padding, which stands for no word and is refused in texts."""

    words: tuple[str, ...]

    @classmethod
    def read(cls, file: Path) -> Vocabulary:
        """One word a line; the line's number, from 0, is the word's id."""
        try:
            words = file.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise LoadError(f"{file}: {error.strerror} (expected: one word a line)") from error
        for index, word in enumerate(words):
            if not word.strip() or word != word.strip() or word in words[:index]:
                raise LoadError(f'{file}: word {index}: "{word}" (expected: one word, not blank, not there before)')
        if not words or words[0] != PADDING:
            raise LoadError(f"{file}: word 0: (expected: {PADDING})")
        return cls(tuple(words))

    def id(self, word: str) -> int | None:
        return self.words.index(word) if word in self.words else None


@dataclass(frozen=True)
class Tokenizer:
    """Lower-cases a text, splits it at white space and gives the ids of its words, padded with id 0 to `length`."""

    vocabulary: Vocabulary
    length: int

    def encode(self, name: str, text: str) -> np.ndarray:
        """int64 [length]; `name` is what the text is called in errors, such as the tensor it came in."""
        words = re.split(r"\s+", text.strip(), flags=re.ASCII) if text.strip() else []
        if not 1 <= len(words) <= self.length:
            raise BadRequest(f'{name}: {len(words)} words in "{text}" (expected: 1 to {self.length})')
        ids = np.zeros(self.length, np.int64)
        ids[: len(words)] = [self._id(name, text, word) for word in words]
        return ids

    def _id(self, name: str, text: str, word: str) -> int:
        found = self.vocabulary.id(word.lower())
        if not found:
            raise BadRequest(f'{name}: unknown word "{word}" in "{text}" (expected: words of the model\'s vocabulary)')
        return found
