"""`python -m modtools` is the command pymod."""

import sys

from modtools.cli import main

sys.exit(main())
