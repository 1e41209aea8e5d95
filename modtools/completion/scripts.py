"""The scripts that make a shell ask `pymod completion SHELL -- WORD...` what the last word may become.

An answer is a word in each line, for zsh and fish with a tab and what it is for; or `:files`, `:folders`, `:modules`
where the shell itself knows best how its user writes a path. A word that ends in / or = goes on.

From: bash(1) "Programmable Completion", zshcompsys(1), fish's complete(1). They use what bash 3.2 has, macOS' own.
kmod's names are completed where `pymod links` made them: links to pymod, or to a script beside them.
"""

from __future__ import annotations

from typing import Final

_BASH: Final = r"""# bash completion for pymod: eval "$(pymod completion bash)"
_pymod() {
    local line=${COMP_LINE:0:COMP_POINT} words word answer ending
    read -ra words <<<"$line"
    case $line in *[[:space:]]) words+=("") ;; esac
    word=${words[${#words[@]} - 1]}
    COMPREPLY=()
    while IFS= read -r answer; do
        case $answer in
        :files) _pymod_add "$2" -f ;;
        :folders) _pymod_add "$2" -d ;;
        :modules)
            _pymod_add "$2" -d
            for ending in .ko .ko.gz .ko.xz .ko.zst; do _pymod_add "$2" -f -X "!*$ending"; done
            ;;
        # bash takes words apart at = and :, and completes what comes after.
        *) COMPREPLY+=("${answer#"${word%"$2"}"}") ;;
        esac
    done < <(pymod completion bash -- "${words[@]}" 2>/dev/null)
    case ${#COMPREPLY[@]}$COMPREPLY in 1*[/=]) compopt -o nospace 2>/dev/null ;; esac
}
_pymod_add() {
    local path
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "${@:2}" -- "$1")
}
complete -F _pymod pymod
for _pymod_name in @NAMES@; do
    _pymod_path=$(type -P "$_pymod_name")
    if [[ $_pymod_path -ef $(type -P pymod) || $_pymod_path -ef ${_pymod_path%/*}/@MACHINE@ ||
        $_pymod_path -ef ${_pymod_path%/*}/@SYSTEM@ ]]; then
        complete -F _pymod "$_pymod_name"
    fi
done
unset _pymod_name _pymod_path
"""

_ZSH: Final = r"""#compdef pymod
# zsh completion for pymod: source <(pymod completion zsh), or a file _pymod in a folder of $fpath
_pymod() {
    local -a ready open
    local word about
    while IFS=$'\t' read -r word about; do
        case $word in
        :files) _pymod_files -f ;;
        :folders) _pymod_files -/ ;;
        :modules) _pymod_files -/; _pymod_files -g '*.ko(|.gz|.xz|.zst)' ;;
        *[/=]) open+=("${word//:/\\:}${about:+:$about}") ;;
        *) ready+=("${word//:/\\:}${about:+:$about}") ;;
        esac
    done < <(pymod completion zsh -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    (( $#ready )) && _describe -V pymod ready
    (( $#open )) && _describe -V pymod open -S ''
}
_pymod_files() {
    [[ $PREFIX == --*=* ]] && compset -P 1 '*='
    # _files would show all files where none fits.
    _path_files "$@"
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _pymod pymod
for _pymod_name in @NAMES@; do
    _pymod_path=${commands[$_pymod_name]:-/}
    [[ $_pymod_path -ef ${commands[pymod]} || $_pymod_path -ef ${_pymod_path:h}/@MACHINE@ ||
        $_pymod_path -ef ${_pymod_path:h}/@SYSTEM@ ]] &&
        compdef _pymod $_pymod_name
done
unset _pymod_name _pymod_path
if [[ $funcstack[1] == _pymod ]]; then _pymod "$@"; fi
"""

_FISH: Final = r"""# fish completion for pymod: pymod completion fish | source
function __pymod_words
    set -l word (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' $word)
    set -l path (string replace -r -- '^--[^=]*=' '' $word)
    for answer in (command pymod completion fish -- (commandline -opc) "$word" 2>/dev/null)
        switch $answer
            case :files
                printf "$option%s\n" (__fish_complete_path $path)
            case :folders
                printf "$option%s\n" (__fish_complete_directories $path)
            case :modules
                set -l endings '^.*(?:/|\.ko|\.ko\.(?:gz|xz|zst))(?:\t.*)?$'
                printf "$option%s\n" (__fish_complete_path $path | string match -r $endings)
            case '*'
                printf '%s\n' $answer
        end
    end
end
complete -c pymod -f -a '(__pymod_words)'
for name in @NAMES@
    if command -q $name; and string match -q -r -- '/(?:pymod|@MACHINE@|@SYSTEM@)$' (realpath (command -s $name))
        complete -c $name -f -a '(__pymod_words)'
    end
end
"""

SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
