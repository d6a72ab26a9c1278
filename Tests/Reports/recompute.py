#!/usr/bin/env python3
"""Holds every report against an independent calculation: recompute.py [--seed N] [--allow-missing] [--keep FOLDER].

A month of calls is simulated in a database of its own. Its raw rows are exported, every report is computed from them in plain
Python by the definitions of its columns, and the answers of `offhook report` are compared cell by cell. OFFHOOK names the
program. Ends with 1 where a cell differs, or where a report is missing.
"""
import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from asked import QUESTIONS, REPORTS  # noqa: E402
from cells import agrees, is_nothing  # noqa: E402
from month import Month  # noqa: E402
from reading import Raw, export  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("OFFHOOK", str(ROOT / ".build/debug/offhook"))
SHOWN = 12


class Missing(Exception):
    """The program has no such report, or does not know an option of its question."""


def ask(path, name, question, form="json"):
    """What the program writes of a report's main table, or of the one behind the stroke of its name."""
    report, _, section = name.partition("/")
    chosen = ["--section", section] if section else []
    done = subprocess.run(
        [PROGRAM, "report", report, *chosen, *question.options, "--format", form, "--db", path], capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"{name} {question}: {done.stderr.strip().splitlines()[0] if done.stderr else 'no answer'}")
    return json.loads(done.stdout, parse_float=Decimal) if form == "json" else done.stdout


def is_decimal(text):
    """Whether a text is a number, with an exponent or without."""
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


def same_in_csv(rows, text):
    """Whether a CSV file says what the rows say: with an apostrophe where a spreadsheet would run a cell, and no other change."""
    lines = list(csv.reader(io.StringIO(text, newline="")))
    if [list(row) for row in rows] != [lines[0]] * len(lines[1:]):
        return "CSV has other columns or rows than JSON"
    for row, line in zip(rows, lines[1:]):
        for (column, cell), written in zip(row.items(), line):
            is_formula = isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r\n") and not is_number(cell)
            if isinstance(cell, Decimal) and is_decimal(written) and Decimal(written) == cell:
                continue
            if written != f"{chr(39) if is_formula else ''}{'' if cell is None else cell}":
                return f"CSV has {written!r} in {column}, where JSON has {cell!r}"
    return None


def is_number(text):
    """A phone number in E.164 is no formula."""
    return text[:1] == "+" and 8 <= len(text) <= 16 and text[1:].isdecimal()


def keyed(rows, answer, known):
    """The program's rows by their keys; a label that nothing has stands for what has none."""
    found = {}
    for row in rows:
        key = tuple(row.get(column) if row.get(column) in known[index] else None
                    for index, column in enumerate(answer.keys))
        found.setdefault(key, []).append(row)
    return found


def compare(name, question, raw, rows):
    """How many cells were compared, and the sentences about those that differ."""
    compute = REPORTS[name]
    answer = compute(raw, question, None)
    if "--compare" in question.words:
        answer.compared(compute(raw, question, question.before()))
    known = [{key[index] for key in answer.rows} - {None, ""} for index in range(len(answer.keys))]
    expected = {tuple(part or None for part in key): row for key, row in answer.rows.items()}
    found = keyed(rows, answer, known)
    cells, differences = 0, []
    for key, row in expected.items():
        there = found.pop(key, [])
        if not there:
            counts = [cell for column, cell in row.items() if column not in answer.standing]
            if key in answer.required or not row or not all(map(is_nothing, counts)):
                differences.append(f"{key}: the row is missing, where {shown(row)}")
            continue
        if answer.is_added:
            there = [{column: sum(each[column] for each in there) for column in row}]
        if len(there) > 1:
            differences.append(f"{key}: the row stands there {len(there)} times")
        counted = {column for column in row if column not in answer.standing and not column.endswith("_before")}
        is_blank = key not in answer.required and all(is_nothing(row[column]) for column in counted)
        for column, cell in row.items():
            # A row that only the period before gave something to says nothing else of now.
            if is_blank and column not in answer.additive and not column.endswith("_before"):
                continue
            cells += 1
            if column not in there[0]:
                differences.append(f"{key}: there is no column {column}")
            elif not agrees(cell, there[0][column]):
                differences.append(f"{key} {column}: {there[0][column]!r}, computed {cell}")
        cells += len(answer.keys)
    for key, there in found.items():
        columns = next(iter(expected.values()), {})
        counted = [column for column in columns if column not in answer.standing] or list(there[0])
        if any(there[0].get(column) not in (None, 0, Decimal(0)) for column in counted):
            differences.append(f"{key}: a row that nothing was computed for: {there[0]}")
    return cells, differences


def shown(row):
    return ", ".join(f"{column} is {cell}" for column, cell in row.items()) or "there is one"


def judge(name, path, raw):
    """Asks every question of a report. Returns its line, its cells, and what is wrong."""
    cells, wrong, missing = 0, [], []
    questions = QUESTIONS[name]
    for question in questions:
        try:
            rows = ask(path, name, question)
            spoiled = same_in_csv(rows, ask(path, name, question, "csv")) if question is questions[0] else None
        except Missing as error:
            missing.append(str(error))
            continue
        compared, differences = compare(name, question, raw, rows)
        cells += compared
        differences += [spoiled] if spoiled else []
        wrong += [f"{name} {question}\n      {difference}" for difference in differences[:SHOWN]]
        if len(differences) > SHOWN:
            wrong.append(f"{name} {question}\n      and {len(differences) - SHOWN} more")
    if cells == 0 and not missing:
        wrong.append(f"{name}: nothing was compared; the month has nothing to answer it with")
    return name, len(questions), cells, wrong, missing


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261101)
    parser.add_argument("--allow-missing", action="store_true", help="a report that is missing is no failure")
    parser.add_argument("--keep", help="make the database in this folder and leave it there")
    parser.add_argument("reports", nargs="*", help="only these")
    options = parser.parse_args()
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"recompute: there is no program {PROGRAM}; build it with swift build, or name another with OFFHOOK")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        Path(folder).mkdir(parents=True, exist_ok=True)
        month = Month(PROGRAM, folder, options.seed)
        month.make()
        rows = export(month.path)
        raw = Raw(rows)
        print(f"seed {options.seed}: {len(rows['attempts'])} attempts, {len(rows['contacts'])} contacts")
        with ThreadPoolExecutor(2) as pool:
            judged = list(pool.map(lambda name: judge(name, month.path, raw), options.reports or REPORTS))
    has_failed = False
    for name, asked, cells, wrong, missing in judged:
        print(f"{name}: {asked} questions, {cells} cells compared, {len(wrong)} differences"
              + (f", {len(missing)} MISSING" if missing else ""))
        for sentence in wrong:
            print(f"   {sentence}")
        for sentence in missing[:3]:
            print(f"   missing: {sentence}")
        has_failed |= bool(wrong) or bool(missing) and not options.allow_missing
    print(f"{sum(line[2] for line in judged)} cells in {time.monotonic() - began:.1f} s")
    sys.exit(1 if has_failed else 0)


if __name__ == "__main__":
    main()
