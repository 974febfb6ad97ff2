"""What config.pbtxt says of a generator."""

from __future__ import annotations

from dataclasses import dataclass

from ..parameters import Parameters

CHANNELS = 3


@dataclass(frozen=True)
class Settings:
    """Images in pixels; `sigma_shift` shifts the noise schedule; `max_steps` is the most a request may ask for."""

    height: int
    width: int
    sigma_shift: float
    prompt_tokens: int
    max_steps: int

    @classmethod
    def of(cls, parameters: Parameters) -> Settings:
        return cls(
            height=parameters.count("image_height"),
            width=parameters.count("image_width"),
            sigma_shift=parameters.positive("sigma_shift"),
            prompt_tokens=parameters.count("prompt_tokens"),
            max_steps=parameters.count("max_steps"),
        )

    @property
    def latent_shape(self) -> tuple[int, int, int]:
        return CHANNELS, self.height, self.width
