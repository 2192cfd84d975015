"""What a filled form is called, where it goes, and whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Meeting
from liaison_desk.exports.fill_in import FilledForm
from liaison_desk.ui.own_forms.filling import (
    caption_of,
    file_name,
    places_for,
    unknown_names,
    values_for,
    what_is_in,
)
from tests import factory
from tests.services.handoff import packets

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def test_a_file_is_called_after_its_form_and_record_without_signs_no_disk_takes(
    desk: Desk,
) -> None:
    held = factory.meeting(desk, '甲/乙:“丙”?*<丁>|"戊"')
    assert file_name(desk, Path("登记表.xlsx"), held) == "登记表（甲 乙 “丙” 丁 戊 ）"
    long = file_name(desk, Path("登记表.xlsx"), factory.meeting(desk, "长" * 90))
    assert len(long) == 60
    assert file_name(desk, Path("统计表.docx"), None) == "统计表（柳河镇）"


def test_files_of_one_name_and_those_that_are_there_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"x")
    names = [each.name for each in places_for(["表", "表", "册"], tmp_path, ".xlsx")]
    assert len(set(names)) == 3
    assert names[0] == "表（2）.xlsx"
    assert not any((tmp_path / name).exists() for name in names)


def test_many_unknown_names_are_counted(desk: Desk) -> None:
    form = FilledForm(b"", ".xlsx", (), tuple(f"甲.{n}" for n in range(20)))
    assert "不认识的名字等 20 个照原样留在表里" in unknown_names(form)
    assert "{{甲.7}}" in unknown_names(form)
    assert "{{甲.8}}" not in unknown_names(form)
    assert what_is_in(form).startswith("表里认得 0 个名字。")


def test_at_the_county_a_record_of_a_township_is_filled_with_its_own_office(
    county_desk: Desk, desk: Desk, tmp_path: Path
) -> None:
    factory.meeting(desk)
    packets.received(county_desk, packets.made(desk, tmp_path / "U盘").path)
    (held,) = county_desk.find(Meeting)

    def text(name: str, record: Meeting | None) -> str:
        found = values_for(county_desk, record, show_personal=False).one(name)
        return found.text if found is not None else "?"

    assert text("本室.名称", held) == "柳河镇政协联络组"
    assert text("本室.名称", None) == "濉溪县政协办公室"
    assert caption_of(county_desk, held) == held.name
