"""The totals of the listed records, beside their count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.record_list import RecordList


def show_totals(records: RecordList, desk: Desk, sentences: Mapping[str, str]) -> None:
    """Stand the sums of number fields beside the count, whenever the list shows other rows.

    `sentences` says each sum, with {} in its place, by field; sums of nothing are left out.
    """
    records.count_label.setWordWrap(True)  # or the list could not be made narrow
    record_type = records.model.record_type
    kinds = record_type.fields()

    def add_up() -> None:
        sums = desk.queries.totals(record_type, records.model.ids, tuple(sentences))
        told = [
            sentences[name].format(kinds[name].format(kinds[name].from_column(each)))
            for name, each in sums.items()
            if each
        ]
        records.set_note("".join(f"　{each}" for each in told))

    records.model.answered.connect(add_up)
