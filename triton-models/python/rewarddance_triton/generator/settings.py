"""What config.pbtxt says of a generator."""

from __future__ import annotations

from dataclasses import dataclass

from ..parameters import Parameters

CHANNELS = 3


@dataclass(frozen=True)
class Settings:
    """Sizes in pixels; `frames` of a video, 0 for images; `sigma_shift` shifts the noise schedule; a request may ask for
    `max_steps` at most."""

    frames: int
    height: int
    width: int
    sigma_shift: float
    prompt_tokens: int
    max_steps: int

    @classmethod
    def of(cls, parameters: Parameters) -> Settings:
        return cls(
            frames=parameters.count("frames") if parameters.has("frames") else 0,
            height=parameters.count("image_height"),
            width=parameters.count("image_width"),
            sigma_shift=parameters.positive("sigma_shift"),
            prompt_tokens=parameters.count("prompt_tokens"),
            max_steps=parameters.count("max_steps"),
        )

    @property
    def latent_shape(self) -> tuple[int, ...]:
        """Channels, of a video frames, height, width."""
        frames = (self.frames,) if self.frames else ()
        return CHANNELS, *frames, self.height, self.width

    @property
    def sample(self) -> str:
        """Name of the output that holds what is drawn."""
        return "video" if self.frames else "image"
