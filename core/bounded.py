"""Heavy reading of what strangers send, done by a child process that can use only so much.

The child inherits no connection, lock, secret or environment.  It is told a function of a slim module and
plain arguments, and answers plain values or a refusal; whatever it does wrong costs one refused file.
"""

import json
import logging
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from core.errors import Invalid

ROOT = Path(__file__).parents[1]
MB = 1024 * 1024
T = TypeVar("T")
log = logging.getLogger(__name__)


def run(
    function: Callable[..., T], *arguments: object, cpu_s: int = 3, memory_mb: int = 512, wall_s: int = 20
) -> T:
    """What `function` answers, made of the values JSON knows; it is found again by module and name.

    Raise Invalid as the function raises it; `file-unreadable` when it breaks, `file-too-much-work` when it
    asks for more seconds of processor, more memory or more time than given.
    """
    order = pickle.dumps((function.__module__, function.__name__, arguments, cpu_s, memory_mb))
    command = [sys.executable, "-s", "-m", "core.bounded"]
    try:
        done = subprocess.run(
            command, input=order, capture_output=True, timeout=wall_s, cwd=ROOT, env={"LANG": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired as error:
        raise Invalid("file-too-much-work") from error
    if done.returncode < 0:  # ended by the system: the seconds of processor are used up
        raise Invalid("file-too-much-work")
    if done.returncode:
        log.warning("%s broke: %s", function.__name__, done.stderr.decode(errors="replace")[-2000:])
        raise Invalid("file-unreadable")
    return cast("T", _answered(json.loads(done.stdout)))


def _answered(answer: dict[str, Any]) -> object:  # JSON, made by the child below
    if "refused" in answer:
        raise Invalid(answer["refused"], **answer["detail"])
    return answer["value"]


def _obey() -> None:
    """The child's whole life."""
    module, name, arguments, cpu_s, memory_mb = pickle.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MB, memory_mb * MB))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = {"value": getattr(import_module(module), name)(*arguments)}
    except Invalid as refused:
        answer = {"refused": refused.slug, "detail": refused.detail}
    except MemoryError:
        answer = {"refused": "file-too-much-work", "detail": {}}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _obey()
