"""Programs that tell of the machine where the host's would tell of the host, in a folder that comes first in $PATH."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from modtools.errors import PymodError
from modtools.kernel.state import Kernel
from modtools.shell import namespaces

_UNAME = """\
asked=
for word; do
    case "$word" in
    --all) word=-a ;;
    --kernel-name) word=-s ;;
    --nodename) word=-n ;;
    --kernel-release) word=-r ;;
    --kernel-version) word=-v ;;
    --machine) word=-m ;;
    --processor) word=-p ;;
    --hardware-platform) word=-i ;;
    --operating-system) word=-o ;;
    -*[!asnrvmpio]* | [!-]* | - | --*) exec {uname} "$@" ;;
    esac
    asked=$asked${{word#-}}
done
case "${{asked:-s}}" in
*a*) asked=snrvmo ;;
*) asked=${{asked:-s}} ;;
esac
said=
for kind in s n r v m p i o; do
    case "$asked$kind" in
    *s*s) part=Linux ;;
    *n*n) part=$({uname} -n) ;;
    *r*r) part={release} ;;
    *v*v) part={version} ;;
    *m*m) part={machine} ;;
    *p*p | *i*i) part=unknown ;;
    *o*o) part=GNU/Linux ;;
    *) continue ;;
    esac
    said="$said${{said:+ }}$part"
done
printf '%s\n' "$said"
"""
_SUDO = """\
while :; do
    case "$1" in
    -[ugpCDhrtTU]) shift 2 ;;
    -- ) shift; break ;;
    -*) shift ;;
    *=*) export "$1"; shift ;;
    *) break ;;
    esac
done
[ $# = 0 ] && exec "${SHELL:-/bin/sh}"
exec "$@"
"""
_SU = """\
command=
while [ $# != 0 ]; do
    case "$1" in
    -c | --command) command=$2; shift 2 ;;
    -s | --shell | -g | -G | -w) shift 2 ;;
    - | -l | --login | -m | -p | root) shift ;;
    -*) shift ;;
    *) echo "su: only root is a user of this machine" >&2; exit 1 ;;
    esac
done
[ -n "$command" ] && exec "${SHELL:-/bin/sh}" -c "$command"
exec "${SHELL:-/bin/sh}"
"""
_DMESG = """\
color() {{ case "$1" in '') echo always ;; *) echo "${{1#=}}" ;; esac; }}
for word; do
    shift
    case "$word" in
    --color | --color=*) set -- "$@" --color "$(color "${{word#--color}}")" ;;
    -L*) set -- "$@" --color "$(color "${{word#-L}}")" ;;
    --json) set -- "$@" -J ;;
    *) set -- "$@" "$word" ;;
    esac
done
exec {pymod} dmesg "$@"
"""
"""util-linux has a colour that may be missing, and another document as JSON."""
_JOURNALCTL = """\
follow=
lines=+1
while [ $# != 0 ]; do
    case "$1" in
    -f | --follow | -kf | -fk) follow=-w; [ "$lines" = +1 ] && lines=10 ;;
    -n | --lines) lines=$2; shift ;;
    -n*) lines=${{1#-n}} ;;
    --lines=*) lines=${{1#*=}} ;;
    -k | --dmesg | -k*b* | -b* | --boot* | --no-pager | -q | -a | -e | -x* | -o* | short* | -?[0-9]*) ;;
    *) echo "journalctl: this machine has the kernel's messages only, with -k, -n and -f" >&2; exit 1 ;;
    esac
    shift
done
case "$lines" in
all) lines=+1 ;;
+1 | [0-9]*) ;;
*) echo "journalctl: Failed to parse lines '$lines'" >&2; exit 1 ;;
esac
first=1
[ "$lines" = +1 ] || first=$(($({pymod} dmesg | wc -l) - lines + 1))
{pymod} dmesg -p --time-format ctime $follow | if [ $first -gt 1 ]; then sed -u "1,$((first - 1))d"; else cat; fi |
    sed -u "s/^\\[... \\(... .. ..:..:..\\) ....\\] /\\1 $({uname} -n) kernel: /"
"""
"""Who is in the shell is root there, so that nothing has to be asked."""
_MOUNT = """\
if [ $# = 0 ]; then
    {of_host}/mount | grep -v pymod-shell
    exec {pymod} mount
fi
for word; do :; done
case "$word" in
/proc | /sys | /sys/kernel/debug)
    {pymod} mount "$word" 2>/dev/null && exit
    echo "mount: $word: already mounted or mount point busy." >&2
    exit 32 ;;
*) exec {of_host}/mount "$@" ;;
esac
"""
_UMOUNT = """\
for word; do :; done
case "$word" in
/proc | /sys | /sys/kernel/debug) exec {pymod} umount "$word" ;;
*) exec {of_host}/umount "$@" ;;
esac
"""
"""The machine's own file systems are mounted as the machine has it."""
_SLEEP = """\
seconds=${{1%s}}
case "$#$seconds" in
1 | [!1]* | 1*[!0-9.]* | 1*.*.*) exec {of_host}/sleep "$@" ;;
esac
exec {pymod} tick --wait "$seconds"
"""
"""Who sleeps waits for something to happen on the machine, whose time stands still while nobody waits in a driver."""
_OWN = ("mknod",)
"""Programs of others' that pymod has under the same name."""
_PLACES = ("/sbin", "/usr/sbin", "/usr/local/sbin", "/bin", "/usr/bin", "/usr/local/bin")
_KMOD = "kmod"


def write(
    folder: Path, kernel: Kernel, state: Path, root: Path, links: Sequence[str], *, realtime: bool
) -> dict[str, str]:
    """Write the programs, and return the environment in which they are found, with the machine of a state file and a
    root; its time may be the host's. Raises PymodError.
    """
    done = subprocess.run([*links, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PymodError(done.stderr.strip() or "the links to pymod's tools could not be made")
    (folder / _KMOD).symlink_to((folder / "insmod").readlink())
    identity = kernel.identity
    known = {
        "uname": shlex.quote(str(originals(folder) / "uname")),
        "release": shlex.quote(identity.release),
        "version": shlex.quote(_version(identity.version)),
        "machine": shlex.quote(identity.machine),
    }
    pymod = shlex.join([sys.executable, "-P", "-m", "modtools"])
    known |= {"pymod": pymod, "of_host": shlex.quote(str(originals(folder)))}
    texts = {
        "uname": _UNAME,
        "dmesg": _DMESG,
        "journalctl": _JOURNALCTL,
        "mount": _MOUNT,
        "umount": _UMOUNT,
    } | ({} if realtime else {"sleep": _SLEEP})
    texts = {name: text.format(**known) for name, text in texts.items()}
    texts |= {"sudo": _SUDO, "su": _SU, "pymod": f'exec {pymod} "$@"\n'}
    texts |= {name: f'exec {pymod} {name} "$@"\n' for name in _OWN}
    for name, text in texts.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{text}")
        path.chmod(0o755)
    return dict(os.environ) | {
        "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYMOD_STATE": str(state),
        "PYMOD_ROOT": str(root),
        "PYMOD_SHELL": identity.release,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")))),
    }


def originals(folder: Path) -> Path:
    """Return the folder where the host's programs are found over which those of a folder lie."""
    return folder / "of-host"


def cover(folder: Path) -> None:
    """Have the programs in a folder be found by their usual paths, too. One that does more than these things, such as
    busybox, is left alone.
    """
    names, done = sorted(path.name for path in folder.iterdir()), set()
    originals(folder).mkdir()
    for place, name in product(_PLACES, names):
        path = os.path.realpath(f"{place}/{name}")
        program = os.path.basename(path)  # noqa: PTH119 - a text
        if path not in done and program in (name, _KMOD) and os.path.isfile(path):  # noqa: PTH113 - a text
            done.add(path)
            (originals(folder) / program).touch()
            namespaces.bind(path, originals(folder) / program)
            namespaces.bind(folder / program, path)


def _version(text: str) -> str:
    """Return what uname -v says, from the line in /proc/version: from the number of the build on."""
    at = text.find("#")
    return text[at:] if at >= 0 else ""


def shell(folder: Path, kernel: Kernel, environment: dict[str, str]) -> list[str]:
    """Return the words that run the user's shell, with a prompt that says which machine it is; what else it needs goes
    into its environment.
    """
    program = environment.get("SHELL") or "/bin/sh"
    name, release = Path(program).name, kernel.identity.release
    environment["PS1"] = f"[{release}] # "
    path = f"PATH={shlex.quote(str(folder))}:$PATH\n"
    if name == "bash":
        start = folder / "bashrc"
        start.write_text(f"[ -r ~/.bashrc ] && . ~/.bashrc\n{path}PS1='[{release}] \\w \\$ '\n")
        return [program, "--rcfile", str(start), "-i"]
    if name == "zsh":
        start = folder / ".zshrc"
        own = "ZDOTDIR=${PYMOD_ZDOTDIR:-$HOME}\n[ -r $ZDOTDIR/.zshrc ] && . $ZDOTDIR/.zshrc\n"
        start.write_text(f"{own}{path}PROMPT='[{release}] %~ %# '\n")
        environment |= {"PYMOD_ZDOTDIR": environment.get("ZDOTDIR", ""), "ZDOTDIR": str(folder)}
    if name == "fish":
        prompt = f"function fish_prompt; echo -n '[{release}]' (prompt_pwd) '# '; end"
        return [program, "-C", f"{prompt}; set -gx PATH {shlex.quote(str(folder))} $PATH"]
    return [program, "-i"]
