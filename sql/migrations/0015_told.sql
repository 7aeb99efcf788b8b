-- What a message is: the link to the own page, or word that a login has been linked to it.
ALTER TABLE message ADD COLUMN kind TEXT NOT NULL DEFAULT 'link';
