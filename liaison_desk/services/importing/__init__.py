"""Taking tables in from files and from the clipboard.

The wizard's way, in order; everything but the first and last step is pure and may run on a worker:

1. `open_source(path, progress)` or `paste_source(text)` -> `Source`. `source.notes` are sentences
   to show; `source.tables` every `Table` of every sheet (choose by `table.caption`, the sheet may
   be `table.sheet.is_hidden`), `source.likely` the one to offer first. When the headings are
   wrong, `with_header(table, first_row, last_row)` reads the table anew; `table.is_certain` is
   False where they are a guess. `table.columns` have `letter`, `heading`, `samples`, `filled`;
   `table.header`, `table.above`, `table.rows` are rows with `number` and `cells`.
2. `targets()` -> every `Target` (`title`, `about`, `fields`); `likely_target(table, desk)` the one
   to offer, `rank_targets(table)` all of them, likeliest first.
3. `propose_mapping(table, target, desk)` -> `Mapping`. Each `mapping.columns[i]` has `column`,
   `field` (a key, "" = 不导入) and `why` (its text is for the clerk). The clerk's change:
   `mapping.with_field(position, key)`. To fill a combo box: `target.fields` (`key`, `label`,
   `group`). `mapping.missing`: fields that must have a column before anything can be planned.
4. `take_stock(desk, target)` -> `Stock`, some queries; on the thread of the desk.
5. `plan_import(table, mapping, stock, options, decisions, progress)` -> `ImportPlan`. `options` is
   `Options(term=, level=)`; show 届次 when `target.needs_term` (`plan.term`, `plan.offered_term`).
   Show `plan.rows` (`number`, `state`, `caption`, `values` by field key, `changes` field by field,
   `made`, `notes`), `plan.problems` and `plan.left_out` (`place` or `row`, `text`, `reason`,
   `is_personal` = mask), `plan.summary`, `plan.notes`. While `plan.blocked` is not "" nothing can
   be imported: it says what is to be filled in.
   A row of state 待核对 has `candidates` (`id`, `caption`, `about`, `changes`): ask the clerk, then
   plan again with `decisions={row.number: candidate.id}` or `{row.number: ANOTHER}`. Rows without
   a decision are not imported and are listed among `plan.problems`.
6. `apply_import(desk, plan, progress)` -> `ImportResult` (`summary`). One deed, one 撤销. It keeps
   the mapping for the next table with these headings.
7. Bad rows: `plan.headings` and `plan.bad_rows` (each with the reason as its last cell) go to
   `exports.bad_rows.write_bad_rows(path, plan.table.title, plan.table.source, plan.headings,
   plan.bad_rows)`; the workbook can be mended and opened again, its column 原因 is left out.

`plan_file` does 1 to 5 in one go with what is proposed, for the command line.

Faults of the world are `DeskError`s with a sentence; `Cancelled` comes out of `progress`.
"""

from __future__ import annotations

from liaison_desk.services.importing.import_plan import (
    ANOTHER,
    Candidate,
    CellFate,
    Fate,
    FieldChange,
    ImportPlan,
    ImportResult,
    LeftOut,
    Options,
    PlannedRow,
    RowState,
    Stock,
)
from liaison_desk.services.importing.mapping import (
    NOT_IMPORTED,
    MappedColumn,
    Mapping,
    Why,
    likely_target,
    propose_mapping,
    rank_targets,
)
from liaison_desk.services.importing.planning import plan_import
from liaison_desk.services.importing.sources import PASTED, Source, open_source, paste_source
from liaison_desk.services.importing.tables import SourceColumn, Table, with_header
from liaison_desk.services.importing.taking import apply_import, plan_file, take_stock
from liaison_desk.services.importing.targets import ROSTER, Target, TargetField, target_of, targets

__all__ = [
    "ANOTHER",
    "NOT_IMPORTED",
    "PASTED",
    "ROSTER",
    "Candidate",
    "CellFate",
    "Fate",
    "FieldChange",
    "ImportPlan",
    "ImportResult",
    "LeftOut",
    "MappedColumn",
    "Mapping",
    "Options",
    "PlannedRow",
    "RowState",
    "Source",
    "SourceColumn",
    "Stock",
    "Table",
    "Target",
    "TargetField",
    "Why",
    "apply_import",
    "likely_target",
    "open_source",
    "paste_source",
    "plan_file",
    "plan_import",
    "propose_mapping",
    "rank_targets",
    "take_stock",
    "target_of",
    "targets",
    "with_header",
]
