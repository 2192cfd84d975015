"""报送给县里: a packet of a period, made on a stick."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.domain.fields import Day, WrongText
from liaison_desk.services.handoff.making import (
    MadePacket,
    PacketOrder,
    PacketPreview,
    make_packet,
    preview_packet,
)
from liaison_desk.ui.asker import Asker
from liaison_desk.ui.handoff.handoff_panel import HandoffPanel
from liaison_desk.ui.handoff.sticks import sticks
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.context import Context

COUNTING = "正在数……"


class SendingPanel(HandoffPanel):
    """The period, the folder, what goes along, and 开始."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "报送给县里")
        self.from_line, self.until_line = QLineEdit(), QLineEdit()
        self.folder_box = QComboBox()
        self.folder_button = QPushButton("选择文件夹")
        self.identity_box = QCheckBox("带上身份证号（一般不需要）")
        self.preview = QLabel()
        self.start_button = QPushButton("开始")
        self._asker = Asker(self.desk.database, self)
        self._arrange()
        for line in (self.from_line, self.until_line):
            line.editingFinished.connect(self.show_preview)
        self.identity_box.toggled.connect(lambda _on: self.show_preview())
        self._asker.answered.connect(self._show_seen)
        self.folder_button.clicked.connect(self.choose_folder)
        self.start_button.clicked.connect(self.make)

    def start(self) -> None:
        """Offer the period that has not been reported, and the sticks that are plugged in."""
        begin, end = period_to_report(self.desk.today)
        self.from_line.setText(begin.isoformat())
        self.until_line.setText(end.isoformat())
        self.tell("")
        self.offer_sheet(None)
        chosen = self.folder_box.currentText()
        self.folder_box.clear()
        self.folder_box.addItems([*dict.fromkeys(filter(None, (chosen, *sticks())))])
        self.start_button.setEnabled(True)
        self.show_preview()
        self.start_button.setFocus()

    def order(self) -> PacketOrder:
        """What is asked for.

        Raises:
            WrongText: a date cannot be read.
        """
        day = Day(label="日期")
        begin, end = day.parse(self.from_line.text()), day.parse(self.until_line.text())
        if begin is None or end is None:
            raise WrongText("请填写起止日期")
        return PacketOrder(begin, end, self.identity_box.isChecked())

    def show_preview(self) -> None:
        """Say what the packet would carry; of years of records that takes a while to count."""
        self._asker.give_up()
        try:
            order = self.order()
        except WrongText as error:
            self._show_seen(error)
            return
        self.from_line.setText(order.period_from.isoformat())
        self.until_line.setText(order.period_until.isoformat())
        self.preview.setText(COUNTING)
        is_quick = not self.desk.queries.has_many_changes("")
        self._asker.ask(partial(_seen, self.desk, order), at_once=is_quick)

    def _show_seen(self, seen: PacketPreview | Exception) -> None:
        """What the packet would carry is known, or why there can be none."""
        self.start_button.setEnabled(isinstance(seen, PacketPreview))
        told = _what_it_carries(seen) if isinstance(seen, PacketPreview) else str(seen)
        self.preview.setText(told)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self, "选择U盘上的文件夹")
        if chosen:
            self.folder_box.setEditText(chosen)

    def make(self) -> None:
        """Make the packet off the UI thread, and say when the stick may be pulled out."""
        folder = self.folder_box.currentText().strip()
        if not folder or not Path(folder).is_dir():
            self.tell("请先插好U盘，或点“选择文件夹”。", "wrong")
            self.folder_button.setFocus()
            return
        try:
            order, desk = self.order(), self.desk
        except WrongText as error:
            self.tell(str(error), "wrong")
            return
        from liaison_desk.exports.packet_papers import PacketPapers  # the first window does without
        from liaison_desk.exports.pdf.fonts import FontBook

        papers = PacketPapers(desk, FontBook, desk.today)

        def work(progress: Progress) -> MadePacket:
            return make_packet(desk, order, Path(folder), papers, progress)

        try:
            made = run_task(self, "正在做报送包", work)
        except Cancelled:
            self.tell("已取消，没有做成报送包，资料没有改动。")
            return
        except DeskError as error:
            self.tell(str(error), "wrong")
            return
        self.tell(
            f"可以拔出U盘了。报送包已写好，并从U盘读回核对一致：\n{made.path}\n"
            f"{made.size / 1024:,.0f} KB　校验码 {made.sha256}",
            "ok",
        )
        self.offer_sheet(made.packet)
        self.sheet_button.setFocus()
        self.context.say(f"第{made.number}号报送包已做好", False)

    def _arrange(self) -> None:
        self.from_line.setObjectName("period_from")
        self.until_line.setObjectName("period_until")
        self.folder_box.setObjectName("folder")
        self.folder_box.setEditable(True)
        self.preview.setWordWrap(True)
        self.preview.setObjectName("preview")
        self.start_button.setProperty("role", "main")
        self.start_button.setObjectName("start")
        period = QHBoxLayout()
        period.addWidget(self.from_line)
        period.addWidget(QLabel("至"))
        period.addWidget(self.until_line)
        folder = QHBoxLayout()
        folder.addWidget(self.folder_box, 1)
        folder.addWidget(self.folder_button)
        form = QFormLayout()
        form.addRow("起止日期", period)
        form.addRow("放到哪里", folder)
        form.addRow("", self.identity_box)
        form.addRow("包里有", self.preview)
        self.body.addLayout(form)
        self.body.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)


def period_to_report(today: date) -> tuple[date, date]:
    """The quarter that ended last, until its successor has run for half its time; then this one."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    if (today - first).days >= 45:
        return first, today
    end = date.fromordinal(first.toordinal() - 1)
    return date(end.year, end.month - 2, 1), end


def _seen(desk: Desk, order: PacketOrder) -> PacketPreview | DeskError:
    """What a packet would carry, or why there can be none."""
    try:
        return preview_packet(desk, order)
    except DeskError as error:
        return error


def _what_it_carries(seen: PacketPreview) -> str:
    """The preview in the clerk's words."""
    counts = "、".join(f"{title} {count}" for title, count in seen.counts.items() if count)
    personal = "、".join(f"{label} {count} 个" for label, count in seen.personal.items() if count)
    files, size = seen.attachments
    lines = [f"文件名：{seen.file_name}", f"资料：{counts}"]
    lines.append(f"附件：{files} 个，{size / 1024 / 1024:.1f} MB" if files else "附件：没有")
    lines.append(f"个人信息：{personal}" if personal else "个人信息：没有电话和身份证号")
    if seen.drafts:
        lines.append(f"草稿纪要 {seen.drafts} 份不报送，定稿后再报。")
    if seen.later_meetings:
        lines.append(f"截止日期之后的会议 {seen.later_meetings} 次不报送。")
    return "\n".join(lines)
