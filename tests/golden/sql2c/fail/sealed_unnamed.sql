-- type: Note {id: uuid, person: uuid, text: sealed(note.text, person, id)?}

-- name: note_change :exec (Note)
UPDATE note SET text = :text WHERE tenant = :tenant AND id = :id;
