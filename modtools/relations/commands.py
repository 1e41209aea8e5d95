"""Commands that are told to a person: they do what is said when they are pasted."""

from __future__ import annotations

from modtools.light import NamedTuple


def pasted(*words: str) -> str:
    """Return words as a command for a shell, between backquotes."""
    import shlex  # most commands have nothing to tell

    return f"`{shlex.join(words)}`"


class Commands(NamedTuple):
    """How to call tools for the tree that was asked about.

    `pymod` is the command with its own options, `where` are options that closure, graph, modprobe and why have for a
    tree and its configuration, `tree` names the tree for depmod.
    """

    pymod: tuple[str, ...] = ("pymod",)
    where: tuple[str, ...] = ()
    tree: tuple[str, ...] = ()

    def ask(self, tool: str, *words: str) -> str:
        """Return a command that asks a tool about the tree; its last word is a name, whatever it begins with."""
        *options, name = words
        return pasted(*self.pymod, tool, *self.where, *options, *(["--"] if name.startswith("-") else []), name)

    def run(self, *words: str) -> str:
        """Return a command of pymod that is not about the tree."""
        return pasted(*self.pymod, *words)

    def depmod(self) -> str:
        """Return the command that writes the indexes of the tree."""
        return pasted(*self.pymod, "depmod", *self.tree)
