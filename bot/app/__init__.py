"""The composition root: the only place that builds concrete things."""

from bot.app.build import App, build, read_secrets

__all__ = ["App", "build", "read_secrets"]
