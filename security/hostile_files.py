"""Hostile files that aren't a PDF, and hostile pictures."""

import gzip
import io
import zlib
from random import Random

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from portal.virus_scanner import EICAR
from security.hostile import CATALOGUE, letter
from security.samples import words
from tests.papers import makers

hostile = CATALOGUE.add


def starting(kind: str, extension: str, *starts: bytes) -> None:
    """Register files that begin like this, and are noise."""
    hostile(kind, extension)(lambda random: random.choice(starts) + random.randbytes(random.randint(100, 5000)))


def holding(kind: str, extension: str, *names: str) -> None:
    """Register zip files that hold these."""
    hostile(kind, extension)(lambda random: makers.zipped(*names, f"{random.randint(0, 999)}.xml"))


starting("programma voor Windows", ".pdf", b"MZ\x90\x00")
starting("programma voor Linux", ".pdf", b"\x7fELF\x02\x01")
starting("oud Office-bestand", ".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
starting(
    "afbeelding van een ander soort", ".png", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM", b"RIFF\x10\x00\x00\x00WEBP"
)
starting("foto van een iPhone", ".jpg", b"\x00\x00\x00\x18ftypheic", b"\x00\x00\x00\x18ftypmif1")
starting("film of geluid", ".pdf", b"\x00\x00\x00\x18ftypmp42", b"ID3\x03", b"OggS", b"RIFF\x10\x00\x00\x00WAVE")
starting("ander archief", ".pdf", b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
starting("alleen het begin is jpeg", ".jpg", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xdb")
starting("alleen het begin is png", ".png", b"\x89PNG\r\n\x1a\n")
holding("zip-bestand", ".pdf", "brief.pdf")
holding("Word-bestand", ".docx", "[Content_Types].xml", "word/document.xml")
holding("Word-bestand met macro's", ".docm", "[Content_Types].xml", "word/vbaProject.bin")
holding("Excel-bestand", ".xlsx", "[Content_Types].xml", "xl/workbook.xml")


@hostile("leeg")
def empty(random: Random) -> bytes:
    return b""


@hostile("rommel")
def noise(random: Random) -> bytes:
    return random.randbytes(random.randint(1, 20_000))


@hostile("opdrachten voor een computer", ".pdf")
def shell(random: Random) -> bytes:
    return b"#!/bin/sh\n" + words(random).encode()


@hostile("webpagina", ".pdf")
def web_page(random: Random) -> bytes:
    return (
        random.choice((b"<!DOCTYPE html>", b"<html>", b"<svg onload=alert(1)>", b"<?xml version='1.0'?>")) + b"x" * 99
    )


@hostile("RTF-bestand", ".rtf")
def rich_text(random: Random) -> bytes:
    return b"{\\rtf1 {\\object\\objdata %s}}" % random.randbytes(200).hex().encode()


@hostile("tekst", ".pdf")
def text(random: Random) -> bytes:
    return words(random).encode() * random.randint(1, 100)


@hostile("medisch beeld", ".pdf")
def dicom(random: Random) -> bytes:
    return bytes(128) + b"DICM" + random.randbytes(500)


@hostile("zip die opzwelt", ".pdf")
def zip_bomb(random: Random) -> bytes:
    return gzip.compress(bytes(random.randint(20, 40) * 2**20), mtime=0)


@hostile("enorm plaatje", ".png")
def huge(random: Random) -> bytes:
    return makers.huge_png(random.randint(8001, 30_000), random.randint(5001, 20_000))


@hostile("plaatje dat meer zegt te zijn", ".png")
def claims(random: Random) -> bytes:
    content = makers.image("PNG")
    header = random.randint(60_000, 2**31 - 1).to_bytes(4) * 2 + content[24:29]
    return content[:16] + header + zlib.crc32(b"IHDR" + header).to_bytes(4) + content[33:]


@hostile("afgebroken foto", ".jpg")
def cut_photo(random: Random) -> bytes:
    content = photo(random)
    return content[: random.randint(3, len(content) * 9 // 10)]


@hostile("afgebroken plaatje", ".png")
def cut_picture(random: Random) -> bytes:
    content = picture(random)
    return content[: random.randint(20, len(content) * 9 // 10)]


@hostile("beschadigd plaatje", ".png")
def broken_picture(random: Random) -> bytes:
    content = bytearray(picture(random))
    at = random.randint(60, len(content) - 60)
    content[at : at + 8] = random.randbytes(8)
    return bytes(content)


@hostile("bewegend plaatje", ".png")
def moving(random: Random) -> bytes:
    return makers.animated()


@hostile("foto die steeds opnieuw getekend wordt", ".jpg")
def endless_photo(random: Random) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (2000, 2000), "red").save(stream, "JPEG", progressive=True)
    content = stream.getvalue()
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * random.randint(101, 400) + content[-2:]


@hostile("plaatje met een opmerking die opzwelt", ".png")
def swelling_remark(random: Random) -> bytes:
    content = picture(random)
    remark = b"x\0\0" + zlib.compress(bytes(random.randint(70, 90) * 2**20), 9)
    chunk = len(remark).to_bytes(4) + b"zTXt" + remark + zlib.crc32(b"zTXt" + remark).to_bytes(4)
    return content[:33] + chunk + content[33:]


@hostile("plaatje met een zip erachter", ".png")
def picture_and_zip(random: Random) -> bytes:
    return picture(random) + makers.zipped(f"{random.randint(0, 99)}.exe")


@hostile("plaatje met rommel erachter", ".png")
def picture_and_noise(random: Random) -> bytes:
    return picture(random) + random.randbytes(random.randint(1, 2000)) + b"x"


@hostile("foto met een zip erachter", ".jpg")
def photo_and_zip(random: Random) -> bytes:
    return photo(random) + makers.zipped(f"{random.randint(0, 99)}.exe")


@hostile("foto met een pdf erachter", ".jpg")
def photo_and_pdf(random: Random) -> bytes:
    return photo(random) + letter(random)


@hostile("foto met een script als opmerking", ".jpg")
def remark(random: Random) -> bytes:
    return photo(random, random.choice((b"<?php system($_GET[0]); ?>", b"<script>alert(1)</script>", b"<HTML >")))


@hostile("foto met een programma erachter", ".jpg")
def photo_and_program(random: Random) -> bytes:
    return photo(random) + b"MZ" + random.randbytes(78) + b"This program cannot be run in DOS mode.\r\r\n$"


@hostile("png die als jpeg begint", ".jpg")
def wrong_start(random: Random) -> bytes:
    return makers.image("JPEG")[: random.randint(3, 20)] + picture(random)


@hostile("virus in een foto", ".jpg")
def virus_in_photo(random: Random) -> bytes:
    return photo(random, EICAR)


@hostile("virus in een plaatje", ".png")
def virus_in_picture(random: Random) -> bytes:
    return picture(random, EICAR.decode())


def photo(random: Random, comment: bytes = b"") -> bytes:
    """Return a photo of noise."""
    stream = io.BytesIO()
    size = (random.randint(40, 200), random.randint(40, 200))
    Image.frombytes("RGB", size, random.randbytes(3 * size[0] * size[1])).save(stream, "JPEG", comment=comment)
    return stream.getvalue()


def picture(random: Random, remark: str = "") -> bytes:
    """Return a picture of noise."""
    stream, info = io.BytesIO(), PngInfo()
    if remark:
        info.add_text("Comment", remark)
    size = (random.randint(40, 200), random.randint(40, 200))
    Image.frombytes("RGB", size, random.randbytes(3 * size[0] * size[1])).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()
