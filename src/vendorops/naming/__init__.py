"""Names as keys: what looks, sounds or is spelled alike is found without comparing everything."""

from vendorops.naming.skeleton import looks, name_keys, sounds, spellings

__all__ = ["looks", "name_keys", "sounds", "spellings"]
