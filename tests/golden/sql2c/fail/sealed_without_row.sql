-- type: Note {id: uuid, text: sealed(note.text, person, id)?}

-- name: note_all :many -> Note
SELECT id, text FROM note WHERE tenant = :tenant;
