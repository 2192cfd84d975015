"""导入表格: from a file or the clipboard into the desk, seen before anything is written."""
