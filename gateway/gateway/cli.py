"""Commands of the gateway: the first operator, signing keys, and the edge's configuration."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chassis.errors import AppError
from chassis.settings import SettingsError, load


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except SettingsError as error:
        sys.exit(str(error))
    except AppError as error:
        wanted = "".join(f"\n  {one.field}: {one.expected}" for one in error.errors)
        sys.exit(f"{error.code}: {error.detail}{wanted}")
    except (ValueError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gateway", description=__doc__)
    verbs = parser.add_subparsers(required=True)

    operator = verbs.add_parser("bootstrap-operator", help="create the first operator, unless the username exists")
    operator.add_argument("--username", required=True, help="NIP or e-mail address")
    operator.add_argument("--agency", default="suar", help="the agency whose audit trail shows what the operator does")
    operator.set_defaults(run=_bootstrap)

    keys = verbs.add_parser("make-keys", help="make a signing key; older public keys stay valid behind the new one")
    keys.add_argument("--private", type=Path, required=True)
    keys.add_argument("--public", type=Path, required=True)
    keys.set_defaults(run=_make_keys)

    edge = verbs.add_parser("edge", help="write the edge's nginx configuration, and run nginx on it with --run")
    edge.add_argument(
        "--upstreams", default=os.environ.get("EDGE_UPSTREAMS"), help="service=address,… (repeat for replicas)"
    )
    edge.add_argument(
        "--listen", default=os.environ.get("EDGE_LISTEN", "127.0.0.1:8080"), help="address, or several with commas"
    )
    edge.add_argument(
        "--redirect-listen", default=os.environ.get("EDGE_REDIRECT_LISTEN", ""), help="plain HTTP, sent on to TLS"
    )
    edge.add_argument("--state", type=Path, default=Path(os.environ.get("EDGE_STATE_DIR", "/tmp/suar-edge")))  # noqa: S108
    edge.add_argument(
        "--resolver", default=os.environ.get("EDGE_RESOLVER"), help="DNS server that is asked again for names"
    )
    edge.add_argument("--certificate", type=Path, default=os.environ.get("EDGE_TLS_CERTIFICATE"))
    edge.add_argument("--key", type=Path, default=os.environ.get("EDGE_TLS_KEY"))
    edge.add_argument(
        "--trust", default=os.environ.get("EDGE_TRUSTED_PROXIES", ""), help="proxies whose X-Forwarded-For counts"
    )
    edge.add_argument(
        "--generous", action="store_true", default=bool(os.environ.get("EDGE_GENEROUS")), help="demo limits"
    )
    edge.add_argument("--out", type=Path, help="write the configuration here instead of to the standard output")
    edge.add_argument("--run", action="store_true", dest="run_nginx", help="become nginx on this configuration")
    edge.set_defaults(run=_edge)
    return parser


def _bootstrap(options: argparse.Namespace) -> None:
    from chassis.wiring import make_unit_of_work
    from gateway.house import make_house
    from gateway.settings import SERVICE, Settings
    from gateway.use_cases.bootstrap_operator import bootstrap_operator

    settings = load(Settings, SERVICE)
    password = os.environ.get("OPERATOR_PASSWORD") or sys.stdin.readline().rstrip("\n")
    if not password:
        raise ValueError("no password: set OPERATOR_PASSWORD, or write it to the standard input")
    work = make_unit_of_work(settings, process="cli")
    created = bootstrap_operator(
        work, make_house(settings), username=options.username, password=password, agency_id=options.agency
    )
    _say(f"operator {options.username} " + ("created" if created else "exists already; nothing changed"))


def _make_keys(options: argparse.Namespace) -> None:
    from gateway.crypto import make_keys

    if options.private.exists():
        raise ValueError(f"{options.private} exists; name a new file and switch to it once every service knows the key")
    _say(f"key {make_keys(options.private, options.public)}")


def _edge(options: argparse.Namespace) -> None:
    from gateway.edge import Edge, Limits, Tls, parse_upstreams, prepare, render

    if not options.upstreams:
        raise ValueError("no upstreams: give --upstreams identity=host:port,personnel=… or EDGE_UPSTREAMS")
    if bool(options.certificate) != bool(options.key):
        raise ValueError("TLS needs both --certificate and --key")
    edge = Edge(
        upstreams=parse_upstreams(options.upstreams),
        state_dir=options.state,
        listen=_list(options.listen),
        redirect_listen=_list(options.redirect_listen),
        tls=Tls(Path(options.certificate), Path(options.key)) if options.certificate else None,
        resolver=options.resolver,
        trusted_proxies=_list(options.trust),
        limits=Limits.generous() if options.generous else Limits(),
        user="root" if os.geteuid() == 0 else None,
    )
    text = render(edge)
    if not options.run_nginx and options.out is None:
        _say(text)
        return
    prepare(edge)
    target = options.out or options.state / "edge.conf"
    target.write_text(text)
    if options.run_nginx:
        program = os.environ.get("NGINX_BINARY", "nginx")
        os.execvp(program, [program, "-p", str(options.state), "-c", str(target), "-g", "daemon off;"])  # noqa: S606


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (item.strip() for item in text.split(","))))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
