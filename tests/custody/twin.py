"""Runs the scan counts of the device (a JavaScript module) in node or, where there is no node, in Chromium."""

import importlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

MODULE = (
    Path(importlib.import_module("homeward.custody").__file__ or "").parent / "static" / "custody" / "scan_counts.js"
)

# One function of plain values, so that one run of node or of the browser answers every case.
ANSWERING = """
function inWords({ place, found, needed }) { return { place, found, needed }; }
function fold(label) { return [asLookAlikes(label), asKeys(label)]; }
function refused(message) {
  try { readMessage(message); return null; } catch (refusal) { return inWords(refusal); }
}
function read(message) {
  const { id, label, seal, scannedAt, another, withdraws } = readMessage(message);
  return withdraws === undefined
    ? { id, label, seal, scanned_at: scannedAt, another } : { id, withdraws, scanned_at: scannedAt };
}
function history({ manifest, circumstances = {}, messages }) {
  const list = Manifest.of(manifest), given = messages.map(readMessage);
  try { return { answers: answers(list, given, circumstances), tally: tally(list, given) }; }
  catch (refusal) { return inWords(refusal); }
}
const ANSWERS = { fold, refused, read, history };
"""


def ask(questions: list[tuple[str, Any]]) -> list[Any]:
    """Returns the device's answer to each question: the name of a function above, and what it is asked about."""
    source = MODULE.read_text(encoding="utf-8").replace("export ", "") + ANSWERING
    asked = json.dumps(questions)
    if node := shutil.which("node"):
        script = f"{source}\nconst asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n"
        script += "process.stdout.write(JSON.stringify(asked.map(([name, value]) => ANSWERS[name](value))));"
        command = [node, "-e", script]
        done = subprocess.run(command, input=asked.encode(), capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        return list(json.loads(done.stdout))
    return _ask_chromium(source, asked)


def _ask_chromium(source: str, asked: str) -> list[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("neither node nor Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        expression = (
            f"asked => {{ {source}; return JSON.stringify(JSON.parse(asked).map(([n, v]) => ANSWERS[n](v))); }}"
        )
        answered = page.evaluate(expression, asked)
        browser.close()
    return list(json.loads(answered))
