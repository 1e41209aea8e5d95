"""modprobe on the virtual kernel: what the recorded sessions do not show, and what pymod has beyond kmod."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from modtools import cli
from modtools.kernel.state import Kernel
from modtools.store import Store
from tests.beside_kmod import copied_debian_tree
from tests.reference import RELEASE
from tests.running import KO, Run, runner

MODULES = (
    "hello_export hello_use_export chain_a chain_b chain_c dia_top dia_left dia_right dia_base alias_mod alias_mod2"
)


@pytest.fixture
def pymod(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs pymod in this process."""
    return runner(capfd)


@pytest.fixture
def machine() -> Path:
    """The machine's root, with a module tree and an empty /etc/modprobe.d."""
    root = Path(os.environ["PYMOD_ROOT"])
    folder = root / "lib/modules" / RELEASE / "extra"
    folder.mkdir(parents=True)
    (root / "etc/modprobe.d").mkdir(parents=True)
    for name in MODULES.split():
        shutil.copy(KO / f"{name}.ko", folder)
    assert cli.main(["pymod", "depmod", "-b", str(root), RELEASE]) == 0
    return root


def configure(machine: Path, text: str) -> Path:
    """Write a file of modprobe.d."""
    file = machine / "etc/modprobe.d/test.conf"
    file.write_text(text)
    return file


def loaded(pymod: Run) -> list[str]:
    """The names that lsmod shows."""
    output, _, _ = pymod("lsmod")
    return [line.split()[0] for line in output.splitlines()[1:]]


def test_the_lessons_last_part(machine: Path, pymod: Run) -> None:
    """A module brings the one that it needs, and takes it along when it goes."""
    folder = machine / "lib/modules" / RELEASE / "extra"
    assert pymod("modprobe", "-v", "hello_use_export") == (
        f"insmod {folder}/hello_export.ko \ninsmod {folder}/hello_use_export.ko \n",
        "",
        0,
    )
    assert loaded(pymod) == ["hello_use_export", "hello_export"]
    assert pymod("modprobe", "-r", "hello_use_export") == ("", "", 0)
    assert loaded(pymod) == []


def test_the_plan_as_json(machine: Path, pymod: Run) -> None:
    """--json -n gives every step with its reason, and does nothing."""
    file = configure(machine, "\nsoftdep dia_left pre: chain_c\noptions dia_base x=1\n")
    output, _, status = pymod("modprobe", "--json", "-n", "oracle-alias")
    document = json.loads(output)
    assert (status, document["tool"]) == (0, "modprobe")
    assert [(step["action"], step["module"], step["reason"]["words"]) for step in document["steps"]] == [
        ("insmod", "alias_mod", "alias oracle_alias from modules.alias"),
        ("insmod", "alias_mod2", "alias oracle_alias from modules.alias"),
    ]
    output, _, _ = pymod("modprobe", "--json", "-n", "dia_top")
    steps = {step["module"]: step for step in json.loads(output)["steps"]}
    assert list(steps) == ["dia_base", "dia_right", "chain_c", "dia_left", "dia_top"]
    assert steps["dia_base"]["options"] == "x=1"
    assert steps["dia_base"]["reason"] == {
        "why": "dependency",
        "of": "dia_top",
        "source": "",
        "words": "hard dependency of dia_top",
    }
    assert steps["chain_c"]["reason"]["words"] == f"soft dependency of dia_left, before it, from {file} line 2"
    assert (steps["chain_c"]["required"], steps["dia_left"]["required"]) == (False, True)
    assert loaded(pymod) == []


def test_json_says_what_was_done(machine: Path, pymod: Run) -> None:
    """Without -n the steps are carried out; the one that failed has its errno, and nothing comes after it."""
    (machine / "lib/modules" / RELEASE / "extra/chain_b.ko").write_text("this is no module")
    output, _, status = pymod("modprobe", "--json", "chain_a")
    document = json.loads(output)
    assert [(step["module"], step["error"]) for step in document["steps"]] == [("chain_c", 0), ("chain_b", 8)]
    assert [message["text"] for message in document["messages"]] == ["could not insert 'chain_a': Exec format error"]
    assert (status, loaded(pymod)) == (1, ["chain_c"])


def test_json_of_the_configuration(machine: Path, pymod: Run) -> None:
    """-c --json lists the directives with file and line."""
    file = configure(machine, "alias a b\n\nblacklist c-d\n")
    output, _, _ = pymod("modprobe", "-c", "--json")
    directives = json.loads(output)["directives"]
    assert {"kind": "alias", "key": "a", "value": "b", "file": str(file), "line": 1} in directives
    assert {"kind": "blacklist", "key": "c_d", "value": "", "file": str(file), "line": 3} in directives


@pytest.mark.parametrize("path", ["modprobe", "/sbin/modprobe", "/usr/sbin/modprobe", "/bin/true; /sbin/modprobe"])
def test_a_command_may_call_modprobe(path: str, machine: Path, pymod: Run) -> None:
    """By name or by path it is pymod's, on the same machine, which is not held while the command runs."""
    configure(machine, f"install chain_a {path} -v --ignore-install chain_a && exec /sbin/lsmod\n")
    output, errors, status = pymod("modprobe", "chain_a")
    assert (errors, status) == ("", 0)
    insmod, lsmod = output.split("Module ")
    assert [Path(line.split()[1]).stem for line in insmod.splitlines()] == ["chain_a"]
    assert lsmod.splitlines()[1].split()[0] == "chain_a"
    assert loaded(pymod) == ["chain_a", "chain_b", "chain_c"]


def test_what_a_command_leaves_in_the_background_finds_pymod(machine: Path, pymod: Run, tmp_path: Path) -> None:
    """Also after the modprobe that has started it: the host's modprobe is never called."""
    done, gone = tmp_path / "done", tmp_path / "gone"
    waiting = f"while test ! -e {gone}; do sleep 0.1; done"
    told = f"command -v modprobe > {done}.new; modprobe -i chain_c; mv {done}.new {done}"
    configure(machine, f"install chain_c ({waiting}; {told}) > /dev/null 2>&1 &\n")
    pymod("modprobe", "chain_c")
    gone.touch()
    for _ in range(600):
        if done.exists():
            break
        time.sleep(0.1)
    assert Path(done.read_text().strip()).parent.name == "standins"
    assert loaded(pymod) == ["chain_c"]


def test_what_is_no_command_stays_as_it_is(machine: Path, pymod: Run) -> None:
    """Only a command's own name is taken for pymod's, not a word that it prints."""
    configure(machine, "install chain_c echo /sbin/modprobe $MODPROBE_MODULE '$CMDLINE_OPTS'; test -z \"$PWD\"\n")
    output, errors, status = pymod("modprobe", "chain_c", "a=b c")
    assert output == 'chain_c a="b c"\n'.replace("chain_c", "/sbin/modprobe chain_c")
    assert errors.startswith("modprobe: ERROR: Error running install command 'echo /sbin/modprobe")
    assert status == 1


def test_the_environment_is_as_before(machine: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands get -v, -q, -s and -C of their modprobe by the environment; nothing of it stays behind."""
    monkeypatch.delenv("MODPROBE_OPTIONS", raising=False)
    configure(machine, 'install chain_c echo "[$MODPROBE_OPTIONS]"\n')
    before = dict(os.environ)
    output, _, _ = pymod("modprobe", "-q", "-v", "-C", str(machine / "etc/modprobe.d"), "chain_c")
    assert f"[-q -v -C {machine}/etc/modprobe.d]\n" in output
    assert dict(os.environ) == before


def test_the_order_of_a_commands_output(machine: Path, pymod: Run) -> None:
    """A remove command's output follows the line that shows it, an install command's comes first, by C's buffers."""
    configure(machine, "install chain_c echo loading\nremove chain_c echo removing\n")
    assert pymod("modprobe", "-v", "chain_c")[0] == "loading\ninstall echo loading \n"
    assert pymod("modprobe", "-r", "-v", "chain_c")[0] == "remove echo removing\nremoving\n"


def test_another_user_may_only_look(machine: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run is everyone's, loading is root's."""
    monkeypatch.setenv("PYMOD_UID", "1000")
    assert pymod("modprobe", "-n", "chain_a") == ("", "", 0)
    assert pymod("modprobe", "chain_a")[1:] == (
        "modprobe: ERROR: could not insert 'chain_a': Operation not permitted\n",
        1,
    )
    assert machine.exists()


TRACE = """
import sys
opened = set()
sys.addaudithook(lambda event, words: opened.add(str(words[0])) if event == "open" else None)
from modtools.cli import main
status = main(sys.argv[1:])
heavy = {"rich", "elftools", "unicorn", "filelock", "modtools.emulate"} & set(sys.modules)
print(status, sorted(name for name in opened if ".ko" in name), sorted(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["-D", "dia_top"], ["-R", "oracle-alias"], ["-n", "-v", "dia_top"]], ids=" ".join)
def test_questions_are_cheap(words: list[str], machine: Path) -> None:
    """What modprobe is asked about is answered from the indexes: no module file is opened, nothing heavy imported."""
    done = subprocess.run([sys.executable, "-c", TRACE, "modprobe", *words], capture_output=True, text=True)
    assert done.stderr == "0 [] []\n"
    assert machine.exists()


@pytest.mark.debian
@pytest.mark.slow
def test_many_modules_go_in_and_out(debian_tree: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """-a of all file systems and what they need: all are listed, /proc agrees, and -r takes all of them out again."""
    root = Path(os.environ["PYMOD_ROOT"])
    folder = copied_debian_tree(debian_tree, root)
    assert cli.main(["pymod", "depmod", "-b", str(root), RELEASE]) == 0
    names = sorted(file.stem for file in (folder / "kernel/fs").rglob("*.ko"))
    monkeypatch.delenv("MODPROBE_OPTIONS", raising=False)
    output, told, status = pymod("modprobe", "-a", *names)
    stopped = json.loads(pymod("status", "--json")[0])["machine"]["stopped"]
    # One line for each module whose code the emulator cannot run, and no other.
    assert (output, status, len(told.splitlines())) == ("", 0, len(stopped))
    assert {line.split(": ")[2] for line in told.splitlines()} == stopped.keys()
    inside = loaded(pymod)
    assert {name.replace("-", "_") for name in names} <= set(inside)
    assert [line.split()[0] for line in pymod("cat", "/proc/modules")[0].splitlines()] == inside
    while inside:
        # One that is in use is an error, to be tried again when its users have gone.
        pymod("modprobe", "-r", "-a", "-q", *inside)
        before, inside = inside, loaded(pymod)
        assert len(inside) < len(before)


def everything_is_in_order(kernel: Kernel) -> bool:
    """Whether modules are live, tell the same of each other, and lie apart."""
    modules = kernel.modules
    areas = sorted(
        (area.base, area.base + area.size) for module in modules.values() for area in module.areas if area.size
    )
    return (
        all(module.state == "live" and module.init_size == 0 for module in modules.values())
        and all(module.refcount == len(module.users) == len(set(module.users)) for module in modules.values())
        and {(user, name) for name, module in modules.items() for user in module.users}
        == {(name, used) for name, module in modules.items() for used in module.uses}
        and all(before[1] < after[0] for before, after in pairwise(areas))
        and all(module.details.sections for module in modules.values())
    )


@pytest.mark.debian
@pytest.mark.slow
def test_a_whole_distribution_goes_in_and_out(debian_tree: Path, pymod: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """-a of all modules, their code not run: all are live, /proc agrees, and only permanent ones cannot be removed."""
    monkeypatch.setenv("PYMOD_RUN", "0")
    root = Path(os.environ["PYMOD_ROOT"])
    folder = copied_debian_tree(debian_tree, root)
    assert cli.main(["pymod", "depmod", "-b", str(root), RELEASE]) == 0
    names = {file.stem.replace("-", "_") for file in folder.rglob("*.ko")}
    store = Store(Path(os.environ["PYMOD_STATE"]))
    assert pymod("modprobe", "-a", *sorted(names)) == ("", "", 0)
    inside = loaded(pymod)
    assert set(inside) == names
    assert [line.split()[0] for line in pymod("cat", "/proc/modules")[0].splitlines()] == inside
    assert everything_is_in_order(store.read())
    pymod("modprobe", "-r", "-a", "-q", *inside)
    kernel = store.read()
    assert everything_is_in_order(kernel)
    stay = {name for name, module in kernel.modules.items() if module.permanent}
    held = {name for name, module in kernel.modules.items() if module.users}
    assert set(kernel.modules) == stay | held
    assert 0 < len(stay) < 20
