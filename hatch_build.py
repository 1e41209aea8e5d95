"""What the Python package index shows of pymod: README.md, with the places of files where that has links to them.

On an index page a link to a file of the project leads nowhere, and no address of the project's own is known that could
stand before it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"\[([^\]]*)\]\((?!https?://)([^)]*)\)")


class IndexPage(MetadataHookInterface):
    """The field `readme` of the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add it."""
        text = Path(self.root, "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": _LINK.sub(_with_place, text)}


def _with_place(link: re.Match[str]) -> str:
    words, place = link.groups()
    return f"`{place}`" if words == place else f"{words} (`{place}`)"
