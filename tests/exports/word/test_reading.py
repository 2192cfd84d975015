"""Files that are brought back and are not what they should be."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.office_file import FileUnusable
from liaison_desk.exports.word.document import render_docx
from liaison_desk.exports.word.reading import read_marked
from tests.exports.word.marking import Marked
from tests.exports.word.test_document import BODY, LETTER, MINUTES, photo

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.marked_text import MarkedFile

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def saying(size: int) -> bytes:
    """A part of five million bytes that says it has another size."""
    content = zipped(word__document_xml=b"a" * 5_000_000)
    return content.replace((5_000_000).to_bytes(4, "little"), size.to_bytes(4, "little"))


GOOD = render_docx(MINUTES)
BAD = {
    "空.docx": (b"", "是空文件"),
    "旧.doc": (OLE + b"\0" * 600, "另存为"),
    "旧.wps": (OLE + b"\0" * 600, "旧格式"),
    "加密.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
    "文稿.pdf": (b"%PDF-1.7 ...", "是 PDF 文件"),
    "假.docx": (b"{\\rtf1 ...", "RTF"),
    "网页.docx": (b"<html></html>", "不是 Word 文档"),
    "半截.docx": (GOOD[: len(GOOD) // 2], "已损坏"),
    "表格.docx": (zipped(xl__workbook_xml=b"<x/>"), "是 Excel 表格"),
    "开放.odt": (zipped(content_xml=b"<x/>"), "OpenDocument"),
    "压缩.docx": (zipped(a_xml=b"<x/>"), "是压缩包"),
    "宏.docm": (zipped(word__document_xml=b"<x/>", **{"word__vbaProject.bin": b"x"}), "带有宏"),
    "不全.docx": (zipped(word__document_xml=b"<x"), "已损坏"),
    "没有正文.docx": (zipped(word__document_xml=b"<x/>"), "已损坏"),
    "膨胀.docx": (zipped(word__document_xml=BOMB.encode()), "不安全"),
    "炸弹.docx": (saying(300_000_000), "太大"),
    "大文.docx": (zipped(word__document_xml=b" " * 50_000_000), "太大"),
    "谎报.docx": (saying(100), "已损坏"),
    "严格.docx": (
        zipped(word__document_xml=b"<x>http://purl.oclc.org/ooxml/wordprocessingml/main</x>"),
        "严格",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_not_what_is_wanted_is_refused_in_a_sentence(
    name: str, tmp_path: Path
) -> None:
    content, reason = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnusable, match="没有带回，资料没有改动。") as told:
        read_marked(path)
    assert reason in str(told.value)
    assert f"“{name}”" in str(told.value)


def test_a_file_that_is_gone_or_a_folder_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="找不到了"):
        read_marked(tmp_path / "没有.docx")
    with pytest.raises(FileUnusable, match="是文件夹"):
        read_marked(tmp_path)


def given_back(marked: Marked, folder: Path) -> MarkedFile:
    return read_marked(marked.save(folder))


def texts(file: MarkedFile) -> list[str]:
    return [each.text for each in file.paragraphs if each.text.strip()]


def test_everything_that_went_out_comes_back(tmp_path: Path) -> None:
    file = given_back(Marked(GOOD), tmp_path)
    assert [
        line for line in BODY.replace("(一)", "（一）").split("\n") if line not in texts(file)
    ] == []
    assert file.record == "0a1b2c3d000040008000000000000001"
    assert any(each.is_in_table and "主送" in each.text for each in file.paragraphs)
    given_back(Marked(render_docx(LETTER, photo)), tmp_path)


def test_a_text_box_is_a_remark_and_told_once(tmp_path: Path) -> None:
    box = (
        "<w:r><mc:AlternateContent xmlns:mc='urn:mc'><mc:Choice><w:drawing><w:txbxContent><w:p>"
        "<w:r><w:t>请核实车位数</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>请核实车位数</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    marked = Marked(GOOD)
    marked.change("镇机关院内", lambda xml: xml.removesuffix("</w:p>") + box)
    (found,) = (each for each in given_back(marked, tmp_path).paragraphs if each.remarks)
    assert [each.text for each in found.remarks] == ["请核实车位数"]
    assert "请核实" not in found.text


def test_a_line_break_and_a_tab_stay_and_a_page_break_goes(tmp_path: Path) -> None:
    marked = Marked(GOOD)
    signs = ["甲", "<w:br/>", "乙", "<w:tab/>", "丙", "<w:br w:type='page'/>", "丁"]
    inner = "".join(f"</w:t>{each}<w:t>" if each[0] == "<" else each for each in signs)
    marked.xml = marked.xml.replace("由居民代表", inner)
    assert any(text.startswith("甲\n乙\t丙丁") for text in texts(given_back(marked, tmp_path)))
