"""Counts what `rampe evidence dedupe` finds of the pairs that a labelled set says.

    dedupe_count.py RAMPE RECORDS.csv MERGED.csv

Prints "PAIRS FOUND FALSE DOUBTFUL": pairs labelled as one, those among them that stand in one group, pairs in one group that
are not labelled, and labelled pairs that stand in the queue. MERGED.csv has a column merged_ids, ids parted by ";".
"""
import csv
import itertools
import json
import subprocess
import sys


def pairs(groups):
    return {tuple(sorted(pair)) for group in groups for pair in itertools.combinations(group, 2)}


rampe, records, merged = sys.argv[1:]
with open(merged, encoding="utf-8", newline="") as file:
    labelled = pairs(row["merged_ids"].split(";") for row in csv.DictReader(file))
told = json.loads(subprocess.run([rampe, "evidence", "dedupe", records, "--json"], stdout=subprocess.PIPE, check=True).stdout)
found = pairs(told["groups"])
doubtful = pairs([pair["a"], pair["b"]] for pair in told["maybe"])
print(len(labelled), len(labelled & found), len(found - labelled), len(labelled & doubtful))
