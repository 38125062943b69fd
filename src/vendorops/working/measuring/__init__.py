"""Measures suppliers from rows: what every part of the line knows of them, in dated events."""

from vendorops.working.measuring.figures import MODES, Figures, figures_of, kept, read_back

__all__ = ["MODES", "Figures", "figures_of", "kept", "read_back"]
