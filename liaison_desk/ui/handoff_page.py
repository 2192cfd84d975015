"""报送与接收: two big choices, then one page for each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.domain.fields import Day, WrongText
from liaison_desk.domain.packet import Packet
from liaison_desk.services.handoff.making import (
    MadePacket,
    PacketOrder,
    PacketPreview,
    make_packet,
    preview_packet,
)
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import MergeResult, apply_plan, plan_reception
from liaison_desk.services.handoff.report import PlanReport, describe
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.services.handoff.merge import MergePlan
    from liaison_desk.ui.context import Context

SHEET = "packet_sheet"
"""The key of U盘交接登记单 among the papers."""
LISTED = 12
"""How many records of a type the county's preview names."""


class HandoffPage(Page):
    """What goes to the county, and what comes from the townships."""

    title = "报送与接收"
    icon_name = "usb"
    section = "履职"
    key = "Alt+0"
    record_types = (Packet,)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choice = _ChoicePanel(context)
        self.sending = SendingPanel(context)
        self.receiving = ReceivingPanel(context)
        self.stack = QStackedWidget()
        for panel in (self.choice, self.sending, self.receiving):
            self.stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP)
        layout.addWidget(self.stack)
        self.choice.send_button.clicked.connect(self.show_sending)
        self.choice.receive_button.clicked.connect(self.show_receiving)
        for panel in (self.sending, self.receiving):
            panel.back_button.clicked.connect(self.show_choice)
        for side in (self.choice, self.sending, self.receiving):
            side.sheet_button.clicked.connect(self.print_sheet)

    def records_to_print(self) -> list[Record]:
        """The packet just made or taken in, or those chosen in the list."""
        shown = self.stack.currentWidget()
        if shown is self.choice:
            return self.choice.packets.chosen_records()
        packet = self.sending.packet if shown is self.sending else self.receiving.packet
        return [packet] if packet is not None else []

    def print_sheet(self) -> None:
        """Print U盘交接登记单, for both sides to sign."""
        self.print_wanted.emit(self.records_to_print(), (SHEET,))

    def show_sending(self) -> None:
        """The page of 报送给县里."""
        self.sending.start()
        self.stack.setCurrentWidget(self.sending)

    def show_receiving(self) -> None:
        """The page of 接收U盘里的文件."""
        self.receiving.start()
        self.stack.setCurrentWidget(self.receiving)

    def reload(self, change: Change | None = None) -> None:
        """Show what was sent and received."""
        self.choice.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the two choices."""
        is_inside = self.stack.currentWidget() is not self.choice
        if event.key() == Qt.Key.Key_Escape and is_inside:
            self.show_choice()
        else:
            super().keyPressEvent(event)

    def show_choice(self) -> None:
        """The two big choices."""
        shown = self.stack.currentWidget()
        self.stack.setCurrentWidget(self.choice)
        button = self.choice.receive_button if shown is self.receiving else self.choice.send_button
        button.setFocus()

    def choose(self, record: Record) -> None:
        """Show one packet in the list."""
        self.stack.setCurrentWidget(self.choice)
        self.choice.packets.choose_silently(record.id)


class _ChoicePanel(QWidget):
    """The two big choices, and the packets so far."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        is_county = context.is_county
        self._context = context
        self.send_button = QPushButton("报送给县里\n选好起止日期和U盘，做成一个报送包")
        self.receive_button = QPushButton("接收U盘里的文件\n先看会改动什么，同意后才写入")
        self.packets = RecordList(context, Packet, empty="还没有报送或接收过。")
        self.sheet_button = _sheet_button()
        self.send_button.setObjectName("send")
        self.receive_button.setObjectName("receive")
        for button, icon in ((self.send_button, "upload"), (self.receive_button, "download")):
            button.setProperty("role", "choice")
            button.setIcon(context.style.icon(icon))
        (self.send_button if is_county else self.receive_button).hide()
        row = QHBoxLayout()
        row.addWidget(self.send_button)
        row.addWidget(self.receive_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        head = QHBoxLayout()
        head.addWidget(QLabel("报送与接收记录"), 1)
        head.addWidget(self.sheet_button)
        layout.addLayout(head)
        layout.addWidget(self.packets, 1)

    def reload(self) -> None:
        """Show the packets so far; on a county desk those of the township looked at."""
        township = self._context.township
        self.packets.load({"sender": township} if township else {})
        self.packets.when_ready(self._offer_sheet)

    def _offer_sheet(self) -> None:
        """Choose the newest packet, so that its sheet can be printed."""
        ids = self.packets.model.ids
        if ids and self.packets.current() is None:
            self.packets.choose_silently(ids[0])
        self.sheet_button.setVisible(bool(ids))


class _Panel(QWidget):
    """A page with a heading and 返回."""

    def __init__(self, context: Context, heading: str) -> None:
        super().__init__()
        self.context = context
        self.desk = context.desk
        self.packet: Packet | None = None
        self.back_button = QPushButton("返回")
        self.sheet_button = _sheet_button()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setObjectName("said")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title = QLabel(heading)
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.back_button)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(top)

    def tell(self, sentence: str, role: str = "muted") -> None:
        """Show a sentence below what was done."""
        self.said.setText(sentence)
        set_role(self.said, role)

    def offer_sheet(self, packet: Packet | None) -> None:
        """Offer 交接登记单 of a packet; none takes the offer back."""
        self.packet = packet
        self.sheet_button.setVisible(packet is not None)


class SendingPanel(_Panel):
    """The period, the folder, what goes along, and 开始."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "报送给县里")
        self.from_line, self.until_line = QLineEdit(), QLineEdit()
        self.folder_box = QComboBox()
        self.folder_button = QPushButton("选择文件夹")
        self.identity_box = QCheckBox("带上身份证号（一般不需要）")
        self.preview = QLabel()
        self.start_button = QPushButton("开始")
        self._arrange()
        for line in (self.from_line, self.until_line):
            line.editingFinished.connect(self.show_preview)
        self.identity_box.toggled.connect(lambda _on: self.show_preview())
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
        """Say what the packet would carry."""
        try:
            order = self.order()
            seen = preview_packet(self.desk, order)
        except (WrongText, DeskError) as error:
            self.preview.setText(str(error))
            self.start_button.setEnabled(False)
            return
        self.from_line.setText(order.period_from.isoformat())
        self.until_line.setText(order.period_until.isoformat())
        self.start_button.setEnabled(True)
        self.preview.setText(_what_it_carries(seen))

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


class ReceivingPanel(_Panel):
    """The file, what it would change, and 同意接收."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "接收U盘里的文件")
        self.choose_button = QPushButton("选择报送包")
        self.report = QTextBrowser()
        self.agree_button = QPushButton("同意接收")
        self.choose_button.setObjectName("choose_packet")
        self.agree_button.setObjectName("agree")
        self.agree_button.setProperty("role", "main")
        self.report.setObjectName("report")
        self._plan: MergePlan | None = None
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.report, 1)
        self.body.addWidget(self.agree_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.choose_button.clicked.connect(self.choose)
        self.agree_button.clicked.connect(self.agree)

    def start(self) -> None:
        """Wait for a file."""
        self._show(None, "选择乡镇U盘里的报送包（.zip），先看会改动什么。")
        self.choose_button.setFocus()

    def choose(self) -> None:
        """Ask for a packet and show what it would change."""
        start = next(iter(sticks()), "")
        chosen, _ = QFileDialog.getOpenFileName(self, "选择报送包", start, "报送包 (*.zip)")
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Verify a packet off the UI thread and show what it would change."""

        def work(progress: Progress) -> MergePlan:
            return plan_reception(self.desk, read_packet(path, progress))

        try:
            plan = run_task(self, f"正在核对 {path.name}", work)
        except DeskError as error:
            self._show(None, "")
            self.tell(str(error), "wrong")
            return
        self._show(plan, "")
        report = describe(plan)
        self.report.setMarkdown(_as_markdown(report))
        self.agree_button.setEnabled(not report.is_known)
        self.agree_button.setFocus()

    def agree(self) -> None:
        """Carry the plan out, as one deed."""
        plan = self._plan
        if plan is None:
            return

        def work(progress: Progress) -> MergeResult:
            return apply_plan(self.desk, plan, progress)

        try:
            done = run_task(self, "正在接收", work)
        except DeskError as error:
            self.tell(str(error), "wrong")
            return
        self._plan = None
        self.agree_button.setEnabled(False)
        self.tell(f"{done.title or '没有改动'}：{done.summary}", "ok")
        self.offer_sheet(done.packet)
        self.context.say(done.title or done.summary, bool(done.title))

    def _show(self, plan: MergePlan | None, sentence: str) -> None:
        self._plan = plan
        self.report.setMarkdown(sentence)
        self.agree_button.setEnabled(plan is not None)
        self.offer_sheet(None)
        self.tell("")


def _sheet_button() -> QPushButton:
    """Prints the sheet that both sides sign; shown when there is a packet for it."""
    button = QPushButton("打印交接登记单")
    button.setObjectName("print_sheet")
    button.setToolTip("一张两联，双方签字各存一份 (Ctrl+P)")
    button.hide()
    return button


def period_to_report(today: date) -> tuple[date, date]:
    """The quarter that ended last, until its successor has run for half its time; then this one."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    if (today - first).days >= 45:
        return first, today
    end = date.fromordinal(first.toordinal() - 1)
    return date(end.year, end.month - 2, 1), end


def sticks() -> list[str]:
    """The places of removable drives that can be written to."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        path = volume.rootPath()
        removable = path.startswith(("/media/", "/run/media/", "/mnt/")) or _is_removable(path)
        if volume.isReady() and not volume.isReadOnly() and removable:
            found.append(path)
    return found


def _is_removable(path: str) -> bool:
    """Whether Windows calls a drive removable (DRIVE_REMOVABLE)."""
    import ctypes

    kernel = getattr(ctypes, "windll", None)
    return kernel is not None and kernel.kernel32.GetDriveTypeW(path) == 2


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


def _as_markdown(report: PlanReport) -> str:
    """The county's preview: what is new, changed, removed, by type."""
    lines = [f"## {report.title}", "", report.summary + "。", ""]
    lines += [f"> {notice}\n" for notice in report.notices]
    for each in report.types:
        if not (each.new or each.changed or each.removed or each.older):
            continue
        lines += [f"### {each.title}", ""]
        lines += [f"- 新增：{caption}" for _, caption in each.new[:LISTED]]
        if len(each.new) > LISTED:
            lines.append(f"- ……共新增 {len(each.new)} 条")
        for changed in each.changed[:LISTED]:
            told = "；".join(
                f"{f.label}：{f.old or '空'} → {f.new or '空'}" for f in changed.fields
            )
            lines.append(f"- 修改：{changed.caption}（{told}）")
        lines += [f"- 删除：{caption}" for _, caption in each.removed[:LISTED]]
        if each.older:
            lines.append(f"- 有 {each.older} 处本机的更新，不采用包里较早的内容")
        lines.append("")
    return "\n".join(lines)
