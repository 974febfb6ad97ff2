"""The shapes world: renderer, prompt grammar, gold oracle, generator, judge, and how the shipped models are made."""
