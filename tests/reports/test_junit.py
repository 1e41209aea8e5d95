"""A check as JUnit's XML: the schema of Jenkins, and what Jenkins and GitLab read of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from modtools.reports import junit
from modtools.reports.document import Document
from tests.reports.documents import DEBIAN_12, DOCUMENT, HELLO, RULES, module, of

if TYPE_CHECKING:
    import xmlschema


@cache
def schema() -> xmlschema.XMLSchema10:
    """Return the schema of Jenkins, with a library that takes long to import."""
    import xmlschema

    return xmlschema.XMLSchema10(Path(__file__).parents[1] / "data/reports/junit-10.xsd")


def written(document: Document = DOCUMENT) -> ElementTree.Element:
    """The report, read again."""
    return ElementTree.fromstring(junit.report(document, RULES).encode())


class Case(NamedTuple):
    """What GitLab shows of a test."""

    suite: str | None
    group: str | None
    name: str | None
    status: str
    output: str | None


def gitlab(root: ElementTree.Element) -> list[Case]:
    """What GitLab takes out: the first of failure, error, skipped that a case has, and the text in it, no attribute.

    From gitlabhq/gitlabhq `lib/gitlab/ci/parsers/test/junit.rb: create_test_case()`.
    """
    cases = []
    for suite in root.iter("testsuite"):
        for case in suite.iter("testcase"):
            outcome = next((tag for tag in ("failure", "error", "skipped") if case.find(tag) is not None), "success")
            cases.append(
                Case(suite.get("name"), case.get("classname"), case.get("name"), outcome, case.findtext(outcome))
            )
    return cases


def jenkins(case: ElementTree.Element) -> tuple[str, str | None]:
    """What Jenkins shows of a test: its outcome, and why.

    From jenkinsci/junit-plugin `hudson/tasks/junit/CaseResult.java`: skipped goes before failed, and the reasons are in
    attributes.
    """
    for tag in ("skipped", "error", "failure"):
        if (found := case.find(tag)) is not None:
            return tag, found.get("message")
    return "passed", None


def test_it_keeps_to_jenkins_schema() -> None:
    """Jenkins' own schema accepts it, and it accepts not everything."""
    text = junit.report(DOCUMENT, RULES)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    schema().validate(text)
    assert not schema().is_valid(text.replace('tests="3"', ""))


def test_a_kernel_is_a_suite_and_a_module_a_case() -> None:
    """The numbers of each suite, and of all, are those of its cases."""
    root = written()
    suites = {str(suite.get("name")): suite for suite in root}
    assert [*suites] == ["debian-12", "debian-13", "build/Module.symvers"]
    for suite in (root, *root):
        cases = [*suite.iter("testcase")]
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(sum(case.find("failure") is not None for case in cases))
        assert suite.get("errors") == "0"
    assert suites["build/Module.symvers"].get("skipped") == "1"
    facts = {row.get("name"): row.get("value") for row in suites["build/Module.symvers"].iter("property")}
    assert facts["unknown"] == "release, vermagic, keys, parameters"


def test_gitlab_shows_the_reasons() -> None:
    """A refused module has failed, one that is not known is skipped, and the text inside has every reason."""
    cases = gitlab(written())
    assert [case.status for case in cases] == ["success"] * 3 + ["failure"] + ["success"] * 2 + ["skipped"]
    failed, skipped = cases[3], cases[6]
    assert failed[:3] == ("debian-13", "check.debian-13", "hello")
    assert failed.output is not None
    assert failed.output.startswith("build/hello.ko: Invalid module format (errno 8): the module was built for")
    assert "error symbol-version-mismatch: module_layout" in failed.output
    assert "    help: Build the module for this kernel's configuration." in failed.output
    assert skipped.output is not None
    assert "needs: The kernel's vermagic decides" in skipped.output


def test_gitlab_takes_no_two_results_for_one() -> None:
    """Suite, class and name together are another for each result: modules of one name are called by their paths."""
    cases = gitlab(written(of(HELLO, {**HELLO, "path": "other/hello.ko"}, {**HELLO, "path": "x.deb"})))
    assert [case.name for case in cases] == ["build/hello.ko", "other/hello.ko", "x.deb (hello)"]
    keys = [case[:3] for case in gitlab(written())]
    assert len({*keys}) == len(keys)


def test_jenkins_shows_the_reasons() -> None:
    """The message has insmod's words and the first reason, or what is lacking."""
    outcomes = [jenkins(case) for case in written().iter("testcase")]
    assert outcomes[3][0] == "failure"
    assert str(outcomes[3][1]).startswith("Invalid module format (errno 8): the module was built for 6.1.0-56-amd64")
    assert outcomes[6] == (
        "skipped",
        "It is not known whether it loads. The kernel's vermagic decides: name its image or its headers as well.",
    )
    assert [outcome for outcome, _ in outcomes].count("passed") == 5


def test_jenkins_groups_by_kernel() -> None:
    """Jenkins divides a class at its last dot into package and class: each kernel is a class of one package."""
    kernel = {**DEBIAN_12, "name": "/boot/vmlinuz-6.1.0-56-amd64"}
    row = {**HELLO, "kernel": kernel["name"]}
    (case,) = written(of(row, kernels=(kernel,))).iter("testcase")  # type: ignore[arg-type]
    assert str(case.get("classname")).split(".") == ["check", "/boot/vmlinuz-6_1_0-56-amd64"]


def test_log_and_warnings_are_the_output() -> None:
    """What the kernel logs is a test's output; and what is found of one that loads, which has no other place."""
    outputs = [case.findtext("system-out") for case in written().iter("testcase")]
    assert str(outputs[0]).splitlines()[0] == "loaded: hello_export, hello"
    assert "warning blacklisted: its aliases do not load it" in str(outputs[1])
    assert outputs[2] is None
    assert "hello: version magic '6.1.0-56-amd64 SMP" in str(outputs[3])
    assert "vermagic-mismatch" not in str(outputs[3])


def test_a_refusal_without_a_finding_has_failed() -> None:
    """The errno is told then."""
    row = module(DEBIAN_12, "a.ko", "refused", errno=22, error="Invalid argument")
    (case,) = written(of(row)).iter("testcase")
    assert jenkins(case) == ("failure", "Invalid argument (errno 22)")
