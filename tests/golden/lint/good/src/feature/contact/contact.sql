-- name: contact_all :many () -> Contact
SELECT id FROM contact;
