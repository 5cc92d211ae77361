from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def test_the_benchmark_of_metadata_prints_a_table_and_writes_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.metadata_scale", "--sizes", "2", "4", "--rounds", "1", "--out", out]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert [line.split(" | ")[0] for line in done.stdout.splitlines()[2:4]] == ["| 2", "| 4"]
    assert [each["objects"] for each in json.loads(out.read_text(encoding="utf-8"))["sizes"]] == [2, 4]


def test_the_benchmark_of_soql_prints_a_table_and_writes_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.soql_parse", "--rounds", "1", "--calls", "2", "--out", out]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    figures = json.loads(out.read_text(encoding="utf-8"))["queries"]
    assert [each["kind"] for each in figures] == [line.split(" | ")[0][2:] for line in done.stdout.splitlines()[2:-1]]
    assert all(250 < each["characters"] < 350 for each in figures)


@pytest.mark.postgres
def test_the_benchmark_of_roll_ups_prints_a_table_and_writes_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    sizes = ["--parents", "5", "--children", "50", "--added", "20", "--rounds", "1"]
    command = [sys.executable, "-m", "benchmarks.rollups", *sizes, "--out", out]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert [line.split(" | ")[0] for line in done.stdout.splitlines()[2:4]] == ["| one record", "| page of 50"]
    assert ["PostgreSQL", "SQLite"] == sorted(json.loads(out.read_text(encoding="utf-8"))["milliseconds"])


def test_the_benchmark_of_upgrades_prints_a_table_and_writes_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.upgrade", "--records", "5", "--rounds", "1"]
    only = ["--engines", "sqlite", "--fields", "Quote__c", "--out", out]
    done = subprocess.run([*command, *only], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    figures = json.loads(out.read_text(encoding="utf-8"))["changes"]
    assert [each["change"] for each in figures] == [line.split(" | ")[0][2:] for line in done.stdout.splitlines()[2:-1]]
