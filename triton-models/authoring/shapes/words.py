"""Words of a prompt as token ids, the same for images and videos."""

from __future__ import annotations

import numpy as np

PAD = "<pad>"


class Words:
    """A vocabulary whose first word pads prompts to a fixed length."""

    def __init__(self, words: tuple[str, ...], prompt_tokens: int):
        self.ids = {word: index for index, word in enumerate(words)}
        self.prompt_tokens = prompt_tokens
        self._known: dict[str, np.ndarray] = {}

    def tokenize(self, text: str) -> np.ndarray:
        """Token ids, int64 [prompt_tokens], padded with 0; a word that isn't known is an error that names it."""
        words = text.lower().split()
        if not words or len(words) > self.prompt_tokens:
            raise ValueError(f"prompt '{text}' has {len(words)} words; expected 1 to {self.prompt_tokens}")
        for word in words:
            if word not in self.ids or word == PAD:
                raise ValueError(f"prompt '{text}' has the unknown word '{word}'")
        ids = np.zeros(self.prompt_tokens, np.int64)
        ids[: len(words)] = [self.ids[word] for word in words]
        return ids

    def tokenize_all(self, texts: list[str]) -> np.ndarray:
        """Token ids, int64 [N,prompt_tokens]; a text is looked up once."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self.tokenize(text)
        return np.stack([self._known[text] for text in texts])
