"""Contracts: what was agreed, its drafts and amendments, who signed, and how it ends."""

from vendorops.cli.folder import Folder

command = Folder(
    package=__name__, help="Contracts: what was agreed, its changes, who signed, how it ends."
)
