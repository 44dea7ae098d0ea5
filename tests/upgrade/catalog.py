"""The schema of a database as lines of text, read from PostgreSQL's catalogs: the same lines mean the same schema."""

from psycopg import Connection

_SYSTEM = "('pg_catalog', 'information_schema', 'pg_toast')"
_QUERIES = {
    "table": f"""
        SELECT format('%s %s row security %s forced %s options %s access %s', c.oid::regclass, c.relkind,
                      c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relacl)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN {_SYSTEM}
    """,
    "column": f"""
        SELECT format('%s %s %s %s not null %s default %s identity %s generated %s collation %s comment %s', a.attrelid::regclass,
                      row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), a.attname,
                      format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
                      a.attidentity, a.attgenerated, a.attcollation::regcollation, col_description(a.attrelid, a.attnum))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND n.nspname NOT IN {_SYSTEM}
    """,
    "constraint": f"""
        SELECT format('%s %s %s valid %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated)
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE n.nspname NOT IN {_SYSTEM}
    """,
    "index": f"""
        SELECT format('%s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN {_SYSTEM}
    """,
    "policy": """
        SELECT format('%s %s %s %s %s using %s check %s', polrelid::regclass, polname, polcmd, polpermissive,
                      (SELECT array_agg(role::regrole ORDER BY role) FROM unnest(polroles) role WHERE role <> 0),
                      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
        FROM pg_policy
    """,
    "trigger": """
        SELECT format('%s enabled %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    """,
    "function": f"""
        SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname NOT IN {_SYSTEM}
    """,
    "sequence": f"""
        SELECT format('%I.%I %s start %s by %s from %s to %s cycle %s', schemaname, sequencename, data_type, start_value,
                      increment_by, min_value, max_value, cycle)
        FROM pg_sequences WHERE schemaname NOT IN {_SYSTEM}
    """,
    "type": f"""
        SELECT format('%s %s %s', t.oid::regtype, t.typtype,
                      (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typtype IN ('e', 'd', 'r') AND n.nspname NOT IN {_SYSTEM}
    """,
    "view": f"SELECT format('%I %s', viewname, definition) FROM pg_views WHERE schemaname NOT IN {_SYSTEM}",
    "extension": "SELECT format('%s %s', extname, extversion) FROM pg_extension",
    "schema": "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
}


def schema_of(connection: Connection) -> list[str]:
    """Return the whole schema of a database, sorted."""
    return sorted(f"{kind}: {row[0]}" for kind, query in _QUERIES.items() for row in connection.execute(query.encode()))
