"""The command line: what can be asked for, in Chinese."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.services.desk import Desk

WRONG_CALL, REFUSED = 2, 3
_EPILOG = """\
退出码：
  0  完成（预览也算完成）
  1  检查发现资料有问题
  2  命令写得不对
  3  没有做成：文件打不开、磁盘已满、报送包不完整等；资料没有改动

例：
  liaison-desk --file 资料.db
  liaison-desk import-roster 名册.xlsx --file 资料.db --yes
  liaison-desk export-packet --file 资料.db --from 2026-01-01 --to 2026-03-31 --out /media/U盘
"""
_USAGE = "liaison-desk [--file 资料文件] [命令] [选项]"
_COMPLAINTS = (
    (r"the following arguments are required: (.*)", r"还缺 \1"),
    (r"argument .*: invalid choice: ('.*?') .*", r"没有 \1 这个命令"),
    (r"unrecognized arguments: (.*)", r"多了 \1"),
    (r"argument (.*?): expected one argument", r"\1 后面要写内容"),
    (r"argument (.*?): (.*)", r"\2"),
)
"""What argparse says of a wrong call, and the same in Chinese."""


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # argparse's own options
        super().__init__(
            add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """The help without English."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and how to get help."""
        for english, chinese in _COMPLAINTS:
            message, changed = re.subn(f"^{english}$", chinese, message)
            if changed:
                break
        sys.stderr.write(f"命令写得不对：{message}。加 --help 看说明，什么也没有改动。\n")
        sys.exit(WRONG_CALL)


def run(
    arguments: Sequence[str],
    *,
    open_window: Callable[[Path | None, bool], int],
    take_pictures: Callable[[Desk, Path], list[Path]],
) -> int:
    """Do what the arguments ask for; the exit code."""
    asked = make_parser().parse_args(arguments)
    if asked.command == "window":
        return open_window(asked.file, asked.quit_after_paint)
    from liaison_desk.commands import Commands  # the window starts without what these need

    try:
        code: int = getattr(Commands(take_pictures), asked.command)(asked)
    except DeskError as error:
        if getattr(asked, "json", False):
            print(json.dumps({"error": str(error)}, ensure_ascii=False))
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return code


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = _Parser(prog="liaison-desk", usage=_USAGE, description="协商联络台", epilog=_EPILOG)
    parser.add_argument(
        "--file", type=Path, metavar="资料文件", help="资料文件；不写就打开上次用的那个"
    )
    parser.add_argument("--quit-after-paint", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(command="window")
    commands = parser.add_subparsers(title="命令", metavar="", parser_class=_Parser)

    demo = _command(commands, "demo", "文件夹", "用示例资料把整件工作走一遍，结果放进文件夹")
    demo.add_argument("folder", type=Path, metavar="文件夹", help="可以还不存在")

    told = "导入委员名册；不加 --yes 只看预览"
    roster = _command(commands, "import-roster", "名册 --file 资料文件 [--yes]", told)
    roster.add_argument("source", type=Path, metavar="名册", help=".xlsx、.xls、.ods 或 .csv")
    roster.add_argument("--term", metavar="届次", help="如 第十二届；不写就从标题里读")

    usage = "--file 资料文件 --from 日期 --to 日期 --out 文件夹"
    packet = _command(commands, "export-packet", usage, "做报送包")
    for option, name, what in (("--from", "begin", "起始日期"), ("--to", "end", "截止日期")):
        packet.add_argument(
            option,
            dest=name,
            type=_day,
            required=True,
            metavar="日期",
            help=f"{what}，如 2026-03-31",
        )
    packet.add_argument("--out", type=Path, required=True, metavar="文件夹", help="如U盘上的文件夹")
    packet.add_argument("--with-identity", action="store_true", help="带上身份证号")

    told = "县级接收报送包；不加 --yes 只看预览"
    receive = _command(commands, "import-packet", "报送包 --file 资料文件 [--yes]", told)
    receive.add_argument("source", type=Path, metavar="报送包", help=".zip 文件")

    check = _command(commands, "check", "--file 资料文件", "检查资料文件是否完好")
    for each in (roster, packet, receive, check):
        each.add_argument("--file", type=Path, required=True, metavar="资料文件", help="必须写")
    for each in (roster, receive):
        each.add_argument("--yes", action="store_true", help="同意写入")
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],  # argparse has no public name for it
    name: str,
    usage: str,
    told: str,
) -> argparse.ArgumentParser:
    """One command."""
    usage = f"liaison-desk {name} {usage} [--json]"
    parser = commands.add_parser(name, usage=usage, help=told, description=told)
    parser.set_defaults(command=name.replace("-", "_"))
    parser.add_argument("--json", action="store_true", help="结果以 JSON 写到标准输出")
    return parser


def _day(text: str) -> date:
    """A date on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期“{text}”请写成 2026-03-31") from error
