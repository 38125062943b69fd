"""The whole line on files shipped with it: four suppliers, one month, applied to filed."""

from vendorops.demo.bank_side import hear_the_bank
from vendorops.demo.report import show
from vendorops.demo.story import tell
from vendorops.demo.world import PlainWorld, World

__all__ = ["PlainWorld", "World", "hear_the_bank", "show", "tell"]
