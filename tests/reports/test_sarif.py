"""A check as SARIF: the standard's schema, and what it says beyond that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from jsonschema import Draft4Validator

from modtools.reports import sarif
from modtools.reports.document import Document
from tests.reports.documents import (
    DEBIAN_12,
    DOCUMENT,
    HELLO,
    ODD,
    RULES,
    SYMVERS,
    UNDECIDED,
    WRONG_VERMAGIC,
    Rule,
    finding,
    module,
    of,
)

SCHEMA = json.loads((Path(__file__).parents[1] / "data/reports/sarif-schema-2.1.0.json").read_text("utf-8"))
REFERENCE = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)


def run(document: Document = DOCUMENT, rules: Any = RULES) -> dict[str, Any]:
    """The run of a report, which keeps to the schema."""
    log = json.loads(sarif.report(document, rules))
    errors = [f"{error.json_path}: {error.message[:200]}" for error in REFERENCE.iter_errors(log)]
    assert not errors, errors
    (only,) = log["runs"]
    assert isinstance(only, dict)
    return only


def test_it_keeps_to_the_standards_schema() -> None:
    """The schema of the standard accepts it, and it accepts not everything."""
    assert run()["invocations"][0]["exitCode"] == 1
    log = json.loads(sarif.report(DOCUMENT, RULES))
    assert log["$schema"] == SCHEMA["id"]
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not REFERENCE.is_valid(log)


def test_results_are_those_findings() -> None:
    """Rule, level, message, file and kernel of each; what is not known is open."""
    results = run()["results"]
    told = [(row["ruleId"], row["level"], row["kind"], row["properties"]["kernel"]) for row in results]
    assert told == [
        ("taint-out-of-tree", "note", "fail", "debian-12"),
        ("blacklisted", "warning", "fail", "debian-12"),
        ("vermagic-mismatch", "error", "fail", "debian-13"),
        ("symbol-version-mismatch", "error", "fail", "debian-13"),
        ("taint-out-of-tree", "note", "fail", "debian-13"),
        ("unknown", "none", "open", "build/Module.symvers"),
    ]
    assert results[2]["message"]["text"] == (
        "hello on debian-13: the module was built for 6.1.0-56-amd64, the kernel is 6.12.118+deb13-amd64. "
        "Build the module against the headers of 6.12.118+deb13-amd64."
    )
    assert results[2]["properties"]["evidence"]["offset"] == 0x40
    assert results[2]["properties"]["errno"] == 8


def test_indexes_lead_to_what_they_name() -> None:
    """The number of a rule is that of its id, that of a file is that of its place."""
    whole = run()
    rules = whole["tool"]["driver"]["rules"]
    for result in whole["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert whole["artifacts"][place["index"]]["location"]["uri"] == place["uri"]


def test_rules_have_what_github_requires() -> None:
    """Microsoft's validator, GH2012: fullDescription and help of each; and the page is named."""
    rules = {rule["id"]: rule for rule in run()["tool"]["driver"]["rules"]}
    assert rules.keys() >= RULES.keys()
    for rule in rules.values():
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    assert rules["blacklisted"]["properties"]["documentation"] == "docs/rules/blacklisted.md"


def test_help_has_an_address_only_if_that_is_absolute() -> None:
    """3.49.12: helpUri is an absolute URI, so a path in the documentation is none."""
    rules = {"a": Rule("A.", "", "docs/rules/a.md"), "b": Rule("B.", "", "https://example.org/b")}
    told = run(rules=rules)["tool"]["driver"]["rules"]
    assert "helpUri" not in told[0]
    assert told[1]["helpUri"] == "https://example.org/b"


def test_a_line_of_a_configuration_file_is_a_related_place() -> None:
    """The result is of the module, and leads to the line."""
    (place,) = run()["results"][1]["relatedLocations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///etc/modprobe.d/lab.conf"},
        "region": {"startLine": 3},
    }


def prints(document: Document) -> list[str]:
    """The fingerprints of all results, which are the same under both names."""
    found = [row["partialFingerprints"] for row in run(document)["results"]]
    assert all(row["pymodFinding/v1"] == row["primaryLocationLineHash"] for row in found)
    return [str(row["primaryLocationLineHash"]) for row in found]


def test_fingerprints_stay() -> None:
    """A finding keeps its fingerprint when words and evidence change, and when others go."""
    before = prints(DOCUMENT)
    assert len({*before}) == len(before)
    reworded = [
        {**row, "findings": [{**found, "message": "other", "help": "", "evidence": {}} for found in row["findings"]]}
        for row in reversed(DOCUMENT["modules"])
    ]
    assert {*prints({**DOCUMENT, "modules": reworded})} == {*before}  # type: ignore[typeddict-item]
    assert prints(of(HELLO)) == before[:1]


def test_fingerprints_tell_apart() -> None:
    """Kernel, module, rule and subject make it another one; two findings that have all in common are counted."""
    twice = [finding("symbol-unknown", "error", text, subject="x") for text in ("a", "b")]
    other = finding("symbol-unknown", "error", "a", subject="y")
    first, second, third = prints(of({**HELLO, "findings": [*twice, other]}))
    assert first.endswith(":1")
    assert second == f"{first[:-1]}2"
    assert third[:-2] != first[:-2]
    assert third.endswith(":1")


def test_no_verdict_is_lost() -> None:
    """What is refused without a finding has a result, what is not known and told by a finding has no second one."""
    (refused,) = run(of(module(DEBIAN_12, "a.ko", "refused", errno=22, error="Invalid argument")))["results"]
    assert (refused["ruleId"], refused["level"]) == ("refused", "error")
    told = {**UNDECIDED, "findings": [finding("kernel-not-known", "warning", UNDECIDED["needs"][0])]}
    (only,) = run(of(told, kernels=(SYMVERS,)))["results"]  # type: ignore[arg-type]
    assert only["ruleId"] == "kernel-not-known"


def test_a_rule_that_is_not_listed_is_a_rule() -> None:
    """A document of another version of pymod can be told as well."""
    row = {**HELLO, "findings": [finding("new-rule", "note", "x")]}
    result = run(of(row))["results"][0]  # type: ignore[arg-type]
    assert run(of(row))["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "new-rule"  # type: ignore[arg-type]


def test_a_message_has_neither_placeholders_nor_links() -> None:
    """3.11.5: braces are doubled; 3.11.6: what looks like a link is none."""
    row = {**HELLO, "findings": [finding("symbol-unknown", "error", "{0} [here](http://x) [a] (b)")]}
    text = run(of(row))["results"][0]["message"]["text"]  # type: ignore[arg-type]
    assert text == "hello on debian-12: {{0}} \\[here](http://x) [a] (b)."


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("build/a b.ko", "build/a%20b.ko"),
        ("/lib/modules/a.ko", "file:///lib/modules/a.ko"),
        ("a:b.ko", "a%3Ab.ko"),
        ("a#b?c%.ko", "a%23b%3Fc%25.ko"),
        ("\udcff.ko", "%FF.ko"),
        ("ü.ko", "%C3%BC.ko"),
    ],
)
def test_a_path_is_a_uri(path: str, uri: str) -> None:
    """3.10.1: a relative path is a relative reference, an absolute one has the scheme file."""
    assert sarif.uri(path) == uri


@given(ODD)
def test_a_uri_leads_to_the_path(path: str) -> None:
    """Its bytes are those of the path, and nothing in it is taken for a scheme, a host, a query or a fragment."""
    parts = urlsplit(sarif.uri(path))
    assert (parts.scheme, parts.netloc) in {("", ""), ("file", "")}
    assert (parts.query, parts.fragment) == ("", "")
    if "\ud800" not in path and not any(0xD800 <= ord(char) < 0xDC80 or 0xDCFF < ord(char) < 0xE000 for char in path):
        assert unquote_to_bytes(parts.path) == path.encode("utf-8", "surrogateescape")


def test_how_the_check_ended() -> None:
    """What a check warned of is told with how it ended."""
    (invocation,) = run()["invocations"]
    assert invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"] == [
        {"level": "warning", "message": {"text": "build/Module.symvers: says nothing of keys"}}
    ]


@pytest.mark.parametrize(("status", "made"), [(0, True), (1, True), (2, False), (3, True), (255, False)])
def test_a_check_that_could_not_be_made_has_not_succeeded(status: int, made: bool) -> None:
    """0, 1 and 3 are answers, and each is told in words."""
    (invocation,) = run({**DOCUMENT, "exit_status": status})["invocations"]
    assert invocation["executionSuccessful"] is made
    assert invocation["exitCode"] == status
    assert bool(invocation.get("exitCodeDescription")) is made


def test_a_refused_module_says_why() -> None:
    """The words of insmod are a property."""
    assert run(of(WRONG_VERMAGIC, kernels=()))["results"][0]["properties"]["error"] == "Invalid module format"
