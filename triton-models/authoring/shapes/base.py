"""Base judges: the judge's network at five sizes, with words for reasons and a scalar head, before any preference.

They stand for the vision-language models that a reward model starts from: they see, they know words, and they answer
about single facts; what is better than what is left to the preference data.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .generator import normalise
from .judge import FITS, NO, VOCABULARY, YES, Judge, JudgeConfig, KeysValues, PerceivingJudge, load_judge, log_odds

REASON_WORDS = ("missing", "wrong", "extra", "better", "same", "<end>")
TALKING_VOCABULARY = (*VOCABULARY, *REASON_WORDS)
END = TALKING_VOCABULARY.index("<end>")
ANSWER_TOKENS = 4
_NEVER = -30.0  # log-probability of words that a scalar head can't say

# Standing for the paper's 1B, 2B, 4B, 8B and 26B; 7 thousand to 294 thousand parameters.
SIZES = {
    "xs": JudgeConfig(width=16, depth=1, stem=8),
    "s": JudgeConfig(width=24, depth=2, stem=12),
    "m": JudgeConfig(width=40, depth=2, stem=16),
    "l": JudgeConfig(width=56, depth=3, stem=20),
    "xl": JudgeConfig(width=80, depth=4, stem=24),
}


class TalkingJudge(Judge):
    """A judge that can go on after its answer, and that has a scalar head beside."""

    vocabulary = TALKING_VOCABULARY

    def __init__(self, config: JudgeConfig = JudgeConfig()):
        super().__init__(config)
        self.answer_place = nn.Parameter(torch.randn(ANSWER_TOKENS, config.width) * 0.5)
        self.score = nn.Linear(config.width, 1)

    def talk(self, contexts: list[list[KeysValues]], answer: Tensor) -> Tensor:
        """States [B,T,width] after each of the answer tokens int64 [B,T]: each sees its context and what was said before."""
        length = answer.shape[1]
        x = self.word(answer) + self.answer_place[:length]
        later = torch.full((length, length), float("-inf")).triu(1)
        for block, context in zip(self.blocks, contexts):
            query, key, value = block.project(x, length)
            before = sum(keys.shape[2] for keys, _ in context)
            mask = F.pad(later, (before, 0))
            x = block.finish(x, length, query, [*context, (key, value)], mask)
        return x

    def _with_answer(self, decision: Tensor, contexts, answer: Tensor) -> Tensor:
        said = self.answer(normalise(self.talk(contexts, answer)))
        return torch.cat([decision.unsqueeze(1), said], 1)

    def pointwise_logits(self, memory: list[KeysValues], tokens: Tensor, answer: Tensor) -> Tensor:
        """[B,T+1,vocabulary]: position k is read after k answer tokens."""
        state, text = self.ask(memory, tokens, torch.full_like(tokens[:, :1], FITS))
        return self._with_answer(self.logits(state), [list(pair) for pair in zip(memory, text)], answer)

    def pointwise_reasons(self, image: Tensor, tokens: Tensor, answer: Tensor) -> Tensor:
        return F.log_softmax(self.pointwise_logits(self.see(image)[1], tokens, answer), -1)

    def pairwise_reasons(self, reference: Tensor, image: Tensor, tokens: Tensor, answer: Tensor) -> Tensor:
        """As `pairwise`, then the words after it, which see both questions."""
        (first, first_text), (second, second_text) = self.ask_both(reference, image, tokens)
        decision = self.contrast_logits(first, second, first_text, second_text)
        _, comparing = self._compare(first_text, second_text)
        contexts = [list(seen) for seen in zip(first_text, second_text, comparing)]
        return F.log_softmax(self._with_answer(decision, contexts, answer), -1)

    def regressive(self, image: Tensor, tokens: Tensor) -> Tensor:
        """The scalar head as a judge's answer: yes with the score's sigmoid, no with the rest; [B,vocabulary]."""
        _, memory = self.see(image)
        state, _ = self.ask(memory, tokens, torch.full_like(tokens[:, :1], FITS))
        score = self.score(normalise(state))
        yes, no = (F.one_hot(torch.tensor(word), len(self.vocabulary)).float() for word in (YES, NO))
        return F.logsigmoid(score) * yes + F.logsigmoid(-score) * no + _NEVER * (1 - yes - no)


class BaseJudge(PerceivingJudge, TalkingJudge):
    """A base in training, with the perception head that is not shipped."""


def asking(question: str) -> type[TalkingJudge]:
    """The network whose forward is one of the questions, for export."""
    return type(question, (TalkingJudge,), {"forward": getattr(TalkingJudge, question)})


@torch.no_grad()
def reasons(ask: Callable[[Tensor], Tensor], count: int) -> list[str]:
    """What is said after the decision, the likeliest word at each place; `ask` takes answers [count,T]."""
    answer = torch.zeros(count, ANSWER_TOKENS, dtype=torch.int64)
    decided = log_odds(ask(answer)[:, 0]) >= 0
    answer[:, 0] = torch.where(decided, YES, NO)
    words = torch.stack([answer[:, 0]] + [torch.zeros_like(answer[:, 0])] * ANSWER_TOKENS, 1)
    for place in range(1, ANSWER_TOKENS + 1):
        words[:, place] = ask(words[:, :ANSWER_TOKENS])[:, place].argmax(-1)
    said = [row[1 : row.index(END) if END in row else None] for row in words.tolist()]
    return [" ".join(TALKING_VOCABULARY[word] for word in row) for row in said]


@torch.no_grad()
def reasons_first(ask: Callable[[Tensor], Tensor], count: int) -> tuple[Tensor, Tensor]:
    """A judge's own reason, the likeliest word at each place, before it decides: what it says int64 [count,T], and the
    place of each decision int64 [count]: where the likeliest word is one, or the last. `ask` as for `reasons`."""
    answer = torch.zeros(count, ANSWER_TOKENS, dtype=torch.int64)
    place, undecided = torch.full((count,), ANSWER_TOKENS), torch.ones(count, dtype=torch.bool)
    for k in range(ANSWER_TOKENS):
        word = ask(answer)[:, k].argmax(-1)
        decides = (word == YES) | (word == NO)
        place[undecided & decides] = k
        undecided &= ~decides
        answer[undecided, k] = word[undecided]
    return answer, place


def load_base(path: Path) -> BaseJudge:
    return load_judge(path, BaseJudge)
