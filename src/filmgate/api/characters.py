"""The routes of characters, as the official SDKs ask them."""

from typing import Any

from pydantic import Field, field_validator

from filmgate.api import given
from filmgate.api.ask import Ask
from filmgate.api.examples import FILE_ID
from filmgate.api.fields import Schema, read_source
from filmgate.api.forms import Fields
from filmgate.api.given import Given
from filmgate.api.values import check_storable
from filmgate.api.wirefiles import CharacterDeleted, CharacterObject
from filmgate.domain.character import MAX_NAME, Character
from filmgate.domain.draft import FileRef
from filmgate.errors import InvalidParameter, InvalidVideo, MissingParameter


class NewCharacter(Given):
    """A character, and a film that shows it."""

    name: str = Field(max_length=MAX_NAME)
    video: Any

    @field_validator("name")
    @classmethod
    def _trim(cls, value: str) -> str:
        check_storable("name", value)
        return " ".join(value.split())


CHARACTER_BODY: dict[str, Schema] = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "title": "NewCharacter",
            "required": ["name", "video"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
                "video": {"type": "string", "format": "binary"},
            },
        },
        "example": {"name": "Mossy", "video": "the bytes of an MP4"},
    },
    "application/json": {
        "schema": {
            "type": "object",
            "title": "NewCharacterOfFile",
            "required": ["name", "video"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
                "video": {
                    "type": "object",
                    "required": ["file_id"],
                    "properties": {"file_id": {"type": "string"}},
                },
            },
        },
        "example": {"name": "Mossy", "video": {"file_id": FILE_ID}},
    },
}


async def create_character(ask: Ask) -> CharacterObject:
    """Make a character of a film that shows it, 20 s at most; prompts then call it by its name.

    Of the film only what is shown is kept, made anew. It counts among your files and is kept as
    long as one.
    """
    unknown = ask.parts.drafts.unknown
    (name, source), ignored = await ask.read_fields(
        lambda fields: _read(fields, unknown), ask.parts.intake.max_body
    )
    ask.name_ignored(ignored)
    key = ask.idempotency_key
    try:
        if key is None:
            return character_object(await ask.parts.characters.create(ask.caller, name, source))
        made, replayed = await ask.parts.characters.create_once(ask.caller, name, source, key)
    except InvalidVideo as error:
        raise InvalidVideo(error.message, param="video") from error
    if replayed:
        ask.headers["idempotent-replayed"] = "true"
    return character_object(made)


async def retrieve_character(ask: Ask) -> CharacterObject:
    """What is known of a character."""
    character_id = ask.path["character_id"]
    return character_object(await ask.parts.characters.get(ask.caller, character_id))


async def delete_character(ask: Ask) -> CharacterDeleted:
    """Remove a character and its film. Videos that it is in keep their copy."""
    character_id = ask.path["character_id"]
    await ask.parts.characters.delete(ask.caller, character_id)
    return {"id": character_id, "object": "character.deleted", "deleted": True}


def _read(fields: Fields, unknown: given.Unknown) -> tuple[tuple[str, bytes | FileRef], list[str]]:
    ignored = given.pass_over_unknown(fields, NewCharacter.model_fields, unknown)
    wanted = given.read_body(NewCharacter, fields)
    source = read_source("video", wanted.video)
    if source is None:
        raise MissingParameter("Missing required parameter: 'video'", param="video")
    if isinstance(source, str):
        raise InvalidParameter("video", "must be a film: a file part, or {file_id} of a file here")
    return (wanted.name, source), ignored


def character_object(character: Character) -> CharacterObject:
    """A character as the official SDKs read it."""
    return {
        "id": character.id,
        "object": "character",
        "created_at": int(character.created_at),
        "expires_at": int(character.expires_at),
        "name": character.name,
    }
