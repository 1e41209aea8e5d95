"""A check as JUnit's XML: a test suite for each kernel, and in it a test case for each module.

Its schema is Jenkins' (jenkinsci/xunit-plugin: `junit-10.xsd`). A refused module has failed. One of which it is not
known is skipped: nothing was decided, and neither Jenkins nor GitLab tells an error from a failure when it counts.
Jenkins shows a `message`, GitLab (`lib/gitlab/ci/parsers/test/junit.rb`) the text inside, so both have the reason.
GitLab takes cases with the same suite, class and name for one, and Jenkins divides the names of classes at dots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree

from modtools.reports.document import (
    ERROR,
    LOADS,
    NOT_KNOWN,
    REFUSED,
    UNKNOWN,
    Document,
    Kernel,
    Module,
    Rules,
    called,
    of_kernel,
    refusal,
)
from modtools.reports.text import reasons
from modtools.reports.words import INDENT, sentences
from modtools.visible import printable

_CLASS = "check"
_FACTS = ("title", "release", "machine", "vermagic", "unknown")
"""What is told of a kernel."""


def report(document: Document, _rules: Rules) -> str:
    """Return the XML, with its declaration."""
    suites = [_suite(kernel, of_kernel(document, kernel["name"])) for kernel in document["kernels"]]
    root = ElementTree.Element("testsuites", {"name": "pymod check", **_totals(document["modules"])})
    root.extend(suites)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _totals(modules: list[Module]) -> dict[str, str]:
    failures = sum(module["verdict"] == REFUSED for module in modules)
    return {"tests": str(len(modules)), "failures": str(failures), "errors": "0"}


def _suite(kernel: Kernel, modules: list[Module]) -> ElementTree.Element:
    skipped = sum(module["verdict"] == UNKNOWN for module in modules)
    attributes = {"name": printable(kernel["name"]), **_totals(modules), "skipped": str(skipped)}
    suite = ElementTree.Element("testsuite", attributes)
    properties = ElementTree.SubElement(suite, "properties")
    facts: Mapping[str, object] = {**kernel, "unknown": ", ".join(kernel["unknown"])}
    for name in _FACTS:
        ElementTree.SubElement(properties, "property", name=name, value=printable(str(facts[name])))
    names = Counter(module["name"] for module in modules)
    # A dot would divide the kernel's release into packages.
    group = f"{_CLASS}.{printable(kernel['name']).replace('.', '_')}"
    suite.extend(_case(module, group, alone=names[module["name"]] == 1) for module in modules)
    return suite


def _case(module: Module, group: str, *, alone: bool) -> ElementTree.Element:
    name = printable(module["name"]) if alone and module["name"] else called(module)
    case = ElementTree.Element("testcase", {"name": name, "classname": group})
    told = _OUTCOMES[module["verdict"]](case, module)
    log = [printable(line, "\t") for line in module["log"]]
    order = [f"loaded: {', '.join(map(printable, module['order']))}"] if len(module["order"]) > 1 else []
    output = [*order, *([] if told else _reasons(module)), *log]
    if output:
        ElementTree.SubElement(case, "system-out").text = "\n".join(output)
    return case


def _loads(_case: ElementTree.Element, _module: Module) -> bool:
    return False


def _refused(case: ElementTree.Element, module: Module) -> bool:
    errors = [row for row in module["findings"] if row["severity"] == ERROR]
    reason = printable(errors[0]["message"]) if errors else ""
    message = ": ".join(filter(None, (refusal(module), reason)))
    rule = printable(errors[0]["rule"]) if errors else REFUSED
    failure = ElementTree.SubElement(case, "failure", type=rule, message=message)
    failure.text = _body(module, message)
    return True


def _unknown(case: ElementTree.Element, module: Module) -> bool:
    message = printable(sentences(NOT_KNOWN, *module["needs"]))
    ElementTree.SubElement(case, "skipped", type=UNKNOWN, message=message).text = _body(module, NOT_KNOWN)
    return True


def _body(module: Module, message: str) -> str:
    return "\n".join((f"{called(module)}: {message}", *_reasons(module)))


def _reasons(module: Module) -> list[str]:
    """Return what is said of a module, but not the log, which has a place of its own."""
    return [line.removeprefix(INDENT) for line in reasons({**module, "log": []})]


_OUTCOMES = {LOADS: _loads, REFUSED: _refused, UNKNOWN: _unknown}
