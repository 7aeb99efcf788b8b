# What an intruder does who knows src/db/audit.c: changes an entry of the audit trail and reckons all that follows anew.
#   python3 reckon.py DATABASE SEQ
import hashlib
import sqlite3
import sys

database, changed = sys.argv[1], int(sys.argv[2])
db = sqlite3.connect(database)


def number(n):
    return b"i" + n.to_bytes(8, "big", signed=True)


def text(s):
    return b"n" if s is None else b"t" + len(s.encode()).to_bytes(8, "big") + s.encode()


def name(u):
    return b"u" + (bytes(16) if u is None else u)


db.execute("UPDATE audit SET action = 'contact.remove' WHERE seq = ?", (changed,))
tenant = db.execute("SELECT DISTINCT tenant FROM audit").fetchone()[0]
last = bytes(32)
rows = db.execute(
    "SELECT seq, at, actor, actor_name, action, subject_kind, subject, participant, purpose, outcome, detail, hash"
    " FROM audit ORDER BY seq").fetchall()
for seq, at, actor, actor_name, action, kind, subject, participant, purpose, outcome, detail, stored in rows:
    entry = (last + name(tenant) + number(seq) + number(at) + name(actor) + text(actor_name) + text(action) + text(kind)
             + name(subject) + name(participant) + text(purpose) + text(outcome) + text(detail))
    last = hashlib.blake2b(entry, digest_size=32).digest()
    if seq < changed and last != stored:
        raise SystemExit(f"entry {seq} is not hashed as this script hashes it")
    db.execute("UPDATE audit SET hash = ? WHERE seq = ?", (last, seq))
db.execute("UPDATE audit_head SET hash = ?", (last,))
db.commit()
