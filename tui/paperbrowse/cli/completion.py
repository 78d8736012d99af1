"""Scripts that complete our command line in bash, zsh and fish, generated from the parser.

Each script walks the words typed so far to the command they name, stepping over the values of options, and
offers what may stand there: the values of the option before the cursor, options, commands, files.
"""

import argparse
import shlex
from collections.abc import Iterable, Iterator

from paperbrowse.cli.tree import Argument, Command, Option, tree

_FILES = ("PATH", "FILE")
_FOLDERS = ("DIR",)


def completion(options: argparse.Namespace) -> int:
    """`completion`: print the script of a shell."""
    from paperbrowse.cli.arguments import parser

    scripts = {"bash": bash, "zsh": zsh, "fish": fish}
    print(scripts[options.shell](tree(parser())), end="")
    return 0


def _at(command: Command) -> str:
    """How the scripts write where they are: the commands typed so far, "bookmark add"."""
    return " ".join(command.words[1:])


def _valued(root: Command) -> str:
    """The names of all options that take a value, as a pattern."""
    names = {
        name for command in root.walk() for option in command.options if option.value for name in option.names
    }
    return "|".join(sorted(names))


def _steps(root: Command) -> str:
    """Where a command's name leads on, as a pattern over "where we are/next word"."""
    return "|".join(
        _pattern(f"{_at(parent)}/{child.words[-1]}") for parent in root.walk() for child in parent.commands
    )


def _pattern(text: str) -> str:
    return f'"{text}"'


def _values(root: Command) -> Iterator[tuple[Command, str, Option]]:
    """Every name of every option that takes a value, with the command it belongs to."""
    for command in root.walk():
        for option in command.options:
            if option.value:
                for name in option.names:
                    yield command, name, option


def _first_argument(command: Command) -> Argument | None:
    return command.arguments[0] if command.arguments else None


def bash(root: Command) -> str:
    """The script for bash 4 and later; `eval "$(paperbrowse completion bash)"` loads it."""
    lines = [
        "# Completion of paperbrowse for bash.",
        "_paperbrowse() {",
        '    local cur="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" at="" i',
        '    if [[ $cur == "=" ]]; then cur=""',
        '    elif [[ $before == "=" ]]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi',
        "    for ((i = 1; i < COMP_CWORD; i++)); do",
        '        case "${COMP_WORDS[i]}" in',
        f"            {_valued(root)}) ((i++)); continue ;;",
        "        esac",
        '        case "$at/${COMP_WORDS[i]}" in',
        f'            {_steps(root)}) at="${{at:+$at }}${{COMP_WORDS[i]}}" ;;',
        "        esac",
        "    done",
        "    COMPREPLY=()",
        '    case "$at/$before" in',
    ]
    for command, name, option in _values(root):
        lines.append(f"        {_pattern(f'{_at(command)}/{name}')}) {_bash_value(option)}; return ;;")
    lines += ["    esac", '    case "$at" in']
    for command in root.walk():
        words = [name for option in command.options for name in option.names]
        lines.append(f'        "{_at(command)}")')
        lines.append(f"            if [[ $cur == -* ]]; then {_bash_words(words)}")
        lines.append(f"            else {_bash_rest(command)}; fi ;;")
    lines += ["    esac", "}", "complete -F _paperbrowse paperbrowse", ""]
    return "\n".join(lines)


def _bash_words(words: Iterable[str]) -> str:
    return f'mapfile -t COMPREPLY < <(compgen -W {shlex.quote(" ".join(words))} -- "$cur")'


def _bash_files(letter: str) -> str:
    return f'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -{letter} -- "$cur")'


def _bash_value(option: Option | Argument) -> str:
    if option.choices:
        return _bash_words(option.choices)
    if option.value in _FILES:
        return _bash_files("f")
    return _bash_files("d") if option.value in _FOLDERS else ":"


def _bash_rest(command: Command) -> str:
    if command.commands:
        return _bash_words(child.words[-1] for child in command.commands)
    argument = _first_argument(command)
    return _bash_value(argument) if argument else ":"


def zsh(root: Command) -> str:
    """The script for zsh: to be put as `_paperbrowse` into a folder of `$fpath`, or loaded by `eval`."""
    lines = [
        "#compdef paperbrowse",
        "_paperbrowse() {",
        "    local at='' i",
        "    local -a found",
        '    local before="$words[CURRENT-1]"',
        "    for ((i = 2; i < CURRENT; i++)); do",
        '        case "$words[i]" in',
        f"            ({_valued(root)}) ((i++)); continue ;;",
        "        esac",
        '        case "$at/$words[i]" in',
        f'            ({_steps(root)}) at="${{at:+$at }}$words[i]" ;;',
        "        esac",
        "    done",
        '    if [[ "$PREFIX" == --*=* ]]; then before="${PREFIX%%=*}"; compset -P 1 "*="; fi',
        '    case "$at/$before" in',
    ]
    for command, name, option in _values(root):
        lines.append(f"        ({_pattern(f'{_at(command)}/{name}')}) {_zsh_value(option)}; return ;;")
    lines += ["    esac", '    case "$at" in']
    for command in root.walk():
        described = [(name, option.help) for option in command.options for name in option.names]
        lines.append(f'        ("{_at(command)}")')
        lines.append(f'            if [[ "$PREFIX" == -* ]]; then {_zsh_described("-o option", described)}')
        lines.append(f"            else {_zsh_rest(command)}; fi ;;")
    lines += [
        "    esac",
        "}",
        'if [[ "$funcstack[1]" == _paperbrowse ]]; then _paperbrowse "$@"',
        "else compdef _paperbrowse paperbrowse; fi",
        "",
    ]
    return "\n".join(lines)


def _zsh_described(kind: str, described: Iterable[tuple[str, str]]) -> str:
    words = " ".join(shlex.quote(f"{word}:{text}" if text else word) for word, text in described)
    return f"found=({words}); _describe {kind} found"


def _zsh_value(option: Option | Argument) -> str:
    if option.choices:
        return f"compadd -- {' '.join(map(shlex.quote, option.choices))}"
    if option.value in _FILES:
        return "_files"
    return "_files -/" if option.value in _FOLDERS else ":"


def _zsh_rest(command: Command) -> str:
    if command.commands:
        return _zsh_described("command", ((child.words[-1], child.help) for child in command.commands))
    argument = _first_argument(command)
    return _zsh_value(argument) if argument else ":"


def fish(root: Command) -> str:
    """The script for fish; `paperbrowse completion fish | source` loads it."""
    lines = [
        "# Completion of paperbrowse for fish.",
        "function __paperbrowse_at",
        "    set -l at ''",
        "    set -l skip 0",
        "    for word in (commandline -opc)[2..-1]",
        "        if test $skip = 1",
        "            set skip 0",
        "            continue",
        "        end",
        '        switch "$word"',
        f"            case {' '.join(_valued(root).split('|'))}",
        "                set skip 1",
        "                continue",
        "        end",
        '        switch "$at/$word"',
        f"            case {' '.join(_steps(root).split('|'))}",
        '                set at (string trim "$at $word")',
        "        end",
        "    end",
        '    test "$at" = "$argv[1]"',
        "end",
        "complete -c paperbrowse -f",
    ]
    for command in root.walk():
        here = f"-n {shlex.quote(f'__paperbrowse_at {shlex.quote(_at(command))}')}"
        lines += [
            f"complete -c paperbrowse {here} -a {child.words[-1]} -d {_fish_text(child.help)}"
            for child in command.commands
        ]
        for option in command.options:
            names = " ".join(
                f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
            )
            lines.append(
                f"complete -c paperbrowse {here} {names}{_fish_value(option)} -d {_fish_text(option.help)}"
            )
        argument = _first_argument(command)
        if argument and (argument.choices or argument.value in (*_FILES, *_FOLDERS)):
            lines.append(f"complete -c paperbrowse {here}{_fish_argument(argument)}")
    return "\n".join([*lines, ""])


def _fish_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _fish_value(option: Option) -> str:
    if not option.value:
        return ""
    if option.choices:
        return f" -xa {_fish_text(' '.join(option.choices))}"
    if option.value in _FILES:
        return " -rF"
    return " -xa '(__fish_complete_directories)'" if option.value in _FOLDERS else " -x"


def _fish_argument(argument: Argument) -> str:
    if argument.choices:
        return f" -a {_fish_text(' '.join(argument.choices))}"
    return " -F"
