import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendorops.naming import looks, name_keys, sounds, spellings

ORG = "organization"
KINDS = (ORG, "person")
LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)
NAMES = st.lists(LATIN, min_size=2, max_size=4).map(" ".join)
ANY_NAME = st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
IMITATIONS = str.maketrans("aeopcxysij", "аеорсхуѕіј")  # noqa: RUF001 - Cyrillic is the point.
FORMS = ("Ltd.", "Limited", "GmbH", "Inc", "S.A.", "Co., Ltd.", "有限公司", "Company Limited")


def wide(name: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)


@pytest.mark.parametrize("kind", KINDS)
@given(name=ANY_NAME)
@settings(deadline=None)
def test_the_skeleton_of_a_skeleton_is_itself(kind, name):
    assert looks(looks(name, kind), kind) == looks(name, kind)
    assert sounds(sounds(name, kind), kind) == sounds(name, kind)


@pytest.mark.parametrize("kind", KINDS)
@given(name=NAMES)
@settings(deadline=None)
def test_case_width_and_normal_form_make_no_difference(kind, name):
    for other in (name.upper(), name.title(), wide(name), unicodedata.normalize("NFD", name)):
        assert looks(other, kind) == looks(name, kind)
        assert sounds(other, kind) == sounds(name, kind)


@given(name=NAMES, form=st.sampled_from(FORMS), other=st.sampled_from(FORMS))
@settings(deadline=None)
def test_the_legal_form_of_a_company_makes_no_difference(name, form, other):
    plain = f"{name} works"

    assert looks(f"{plain} {form}", "organization") == looks(f"{plain} {other}", "organization")
    assert sounds(f"{plain} {form}", "organization") == sounds(plain, "organization")


@given(name=NAMES, kind=st.sampled_from(KINDS), data=st.data())
@settings(deadline=None)
def test_letters_borrowed_from_another_script_make_no_difference_to_the_look(name, kind, data):
    which = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    forged = "".join(
        c.translate(IMITATIONS) if borrowed else c for c, borrowed in zip(name, which, strict=True)
    )

    assert looks(forged, kind) == looks(name, kind)


@given(names=st.lists(LATIN, min_size=2, max_size=4), data=st.data())
@settings(deadline=None)
def test_the_order_of_a_persons_names_makes_no_difference(names, data):
    other = data.draw(st.permutations(names))

    assert looks(" ".join(other), "person") == looks(" ".join(names), "person")


@pytest.mark.parametrize(
    ("name", "forged"),
    [
        ("PayPal Holdings", "PayPaI HoIdings"),
        ("Google Services", "G00gle Services"),
        ("Qintu Human Resources", "Qintu Hurnan Resources"),
        ("Yunshu Data", "YUNSHU-DATA"),
    ],
)
def test_what_prints_alike_has_one_look(name, forged):
    assert looks(name, "organization") == looks(forged, "organization")


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("ООО Ромашка", "Romashka LLC"),  # noqa: RUF001 - Cyrillic is the point.
        ("上海云枢有限公司", "Shanghai Yunshu Co., Ltd."),
        ("恆信勞務派遣有限公司", "恒信劳务派遣股份有限公司"),
        ("Müller & Söhne GmbH", "Muller and Sohne"),
    ],
)
def test_a_name_sounds_like_its_transliteration(name, heard):
    assert sounds(name, "organization") == sounds(heard, "organization")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Hengxin Staffing Ltd.", "Hengyin Staffing Ltd."),
        ("恒信劳务派遣有限公司", "恒利劳务派遣有限公司"),
        ("Fund 2 Ltd.", "Fund 3 Ltd."),
    ],
)
def test_names_that_differ_have_no_key_in_common(name, other):
    assert not name_keys(name, "organization") & name_keys(other, "organization")


def test_people_whose_chinese_names_only_sound_alike_are_told_apart():
    assert sounds("张伟", "person") != sounds("章玮", "person")
    assert sounds("張偉", "person") == sounds("张伟", "person")


def test_a_name_written_twice_is_found_by_each_of_its_spellings():
    both = "上海云枢数据服务有限公司 Shanghai Yunshu Data Services Co. Ltd."

    assert len(spellings(both)) == 3
    assert name_keys(both, ORG) & name_keys("上海云枢数据服务公司", ORG)
    assert name_keys(both, ORG) & name_keys("SHANGHAI YUNSHU DATA SERVICES", ORG)


def test_a_legal_form_alone_is_kept_as_a_name():
    assert looks("Limited", "organization")
    assert sounds("有限公司", "organization")
