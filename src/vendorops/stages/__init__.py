"""What happens, one module per stage, all of one shape.

A stage lists what is ready and advances one thing by one step. Both look only at the books, so
any stage may be run again at any moment: what was done is no longer ready.
"""

from vendorops.stages._grouping import partitions
from vendorops.stages._shelf import Outcome, Stage, Step, figures, names, stage
from vendorops.stages._sweeping import sweep, sweep_together

__all__ = [
    "Outcome",
    "Stage",
    "Step",
    "figures",
    "names",
    "partitions",
    "stage",
    "sweep",
    "sweep_together",
]
