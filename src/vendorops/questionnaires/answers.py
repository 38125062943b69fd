"""Reads a file of answers: which questionnaire, about what, and what is said to each question."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vendorops.domain.refusal import Refused
from vendorops.exact_yaml import exact_yaml
from vendorops.questionnaires.reading import Said

LARGEST = 2**18
"""Bytes."""


class BadAnswerFile(Refused):
    """The file holds no answers."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Answer(_Strict):
    said: Annotated[Said, Field(alias="is", max_length=40)]
    evidence: Annotated[str, Field(max_length=2000)] = ""


def _told(value: object) -> object:
    return value if isinstance(value, dict) else {"is": value}


class AnswerSheet(_Strict):
    """What a person says about one engagement."""

    questionnaire: str
    subject: str
    """Reference of a contract, an order or a supplier."""
    answers: dict[str, Annotated[_Answer, BeforeValidator(_told)]]
    method: str = ""

    @property
    def told(self) -> dict[str, dict[str, str]]:
        """The answers as they are kept: question to `is` and `evidence`."""
        return {
            ident: {"is": each.said} | ({"evidence": each.evidence} if each.evidence else {})
            for ident, each in self.answers.items()
        }


def read_answers(data: bytes) -> AnswerSheet:
    """Return what a file of answers says, or refuse it naming the first place that is wrong."""
    if len(data) > LARGEST:
        raise BadAnswerFile(f"the answers have more than {LARGEST} bytes; shorten the evidence")
    try:
        return AnswerSheet.model_validate(exact_yaml(data.decode(), "answers"))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadAnswerFile(f"answers: {at}: {first['msg']}; correct the file") from error
    except UnicodeError as error:
        raise BadAnswerFile("the answers are no text; send YAML or JSON in UTF-8") from error
