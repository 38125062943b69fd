"""People: who is employed by us."""

from vendorops.cli.folder import Folder

command = Folder(package=__name__, help="People: who is employed by us.")
