"""A list that nobody keeps is left out of a stream of XML, wherever its pieces are cut."""

import io

import pytest

from ggz_codes.delivery import markup

ITEMS = "<Ding><Naam>x</Naam></Ding>\n" * 3
WHOLE = f"<a>\n<b>1</b>\n<Dingen>\n{ITEMS}</Dingen>\n<b>2</b><Dingen></Dingen></a>".encode()


class Pieces(io.BytesIO):
    """A stream that gives so many bytes at once, whatever is asked."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.size = size

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.size)


def without(content, size):
    stream = markup.Without(Pieces(content, size), "Dingen", "Ding")
    return b"".join(iter(stream.read, b"")), stream.count


@pytest.mark.parametrize("size", [*range(1, 40), 1000])
def test_it_is_left_out_and_its_items_are_counted(size):
    assert without(WHOLE, size) == (b"<a>\n<b>1</b>\n\n<b>2</b></a>", 3)


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("content", ["<a/>", "", "<a><Dingen soort='x'><Ding></Ding></Dingen></a>", "<a><Dinge"])
def test_nothing_else_is_touched(content, size):
    assert without(content.encode(), size) == (content.encode(), 0)


@pytest.mark.parametrize("content", ["<a><Dingen><Ding>", "<a><Dingen><Ding></a>"])
def test_a_list_without_an_end_leaves_xml_that_stops_halfway(content):
    with pytest.raises(markup.WrongFile, match="houdt halverwege op"):
        list(markup.elements(markup.Without(io.BytesIO(content.encode()), "Dingen", "Ding"), ("b",), "x.xml"))
