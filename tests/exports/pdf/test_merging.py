"""Files bound into one leave no heap of objects behind."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Paragraph, WallPaper
from liaison_desk.exports.pdf.drawing import Properties
from liaison_desk.exports.pdf.merging import Binder, Mark
from liaison_desk.exports.pdf.render import render

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook

COPIES = 30


def test_what_is_bound_is_let_go_without_pythons_collector(fonts: FontBook) -> None:
    pdf = render(WallPaper(title="职责", parts=(Paragraph(text="联系群众"),)), fonts).pdf

    def bind(copies: int) -> int:
        """How many objects the collector has to find after so many files were bound."""
        binder = Binder()
        gc.collect()
        gc.disable()
        try:
            for _ in range(copies):
                binder.add(pdf)
            assert binder.pages == copies
            assert binder.finish([Mark("职责", 0)], Properties("档案", "本室"), fonts)
            del binder
            return gc.collect()
        finally:
            gc.enable()

    bind(1)  # the fonts of the numbers are made known
    each = (bind(1 + COPIES) - bind(1)) / COPIES
    assert each < 100
