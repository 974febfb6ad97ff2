"""Rectified-flow image generators: noise from the seed, denoising steps, and the trajectory that training needs."""

from .model import FlowGenerator

__all__ = ["FlowGenerator"]
