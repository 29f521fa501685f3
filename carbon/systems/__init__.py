"""Systems of processes: chains, loops, allocation, co-products, waste; solved as one linear system.

A process makes `output` of the product that bears its name, out of `inputs`, and may make `outputs`
besides.  A process that treats a waste has a negative output: it takes in what others give out.
With `shares`, typed or computed from what is stored of its products (`allocation`), a joint process is
divided among them; without, something else must make (or avoid) its co-products, or the system has more
products than processes and no answer.  An exchange is an amount in the unit of whoever makes the
product, or {amount, unit}.

What is wrong is named by the JSON pointer of the member: `/system/processes/3/inputs/clinker`.
"""

from carbon.systems.chain import LARGEST, Process, Solution, System, decimal
from carbon.systems.reading import Stored, read, refuse_unknown
from carbon.systems.shapes import Sent, SentProcess, SystemAsSent
from carbon.systems.sharing import METHODS, otherwise, ways
from carbon.systems.solving import ground, rows, solve, solve_as_before

__all__ = [
    "LARGEST",
    "METHODS",
    "Process",
    "Sent",
    "SentProcess",
    "Solution",
    "Stored",
    "System",
    "SystemAsSent",
    "decimal",
    "ground",
    "otherwise",
    "read",
    "refuse_unknown",
    "rows",
    "solve",
    "solve_as_before",
    "ways",
]
