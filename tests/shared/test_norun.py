"""--no-run: modules are loaded and removed, and nothing of them runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools import cli
from tests.running import KO, Run, runner


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """pymod in this process."""
    return runner(capfd)


def test_insmod_and_rmmod_run_nothing(pymod: Run) -> None:
    """The log says that init was not run, what to do about it, and that exit was not either."""
    assert pymod("insmod", "--no-run", str(KO / "hello_export.ko")) == ("", "", 0)
    assert pymod("rmmod", "hello_export") == ("", "", 0)
    log = pymod("dmesg", "-t")[0].splitlines()
    assert log[2].startswith("hello_export: init: not run, assumed to return 0: running code is switched off (--no-run")
    assert log[3] == "hello_export: exit: not run, as init was not"


def test_the_option_is_for_one_command(pymod: Run) -> None:
    """The next command runs code again."""
    pymod("insmod", "--no-run", str(KO / "hello_export.ko"))
    pymod("insmod", str(KO / "param_cb.ko"))
    assert "not run" not in pymod("dmesg", "-t")[0].splitlines()[-1]


@pytest.mark.parametrize("words", [["--no-run"], []], ids=["option", "environment"])
@pytest.mark.parametrize("kind", ["install", "remove"])
def test_commands_of_modprobe_d_are_told_and_not_run(
    words: list[str], kind: str, pymod: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are commands of the host: what was not run is said, and counts as done; without the option, it runs."""
    root = Path(pymod("root")[0].strip())
    trace = tmp_path / "trace"
    (root / "etc/modprobe.d/commands.conf").write_text(f"{kind} some_name touch {trace}\n")
    call = ["modprobe", *words, *(["-r"] if kind == "remove" else []), "some_name"]
    if not words:
        monkeypatch.setenv("PYMOD_RUN", "0")
    why = "running code is switched off (--no-run or PYMOD_RUN=0)"
    said = f"modprobe: WARNING: {kind} command 'touch {trace}' for module some_name was not run: {why}\n"
    assert pymod(*call) == ("", said, 0)
    assert not trace.exists()
    monkeypatch.delenv("PYMOD_RUN", raising=False)
    assert pymod(*[word for word in call if word != "--no-run"]) == ("", "", 0)
    assert trace.exists()


def test_kmods_own_names_do_not_know_it() -> None:
    """Standing in for kmod, pymod has kmod's options only."""
    assert cli.main(["insmod", "--no-run", str(KO / "hello_export.ko")]) == 1


@pytest.mark.parametrize("option", [(), ("--no-run",)])
def test_an_array_without_a_counter_that_is_set_in_part_keeps_the_rest(pymod: Run, option: tuple[str, ...]) -> None:
    """`kernel/params.c: param_array_get()` shows all elements where there is no `num`; whoever sets two changes two."""
    pymod("insmod", *option, str(KO / "params_quiet.ko"), "p_arr_nocount=7,8")
    assert pymod("cat", "/sys/module/params_quiet/parameters/p_arr_nocount")[0] == "7,8,0\n"
