"""What a person set in `config.toml`, checked key by key.

A value that cannot be used falls back to its default and is complained about; the rest applies.
"""

from paperbrowse.settings.file import FILE_NAME, SettingsFile, read_settings, resolved, settings_toml
from paperbrowse.settings.model import (
    AUTO,
    COLUMNS,
    DEFAULT_COLUMNS,
    LAYOUTS,
    STYLE_NAMES,
    STYLES,
    Complaint,
    ExportSettings,
    KeyTarget,
    Layout,
    Settings,
    Vocabulary,
)

__all__ = [
    "AUTO",
    "COLUMNS",
    "DEFAULT_COLUMNS",
    "FILE_NAME",
    "LAYOUTS",
    "STYLES",
    "STYLE_NAMES",
    "Complaint",
    "ExportSettings",
    "KeyTarget",
    "Layout",
    "Settings",
    "SettingsFile",
    "Vocabulary",
    "read_settings",
    "resolved",
    "settings_toml",
]
