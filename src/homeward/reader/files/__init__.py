"""What people have: text files, web pages, PDF, exports of Telegram, folders and addresses, as documents to read."""

from homeward.reader.files.folders import files_under
from homeward.reader.files.opening import Opened, open_bytes, open_file

__all__ = ["Opened", "files_under", "open_bytes", "open_file"]
