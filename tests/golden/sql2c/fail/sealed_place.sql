-- type: Note {id: uuid, text: sealed(note, id, id)?}

-- name: note_all :many -> Note
SELECT id, text FROM note WHERE tenant = :tenant;
