"""Documents of `pymod check` for the tests of reports, and others with odd texts in all their fields."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from hypothesis import strategies as st

from modtools.reports.document import Document, Finding, Kernel, Module, exit_status


class Rule(NamedTuple):
    """What is said of a rule."""

    summary: str
    help: str
    doc: str


RULES = {
    name: Rule(summary, advice, f"docs/rules/{name}.md")
    for name, summary, advice in (
        ("vermagic-mismatch", "The module was built for another kernel.", "Build it for this one."),
        ("symbol-unknown", "Nobody exports a symbol that the module needs.", "Load its exporter first."),
        ("symbol-version-mismatch", "A symbol's CRC is another one than the kernel's.", "Build it for this kernel."),
        ("signature-missing", "The module is not signed.", "Sign it."),
        ("blacklisted", "A configuration file says not to load it for its aliases.", "Remove that line."),
        ("taint-out-of-tree", "The module taints the kernel as built out of tree.", ""),
        ("kernel-not-known", "Something that decides is not known.", "Name what tells of it."),
    )
}

DEBIAN_12: Kernel = {
    "name": "debian-12",
    "title": "Debian 12, linux-image-6.1.0-56-amd64",
    "release": "6.1.0-56-amd64",
    "machine": "x86_64",
    "vermagic": "6.1.0-56-amd64 SMP preempt mod_unload modversions ",
    "unknown": [],
    "sources": {"symbols": "the boot image", "release": "the boot image", "keys": "the boot image"},
}
DEBIAN_13: Kernel = {
    "name": "debian-13",
    "title": "Debian 13, linux-image-6.12.118+deb13-amd64",
    "release": "6.12.118+deb13-amd64",
    "machine": "x86_64",
    "vermagic": "6.12.118+deb13-amd64 SMP preempt mod_unload modversions ",
    "unknown": [],
    "sources": {},
}
SYMVERS: Kernel = {
    "name": "build/Module.symvers",
    "title": "a list of symbols",
    "release": "",
    "machine": "",
    "vermagic": "",
    "unknown": ["release", "vermagic", "keys", "parameters"],
    "sources": {"symbols": "build/Module.symvers"},
}


def finding(rule: str, severity: str, message: str, **fields: Any) -> Finding:
    """A finding, with what is told of it beside what each has."""
    made: Finding = {
        "rule": rule,
        "severity": severity,
        "step": fields.get("step", ""),
        "subject": fields.get("subject", ""),
        "message": message,
        "help": fields.get("help", ""),
        "evidence": fields.get("evidence", {}),
    }
    return made


TAINT = finding(
    "taint-out-of-tree",
    "note",
    "it taints the kernel as built out of tree",
    subject="O",
    evidence={"section": ".modinfo"},
)


def module(kernel: Kernel, path: str, verdict: str = "loads", **fields: Any) -> Module:
    """A result, of which only what is unusual is told."""
    name = path.rpartition("/")[2].removesuffix(".ko").replace("-", "_")
    made: Module = {
        "kernel": kernel["name"],
        "name": fields.get("name", name),
        "path": path,
        "verdict": verdict,
        "errno": fields.get("errno", 0),
        "error": fields.get("error", ""),
        "log": fields.get("log", []),
        "order": fields.get("order", [name]),
        "uses": fields.get("uses", []),
        "needs": fields.get("needs", []),
        "findings": fields.get("findings", []),
    }
    return made


HELLO = module(DEBIAN_12, "build/hello.ko", uses=["hello_export"], order=["hello_export", "hello"], findings=[TAINT])
WRONG_VERMAGIC = module(
    DEBIAN_13,
    "build/hello.ko",
    "refused",
    errno=8,
    error="Invalid module format",
    log=[
        "hello: version magic '6.1.0-56-amd64 SMP preempt mod_unload modversions ' should be "
        "'6.12.118+deb13-amd64 SMP preempt mod_unload modversions '"
    ],
    uses=["hello_export"],
    order=["hello_export", "hello"],
    findings=[
        finding(
            "vermagic-mismatch",
            "error",
            "the module was built for 6.1.0-56-amd64, the kernel is 6.12.118+deb13-amd64",
            step="check_modinfo",
            help="Build the module against the headers of 6.12.118+deb13-amd64.",
            evidence={
                "section": ".modinfo",
                "offset": 0x40,
                "words": [
                    {"module": "6.1.0-56-amd64", "kernel": "6.12.118+deb13-amd64", "counts": False},
                    {"module": "", "kernel": "preempt_rt", "counts": True},
                ],
            },
        ),
        finding(
            "symbol-version-mismatch",
            "error",
            "module_layout and 3 of 4 symbols have another CRC",
            step="check_version",
            subject="module_layout",
            help="Build the module for this kernel's configuration.",
            evidence={"module": "0x8a3c9a5d", "kernel": "0x1e2d3c4b", "others": ["_printk", "kfree"]},
        ),
        TAINT,
    ],
)
BLACKLISTED = module(
    DEBIAN_12,
    "build/hello_export.ko",
    findings=[
        finding(
            "blacklisted",
            "warning",
            "its aliases do not load it, as /etc/modprobe.d/lab.conf says",
            subject="hello_export",
            help="Remove the line `blacklist hello_export`.",
            evidence={"file": "/etc/modprobe.d/lab.conf", "line": 3},
        )
    ],
)
UNDECIDED = module(
    SYMVERS,
    "build/hello.ko",
    "unknown",
    needs=["The kernel's vermagic decides: name its image or its headers as well."],
    log=["hello: loading out-of-tree module taints kernel."],
)

MODULES = [
    HELLO,
    BLACKLISTED,
    module(DEBIAN_12, "build/plain.ko"),
    WRONG_VERMAGIC,
    module(DEBIAN_13, "build/hello_export.ko"),
    module(DEBIAN_13, "build/plain.ko"),
    UNDECIDED,
]

DOCUMENT: Document = {
    "format": 1,
    "tool": "check",
    "exit_status": exit_status(MODULES),
    "kernels": [DEBIAN_12, DEBIAN_13, SYMVERS],
    "modules": MODULES,
    "messages": [{"level": "warning", "text": "build/Module.symvers: says nothing of keys"}],
}


def of(*modules: Module, kernels: tuple[Kernel, ...] = (DEBIAN_12,), **fields: Any) -> Document:
    """A document of some results."""
    made: Document = {
        "format": 1,
        "tool": "check",
        "exit_status": exit_status(modules),
        "kernels": [*kernels],
        "modules": [*modules],
        "messages": [],
    }
    return made | fields  # type: ignore[return-value]


# Odd texts

ODD = st.text(
    st.characters() | st.sampled_from("\"'<>&%:,;\r\n\t\0\x1b[]{}()\\|#\u202e\u2028\ufffe\udcff\ud800]]>::"),
    max_size=40,
) | st.sampled_from(
    ["", "]]>", "<script>alert(1)</script>", "::error::", "x" * 100, "a\r\n::stop-commands::x", "../..//"]
)

_EVIDENCE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ODD,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(ODD, part, max_size=3),
    max_leaves=6,
)
_FINDINGS = st.fixed_dictionaries(
    {
        "rule": ODD | st.sampled_from([*RULES]),
        "severity": st.sampled_from(["error", "warning", "note"]),
        "step": ODD,
        "subject": ODD,
        "message": ODD,
        "help": ODD,
        "evidence": st.dictionaries(
            ODD | st.sampled_from(["file", "line", "section", "offset"]), _EVIDENCE, max_size=4
        ),
    }
)
_KERNELS = st.fixed_dictionaries(
    {
        "name": ODD,
        "title": ODD,
        "release": ODD,
        "machine": ODD,
        "vermagic": ODD,
        "unknown": st.lists(ODD, max_size=2),
        "sources": st.dictionaries(ODD, ODD, max_size=2),
    }
)


def _modules(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "kernel": st.sampled_from(names),
            "name": ODD | st.sampled_from("abc"),
            "path": ODD,
            "verdict": st.sampled_from(["loads", "refused", "unknown"]),
            "errno": st.integers(0, 200),
            "error": ODD,
            "log": st.lists(ODD, max_size=2),
            "order": st.lists(ODD | st.sampled_from("abc"), max_size=3),
            "uses": st.lists(ODD | st.sampled_from("abc"), max_size=3),
            "needs": st.lists(ODD, max_size=2),
            "findings": st.lists(_FINDINGS, max_size=3),
        }
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents that keep to the schema, with anything in their texts; no result is there twice."""
    kernels = draw(st.lists(_KERNELS, min_size=1, max_size=3, unique_by=lambda kernel: str(kernel["name"])))
    names = [str(kernel["name"]) for kernel in kernels]
    rows = draw(st.lists(_modules(names), max_size=5, unique_by=lambda row: (row["kernel"], row["path"], row["name"])))
    messages = draw(st.lists(st.fixed_dictionaries({"level": ODD, "text": ODD}), max_size=2))
    status = draw(st.sampled_from([0, 1, 2, 3, 255]))
    made: Any = {"format": 1, "tool": "check", "exit_status": status, "kernels": kernels, "modules": rows}
    return cast(Document, {**made, "messages": messages})
