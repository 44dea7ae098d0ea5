"""`./suar explain`. Read without an environment: standard library only."""

import argparse
from collections.abc import Callable
from pathlib import Path

from suar_cli.main import say
from suar_cli.parser import Parser

SUMMARY = "hitung ulang penjelasan evaluasi dari berkasnya saja (0 sesuai, 1 ada yang berbeda, 2 tidak dapat dibaca)"


def _add_explain(root: Parser) -> None:
    verbs = root.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    verbs.required, verbs.dest = True, "perintah"
    parser = verbs.add_parser("verify", help=SUMMARY, description=SUMMARY)
    parser.set_defaults(run=_verify, parser=parser)
    parser.add_argument("files", nargs="+", type=Path, metavar="BERKAS", help="hasil unduhan penjelasan (JSON)")
    parser.add_argument("--json", action="store_true", help="untuk dibaca program")


PARSERS: dict[str, Callable[[Parser], None]] = {"explain": _add_explain}


def _verify(arguments: argparse.Namespace) -> int:
    from suar_auditor.reports import report

    text, code = report(arguments.files, as_json=arguments.json)
    say(text)
    return code
