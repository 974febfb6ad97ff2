"""From a call to the images it asks for."""

from __future__ import annotations

import numpy as np

from ..call import Call, number_text
from ..errors import BadRequest
from ..sampling import Rule, SamplingPlan, Span, shifted_schedule
from ..vocabulary import Tokenizer
from .row import Row, to_latent
from .settings import Settings

ANY_VERSION = -1
START_LATENT = "start_latent"
FIRST_FRAME = "first_frame"


class RequestReader:
    """Reads and checks generator calls; `version` is the one that answers."""

    def __init__(self, settings: Settings, tokenizer: Tokenizer, version: int):
        self._settings = settings
        self._tokenizer = tokenizer
        self._version = version

    def read(self, call: Call) -> list[Row]:
        """One row an image or video; a BadRequest names the tensor, its value and what was expected."""
        self._require_version(call)
        self._require_known(call)
        plan = self._plan(call)
        span = _span(call, plan)
        rows = []
        for index, (prompt, seed) in enumerate(zip(call.texts("prompt"), call.numbers("seed"))):
            tokens = self._tokenizer.encode("prompt", prompt)
            frame = to_latent(call.inputs[FIRST_FRAME][index]) if FIRST_FRAME in call.inputs else None
            rows.append(Row(call, plan, span, prompt, tokens, seed, _start(call, index), frame))
        return rows

    def _require_version(self, call: Call) -> None:
        for wanted in call.numbers("policy_version"):
            if wanted not in (self._version, ANY_VERSION):
                raise BadRequest(
                    f"policy_version: {wanted} (expected: {self._version}, the version that answers, or -1 for any)"
                )

    def _require_known(self, call: Call) -> None:
        if FIRST_FRAME in call.inputs and not self._settings.frames:
            raise BadRequest("first_frame: given (expected: absent, this model draws from text alone)")
        guidance = call.same_float("guidance")
        if guidance != 1:
            raise BadRequest(
                f"guidance: {number_text(guidance)} (expected: 1.0, the network has no unconditional branch)"
            )

    def _plan(self, call: Call) -> SamplingPlan:
        steps = call.same_int("steps")
        if not 1 <= steps <= self._settings.max_steps:
            raise BadRequest(f"steps: {steps} (expected: 1 to {self._settings.max_steps})")
        noise_level = call.same_float("noise_level")
        if not np.isfinite(noise_level):
            raise BadRequest(f"noise_level: {number_text(noise_level)} (expected: finite)")
        sampler, start, window = call.same_text("sampler"), call.same_int("sde_start"), call.same_int("sde_steps")
        # Without a window the noise level plays no part.
        rule = Rule(sampler, float(noise_level) if window else 1.0)
        return SamplingPlan(shifted_schedule(steps, self._settings.sigma_shift), rule, start, window)


def _span(call: Call, plan: SamplingPlan) -> Span:
    names = ("start_step", "renoise_step", "stop_step")
    span = Span.of(plan.sigmas, START_LATENT in call.inputs, *(call.same_optional_int(name) for name in names))
    span.require_window(plan.sde_start, plan.sde_steps)
    return span


def _start(call: Call, row: int) -> np.ndarray | None:
    """The state that a row begins with; None without one."""
    if START_LATENT not in call.inputs:
        return None
    start = call.inputs[START_LATENT][row]
    for value in start[~np.isfinite(start)][:1]:
        raise BadRequest(f"{START_LATENT}: {number_text(value)} in row {row} (expected: finite)")
    return start
