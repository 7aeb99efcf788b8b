CREATE TABLE a (x INT)
-- pg:
;
