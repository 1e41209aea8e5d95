#!/bin/sh
# A driver and the program that tests it, in a shell in the machine.
# `make demo-shell` plays this, on a machine of its own that is gone afterwards. With pymod on the PATH, so does
# sh examples/shell_lesson.sh
set -eu
cd "$(dirname "$0")"

if [ -z "${PYMOD_SHELL:-}" ]; then
    machine=$(mktemp -d "${TMPDIR:-/tmp}/pymod-lesson.XXXXXX")
    trap 'rm -rf "$machine"' EXIT
    export PYMOD_STATE="$machine/state.json" PYMOD_ROOT="$machine/root"
    cp shell_lesson.sh devices/*.ko devices/*.c devices/*.h "$machine"
    pymod shell -- sh "$machine/shell_lesson.sh"
    exit
fi

say() {
    echo
    printf '# %s\n' "$@"
}
run() {
    sleep "${PAUSE:-0}"
    printf '$ %s\n' "$*"
    sh -c "$*" 2>&1 || printf '[exit status %s]\n' "$?"
}

say 'In this shell the virtual machine is the machine.'
run uname -r
run lsmod

say 'A driver, built for it. Inserting it makes a device, for which there is no hardware and which the host does not have.'
run 'modinfo -F description notebook.ko'
run sudo insmod notebook.ko
run 'ls /dev/notebook'
run 'grep notebook /proc/misc | cut -c 5-'

say "Every program meets the driver's own code: the shell's echo, cat, dd, Python."
run 'echo "hello from the shell" > /dev/notebook'
run cat /dev/notebook
run 'dd if=/dev/notebook bs=1 skip=11 status=none'
run "python3 -c 'print(open(\"/dev/notebook\").read(5))'"

if command -v gcc >/dev/null; then
    say 'A C program, with its own ioctl() requests, which hand over pointers into its memory.'
    run 'gcc -o notebook_test notebook_test.c'
    run ./notebook_test
fi

say 'While a program has the device open, its module is in use.'
run 'exec 3< /dev/notebook; lsmod; sudo rmmod notebook'

say 'Then it can be removed, and the device goes with it.'
run 'sleep 0.5; sudo rmmod notebook'
run 'ls /dev/notebook'

say 'The kernel log of all this.'
run 'dmesg -t'
