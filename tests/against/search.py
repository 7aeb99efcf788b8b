# How well a search finds what people judged relevant (tests/sets/search): nDCG@10 with gains 2^grade - 1 and the discount
# log2(rank + 1) (Järvelin & Kekäläinen 2002, ACM TOIS 20:422–446), and recall@20 over all with a grade, both as means over
# the queries. `rampe search` beside SQLite's FTS5 (unicode61 and trigram) and PostgreSQL's configuration `danish`, each asked
# for any of the words, the title weighing three times the rest. Everything in one run.
#   python3 search.py RAMPE ADMINISTRATOR'S-URL PSQL
import collections
import csv
import json
import math
import re
import sqlite3
import subprocess
import sys

rampe, url, psql = sys.argv[1:4]
folder = "tests/sets/search/"


def rows(name):
    with open(folder + name, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


projects, queries = rows("projects.csv"), rows("queries.csv")
grades = collections.defaultdict(dict)
for row in rows("judgements.csv"):
    grades[row["query"]][row["project"]] = int(row["grade"])


def body(project):
    return " ".join(value for name, value in project.items() if name not in ("no", "title"))


def by_rampe(query):
    said = subprocess.run([rampe, "search", folder + "projects.csv", query["query"], "--json", "--most", "20"],
                          stdout=subprocess.PIPE, check=True).stdout
    return [hit["id"] for hit in json.loads(said)["hits"]]


def by_fts5(tokenizer, shortest):
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE project USING fts5(no UNINDEXED, title, body, tokenize='{tokenizer}')")
    for p in projects:
        db.execute("INSERT INTO project VALUES (?, ?, ?)", (p["no"], p["title"], body(p)))

    def ask(query):
        words = ['"' + w + '"' for w in re.findall(r"\w+", query["query"]) if len(w) >= shortest]
        found = db.execute("SELECT no FROM project WHERE project MATCH ? ORDER BY bm25(project, 0, 3, 1), CAST(no AS INT)"
                           " LIMIT 20", (" OR ".join(words),)) if words else []
        return [row[0] for row in found]

    return ask


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


# All queries at once: a process for each would take most of the time.
def by_postgres():
    script = ["CREATE TABLE project (no int, v tsvector);"]
    for p in projects:
        script.append(f"INSERT INTO project VALUES ({p['no']}, setweight(to_tsvector('danish', {quoted(p['title'])}), 'A')"
                      f" || setweight(to_tsvector('danish', {quoted(body(p))}), 'D'));")
    for q in queries:
        script.append("SELECT " + quoted(q["id"]) + ", no FROM project, (SELECT replace(plainto_tsquery('danish', "
                      + quoted(q["query"]) + ")::text, '&', '|')::tsquery) AS asked (q) WHERE v @@ q"
                      " ORDER BY ts_rank('{0.333, 0.333, 0.333, 1}', v, q) DESC, no LIMIT 20;")
    said = subprocess.run([psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url], input="\n".join(script),
                          stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout
    found = collections.defaultdict(list)
    for line in said.splitlines():
        if "|" in line:
            query, no = line.split("|")
            found[query].append(no)
    return lambda query: found[query["id"]]


def gain(grade, rank):
    return (2 ** grade - 1) / math.log2(rank + 2)


def judged(query, found):
    judgement = grades[query["id"]]
    best = sorted(judgement.values(), reverse=True)[:10]
    ndcg = sum(gain(judgement.get(no, 0), i) for i, no in enumerate(found[:10])) / sum(map(gain, best, range(10)))
    return ndcg, len(set(found[:20]) & set(judgement)) / len(judgement)


def means(ask):
    kinds = collections.defaultdict(list)
    for query in queries:
        if grades[query["id"]]:
            values = judged(query, ask(query))
            kinds["all"].append(values)
            kinds[query["kind"]].append(values)
    return {kind: [sum(v) / len(v) for v in zip(*values)] for kind, values in kinds.items()}


systems = {"rampe": means(by_rampe), "unicode61": means(by_fts5("unicode61", 1)), "trigram": means(by_fts5("trigram", 3)),
           "danish": means(by_postgres())}
for kind in systems["rampe"]:
    print(kind, *(f"{name} {values[kind][0]:.3f} {values[kind][1]:.3f}" for name, values in systems.items()), sep="\t")
