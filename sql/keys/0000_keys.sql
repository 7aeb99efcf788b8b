-- The keys of persons, each wrapped by a master key of the keyring. Destroying a row destroys what it has sealed,
-- wherever that is copied to.
CREATE TABLE person_key (
	tenant UUID NOT NULL,
	person UUID NOT NULL,
	master INT NOT NULL,
	wrapped BYTES NOT NULL,
	PRIMARY KEY (tenant, person)
) CLUSTERED;
-- The same as in the register that the keys belong to.
CREATE TABLE key_store (
	id UUID NOT NULL PRIMARY KEY
) CLUSTERED;
