"""Compares what `rampe stats` says of random data with what R says of them (sets.R)."""
import json
import os
import subprocess
import sys

RAMPE = os.environ.get("RAMPE", "build/rampe")
FOLDER = os.environ["TMPDIR"]


def difference(answer, expected, where=""):
    """The first place where the answer is not what is expected: equal to 1e-9 of its size; "" when there is none."""
    if isinstance(expected, dict) and isinstance(answer, dict):
        for key in expected:
            found = difference(answer.get(key, "missing"), expected[key], f"{where}.{key}")
            if found:
                return found
        return ""
    if isinstance(expected, list) and isinstance(answer, list) and len(answer) == len(expected):
        for i, value in enumerate(expected):
            found = difference(answer[i], value, f"{where}[{i}]")
            if found:
                return found
        return ""
    if answer == expected:
        return ""
    if isinstance(answer, (int, float)) and isinstance(expected, (int, float)):
        # What is 0 but for rounding is 0.
        if abs(answer - expected) <= max(1e-9 * abs(expected), 1e-13):
            return ""
    return f"{where}: {answer} and not {expected}"


def compare(name, sets):
    """Has NAME.R make the data; returns the answers, one a set, and what was wrong with them."""
    subprocess.run(["Rscript", "--vanilla", f"tests/against/{name}.R", FOLDER, str(sets)], check=True)
    answers, wrong = [], []
    for i in range(1, sets + 1):
        file = f"{FOLDER}/{i}.csv"
        options = open(f"{FOLDER}/{i}.options").read().split()
        done = subprocess.run([RAMPE, "stats", name, file, "--json", *options], capture_output=True, text=True)
        if done.returncode != 0:
            wrong.append(f"set {i}: {done.stderr}")
            continue
        answers.append(json.loads(done.stdout))
        found = difference(answers[-1], json.load(open(f"{FOLDER}/{i}.json")))
        if found:
            wrong.append(f"set {i} {found}")
    return answers, wrong


def tell(checks):
    """Prints (name, what is wrong) as TAP."""
    print(f"1..{len(checks)}")
    for i, (name, wrong) in enumerate(checks, 1):
        print(f"{'not ok' if wrong else 'ok'} {i} - {name}")
        for line in wrong[:10]:
            print(f"# {line}")
    sys.stdout.flush()
