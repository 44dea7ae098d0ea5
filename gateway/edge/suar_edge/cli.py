"""Write the edge's nginx configuration, and run nginx on it with --run."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from suar_edge.configuration import Edge, Limits, Tls, prepare, render
from suar_edge.upstreams import parse_upstreams


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except (ValueError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="suar_edge", description=__doc__)
    environ = os.environ
    parser.add_argument(
        "--upstreams", default=environ.get("EDGE_UPSTREAMS"), help="service=address,… (repeat for replicas)"
    )
    parser.add_argument(
        "--listen", default=environ.get("EDGE_LISTEN", "127.0.0.1:8080"), help="address, or several with commas"
    )
    parser.add_argument(
        "--redirect-listen", default=environ.get("EDGE_REDIRECT_LISTEN", ""), help="plain HTTP, sent on to TLS"
    )
    parser.add_argument("--state", type=Path, default=Path(environ.get("EDGE_STATE_DIR", "/tmp/suar-edge")))  # noqa: S108
    parser.add_argument(
        "--resolver", default=environ.get("EDGE_RESOLVER"), help="DNS server that is asked again for names"
    )
    parser.add_argument("--certificate", type=Path, default=environ.get("EDGE_TLS_CERTIFICATE"))
    parser.add_argument("--key", type=Path, default=environ.get("EDGE_TLS_KEY"))
    parser.add_argument(
        "--trust", default=environ.get("EDGE_TRUSTED_PROXIES", ""), help="proxies whose X-Forwarded-For counts"
    )
    parser.add_argument(
        "--generous", action="store_true", default=bool(environ.get("EDGE_GENEROUS")), help="demo limits"
    )
    parser.add_argument("--out", type=Path, help="write the configuration here instead of to the standard output")
    parser.add_argument("--run", action="store_true", dest="run_nginx", help="become nginx on this configuration")
    return parser


def _edge(options: argparse.Namespace) -> Edge:
    if not options.upstreams:
        raise ValueError("no upstreams: give --upstreams identity=host:port,personnel=… or EDGE_UPSTREAMS")
    if bool(options.certificate) != bool(options.key):
        raise ValueError("TLS needs both --certificate and --key")
    return Edge(
        upstreams=parse_upstreams(options.upstreams),
        state_dir=options.state,
        listen=_comma_separated(options.listen),
        redirect_listen=_comma_separated(options.redirect_listen),
        tls=Tls(Path(options.certificate), Path(options.key)) if options.certificate else None,
        resolver=options.resolver,
        trusted_proxies=_comma_separated(options.trust),
        limits=Limits.generous() if options.generous else Limits(),
        user="root" if os.geteuid() == 0 else None,
    )


def _run(options: argparse.Namespace) -> None:
    edge = _edge(options)
    text = render(edge)
    if not options.run_nginx and options.out is None:
        sys.stdout.write(text + "\n")
        return
    prepare(edge)
    target = options.out or options.state / "edge.conf"
    target.write_text(text)
    if options.run_nginx:
        program = os.environ.get("NGINX_BINARY", "nginx")
        os.execv(program, [program, "-p", str(options.state), "-c", str(target), "-g", "daemon off;"])  # noqa: S606


def _comma_separated(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (item.strip() for item in text.split(","))))
