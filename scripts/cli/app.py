"""The frame around every command: lazy loading, settings, errors in one line."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NoReturn

import click

from scripts.cli import vietnamese
from scripts.devenv.console import Stop, explain_os_error, say, use_utf8

HELP = "Cột Mốc: thư viện tra cứu điều ước, tuyến biên giới và chủ đề tuyên truyền."

OPTIONS = "[TÙY CHỌN]"

# Vietnam has kept UTC+7 all year since 1975; a table of time zones is not needed for it.
VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What every command gets through `@click.pass_obj`."""

    root: Path
    """The library's folder: data/, docs/, mkdocs.yml."""
    today: date
    """The day for which everything is said; in Vietnam, or COTMOC_TODAY."""
    debug: bool


class LazyGroup(click.Group):
    """A group that imports a command's module only when it is needed.

    So a command starts quickly, and one that is broken does not take the others with it.
    """

    def __init__(self, *, modules: Mapping[str, str], **kwargs):
        super().__init__(**kwargs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        command = importlib.import_module(module).command
        command.options_metavar = OPTIONS
        return command


def today(env: Mapping[str, str]) -> date:
    """The day in Vietnam, or the one that COTMOC_TODAY (YYYY-MM-DD) fixes. Raises Stop."""
    fixed = env.get("COTMOC_TODAY")
    if not fixed:
        return datetime.now(VIETNAM).date()
    try:
        return date.fromisoformat(fixed)
    except ValueError as error:
        raise Stop(
            f'Biến COTMOC_TODAY="{fixed}" không phải là ngày.', "viết dạng 2026-09-02.", code=2
        ) from error


def make_app(modules: Mapping[str, str], root: Path) -> click.Group:
    """The command `cotmoc` with the commands of `modules` for the library in `root`."""

    def start(ctx: click.Context, folder: Path, debug: bool) -> None:
        ctx.obj = Settings(root=folder.resolve(), today=today(os.environ), debug=debug)

    folder_type = click.Path(exists=True, file_okay=False, path_type=Path)
    return LazyGroup(
        name="cotmoc",
        modules=modules,
        callback=click.pass_context(start),
        help=HELP,
        subcommand_metavar="LỆNH [TÙY CHỌN]...",
        options_metavar=OPTIONS,
        params=[
            click.Option(
                ["--root", "folder"],
                type=folder_type,
                default=root,
                metavar="THƯ MỤC",
                help="Thư mục của thư viện (mặc định: thư mục dự án).",
            ),
            click.Option(
                ["--debug"], is_flag=True, help="Khi có lỗi của phần mềm thì in đầy đủ chi tiết."
            ),
        ],
    )


def run(modules: Mapping[str, str], root: Path, args: Sequence[str]) -> int:
    """Run one command line; gives the exit status: 0 good, 1 problems, 2 wrong usage.

    A command returns its own status or None (0), or raises Stop. Anything else
    that it raises is an error of ours and is told in one line.
    """
    use_utf8()
    vietnamese.install()
    # Accepted anywhere, because it is added to the end of a line that has just failed.
    debug = "--debug" in args
    words = [*(["--debug"] if debug else []), *(word for word in args if word != "--debug")]
    try:
        status = make_app(modules, root).main(args=words, prog_name="cotmoc", standalone_mode=False)
    except (click.exceptions.NoArgsIsHelpError, click.ClickException) as error:
        error.show()
        return error.exit_code
    except Stop as stop:
        say(str(stop))
        return stop.code
    except (KeyboardInterrupt, click.Abort):
        say("Đã dừng.")
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _report(error, debug)
    return status if isinstance(status, int) else 0


def leave(status: int) -> NoReturn:
    """End the process at once. To take a large library apart object by object before that is work for nothing."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            pass  # the reader has seen enough
        except OSError:
            status = status or 1
    os._exit(status)


def _report(error: Exception, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    elif isinstance(error, OSError):
        say(str(explain_os_error(error)))
    else:
        say(describe(error))
    return 1


def describe(error: BaseException) -> str:
    """One line for an error of ours: kind, text, the last place in the project's own code."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "site-packages" not in f.filename and f.filename[0] != "<"]
    last = (own or list(frames))[-1:]
    place = "".join(f" tại {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    if isinstance(error, SyntaxError) and error.filename:
        # Raised where the file is imported, but to be mended where it is wrong.
        place = f" tại {Path(error.filename).name}:{error.lineno}"
    text = " ".join(str(error).split()) or "không có mô tả"
    kind = type(error).__name__
    return f"Lỗi của phần mềm{place}: {kind}: {text}. Thêm --debug để xem chi tiết."
