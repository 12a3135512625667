"""A JupyterLab on this machine and a browser in it, for the tests of the coding pane."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
READY_SECONDS = 40


def find_chromium():
    """Path of the system's chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def browser_error():
    """The error playwright raises when a browser cannot be started."""
    from playwright.sync_api import Error

    return Error


def _free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def running_lab(folder, theme="JupyterLab Light"):
    """JupyterLab on 127.0.0.1 that serves a folder; gives its address, with the token, and its settings' home."""
    port, token = _free_port(), secrets.token_hex(16)
    home = folder.parent / "lab-home"
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "IPYTHONDIR")
    env = {**os.environ, **{name: str(home / name.lower()) for name in places}, "OMP_NUM_THREADS": "1"}
    env["JUPYTERLAB_WORKSPACES_DIR"] = str(home / "workspaces")
    for setting, value in {
        "@jupyterlab/apputils-extension/notification": {"fetchNews": "false"},
        "@jupyterlab/apputils-extension/themes": {"theme": theme},
        "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
    }.items():
        file = home / "jupyterlab_settings_dir" / f"{setting}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value), encoding="utf-8")
    options = [
        "--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}", "--allow-root",
        f"--ServerApp.root_dir={folder}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None", "--LabApp.expose_app_in_browser=True", "--ServerApp.terminals_enabled=False",
    ]  # fmt: skip
    with (folder.parent / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=env, stdout=log, stderr=log, cwd=folder
        )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(f"{base}/api/status?token={token}", server)
        yield base, token
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(url, server):
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("JupyterLab did not start; see lab.log in the test's folder.")


@contextmanager
def running_browser(base, seen, **context):
    """A chromium page; every address it asks for is put into ``seen``, and none outside this machine is reached."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_context(**({"viewport": {"width": 1400, "height": 1000}} | context)).new_page()

        def only_here(route):
            seen.append(route.request.url)
            if route.request.url.startswith(base):
                route.continue_()
            else:
                route.abort()

        page.route("**/*", only_here)
        yield page
        browser.close()


def write_notebook(path, *cells):
    """A notebook of code cells."""
    plain = [
        {
            "cell_type": "code",
            "id": f"cell{n}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for n, source in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": plain}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def open_notebook(page, base, token, name):
    """Show one notebook and wait until its kernel is idle."""
    page.goto(f"{base}/lab/tree/{name}?token={token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60_000)


def run_first_cell(page, mark):
    """Run the first cell, as a user does, until the file it writes is new.

    JupyterLab forgets a cell that is run before its kernel listens, and asks when a kernel died.
    """
    prompt = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").first
    dialog = page.locator(".jp-Dialog .jp-mod-accept")
    before = mark.stat().st_mtime_ns if mark.exists() else None
    end, pressed = time.monotonic() + READY_SECONDS, 0.0
    while time.monotonic() < end:
        if mark.exists() and mark.stat().st_mtime_ns != before:
            return
        if dialog.count():
            dialog.first.click()
        elif "*" not in prompt.inner_text() and time.monotonic() - pressed > 2:
            pressed = time.monotonic()
            page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
            page.keyboard.press("Control+Enter")
        page.wait_for_timeout(100)
    raise RuntimeError("JupyterLab did not run the cell.")


def files_below(folder):
    """Every file of a folder, for a look at what was written."""
    return sorted(p.relative_to(folder).as_posix() for p in Path(folder).rglob("*") if p.is_file())
