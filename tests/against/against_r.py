"""Compares what `rampe stats` says of random data with what R says of them (sets.R)."""
import collections
import concurrent.futures
import json
import os
import subprocess

RAMPE = os.environ.get("RAMPE", "build/rampe")
FOLDER = os.environ["TMPDIR"]


class Family:
    """Numbers of one kind: in how many sets, how many, the largest difference, and those that differ too much."""

    def __init__(self):
        self.sets, self.numbers, self.worst, self.wrong = set(), 0, 0.0, []


def ask(analysis, line):
    """The set's name, and what `rampe stats` prints of it; where it is refused, the message."""
    name, *options = line.split()
    command = [RAMPE, "stats", analysis, f"{FOLDER}/{name}.csv", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    return name, json.loads(done.stdout) if done.returncode == 0 else done.stderr


def answers(analysis):
    with open(f"{FOLDER}/sets", encoding="utf-8") as sets, concurrent.futures.ThreadPoolExecutor(3) as several:
        return dict(several.map(lambda line: ask(analysis, line), sets))


def found_at(answer, place):
    for step in place.split("."):
        if isinstance(answer, list):
            if step == "length":
                return len(answer)
            answer = answer[int(step)] if int(step) < len(answer) else "missing"
        else:
            answer = answer.get(step, "missing") if isinstance(answer, dict) else "missing"
    return answer


def difference(got, want, within):
    """Relative to what is wanted. What is 0 but for rounding is 0, where rounding is allowed."""
    if got == want:
        return 0.0
    if isinstance(got, str) or isinstance(want, str) or got is None or want is None:
        return float("inf")
    if want == 0:
        return 0.0 if within >= 1e-9 and abs(got) <= 1e-13 else float("inf")
    return abs(got - want) / abs(want)


def check(analysis, script, expected):
    """Has SCRIPT.R make the sets and prints TAP: of each family {name: (least number of sets, what is true)}."""
    subprocess.run(["Rscript", "--vanilla", f"tests/against/{script}.R", FOLDER], check=True)
    said, families = answers(analysis), collections.defaultdict(Family)
    for line in open(f"{FOLDER}/expected", encoding="utf-8"):
        name, place, value, within, family = line.rstrip("\n").split("\t")
        f, got, want = families[family], found_at(said[name], place), json.loads(value)
        off = difference(got, want, float(within))
        f.sets.add((name, place.split(".")[0]) if place[0].isdigit() else name)  # rows of a list are sets of their own
        f.numbers += 1
        f.worst = max(f.worst, off)
        if off > float(within):
            f.wrong.append(f"{name} {place}: {got} and not {want}")
    print(f"1..{len(expected) + 1}")
    for i, (name, (least, true)) in enumerate(expected.items(), 1):
        f = families[name]
        fine = len(f.sets) >= least and not f.wrong
        print(f"{'ok' if fine else 'not ok'} {i} - {true}")
        print(f"# {name}: {len(f.sets)} sets, {f.numbers} numbers, the largest difference {f.worst:.1e}")
        for line in f.wrong[:10]:
            print(f"# {line}")
    print(f"{'ok' if set(families) == set(expected) else 'not ok'} {len(expected) + 1} - nothing else is compared")
