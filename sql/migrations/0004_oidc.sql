-- Which user a login at a provider of OpenID Connect belongs to: by issuer and subject alone, never by mail.

CREATE TABLE oidc_link (
  tenant UUID NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  app_user UUID NOT NULL,
  created TIME NOT NULL,
  PRIMARY KEY (tenant, issuer, subject),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);
CREATE INDEX oidc_link_user ON oidc_link (tenant, app_user);

-- Hashes of the nonces of logins that the provider has answered, until they would be too old anyway.
CREATE TABLE oidc_used (
  tenant UUID NOT NULL,
  hash BYTES NOT NULL,
  expires TIME NOT NULL,
  PRIMARY KEY (tenant, hash)
);
