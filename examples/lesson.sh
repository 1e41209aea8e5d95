#!/bin/sh
# The lesson of two modules: one exports a function, the other calls it.
# `make demo` plays this, on a machine of its own that is gone afterwards. With pymod on the PATH, so does
# sh examples/lesson.sh
set -eu
cd "$(dirname "$0")"

machine=$(mktemp -d "${TMPDIR:-/tmp}/pymod-lesson.XXXXXX")
trap 'rm -rf "$machine"' EXIT
export PYMOD_STATE="$machine/state.json" PYMOD_ROOT="$machine/root"

say() {
    echo
    printf '# %s\n' "$@"
}
run() {
    printf '$ %s\n' "$*"
    sh -c "$*" 2>&1 || printf '[exit status %s]\n' "$?"
}

say 'A machine has just booted. Nothing is loaded.'
run pymod uname
run pymod lsmod

say 'The second module needs the first: alone it is refused, and the kernel log says why.'
run pymod insmod hello_use_export.ko
run pymod dmesg

say 'So first the module that has the function.'
run pymod insmod hello_export.ko

say 'Its function now has an address. The capital T says: exported. The name of its module comes last.'
run "pymod cat /proc/kallsyms | grep ' T hello'"

say 'When it was built, kbuild wrote this line into Module.symvers: a checksum of the function, its name, who has it.'
run pymod symvers hello_export.ko

say 'The second module was built with that checksum. Now it loads, and it takes parameters.'
run pymod insmod hello_use_export.ko whom=reader howmany=3
run "pymod cat /sys/module/hello_use_export/parameters/whom /sys/module/hello_use_export/parameters/howmany"

say 'lsmod shows who uses whom.'
run pymod lsmod

say 'What is in use cannot be removed.'
run pymod rmmod hello_export

say 'In the right order it can.'
run pymod rmmod hello_use_export
run pymod rmmod hello_export
run pymod lsmod

say 'And this is what the kernel log holds now: what the kernel said, and what the modules printed themselves.'
run pymod dmesg

say 'Modules are installed into the tree of their kernel. depmod looks at who has what others need, and writes it down.'
run 'cp hello_export.ko hello_use_export.ko "$(pymod root)/lib/modules/$(pymod uname)"'
run pymod depmod
run 'cat "$(pymod root)/lib/modules/$(pymod uname)/modules.dep"'

say 'modprobe reads that, and loads what is needed first.'
run pymod modprobe hello_use_export
run pymod lsmod

say 'It also removes what nobody needs any more.'
run pymod modprobe -r hello_use_export
run pymod lsmod
