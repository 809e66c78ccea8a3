"""Who is one with whom follows from what is known of all, not from the order in which it came."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.pupils.same_ones import Known, same_ones


def _known(one_id: str, origin: str, *names: str) -> Known:
    return Known(one_id, origin, tuple((name,) for name in names))


def test_one_name_on_two_pcs_is_one() -> None:
    """Under the smallest id; on one PC two of a name are two."""
    assert same_ones([_known("b", "two", "5A"), _known("a", "one", "5A")]) == {"a": "a", "b": "a"}
    assert same_ones([_known("a", "one", "5A"), _known("b", "one", "5A")]) == {"a": "a", "b": "b"}


def test_a_name_from_before_counts() -> None:
    """One PC's class has gone up to the next grade, the other's not yet; last year's and this year's 5A stay two."""
    classes = [_known("a", "one", "5A", "6A"), _known("b", "two", "5A"), _known("c", "one", "5A"), _known("d", "three", "5A")]
    assert same_ones(classes) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_how_a_list_came_in_counts_first() -> None:
    """Two of one name whose numbers went on by one, because somebody new came before them."""
    first, second = _known("a", "one", "5", "6"), _known("b", "one", "6", "7")
    assert same_ones([first, second, _known("c", "two", "5"), _known("d", "two", "6")]) == {"a": "a", "b": "b", "c": "a", "d": "b"}


def test_a_name_that_was_corrected_brings_two_together() -> None:
    """Also those that were two before."""
    assert same_ones([_known("a", "one", "Aysel"), _known("b", "two", "Aysəl")]) == {"a": "a", "b": "b"}
    assert same_ones([_known("a", "one", "Aysel"), _known("b", "two", "Aysəl", "Aysel")]) == {"a": "a", "b": "a"}


def test_two_that_were_seen_beside_each_other_are_two() -> None:
    """Also where one was made in another file, which was put in this one's place."""
    classes = [_known("a", "one", "5A", "6A"), _known("b", "two", "5A"), _known("c", "three", "6A")]
    assert same_ones(classes, [("a", "b")]) == {"a": "a", "b": "b", "c": "a"}


_ANY = st.lists(
    st.builds(
        _known,
        st.text("abcdef", min_size=1, max_size=2),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from("xyz"),
        st.sampled_from("xyz"),
    ),
    unique_by=lambda one: one.id,
)


@given(_ANY.flatmap(lambda known: st.tuples(st.just(known), st.permutations(known))))
def test_the_order_does_not_matter(orders: tuple[list[Known], list[Known]]) -> None:
    """And no two of one PC are ever one."""
    known, turned = orders
    found = same_ones(known)
    assert same_ones(turned) == found
    origins = [(found[one.id], one.origin) for one in known]
    assert len(set(origins)) == len(origins)
    assert all(found[other] == other <= one for one, other in found.items())
