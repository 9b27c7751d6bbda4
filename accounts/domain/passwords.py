"""When a password will do: long, and not made of what everybody would try first."""

import re
import unicodedata
from collections.abc import Container, Iterable

SHORTEST = 15
LONGEST = 256
ENOUGH = 8
"""So many characters must be left when known words, years and rows of keys are taken away."""

WORDS = """
    wachtwoord wachtwoorden wachtzin geheim geheime geheimpje welkom hallo inloggen login inlog toegang account
    beheer beheerder admin administrator gebruiker gebruikersnaam password passwort passphrase letmein welcome secret
    login iloveyou ikhouvanjou trustno dragon monkey sunshine princess football voetbal sterk veilig sesam open
    machtiging machtigingen machtigingsportaal portaal portal aanvraag aanvragen revalidatie revalidatiearts
    revalidatiecentrum ziekenhuis kliniek zorg zorgaanbieder zorgverzekeraar verzekeraar verzekering verzekerde
    zilverenkruis zilveren kruis achmea asr ditzo vecozo patient medisch adviseur behandelaar behandeling dokter arts
    ajax feyenoord psv amsterdam rotterdam utrecht denhaag nederland holland oranje
    lente zomer herfst winter voorjaar najaar kerst pasen
    januari februari maart april mei juni juli augustus september oktober november december
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    nieuw nieuwe oud oude test testen demo proef voorbeeld default standaard tijdelijk changeme
    mijn jouw onze dit dat deze is het een de van voor bij met en of the my this and
"""
KNOWN = frozenset(WORDS.split())
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "azertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm")
LOOKALIKE = str.maketrans("01345789@$!|€", "oieastbgasile")


def problems(password: str, *, about: Iterable[str] = (), common: Container[str] = ()) -> list[str]:
    """
    Return why this password won't do, for people; nothing when it will.

    `about` are names that belong to the person (own name, e-mail address, organisation); `common` is a list of
    passwords in small letters that are tried first. Any character will do, and none is demanded.

    Bron: R-24; security.md 4.1 (NIST SP 800-63B-4; ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.9).
    """
    if len(password) < SHORTEST:
        return [
            f"Gebruik minstens {SHORTEST} tekens. U heeft er nu {len(password)}. Een zin van 4 of 5 woorden werkt goed."
        ]
    if len(password) > LONGEST:
        return [f"Gebruik hoogstens {LONGEST} tekens. U heeft er nu {len(password)}."]
    if password.lower() in common:
        return ["Dit wachtwoord staat op een lijst van veelgebruikte wachtwoorden. Kies een ander."]
    words = KNOWN | {word for text in about for word in _words(text) if len(word) >= 3}
    if left_over(password, words=words) < ENOUGH:
        return [
            "Dit wachtwoord is makkelijk te raden. Het bestaat uit bekende woorden, of uit namen die bij u horen. "
            "Voeg woorden toe die niemand van u verwacht."
        ]
    return []


def left_over(password: str, *, words: Iterable[str]) -> int:
    """Return how many characters remain that no word, year, row of keys or repetition explains."""
    text = re.sub(r"(19|20)\d\d", " ", _plain(_unit(password)))
    for row in ROWS:
        for direction in (row, row[::-1]):
            for start in range(len(direction) - 3):
                text = text.replace(direction[start : start + 4], " ")
    text = re.sub(r"(.)\1{2,}", r"\1", text)
    longest_first = sorted({_plain(word) for word in words}, key=len, reverse=True)
    return min(_unknown(same, longest_first) for same in (text, text.translate(LOOKALIKE)))


def _unknown(text: str, words: list[str]) -> int:
    for word in words:
        # Short words such as "de" only count when they stand alone, else they would eat holes in honest words.
        pattern = re.escape(word) if len(word) > 3 else rf"(?<![a-z]){re.escape(word)}(?![a-z])"
        text = re.sub(pattern, " ", text)
    return len(re.sub(r"[\s!-/:-@\[-`{-~]", "", text)) if len(set(text)) > 4 else 0


def _unit(text: str) -> str:
    """Return the part that a text repeats: "abcabcabc" is only "abc"."""
    length = (text + text).find(text, 1)
    return text[:length]


def _plain(text: str) -> str:
    """Return small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text))
