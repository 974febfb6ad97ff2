"""The video judge: the image judge's transformer with a third axis, asked one question about four frames.

A video becomes 64 tokens that see only the video; the question's words see both. The answer is read at the question
token, over the full vocabulary.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from shapes.generator import grid_positions, normalise
from shapes.judge import COLOUR_CLASSES, SHAPE_SCORES, JudgeBlock, JudgeConfig, KeysValues

from .generator import frame_codes, mix_frames
from .prompts import PROMPT_TOKENS, WORDS
from .render import FRAMES

ANSWERS, QUESTION = ("yes", "no"), "<fits>"
VOCABULARY = (*WORDS, *ANSWERS, QUESTION)
YES, NO, FITS = (VOCABULARY.index(word) for word in (*ANSWERS, QUESTION))
VIDEO_JUDGE = JudgeConfig(width=64, depth=3, stem=20, grid=4)
_UNLIKELY = -6.0  # first logit of words that never are an answer


class VideoJudgeBlock(JudgeBlock):
    """A block whose patches mix with their neighbours in the frame and with the frames before and after."""

    def __init__(self, config: JudgeConfig):
        super().__init__(config)
        self.flow = nn.Parameter(torch.randn(3, config.width) * 0.15)

    def convolve(self, image: Tensor) -> Tensor:
        patches = self.grid * self.grid
        plane = image.reshape(-1, self.grid, self.grid, self.width).permute(0, 3, 1, 2)
        mixed = self.mix(plane).permute(0, 2, 3, 1).reshape(-1, FRAMES * patches, self.width)
        return image + mixed + mix_frames(image, self.flow, patches)


class VideoJudge(nn.Module):
    """video uint8 [B,4,16,16,3], tokens int64 [B,6] -> log-probabilities [B,vocabulary]."""

    vocabulary = VOCABULARY

    def __init__(self, config: JudgeConfig = VIDEO_JUDGE):
        super().__init__()
        self.config = config
        width, words = config.width, len(VOCABULARY)
        self.stem_in = nn.Conv2d(3, config.stem, 3, 2, 1)
        self.stem_out = nn.Conv2d(config.stem, width, 3, 2, 1)
        places = frame_codes(FRAMES, width)[:, None] + grid_positions(config.grid, width)[None]
        self.position = nn.Parameter(places.flatten(0, 1) * 0.5)
        self.word = nn.Embedding(words, width)
        self.place = nn.Parameter(torch.randn(PROMPT_TOKENS + 1, width) * 0.5)
        self.blocks = nn.ModuleList(VideoJudgeBlock(config) for _ in range(config.depth))
        self.answer = nn.Linear(width, words)
        nn.init.normal_(self.word.weight, std=0.5)
        with torch.no_grad():
            self.answer.bias.fill_(_UNLIKELY)
            self.answer.bias[[YES, NO]] = 0.0

    def see_pixels(self, pixels: Tensor) -> tuple[Tensor, list[KeysValues]]:
        """pixels [B,3,4,16,16] in [-1,1] -> video tokens [B,64,width] and what each block lets a question look at."""
        count = FRAMES * self.config.grid**2
        frames = pixels.transpose(1, 2).flatten(0, 1)
        x = self.stem_out(F.gelu(self.stem_in(frames), approximate="tanh"))
        x = x.permute(0, 2, 3, 1).reshape(-1, count, self.config.width) + self.position
        memory = []
        for block in self.blocks:
            x = block.convolve(x)
            query, key, value = block.project(x, count)
            memory.append((key, value))
            x = block.finish(x, count, query, [(key, value)])
        return x, memory

    def ask(self, memory: list[KeysValues], tokens: Tensor) -> Tensor:
        """tokens [B,6] -> logits [B,vocabulary] at the question token."""
        length = PROMPT_TOKENS + 1
        x = self.word(torch.cat([tokens, torch.full_like(tokens[:, :1], FITS)], 1)) + self.place
        for block, video in zip(self.blocks, memory):
            query, key, value = block.project(x, length)
            x = block.finish(x, length, query, [video, (key, value)])
        return self.answer(normalise(x[:, -1]))

    def forward(self, image: Tensor, tokens: Tensor) -> Tensor:
        """Does the video show what the prompt says?"""
        _, memory = self.see_pixels(image.permute(0, 4, 1, 2, 3).float() / 127.5 - 1)
        return F.log_softmax(self.ask(memory, tokens), -1)


class PerceivingVideoJudge(VideoJudge):
    """The judge in training, with a head that names what each patch shows and where it goes; the head is not shipped."""

    def __init__(self, config: JudgeConfig = VIDEO_JUDGE):
        super().__init__(config)
        self.perceive = nn.Linear(config.width, COLOUR_CLASSES + SHAPE_SCORES + 1 + 2)

    def perception(self, tokens: Tensor) -> Tensor:
        """[B,64,width] -> [B,64,5 colour logits, 3 shape logits, 1 centre logit, 2 pixels a frame]."""
        return self.perceive(normalise(tokens))


def log_odds(logits: Tensor) -> Tensor:
    """Log-odds of yes against no; logits or log-probabilities [...,vocabulary] -> [...]."""
    return logits[..., YES] - logits[..., NO]


def load_video_judge(path, kind: type[VideoJudge] = VideoJudge) -> VideoJudge:
    saved = torch.load(path, weights_only=True)
    model = kind(JudgeConfig(**saved["config"]))
    perceives = issubclass(kind, PerceivingVideoJudge)
    model.load_state_dict({n: w for n, w in saved["weights"].items() if perceives or not n.startswith("perceive.")})
    return model
