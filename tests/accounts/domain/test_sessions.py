import pytest

from accounts.domain.sessions import device

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (WINDOWS, "Chrome op Windows"),
        (WINDOWS + " Edg/140.0.0.0", "Edge op Windows"),
        (IPHONE, "Safari op een iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome op Android"),
        ("", "Een browser"),
        ("<script>alert(1)</script>", "Een browser"),
    ],
)
def test_a_device_is_named_as_people_know_it(said, named):
    assert device(said) == named
