"""`pymod check` in each form, of modules that were really checked."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from modtools.reports import forms, reading
from tests.reference import CHECKOUT
from tests.reports.test_document import SCHEMA, strict
from tests.reports.test_junit import schema as junit_schema
from tests.reports.test_odd_texts import parsed
from tests.reports.test_sarif import REFERENCE as SARIF
from tests.running import Run, runner

KO = CHECKOUT / "tests/transcripts/ko"
KERNELS = ["--kernel", "debian-12", "--kernel", "debian-13"]


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


@pytest.fixture(scope="module")
def files() -> list[str]:
    """Modules that load, and that do not, for many reasons: damaged ones, too."""
    return [str(path) for path in sorted(KO.glob("*.ko"))]


def test_the_document_keeps_to_its_schema(pymod: Run, files: list[str]) -> None:
    """What is found of all our modules, on both kernels, has the fields that the schema names, and no other."""
    output, errors, status = pymod("check", *KERNELS, "--format", "json", *files)
    document = json.loads(output)
    assert status == document["exit_status"] == 1, errors
    assert len(document["modules"]) == 2 * len(files)
    found = [
        f"{error.json_path}: {error.message[:200]}"
        for error in Draft202012Validator(strict(SCHEMA)).iter_errors(document)
    ]
    assert not found
    assert reading.document(output, "a.json") == document


def test_every_form_is_of_the_same_check(pymod: Run, files: list[str], tmp_path: Path) -> None:
    """Each form is accepted by its reference, and has as many results as the document."""
    saved = tmp_path / "check.json"
    assert pymod("check", *KERNELS, "--format", "json", "-o", str(saved), *files[:12])[0] == ""
    document = json.loads(saved.read_text("utf-8"))
    findings = [found for module in document["modules"] for found in module["findings"]]
    told = {}
    for form in forms.FORMS:
        told[form], _, status = pymod("check", "--merge", str(saved), "--format", form)
        assert status == document["exit_status"]
    assert json.loads(told["json"]) == document
    sarif = json.loads(told["sarif"])
    assert not [*SARIF.iter_errors(sarif)]
    results = [row for row in sarif["runs"][0]["results"] if row["ruleId"] not in ("refused", "unknown")]
    assert [row["ruleId"] for row in results] == [found["rule"] for found in findings]
    assert all(rule["help"]["text"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"])
    junit_schema().validate(told["junit"])
    assert len([*ElementTree.fromstring(told["junit"]).iter("testcase")]) == len(document["modules"])
    assert all(line.startswith("::") for line in told["github"].splitlines())
    page = parsed(told["html"])
    assert {link for link in page.links if link.startswith("#")} <= {f"#{name}" for name in page.ids}
    for module in document["modules"]:
        assert f"{module['path']}: {module['verdict']}" in told["text"]


def test_parts_together_are_the_whole(pymod: Run, files: list[str], tmp_path: Path) -> None:
    """The documents of all shards merge to that of the check without shards, but for the order of its results."""
    parts = [str(tmp_path / f"{number}.json") for number in (1, 2, 3)]
    for number, path in enumerate(parts, 1):
        pymod("check", *KERNELS, "--shard", f"{number}/3", "--format", "json", "-o", path, *files[:9])
    merged = json.loads(pymod("check", "--merge", "--format", "json", *parts)[0])
    whole = json.loads(pymod("check", *KERNELS, "--format", "json", *files[:9])[0])
    for document in (merged, whole):
        document["modules"].sort(key=lambda module: (module["kernel"], module["path"]))
    assert merged == whole
    output, errors, status = pymod("check", "--merge", "--format", "json", *parts[:2])
    assert (output, status) == ("", 2)
    assert errors == "check: ERROR: of 3 parts these are missing: 3\n"


def test_the_matrix(pymod: Run) -> None:
    """Modules down, kernels across: a module for one kernel is refused by another."""
    output, _, _ = pymod("check", *KERNELS, "--matrix", str(KO / "hello_export.ko"))
    assert output.splitlines()[0].split() == ["module", "debian-12", "debian-13"]
    assert output.splitlines()[1].split()[1:] == ["loads", "refused"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--merge"], "there is nothing to merge: give the JSON of each part"),
        (["--merge", "/nonexistent.json"], "/nonexistent.json: No such file or directory"),
        (["--merge", str(CHECKOUT / "README.md")], "README.md is no document of `pymod check --format json`: not JSON"),
        (["--merge", "--run", "a.json"], "--merge takes documents that are made already"),
        ([*KERNELS, "-o", "/nonexistent/a", str(KO / "hello_export.ko")], "/nonexistent/a: No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_no_verdict(pymod: Run, words: list[str], error: str) -> None:
    """The exit status is 2 and not 1, which says that a module is refused, and nothing is printed but what is wrong."""
    output, errors, status = pymod("check", *words)
    assert (output, status) == ("", 2)
    assert error in errors
