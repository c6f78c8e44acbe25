import io
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from filmgate.errors import InvalidImage
from filmgate.media.pictures import Picture, as_seen, pixels, read, write_as_seen
from filmgate.media.srgb import MAX_PROFILE

FORMATS = ("JPEG", "PNG", "WEBP")
RED, BLUE = (220, 30, 30), (30, 30, 220)


def encoded(
    form: str, *, size: tuple[int, int] = (40, 30), mode: str = "RGB", turn: int = 1, **how: object
) -> bytes:
    """Encode a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112] = turn
    image.convert(mode).save(file := io.BytesIO(), form, exif=exif, **how)
    return file.getvalue()


def animated(form: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), (k * 90, 0, 0)) for k in range(3)]
    frames[0].save(file := io.BytesIO(), form, save_all=True, append_images=frames[1:])
    return file.getvalue()


def refusal(data: bytes, **options: int) -> str:
    with pytest.raises(InvalidImage) as caught:
        read(data, **options)
    return caught.value.message


def png_head(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def webp_head(kind: bytes, body: bytes) -> bytes:
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


@pytest.mark.parametrize("form", FORMATS)
def test_a_whole_picture_is_taken(form: str) -> None:
    data = encoded(form)
    assert read(data) == Picture(data=data, kind=form.lower(), width=40, height=30)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png_is_taken(mode: str) -> None:
    assert as_seen(encoded("PNG", mode=mode)).mode == "RGB"


@pytest.mark.parametrize("mode", ["L", "CMYK"])
@pytest.mark.parametrize("progressive", [True, False])
def test_every_mode_of_jpeg_is_taken(mode: str, progressive: bool) -> None:
    assert as_seen(encoded("JPEG", mode=mode, progressive=progressive)).mode == "RGB"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("turn", range(1, 9))
def test_the_exif_turn_is_honoured(form: str, turn: int) -> None:
    data = encoded(form, turn=turn)
    picture, image = read(data), as_seen(data)
    assert image.size == (picture.width, picture.height) == ((40, 30), (30, 40))[turn > 4]
    pixels = np.asarray(image).astype(int)
    corners = (RED, BLUE) if turn in (1, 4, 5, 6) else (BLUE, RED)
    assert np.abs(pixels[4, 4] - corners[0]).max() < 40
    assert np.abs(pixels[-5, -5] - corners[1]).max() < 40


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    values = np.array([[0, 0x8000, 0xFFFF]], dtype=np.uint16)
    Image.fromarray(values).save(file := io.BytesIO(), "PNG")
    image = as_seen(file.getvalue())
    assert [image.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]


def test_what_is_transparent_is_seen_on_white() -> None:
    Image.new("RGBA", (2, 2), (0, 0, 0, 0)).save(file := io.BytesIO(), "PNG")
    assert as_seen(file.getvalue()).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty"),
        (b"GIF89a" + bytes(20), "a GIF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "an SVG"),
        (b"\0\0\0\x1cftypavif" + bytes(20), "an AVIF"),
        (b"\0\0\0\x1cftypheic" + bytes(20), "a HEIC"),
        (b"\0\0\0\x1cftypisom" + bytes(20), "a film"),
        (b"BM" + bytes(60), "a BMP"),
        (b"II*\0" + bytes(60), "a TIFF"),
        (b"%PDF-1.7", "a PDF"),
        (b"hello", "of an unknown kind"),
        (b" " * 10_000_000, "of an unknown kind"),
        (b"RIFF\0\0\0\0WAVEfmt ", "of an unknown kind"),
    ],
)
def test_other_kinds_are_refused_by_name(data: bytes, name: str) -> None:
    message = refusal(data)
    assert message.startswith(f"The image is {name}")
    assert message.endswith("it must be a JPEG, PNG or WebP")


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_an_animation_is_refused(form: str) -> None:
    assert refusal(animated(form)) == "The image is animated; it must be a still"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("cut", [1, 2, 12, 100, 200])
def test_a_picture_cut_short_is_refused(form: str, cut: int) -> None:
    assert refusal(encoded(form, size=(400, 300))[:-cut]) == f"The image is not a whole {form}"


@pytest.mark.parametrize("form", FORMATS)
def test_the_pixel_limit_is_exact(form: str) -> None:
    data = encoded(form)
    assert read(data, max_pixels=1200).width == 40
    assert refusal(data, max_pixels=1199) == "The image is 40x30; at most 1199 pixels are taken"


@pytest.mark.parametrize(
    "data",
    [
        png_head(20_000, 20_000),
        encoded("JPEG").replace(b"\0\x1e\0\x28", b"\xff\xff\xff\xff"),
    ],
)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(data: bytes) -> None:
    assert "at most 64000000 pixels are taken" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        webp_head(b"VP8X", bytes(4) + (16_382).to_bytes(3, "little") * 2),
        webp_head(b"VP8L", b"\x2f" + (4_001 | 3_999 << 14).to_bytes(4, "little")),
        webp_head(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383)),
    ],
)
def test_a_webp_may_be_a_quarter_as_large(data: bytes) -> None:
    assert "at most 16000000 pixels are taken" in refusal(data)


def test_a_webp_that_only_says_that_it_moves_is_refused() -> None:
    still = encoded("WEBP", exact=True)
    data = bytearray(still)
    assert data[12:16] == b"VP8X"
    data[20] |= 0x02
    assert refusal(bytes(data)) == "The image is animated; it must be a still"


def test_a_png_of_endless_chunks_is_refused_at_once() -> None:
    data = encoded("PNG")
    flood = struct.pack(">I4sI", 0, b"teSt", zlib.crc32(b"teSt")) * 2_000_000
    assert refusal(data[:33] + flood + data[33:]) == "The image has more than 50000 parts"


@pytest.mark.parametrize("junk", [b"\xff\xfe\0\2", b"\xff", b"\xff\xfe\0\2\0\0", b"\xff\xd0"])
def test_a_jpeg_of_endless_segments_is_refused_at_once(junk: bytes) -> None:
    data = encoded("JPEG")
    assert refusal(data[:2] + junk * 100_000 + data[2:]) == "The image has more than 50000 parts"


@pytest.mark.parametrize("form", FORMATS)
def test_a_flood_of_bad_exif_says_nothing_and_turns_nothing(form: str) -> None:
    tag = struct.pack("<HHII", 0x010E, 2, 60, 0xFFFFFF)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 5000) + tag * 5000 + bytes(4)
    Image.new("RGB", (40, 30)).save(file := io.BytesIO(), form, exif=exif)
    with warnings.catch_warnings(record=True) as said:
        picture = read(file.getvalue())
    assert (picture.width, picture.height) == (40, 30)
    assert said == []


def profile(name: str) -> bytes:
    """A profile that calls every red what a screen calls green; or sRGB; or a broken one."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tags = {srgb[128 + 4 + 12 * k :][:4]: 128 + 4 + 12 * k for k in range(srgb[131])}
    if name == "swapped":
        data = bytearray(srgb)
        for one, other in ((b"rXYZ", b"gXYZ"), (b"gXYZ", b"rXYZ")):
            at = tags[one]
            data[at : at + 4] = other
        return bytes(data)
    return {"srgb": srgb, "broken": srgb[:200], "empty": b"", "text": b"not a profile" * 20}[name]


@pytest.mark.parametrize("form", FORMATS)
def test_a_colour_profile_is_honoured(form: str) -> None:
    red = Image.new("RGB", (16, 16), (255, 0, 0))
    red.save(file := io.BytesIO(), form, icc_profile=profile("swapped"))
    r, g, b = as_seen(file.getvalue()).getpixel((8, 8))  # type: ignore[misc]
    assert (g > 240, r < 40, b < 40) == (True, True, True), (r, g, b)


@pytest.mark.parametrize("name", ["srgb", "broken", "empty", "text"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_srgb_by_any_name_and_broken_profiles_change_nothing(name: str, mode: str) -> None:
    plain, marked = io.BytesIO(), io.BytesIO()
    image = Image.fromarray(np.random.default_rng(1).integers(0, 256, (20, 30, 3), np.uint8))
    image.convert(mode).save(plain, "PNG")
    image.convert(mode).save(marked, "PNG", icc_profile=profile(name))
    assert as_seen(marked.getvalue()).tobytes() == as_seen(plain.getvalue()).tobytes()


def test_a_profile_that_is_too_large_is_ignored() -> None:
    padded = profile("swapped") + bytes(MAX_PROFILE)
    Image.new("RGB", (16, 16), (255, 0, 0)).save(file := io.BytesIO(), "JPEG", icc_profile=padded)
    assert as_seen(file.getvalue()).getpixel((8, 8)) == (254, 0, 0)


def test_a_png_whose_profile_is_too_large_to_unpack_says_so() -> None:
    Image.new("RGB", (16, 16)).save(file := io.BytesIO(), "PNG", icc_profile=bytes(2 << 20))
    with pytest.raises(InvalidImage, match="colour profile in the PNG is larger than 1 MiB"):
        as_seen(file.getvalue())


def test_what_is_written_for_engines_reads_back_the_same(tmp_path: Path) -> None:
    data = encoded("JPEG", turn=6)
    write_as_seen(data, tmp_path / "picture")
    assert pixels(tmp_path / "picture").tobytes() == as_seen(data).tobytes()


def test_a_large_picture_within_a_larger_limit_raises_no_warning() -> None:
    Image.new("1", (10_000, 9_500)).save(file := io.BytesIO(), "PNG", compress_level=1)
    assert read(file.getvalue(), max_pixels=100_000_000).width == 10_000


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = encoded("JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")
    assert "scans" in refusal(data[:-2] + data[scan:-2] * 100 + data[-2:])


@given(
    st.sampled_from([encoded(form, turn=6) for form in FORMATS]),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4)), min_size=1, max_size=4),
)
def test_damage_is_refused_or_harmless(data: bytes, damage: list[tuple[int, bytes]]) -> None:
    for at, by in damage:
        data = data[:at] + by + data[at + 1 :]
    try:
        picture = read(data)
    except InvalidImage:
        return
    assert as_seen(data).size == (picture.width, picture.height)
