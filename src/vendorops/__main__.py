"""Lets `python -m vendorops` be the command line."""

from vendorops.cli import main

if __name__ == "__main__":
    main()
