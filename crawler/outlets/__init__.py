"""Outlets: their description (config/outlets.toml) and the rules of those whose pages need some."""
