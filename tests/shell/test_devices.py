"""The devices of examples/ do in the shell what their page shows, typed as it stands there, C programs included."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.reference import CHECKOUT
from tests.shell.typed import typed
from tests.test_readme import console_blocks

pytestmark = [pytest.mark.fuse, pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")]
pytest.importorskip("unicorn")

FOLDER = CHECKOUT / "examples/devices"
DOCUMENT = (FOLDER / "README.md").read_text("utf-8")
HEADINGS = re.findall("^## (.*)$", DOCUMENT, re.MULTILINE)
END = "--- typed ---"


@pytest.mark.parametrize("block", console_blocks(DOCUMENT), ids=HEADINGS)
def test_the_devices_do_what_is_shown(block: list[tuple[str, str]], tmp_path: Path) -> None:
    """Each block, typed into one shell on a machine just booted, prints what stands there."""
    for path in FOLDER.iterdir():
        shutil.copy(path, tmp_path)
    script = "exec 2>&1; export LC_ALL=C\n" + "".join(f"{command}\necho '{END}'\n" for command, _ in block)
    done = typed(tmp_path, script)
    told = done.stdout.split(f"{END}\n")[:-1]
    assert list(zip((command for command, _ in block), told, strict=False)) == block


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.c")), ids=lambda path: path.stem)
def test_every_source_is_used(path: Path) -> None:
    """Each driver is inserted, and each program built and run, in a block."""
    used = f"$ ./{path.stem}\n" if path.stem.endswith("_test") else f"$ sudo insmod {path.stem}.ko\n"
    assert used in DOCUMENT
