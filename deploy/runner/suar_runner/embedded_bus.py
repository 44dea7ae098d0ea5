"""The bus inside the instance's own PostgreSQL (pgmq)."""

import psycopg
from pgmq.install import install_pgmq_from_sql


def pgmq_url(conninfo: str) -> str:
    """Return the URL of the bus. pgmq puts the string together again without quotes: no value may have blanks."""
    return f"pgmq://?dsn={conninfo}"


def install_pgmq(conninfo: str) -> bool:
    """Put the queue's functions into the bus database once; True when it was needed."""
    with psycopg.connect(conninfo, connect_timeout=10) as connection:
        if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'pgmq'").fetchone():
            return False
        install_pgmq_from_sql(conn=connection)
        connection.commit()
    return True
