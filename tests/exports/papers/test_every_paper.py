"""What holds for every paper of the office."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.exports.content import FormPaper, Grid
from liaison_desk.exports.papers.registry import PAPERS, PaperKind, paper_called, papers_of
from liaison_desk.exports.papers.texts import texts_of
from liaison_desk.exports.papers.wording import LINE, Wording
from tests.exports.papers.making import whole_text
from tests.exports.papers.story import IDENTITY, MOBILE, OPTIONS, Story

if TYPE_CHECKING:
    from liaison_desk.exports.content import Paper
    from liaison_desk.services.desk import Desk

each_paper = pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)


def papers(desk: Desk, kind: PaperKind, story: Story, **options: object) -> tuple[Paper, ...]:
    office = desk.office
    assert office is not None
    chosen = replace(OPTIONS, **options)  # type: ignore[arg-type]
    return kind.papers(desk, office, story.record(kind.of), chosen)


@each_paper
def test_a_paper_is_filled_from_the_records(desk: Desk, story: Story, kind: PaperKind) -> None:
    made = papers(desk, kind, story)
    assert made
    record = story.record(kind.of)
    if record is not None and kind.key not in {"name_plates", "meeting_record"}:
        called = Wording(desk).caption(record.table, record.id)
        assert called in "\n".join(whole_text(each) for each in made)


@each_paper
def test_every_source_is_a_field_of_a_kept_record(
    desk: Desk, story: Story, kind: PaperKind
) -> None:
    sources = [of for paper in papers(desk, kind, story) for _, of in texts_of(paper) if of]
    for each in sources:
        record_type = BY_TABLE[each.table]
        assert desk.get(record_type, each.record) is not None
        assert each.field in {"", *record_type.fields()}


@each_paper
def test_a_number_of_a_person_is_masked(desk: Desk, story: Story, kind: PaperKind) -> None:
    text = "\n".join(whole_text(each) for each in papers(desk, kind, story))
    assert MOBILE not in text
    assert IDENTITY not in text


@pytest.mark.parametrize("key", ["sign_in", "opinion_report", "member_file", "roster"])
def test_the_clerk_may_have_numbers_in_full(desk: Desk, story: Story, key: str) -> None:
    made = papers(desk, paper_called(key), story, show_personal=True)
    assert MOBILE in whole_text(made[0])


@pytest.mark.parametrize("kind", [e for e in PAPERS if e.is_public], ids=lambda kind: kind.key)
def test_no_wall_shows_what_is_sensitive(desk: Desk, story: Story, kind: PaperKind) -> None:
    for options in ({}, {"show_personal": True, "show_phones_on_wall": True}):
        text = whole_text(papers(desk, kind, story, **options)[0])
        for word in (IDENTITY, "维吾尔族", "民族宗教", "中共", "民族", "政治面貌"):
            assert word not in text


@pytest.mark.parametrize("kind", [e for e in PAPERS if e.of], ids=lambda kind: kind.key)
def test_an_empty_form_can_be_filled_by_hand(desk: Desk, kind: PaperKind) -> None:
    office = desk.office
    assert office is not None
    for paper in kind.papers(desk, office, None, OPTIONS):
        if not isinstance(paper, FormPaper):
            continue
        grids = [each for each in paper.parts if isinstance(each, Grid)]
        assert all(row.height >= LINE for grid in grids for row in grid.rows)
        assert any(not cell.text for grid in grids for row in grid.rows for cell in row.cells)


@each_paper
def test_the_rows_of_a_grid_fill_its_columns(desk: Desk, story: Story, kind: PaperKind) -> None:
    for paper in papers(desk, kind, story):
        for grid in (e for e in getattr(paper, "parts", ()) if isinstance(e, Grid)):
            covered = [0] * len(grid.widths)
            for row in grid.rows:
                free = [place for place, rows in enumerate(covered) if rows == 0]
                spans = sum(cell.span for cell in row.cells)
                assert spans == len(free), [cell.text for cell in row.cells]
                covered = [max(0, rows - 1) for rows in covered]
                for cell in row.cells:
                    for place in free[: cell.span]:
                        covered[place] = cell.rows - 1
                    free = free[cell.span :]


FORMS = (
    "agenda", "outcome_sheet", "loop_form", "handover_sheet", "reply_form", "rating_blank",
    "activity_form", "packet_sheet",
)  # fmt: skip


@pytest.mark.parametrize("key", FORMS)
def test_rows_of_one_line_are_alike_in_height(desk: Desk, story: Story, key: str) -> None:
    kind = paper_called(key)
    (paper,) = papers(desk, kind, story)[:1]
    assert isinstance(paper, FormPaper)
    first = next(each for each in paper.parts if isinstance(each, Grid))
    low = {row.height for row in first.rows[first.head :] if row.height < 18}
    assert len(low) == 1


@each_paper
def test_a_file_is_called_as_its_paper(desk: Desk, story: Story, kind: PaperKind) -> None:
    name = kind.file_name(desk, story.record(kind.of), OPTIONS)
    assert name.startswith(kind.title.replace(":", ""))
    assert not set(name) & set('\\/:*?"<>|\n')
    assert len(name) <= 60


def test_keys_and_titles_are_told_apart() -> None:
    assert len({each.key for each in PAPERS}) == len(PAPERS)
    assert len({each.title for each in PAPERS}) == len(PAPERS)
    assert all(each.description.endswith("。") for each in PAPERS)


def test_what_a_paper_needs_is_declared_by_its_record() -> None:
    for kind in PAPERS:
        if kind.of is not None:
            assert set(kind.needs) <= set(kind.of.fields())
            for part in kind.parts:
                assert part.links()[part.parent].to == kind.of.table


def test_the_papers_of_a_record_are_found_by_its_type(story: Story) -> None:
    keys = [each.key for each in papers_of(type(story.meeting))]
    assert keys == ["notice", "agenda", "sign_in", "name_plates", "meeting_record"]


def test_the_list_of_papers_is_light_to_import() -> None:
    code = (
        "import sys; import liaison_desk.exports.papers.registry as registry;"
        "heavy = {'reportlab', 'xlsxwriter', 'openpyxl', 'docx', 'PIL', 'pypinyin'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_yearly_paper_leaves_other_years_out(desk: Desk, story: Story) -> None:
    for key in ("meeting_ledger", "opinion_ledger", "activity_ledger", "archive_list"):
        kind = paper_called(key)
        assert "桥口村" in whole_text(papers(desk, kind, story)[0]) or "三月" in whole_text(
            papers(desk, kind, story)[0]
        )
        other = whole_text(papers(desk, kind, story, year=2025)[0])
        assert "停车" not in other
        assert "接待日" not in other


def test_a_paper_is_dated_as_the_clerk_says(desk: Desk, story: Story) -> None:
    made = papers(desk, paper_called("notice"), story, dated=date(2026, 3, 1))[0]
    assert getattr(made, "signed_on", None) == date(2026, 3, 1)
