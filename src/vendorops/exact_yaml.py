"""YAML in one spelling, for the shelves of data: exact decimals, ISO dates, no repeated key."""

import re
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import yaml

from vendorops.domain.money import exact
from vendorops.domain.refusal import Refused


class BadYaml(Refused):
    """A file of a shelf that is not YAML in the one spelling."""


class _ExactLoader(yaml.SafeLoader):
    """YAML in one spelling: plain decimals, `true`, `false`, ISO dates; all else is text."""

    def construct_mapping(self, node: yaml.MappingNode, *_: object) -> dict[Hashable, Any]:
        """Read a mapping, refusing a key that is there twice."""
        pairs: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in pairs:
                raise BadYaml(f"line {key_node.start_mark.line + 1}: {key} is there twice")
            pairs[key] = self.construct_object(value_node, deep=True)
        return pairs


def _constructor(make: Callable[[str], object]) -> Callable[[object, Any], object]:
    return lambda _, node: make(node.value)


_SPELLINGS: dict[str, tuple[str, Callable[[str], object]]] = {
    "float": (r"-?[0-9]+(\.[0-9]+)?", exact),
    "bool": (r"true|false", "true".__eq__),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
}
_ExactLoader.yaml_implicit_resolvers = {}
_ExactLoader.yaml_constructors = {
    tag: make
    for tag, make in yaml.SafeLoader.yaml_constructors.items()
    if tag is None or tag.rpartition(":")[2] in ("str", "seq", "map")
}
for _name, (_pattern, _make) in _SPELLINGS.items():
    _tag = f"tag:yaml.org,2002:{_name}"
    _ExactLoader.add_implicit_resolver(_tag, re.compile(f"^({_pattern})$", re.ASCII), None)
    _ExactLoader.add_constructor(_tag, _constructor(_make))


def exact_yaml(text: str, where: str) -> Any:  # noqa: ANN401 - YAML has no type.
    """Parse YAML strictly: numbers are exact decimals, a repeated key is refused.

    >>> exact_yaml("{rate: 0.10, no: no}", "example")
    {'rate': Decimal('0.10'), 'no': 'no'}
    """
    try:
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - it is a SafeLoader.
    except (yaml.YAMLError, ValueError, BadYaml) as error:
        raise BadYaml(f"{where}: {error}") from error
