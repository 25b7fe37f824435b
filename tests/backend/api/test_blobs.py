"""Photo bytes: resumable, verified, and shown only to whom may see them."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from tests.backend.company import ORDER, Company, Speaker

BLOBS = "/api/v1/blobs"
CHUNK = 262_144
PHOTO = "d" * 32


def picture(seed: int = 0, form: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small real picture."""
    output = BytesIO()
    Image.new("RGB", size, (seed, 120, 40)).save(output, form)
    return output.getvalue()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def announce(speaker: Speaker, content: bytes, **changes: object):
    body = {"sha256": sha(content), "size": len(content), "type": "image/jpeg", **changes}
    return speaker.call("POST", BLOBS, json=body)


def send(speaker: Speaker, name: str, chunk: bytes, offset: int, **headers: str):
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream", **headers}
    return speaker.call("PATCH", f"{BLOBS}/{name}", data=chunk, headers=headers)


def upload(speaker: Speaker, content: bytes):
    announce(speaker, content)
    return send(speaker, sha(content), content, 0)


def take_photo(speaker: Speaker, content: bytes, record: str = PHOTO) -> dict:
    return speaker.sync(speaker.photo(record, sha(content), len(content)))["answers"][0]


def test_bytes_arrive_in_chunks_and_come_back_equal(engineer: Speaker):
    content = picture() + bytes(2 * CHUNK)
    assert announce(engineer, content).json == {"offset": 0, "complete": False, "seq": None}
    for offset in range(0, len(content), CHUNK):
        answer = send(engineer, sha(content), content[offset : offset + CHUNK], offset)
    assert answer.json == {"offset": len(content), "complete": True, "seq": engineer.sync()["through"]}
    assert engineer.call("GET", f"{BLOBS}/{sha(content)}").data == content


def test_bytes_are_handed_out_in_parts(engineer: Speaker):
    content = picture() + bytes(1000)
    upload(engineer, content)
    part = engineer.call("GET", f"{BLOBS}/{sha(content)}", headers={"Range": "bytes=100-299"})
    assert (part.status_code, part.data) == (206, content[100:300])
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(content)}"


def test_r_223_a_cut_upload_goes_on_where_it_stopped(engineer: Speaker):
    content = picture()
    announce(engineer, content)
    send(engineer, sha(content), content[:100], 0)
    head = engineer.call("HEAD", f"{BLOBS}/{sha(content)}")
    assert (head.headers["Upload-Offset"], head.headers["Upload-Complete"]) == ("100", "0")
    assert announce(engineer, content).json == {"offset": 100, "complete": False, "seq": None}
    assert send(engineer, sha(content), content[100:], 100).json["complete"] is True


@pytest.mark.parametrize("offset", [0, 99, 101])
def test_a_chunk_at_another_offset_is_answered_with_the_right_one(engineer: Speaker, offset: int):
    content = picture()
    announce(engineer, content)
    send(engineer, sha(content), content[:100], 0)
    answer = send(engineer, sha(content), content[100:200], offset)
    assert (answer.status_code, answer.json["error"]["detail"]) == (409, {"offset": 100})


def test_a_chunk_cut_on_the_way_is_not_taken_at_all(engineer: Speaker):
    content = picture()
    announce(engineer, content)
    cut = {"wsgi.input": BytesIO(content[:50]), "CONTENT_LENGTH": "100"}
    headers = {"Upload-Offset": "0", "Content-Type": "application/octet-stream"}
    answer = engineer.call("PATCH", f"{BLOBS}/{sha(content)}", headers=headers, environ_overrides=cut)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "short_body")
    assert announce(engineer, content).json["offset"] == 0


def test_r_223_bytes_with_another_hash_are_thrown_away(engineer: Speaker):
    content, other = picture(1), picture(2)
    announce(engineer, content)
    answer = send(engineer, sha(content), other[: len(content)].ljust(len(content), b"x"), 0)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "hash_mismatch")
    assert announce(engineer, content).json == {"offset": 0, "complete": False, "seq": None}


def test_arrival_marks_the_photo_as_stored_for_everybody(engineer: Speaker, company: Company):
    content, desk = picture(), company.speaker("desk")
    take_photo(engineer, content)
    reply = engineer.sync()
    cursor = desk.sync()["cursor"]
    upload(engineer, content)
    changed = {change["id"]: change["data"] for change in desk.sync(cursor=cursor)["changes"]}
    assert (reply["want"], changed[PHOTO]["stored"], engineer.sync()["want"]) == ([sha(content)], True, [])


def test_bytes_that_came_first_count_when_their_photo_is_taken(engineer: Speaker, company: Company):
    content = picture()
    upload(engineer, content)
    take_photo(engineer, content)
    assert company.record(PHOTO)["stored"] is True


def test_a_hash_is_no_key_to_the_bytes_of_another(engineer: Speaker, stranger: Speaker):
    content = picture()
    take_photo(engineer, content)
    upload(engineer, content)
    assert announce(stranger, content).json == {"offset": 0, "complete": False, "seq": None}
    assert stranger.call("GET", f"{BLOBS}/{sha(content)}").status_code == 404
    assert stranger.call("HEAD", f"{BLOBS}/{'0' * 64}").status_code == 404


def test_naming_the_hash_of_another_in_an_own_photo_shows_nothing(engineer: Speaker, company: Company):
    content, boss = picture(), company.speaker("boss")
    upload(boss, content)
    take_photo(engineer, content)
    assert company.record(PHOTO)["stored"] is False
    assert engineer.call("GET", f"{BLOBS}/{sha(content)}").status_code == 404


def test_whoever_sees_the_photo_sees_its_bytes_and_need_not_send_them(engineer: Speaker, company: Company):
    content, boss = picture(), company.speaker("boss")
    take_photo(engineer, content)
    upload(engineer, content)
    assert boss.call("GET", f"{BLOBS}/{sha(content)}").data == content
    assert announce(boss, content).json["complete"] is True


def test_two_senders_of_the_same_bytes_do_not_meet(engineer: Speaker, stranger: Speaker):
    content = picture()
    announce(engineer, content), announce(stranger, content)
    send(engineer, sha(content), content[:100], 0)
    assert send(stranger, sha(content), content, 0).json["complete"] is True
    assert send(engineer, sha(content), content[100:], 100).json["complete"] is True


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"size": 100_000_000}, 413),
        ({"size": 0}, 422),
        ({"size": "7"}, 422),
        ({"type": "image/svg+xml"}, 415),
        ({"sha256": "../../etc/passwd"}, 422),
        ({"sha256": "A" * 64}, 422),
        ({"extra": 1}, 422),
    ],
)
def test_a_wrong_announcement_is_refused(engineer: Speaker, change: dict, status: int):
    assert announce(engineer, picture(), **change).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Offset": "x"}, 422),
        ({"Upload-Offset": "-1"}, 422),
        ({"Upload-Offset": "٣"}, 422),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Encoding": "gzip"}, 415),
    ],
)
def test_a_wrong_chunk_is_refused(engineer: Speaker, headers: dict, status: int):
    content = picture()
    announce(engineer, content)
    assert send(engineer, sha(content), content, 0, **headers).status_code == status


def test_a_chunk_nobody_announced_or_too_large_is_refused(engineer: Speaker):
    content = picture()
    assert send(engineer, sha(content), content, 0).status_code == 404
    announce(engineer, content)
    assert send(engineer, sha(content), content + b"x", 0).status_code == 413
    assert send(engineer, sha(content), bytes(CHUNK + 1), 0).status_code == 413


PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OTHERS = {
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a cut picture": picture(3, size=(800, 600))[:-700],
    "another kind of picture": picture(4, "GIF"),
}


@pytest.mark.parametrize("form", PICTURES)
def test_a_picture_is_served_as_what_it_decodes_to(engineer: Speaker, form: str):
    content = picture(5, form)
    upload(engineer, content)
    answers = [engineer.call("GET", f"{BLOBS}/{sha(content)}") for _ in range(2)]
    assert {answer.mimetype for answer in answers} == {PICTURES[form]}


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_anything_else_is_kept_but_served_as_plain_bytes(engineer: Speaker, content: bytes):
    upload(engineer, content)
    answer = engineer.call("GET", f"{BLOBS}/{sha(content)}")
    assert (answer.mimetype, answer.data) == ("application/octet-stream", content)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_picture_of_too_many_pixels_is_never_decoded(engineer: Speaker):
    content = picture(6, "PNG", (8_000, 8_000))
    upload(engineer, content)
    assert engineer.call("GET", f"{BLOBS}/{sha(content)}").mimetype == "application/octet-stream"


def test_lost_bytes_are_asked_for_again(engineer: Speaker, company: Company):
    content = picture()
    upload(engineer, content)
    company.parts.blobs.path(sha(content)).unlink()
    assert engineer.call("GET", f"{BLOBS}/{sha(content)}").status_code == 404
    assert announce(engineer, content).json == {"offset": 0, "complete": False, "seq": None}
    assert send(engineer, sha(content), content, 0).json["complete"] is True


def test_an_upload_broken_off_before_its_end_was_noted_is_finished_by_the_next_announcement(
    engineer: Speaker, company: Company
):
    content = picture()
    announce(engineer, content)
    company.parts.blobs.append(engineer.user, sha(content), 0, content)
    assert announce(engineer, content).json["complete"] is True


def test_the_order_is_named_by_its_photo(engineer: Speaker, company: Company):
    take_photo(engineer, picture())
    with company.parts.engine.store.read() as reader:
        assert [ref.root for ref in reader.blob_refs(sha(picture()))] == [ORDER]
