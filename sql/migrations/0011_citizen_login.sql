-- Which citizen a login at a provider of OpenID Connect belongs to, by issuer and subject alone. Of those stands only a
-- keyed hash: nobody can tell from the register who the citizen is there.
CREATE TABLE oidc_citizen (
  tenant UUID NOT NULL,
  participant UUID NOT NULL,
  identity BYTES NOT NULL,
  host TEXT NOT NULL,
  created TIME NOT NULL,
  PRIMARY KEY (tenant, participant),
  UNIQUE (tenant, identity),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
) CLUSTERED;
