"""Records turned into the words of papers; the window, the command line and the packet share it."""

from liaison_desk.exports.papers.minutes import minutes_paper

__all__ = ["minutes_paper"]
