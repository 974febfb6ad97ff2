"""The shapes world with a time axis: prompts, videos, oracle, networks, their training and their files."""
