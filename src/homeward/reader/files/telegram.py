"""Exports of Telegram (JSON): one document a message, under the name of the channel."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from homeward.errors import InputError
from homeward.reader.documents import Document, guess_language
from homeward.reader.files.encodings import text_of

__all__ = ["documents_of", "looks_like_one"]

_NEEDED = "an export of Telegram: a JSON object with messages"


def looks_like_one(head: bytes) -> bool:
    """Returns whether a file that begins with `head` is a JSON object, the form of an export."""
    return head.startswith(b"{") and head[1:].lstrip().startswith((b'"', b"}"))


def documents_of(raw: bytes, *, name: str) -> tuple[list[tuple[str, Document]], list[str]]:
    """Returns the messages that have words, named by file and number, and what was left out, by kind with its count.

    Raises InputError where the file is no export.
    """
    try:
        data = json.loads(text_of(raw, name=name))
    except (ValueError, RecursionError) as error:
        raise InputError(place=name, found=f"JSON that breaks off ({error})", needed=_NEEDED) from None
    documents: list[tuple[str, Document]] = []
    n_service = n_silent = 0
    for channel, message in _messages(data, name):
        text = _text(message.get("text"))
        if message.get("type") != "message":
            n_service += 1
        elif not text.strip():
            n_silent += 1
        else:
            number = message.get("id", len(documents) + 1)
            document = Document(
                body=text,
                source="Telegram",
                publisher=channel,
                published=_day(message.get("date"), place=f"{name} message {number}"),
                language=guess_language(text),
            )
            documents.append((f"{name}#{number}", document))
    left_out = [(n_silent, "messages without words"), (n_service, "notes of Telegram itself")]
    return documents, [f"{count} {what}" for count, what in left_out if count]


def _messages(data: Any, name: str) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    """Gives every message with the name of its channel, from the export of a channel or of an account."""
    chats = [data]
    if isinstance(data, dict) and isinstance(data.get("chats"), dict):
        chats = data["chats"].get("list", [])
    for chat in chats if isinstance(chats, list) else [chats]:
        if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
            raise InputError(place=name, found="a JSON object without messages", needed=_NEEDED)
        channel = chat.get("name")
        for message in chat["messages"]:
            if not isinstance(message, dict):
                raise InputError(place=name, found="a message that is no object", needed=_NEEDED)
            yield channel if isinstance(channel, str) else None, message


def _text(told: Any) -> str:
    """Returns the words of a message: a text, or its parts, of which the marked ones are objects."""
    if isinstance(told, str):
        return told
    parts = told if isinstance(told, list) else []
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in parts if part)


def _day(told: Any, *, place: str) -> str:
    if not isinstance(told, str) or len(told) < 10:
        raise InputError(place=place, found="no date", needed=_NEEDED)
    return told[:10]
