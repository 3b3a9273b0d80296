"""The composition root: the only place that builds concrete things."""

from bot.app.build import KEY_FILE, App, build, check_keys_fit, read_secrets

__all__ = ["KEY_FILE", "App", "build", "check_keys_fit", "read_secrets"]
