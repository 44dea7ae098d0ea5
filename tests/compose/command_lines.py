"""docker-compose command lines as documents write them, and whether both versions of it accept them."""

import re
import shlex
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

OPTIONS = tomllib.loads((Path(__file__).parent / "options.toml").read_text())
SHELL_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
IN_BACKTICKS = re.compile(r"`(docker-compose [^`]+)`")
IN_COMMENT = re.compile(r"^ *#.*?(docker-compose (?!on ).+)$", re.MULTILINE)


def in_document(text: str) -> Iterator[list[str]]:
    """Every docker-compose command of a Markdown page, without the program's name."""
    lines = [line for block in SHELL_BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    yield from _commands([*lines, *IN_BACKTICKS.findall(SHELL_BLOCK.sub("", text))])


def in_comments(text: str) -> Iterator[list[str]]:
    """Every docker-compose command in the comments of a YAML file, without the program's name."""
    joined = re.sub(r"\\\n *#\s*", " ", text)
    yield from _commands(re.split(r"`|   +", found)[0] for found in IN_COMMENT.findall(joined))


def _commands(lines: Iterable[str]) -> Iterator[list[str]]:
    for line in lines:
        if "docker-compose" not in line:  # other lines may open a quotation that ends on a later one
            continue
        command = []
        for token in [*shlex.shlex(line, posix=True, punctuation_chars=True), ";"]:
            if not set(token) <= set("();<>|&"):
                command.append(token)
                continue
            words = command[command.index("docker-compose") + 1 :] if "docker-compose" in command else []
            command = []
            if words:
                yield words


def faults(words: list[str]) -> list[str]:
    """What docker-compose 1.29.2 or docker compose would refuse in `words`, which begin after the program's name."""
    found: list[str] = []
    rest = _take_options("docker-compose", list(words), found)
    if not rest:
        return [*found, "no command"]
    if rest[0] not in OPTIONS:
        return [*found, f"{rest[0]}: not a listed command"]
    verb = rest.pop(0)
    while rest:
        rest = _take_options(verb, rest, found)
        if verb in {"exec", "run"}:
            break  # behind the service stands a command of the container's own
        rest = rest[1:]
    return found


def services_of(words: list[str]) -> list[str]:
    """The services that a command line names."""
    rest = _take_options("docker-compose", list(words), [])
    verb, rest, found = rest[0], rest[1:], []
    while rest := _take_options(verb, rest, []):
        found.append(rest[0])
        if verb in {"exec", "run"}:
            break
        rest = rest[1:]
    return found


def _take_options(verb: str, words: list[str], found: list[str]) -> list[str]:
    """Take options from the front of `words`; what one of the versions refuses is added to `found`."""
    while words and words[0].startswith("-"):
        name, has_value, _ = words.pop(0).partition("=")
        for version in ("v1", "v2"):
            accepted = OPTIONS[verb][version].split()
            if not {name, f"{name}="} & set(accepted):
                found.append(f"{verb} {name}: unknown to {version}")
        takes_value = f"{name}=" in f"{OPTIONS[verb]['v1']} {OPTIONS[verb]['v2']}".split()
        if takes_value and not has_value and words:
            words.pop(0)
    return words
