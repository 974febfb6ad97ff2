"""The shapes judge: a small vision-language transformer that answers yes or no.

An image becomes 64 tokens that see only the image, so one pass over it serves many questions. A question is the 8
prompt tokens and one question token; they see the image and each other. The answer is read at the question token, over
the full vocabulary. For a pair, a comparing token sees the question blocks of both images.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .generator import grid_positions, normalise
from .prompts import PROMPT_TOKENS, WORDS

ANSWERS = ("yes", "no")
QUESTIONS = ("<fits>", "<first>", "<second>", "<better>")
VOCABULARY = (*WORDS, *ANSWERS, *QUESTIONS)
YES, NO, FITS, FIRST, SECOND, BETTER = (VOCABULARY.index(word) for word in (*ANSWERS, *QUESTIONS))
COLOUR_CLASSES, SHAPE_SCORES = 5, 3  # targets of the perception head: background or a colour; one score a shape
_UNLIKELY = -6.0  # first logit of words that never are an answer

KeysValues = tuple[Tensor, Tensor]  # [B, heads, T, width / heads] each


@dataclass(frozen=True)
class JudgeConfig:
    width: int = 80
    depth: int = 4
    heads: int = 4
    expansion: int = 3
    stem: int = 24  # channels after the first convolution
    grid: int = 8


class JudgeBlock(nn.Module):
    """Pre-norm attention and feed-forward, shared by image and text; images are first mixed by a 3x3 convolution."""

    def __init__(self, config: JudgeConfig):
        super().__init__()
        width = config.width
        self.heads, self.width, self.grid = config.heads, width, config.grid
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, config.expansion * width)
        self.down = nn.Linear(config.expansion * width, width)
        self.mix = nn.Conv2d(width, width, 3, padding=1, groups=width)
        nn.init.normal_(self.mix.weight, std=0.15)
        for layer in (self.out, self.down):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    def convolve(self, image: Tensor) -> Tensor:
        plane = image.reshape(-1, self.grid, self.grid, self.width).permute(0, 3, 1, 2)
        return image + self.mix(plane).permute(0, 2, 3, 1).reshape(-1, self.grid * self.grid, self.width)

    def project(self, x: Tensor, length: int) -> tuple[Tensor, Tensor, Tensor]:
        parts = self.qkv(normalise(x)).view(-1, length, 3, self.heads, self.width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        return query, key, value

    def finish(self, x: Tensor, length: int, query: Tensor, seen: list[KeysValues], mask: Tensor | None = None) -> Tensor:
        """Attention over everything in `seen` (less what the additive mask hides), then the feed-forward."""
        keys = torch.cat([keys for keys, _ in seen], 2) if len(seen) > 1 else seen[0][0]
        values = torch.cat([values for _, values in seen], 2) if len(seen) > 1 else seen[0][1]
        mixed = F.scaled_dot_product_attention(query, keys, values, mask)
        x = x + self.out(mixed.transpose(1, 2).reshape(-1, length, self.width))
        return x + self.down(F.gelu(self.up(normalise(x)), approximate="tanh"))


class Judge(nn.Module):
    """Answers as log-probabilities over VOCABULARY; images are uint8 [B,32,32,3], tokens int64 [B,8]."""

    vocabulary: tuple[str, ...] = VOCABULARY

    def __init__(self, config: JudgeConfig = JudgeConfig()):
        super().__init__()
        self.config = config
        width, words = config.width, len(self.vocabulary)
        self.stem_in = nn.Conv2d(3, config.stem, 3, 2, 1)
        self.stem_out = nn.Conv2d(config.stem, width, 3, 2, 1)
        self.position = nn.Parameter(grid_positions(config.grid, width) * 0.5)
        self.word = nn.Embedding(words, width)
        self.place = nn.Parameter(torch.randn(PROMPT_TOKENS + 1, width) * 0.5)
        self.blocks = nn.ModuleList(JudgeBlock(config) for _ in range(config.depth))
        self.answer = nn.Linear(width, words)
        self.compare = nn.Linear(width, words)
        self.contrast = nn.Parameter(torch.tensor([1.0]))  # weight of the difference of the two images' log-odds
        nn.init.normal_(self.word.weight, std=0.5)
        nn.init.zeros_(self.compare.weight)
        with torch.no_grad():
            for head in (self.answer, self.compare):
                head.bias.fill_(_UNLIKELY)
                head.bias[[YES, NO]] = 0.0

    def see_pixels(self, pixels: Tensor) -> tuple[Tensor, list[KeysValues]]:
        """pixels [B,3,32,32] in [-1,1] -> image tokens [B,64,width] and what each block lets a question look at."""
        patches = self.config.grid**2
        x = F.gelu(self.stem_in(pixels), approximate="tanh")
        x = self.stem_out(x).permute(0, 2, 3, 1).reshape(-1, patches, self.config.width) + self.position
        memory = []
        for block in self.blocks:
            x = block.convolve(x)
            query, key, value = block.project(x, patches)
            memory.append((key, value))
            x = block.finish(x, patches, query, [(key, value)])
        return x, memory

    def see(self, images: Tensor) -> tuple[Tensor, list[KeysValues]]:
        return self.see_pixels(images.permute(0, 3, 1, 2).float() / 127.5 - 1)

    def ask(self, memory: list[KeysValues], tokens: Tensor, question: Tensor) -> tuple[Tensor, list[KeysValues]]:
        """tokens [B,8], question ids [B,1] -> state at the question token [B,width] and the blocks' text memory."""
        length = PROMPT_TOKENS + 1
        x = self.word(torch.cat([tokens, question], 1)) + self.place
        own = []
        for block, image in zip(self.blocks, memory):
            query, key, value = block.project(x, length)
            own.append((key, value))
            x = block.finish(x, length, query, [image, (key, value)])
        return x[:, -1], own

    def logits(self, state: Tensor) -> Tensor:
        """[B,width] -> [B,vocabulary]."""
        return self.answer(normalise(state))

    def contrast_logits(self, first: Tensor, second: Tensor, first_text, second_text) -> Tensor:
        """Logits of "is the second image better": a comparing token, plus the difference of the two log-odds."""
        logits = self.compare(normalise(self._compare(first_text, second_text)[0]))
        odds = log_odds(self.logits(second)) - log_odds(self.logits(first))
        return logits + (self.contrast * odds).unsqueeze(1) * self._answer_direction(logits)

    def _compare(self, first_text, second_text) -> tuple[Tensor, list[KeysValues]]:
        """State [B,width] of the token that sees both images' question blocks, and its memory."""
        batch = first_text[0][0].shape[0]
        x, own = self.word.weight[BETTER].expand(batch, 1, -1), []
        for block, one, other in zip(self.blocks, first_text, second_text):
            query, key, value = block.project(x, 1)
            own.append((key, value))
            x = block.finish(x, 1, query, [one, other, (key, value)])
        return x[:, 0], own

    @staticmethod
    def _answer_direction(like: Tensor) -> Tensor:
        direction = torch.zeros(like.shape[-1], dtype=like.dtype)
        direction[YES], direction[NO] = 0.5, -0.5
        return direction

    def ask_both(self, reference: Tensor, image: Tensor, tokens: Tensor) -> list[tuple[Tensor, list[KeysValues]]]:
        """What `ask` gives for the reference and for the image, each in its role."""
        asked = []
        for picture, role in ((reference, FIRST), (image, SECOND)):
            _, memory = self.see(picture)
            asked.append(self.ask(memory, tokens, torch.full_like(tokens[:, :1], role)))
        return asked

    def pointwise(self, image: Tensor, tokens: Tensor) -> Tensor:
        """Does the image fit the prompt? -> log-probabilities [B,vocabulary]."""
        _, memory = self.see(image)
        state, _ = self.ask(memory, tokens, torch.full_like(tokens[:, :1], FITS))
        return F.log_softmax(self.logits(state), -1)

    def pairwise(self, reference: Tensor, image: Tensor, tokens: Tensor) -> Tensor:
        """Does the image fit the prompt better than the reference? -> log-probabilities [B,vocabulary]."""
        (first, first_text), (second, second_text) = self.ask_both(reference, image, tokens)
        return F.log_softmax(self.contrast_logits(first, second, first_text, second_text), -1)


class PointwiseJudge(Judge):
    """The judge as shipped for one image."""

    forward = Judge.pointwise


class PairwiseJudge(Judge):
    """The judge as shipped for two images."""

    forward = Judge.pairwise


class PerceivingJudge(Judge):
    """The judge in training, with a head that names what each patch shows; the head is not shipped."""

    def __init__(self, config: JudgeConfig = JudgeConfig()):
        super().__init__(config)
        self.perceive = nn.Linear(config.width, COLOUR_CLASSES + SHAPE_SCORES + 1)

    def perception(self, image_tokens: Tensor) -> Tensor:
        """[B,64,width] -> [B,64,5 colour logits, 3 shape logits, 1 centre logit]."""
        return self.perceive(normalise(image_tokens))


def log_odds(logits: Tensor) -> Tensor:
    """Log-odds of yes against no; logits or log-probabilities [...,vocabulary] -> [...]."""
    return logits[..., YES] - logits[..., NO]


def shipped_weights(model: nn.Module) -> dict[str, Tensor]:
    """The weights without the training-only head."""
    return {name: w for name, w in model.state_dict().items() if not name.startswith("perceive.")}


def load_judge(path, kind: type[Judge] = PointwiseJudge) -> Judge:
    saved = torch.load(path, weights_only=True)
    model = kind(JudgeConfig(**saved["config"]))
    weights = saved["weights"]
    model.load_state_dict(weights if issubclass(kind, PerceivingJudge) else {n: w for n, w in weights.items() if not n.startswith("perceive.")})
    return model


def save_judge(path, model: Judge) -> None:
    torch.save(dict(config=asdict(model.config), weights=model.state_dict()), path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)
