"""Freelance tasks: post, load, apply, assign, deliver, list and show."""

from vendorops.cli.folder import Folder

command = Folder(
    package=__name__,
    help="Freelance tasks: posted, taken by freelancers, delivered with evidence.",
)
