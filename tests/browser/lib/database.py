# What the register holds: `database.py FILE` prints every row of every table but those that tell who asked and when
# (the audit, logins) and the name of the key store; `database.py FILE counts` how many rows each has; `database.py FILE audit` who did what.
import sqlite3
import sys

APART = {"audit", "audit_head", "session", "api_token", "schema_version", "app_user", "key_store"}
# What the keyring has made of a text differs from one installation to the next.
BLIND = {("participant", "cpr_index"), ("participant_word", "word")}


def told(table, column, value):
    keyed = (table, column) in BLIND or isinstance(value, bytes) and len(value) > 16
    return "sealed" if keyed else value


db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
if sys.argv[2:] == ["audit"]:
    for entry in db.execute("SELECT actor_name, action, detail FROM audit ORDER BY seq"):
        print(*entry)
    sys.exit(0)
tables = [t for (t,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") if t not in APART]
for table in tables:
    if sys.argv[2:] == ["counts"]:
        print(table, *db.execute(f'SELECT count(*) FROM "{table}"').fetchone())
        continue
    columns = [c[1] for c in db.execute(f'PRAGMA table_info("{table}")')]
    names = ", ".join(f'"{c}"' for c in columns)
    rows = (tuple(map(told, [table] * len(row), columns, row)) for row in db.execute(f'SELECT {names} FROM "{table}"'))
    for row in sorted(rows, key=repr):
        print(table, row)
