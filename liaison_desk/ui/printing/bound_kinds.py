"""The papers that are bound from many: 一会一档, and the file of a year's meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Meeting
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.exports.papers.registry import PaperKind
from liaison_desk.ui.printing.bound import Bound

if TYPE_CHECKING:
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import Pictures, RenderedPaper
    from liaison_desk.ui.printing.bound import Telling


def _of_meeting(
    read: Reading, office: Office, record: Record, options: PaperOptions
) -> tuple[Bound, ...]:
    """Everything about one meeting."""
    assert isinstance(record, Meeting)

    def bind(fonts: FontBook, pictures: Pictures, tell: Telling) -> RenderedPaper:
        from liaison_desk.exports.dossier import make_dossier  # not before it is wanted

        return make_dossier(read, office, record, pictures, fonts, tell, _of(options))

    return (Bound(record.name, bind),)


def _of_year(
    read: Reading, office: Office, _record: Record | None, options: PaperOptions
) -> tuple[Bound, ...]:
    """Everything about all meetings of a year."""

    def bind(fonts: FontBook, pictures: Pictures, tell: Telling) -> RenderedPaper:
        from liaison_desk.exports.dossier import make_year

        return make_year(read, office, options.of_year, pictures, fonts, tell, _of(options))

    return (Bound(f"{options.of_year}年协商会议档案", bind),)


def _of(options: PaperOptions) -> PaperOptions:
    """The choices that concern a file; a notice in it is the one that everybody got."""
    return PaperOptions(
        today=options.today,
        year=options.year,
        fonds=options.fonds,
        show_personal=options.show_personal,
    )


MEETING_FILE = PaperKind(
    key="dossier",
    title="一会一档",
    of=Meeting,
    make=_of_meeting,  # type: ignore[arg-type]  # bound rather than set
    description="一次会议的全部资料装成一册：封面、目录、通知、签到、记录、纪要、办理和照片。",
)
YEAR_FILE = PaperKind(
    key="year_dossier",
    title="全年一会一档",
    of=None,
    make=_of_year,  # type: ignore[arg-type]  # bound rather than set
    description="一年里每次会议的全部资料，装成一册，带目录和书签。",
)
