"""What the kernel, kmod, Kbuild and DKMS say when a module is not loaded, removed or built, and what that means.

The tables are TOML: `kernel.toml`, `kmod.toml`, `errno.toml` and `build.toml` have the messages, `causes.toml` what
they come from and what to do. `places.tsv` names the file and function that says each, and the versions in which it
was found; `python -m tools.messages` writes it from the sources.

A message:

    name    what `explain` calls it
    means   what it says, as a sentence; {fields} are those of its wordings
    causes  names of causes, the most likely first
    says    its wordings: `{module}` stands for whatever is there, `{number=-2}` for this value (or one of a|b)
    when    [of, like, cause]: the cause comes first where the format `of` gives a text that the expression `like` is
            found in. `of` may have the fields, {line} (the whole line) and {seen} (the names of all messages in the
            text, and `tool:modprobe` for each program that spoke)
    rank    how much it decides (`RANKS`); left out: it decides
    from    who says it, for wordings that are not in places.tsv

`wording` makes an expression of a wording, `table` reads the tables, `lines` takes the marks of logs off a line, and
`recognise` finds the messages in a text.
"""
