import pytest

from vendorops.roles import BadCatalogue, UnknownRole, role, roles, roles_from

ENTRY = '{code: "CODE", name: Live anchor, zh: 主播}'
CATALOGUE = 'families: []\nteams: [{code: "2.3", name: Live broadcast, zh: 直播}]\nroles: [ROLES]'


def catalogue(*codes):
    return CATALOGUE.replace("ROLES", ", ".join(ENTRY.replace("CODE", each) for each in codes))


def test_the_catalogue_has_every_role_once_with_both_names():
    assert len(roles()) == 60
    assert all(each.name.isascii() and each.zh for each in roles().values())
    assert {each.core for each in roles().values() if each.core} == {
        *("creator", "traffic_placement", "content_operation"),
        *("product_selection", "anchor", "live_operation"),
    }
    assert (role("2.3.4").zh, role("2.3.4").family) == ("主播", "2")


def test_an_unknown_role_is_refused_with_codes_that_are_near():
    with pytest.raises(UnknownRole, match=r"no '4.9'; use a code such as 4.1, 4.2, 4.3"):
        role("4.9")


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (("2.3.4", "2.3.4"), "2.3.4 is there twice"),
        (("2.4.1",), "2.4.1 belongs to no team"),
        (("two",), "roles → 0 → code"),
    ],
)
def test_a_catalogue_that_contradicts_itself_does_not_load(codes, sentence):
    with pytest.raises(BadCatalogue, match=sentence):
        roles_from(catalogue(*codes))
