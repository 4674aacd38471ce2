"""The configuration of a home: earshot.toml, every key of it overridden by an environment variable.

`keys.yml` declares each key once. A missing file means the defaults. Where a key is set, it acts.
"""

from __future__ import annotations

from flows.config.keys import FILE, Key, all_keys
from flows.config.read import Config, ConfigError, default_config, read_config, refuse_bad_config

__all__ = ["FILE", "Config", "ConfigError", "Key", "all_keys", "default_config", "read_config", "refuse_bad_config"]
