"""The forms in which a check can be told, by the names of `pymod check --format`."""

from __future__ import annotations

import importlib
import json
from typing import Final

from modtools.reports.document import Document, Rules

FORMS: Final = ("text", "json", "sarif", "junit", "github", "html")
"""The names of all forms, the one that is taken without a name first."""


def written(form: str, document: Document, rules: Rules) -> str:
    """Return a document in one of the FORMS, each line ended. Only that form's module is imported."""
    if form == "json":
        return json.dumps(document, indent=2) + "\n"
    if form not in FORMS:
        raise KeyError(form)
    text: str = importlib.import_module(f"modtools.reports.{form}").report(document, rules)
    return text
