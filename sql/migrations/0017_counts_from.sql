-- A yes that is given on a day when a yes to all for the same was withdrawn counts on that day from when it was given:
-- what lay between was not covered. Of yeses from before, nobody can tell any more when on the day they were said.
ALTER TABLE consent ADD COLUMN counts_from TIME;
