"""A small disk of one's own, which is there for one process and its children and goes with them."""

import os
import subprocess

# Who is root needs no other self for it, and would lose sight of what belongs to others.
ROOT = os.geteuid() == 0


def can_be_made() -> bool:
    """Some systems forbid it to who is not root."""
    return subprocess.run([*_apart(), "true"], capture_output=True, check=False).returncode == 0


def on_a_disk(size: str, folder: str, command: str) -> list[str]:
    """The command, with such a disk at the folder."""
    script = 'mount -t tmpfs -o "size=$0" tmpfs "$1" && exec "$2"'
    return [*_apart(), "sh", "-c", script, size, folder, command]


def beside(pid: int, folder: str) -> list[str]:
    """What to write before a command that is to see the disk of this process, begun in a folder."""
    return ["nsenter", "--target", str(pid), "--mount", *(() if ROOT else ("--user",)), f"--wd={folder}"]


def _apart() -> list[str]:
    return ["unshare", "--mount", *(() if ROOT else ("--map-root-user",))]
