"""What is seen of a file: pictures, pages, texts, and a sentence for the rest."""

from __future__ import annotations

import zlib
from io import BytesIO
from struct import pack
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from liaison_desk.services.attaching import attach_content
from liaison_desk.ui.preview import Preview
from liaison_desk.ui.preview_maker import LONGEST_PX, Wish, see
from liaison_desk.ui.style import Style
from tests import factory

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.attachment import Attachment
    from liaison_desk.services.desk import Desk

LEFT = Qt.MouseButton.LeftButton
RED = (200, 20, 20)


def picture(width: int, height: int, kind: str = "PNG", orientation: int = 1) -> bytes:
    """Red above, blue below, as stored; how the camera was held beside it."""
    made = Image.new("RGB", (width, height), RED)
    made.paste((20, 20, 200), (0, height // 2, width, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    made.save(out, kind, **({"exif": exif.tobytes()} if kind == "JPEG" else {}))
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))


def pdf(*sizes: tuple[float, float]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(0, 0, size[0], size[1], fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(desk: Desk, qtbot: QtBot) -> Preview:
    """A preview of 400 by 500 px."""
    made = Preview(desk.contents, Style())
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def kept(desk: Desk, name: str, content: bytes) -> Attachment:
    return attach_content(desk, factory.topic(desk), name, content)


def looked_at(preview: Preview, attachment: Attachment, qtbot: QtBot) -> Preview:
    """The preview once it shows a file."""
    with qtbot.waitSignal(preview.shown):
        preview.show_attachment(attachment)
    return preview


def red_at(preview: Preview, x: float, y: float) -> bool:
    """Whether the picture shown is red at a place, in parts of its size."""
    assert preview.sight is not None
    assert preview.sight.picture is not None
    shown = preview.sight.picture
    colour = shown.pixelColor(int(x * (shown.width() - 1)), int(y * (shown.height() - 1)))
    return colour.red() > 150 > colour.blue()


def test_a_picture_is_shown_whole_and_no_larger_than_it_is(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    looked_at(preview, kept(desk, "大.png", picture(3000, 1500)), qtbot)
    assert preview.sight is not None
    assert preview.sight.picture is not None
    assert preview.sight.picture.width() <= 400
    assert abs(preview.sight.picture.width() - 2 * preview.sight.picture.height()) <= 2
    looked_at(preview, kept(desk, "小.png", picture(60, 30)), qtbot)
    assert preview.sight.picture is not None
    assert preview.sight.picture.width() == 60


@pytest.mark.parametrize(("orientation", "red"), [(1, (0.5, 0.1)), (3, (0.5, 0.9)),
                                                  (6, (0.9, 0.5)), (8, (0.1, 0.5))])  # fmt: skip
def test_a_photo_stands_as_the_camera_was_held(
    preview: Preview, desk: Desk, qtbot: QtBot, orientation: int, red: tuple[float, float]
) -> None:
    photo = picture(1600, 1200, "JPEG", orientation)
    looked_at(preview, kept(desk, "现场.jpg", photo), qtbot)
    assert red_at(preview, *red)
    assert preview.sight is not None
    assert preview.sight.picture is not None
    is_standing = preview.sight.picture.height() > preview.sight.picture.width()
    assert is_standing == (orientation >= 5)


def test_zooming_in_shows_more_dots_and_fitting_shows_all_again(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    looked_at(preview, kept(desk, "现场.jpg", picture(4000, 3000, "JPEG")), qtbot)
    assert preview.sight is not None
    assert preview.sight.picture is not None
    whole = preview.sight.picture.width()
    assert not preview.smaller_button.isEnabled()
    with qtbot.waitSignal(preview.shown):
        qtbot.mouseClick(preview.larger_button, LEFT)
    assert preview.sight.picture.width() == pytest.approx(whole * 1.25, abs=2)
    with qtbot.waitSignal(preview.shown):
        wheel(preview, 120)
    assert preview.sight.picture.width() == pytest.approx(whole * 1.5625, abs=2)
    with qtbot.waitSignal(preview.shown):
        qtbot.mouseClick(preview.fit_button, LEFT)
    assert preview.sight.picture.width() == whole


def wheel(preview: Preview, turned: int) -> None:
    """Turn the wheel over the picture with Ctrl held."""
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview.canvas.viewport(), event)


def test_a_pdf_is_seen_page_by_page(preview: Preview, desk: Desk, qtbot: QtBot) -> None:
    looked_at(preview, kept(desk, "扫描件.pdf", pdf((300, 400), (400, 300))), qtbot)
    assert preview.page_label.text() == "第 1 页，共 2 页"
    assert not preview.back_button.isEnabled()
    with qtbot.waitSignal(preview.shown):
        qtbot.mouseClick(preview.forth_button, LEFT)
    assert preview.page_label.text() == "第 2 页，共 2 页"
    assert not preview.forth_button.isEnabled()
    assert preview.sight is not None
    assert preview.sight.picture is not None
    assert preview.sight.picture.width() > preview.sight.picture.height()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding_of_the_office(
    preview: Preview, desk: Desk, qtbot: QtBot, encoding: str
) -> None:
    looked_at(preview, kept(desk, "笔记.txt", "陆䶮说：停车难".encode(encoding)), qtbot)
    assert preview.text.toPlainText() == "陆䶮说：停车难"
    assert preview.larger_button.isHidden()


def test_only_the_beginning_of_a_long_text_is_shown(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    looked_at(preview, kept(desk, "台账.csv", "停车难，".encode() * 40_000), qtbot)
    assert preview.text.toPlainText().endswith("后面还有，点“打开”看全文。")
    assert len(preview.text.toPlainText()) < 80_000


def sentence_of(preview: Preview, attachment: Attachment, qtbot: QtBot) -> str:
    looked_at(preview, attachment, qtbot)
    assert preview.stack.currentWidget() is preview.sentence
    return preview.sentence.text()


def test_what_cannot_be_shown_says_how_to_see_it(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    file = kept(desk, "台账.xlsx", b"PK\x03\x04\0\0\0" + bytes(range(256)))
    said = sentence_of(preview, file, qtbot)
    assert said == "“台账.xlsx”在这里看不了，点“打开”用电脑上的程序看。"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("现场.png", picture(300, 200)[:120]),
        ("扫描件.pdf", pdf((300, 400))[:60]),
    ],
)
def test_a_damaged_file_says_so(
    preview: Preview, desk: Desk, qtbot: QtBot, name: str, content: bytes
) -> None:
    said = sentence_of(preview, kept(desk, name, content), qtbot)
    assert name in said
    assert "有损坏" in said


def test_a_picture_that_would_fill_the_memory_is_not_read(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    head = pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
    said = sentence_of(preview, kept(desk, "大图.png", content), qtbot)
    assert "点数太多（40000×40000）" in said


def test_content_that_is_lost_is_told_of_in_words(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    file = kept(desk, "现场.jpg", picture(30, 20))
    with desk.database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("DELETE FROM attachment_content")
    assert "请从备份里找回" in sentence_of(preview, file, qtbot)


def test_a_huge_photo_is_read_no_larger_than_it_is_shown(desk: Desk) -> None:
    file = kept(desk, "大照片.jpg", b"x")
    sight = see(Wish(file, 400, 300), picture(9000, 7000, "JPEG"))
    assert sight.picture is not None
    assert sight.picture.width() <= 400
    near = see(Wish(file, 4000, 3000, zoom=8.0), picture(9000, 7000, "JPEG"))
    assert near.picture is not None
    assert near.picture.width() <= LONGEST_PX


def test_of_files_looked_at_in_a_hurry_the_last_is_shown(
    preview: Preview, desk: Desk, qtbot: QtBot
) -> None:
    files = [kept(desk, f"{n}.txt", f"第{n}个".encode()) for n in range(5)]
    for file in files:
        preview.show_attachment(file)
    qtbot.waitUntil(lambda: preview.text.toPlainText() == "第4个")
    preview.show_attachment(None)
    assert preview.stack.currentWidget() is preview.sentence
