-- Who may log in, and what proves it. Secrets are stored as hashes only.

CREATE TABLE app_user (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation UUID,
  programme UUID,
  member UUID,
  lang TEXT NOT NULL,
  closed TIME,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, login),
  FOREIGN KEY (tenant, organisation) REFERENCES organisation (tenant, id),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, member) REFERENCES member (tenant, id)
);

-- `hash` is of the cookie's secret; a session ends at `expires` or when idle.
CREATE TABLE session (
  tenant UUID NOT NULL,
  hash BYTES NOT NULL,
  app_user UUID NOT NULL,
  csrf BYTES NOT NULL,
  created TIME NOT NULL,
  seen TIME NOT NULL,
  expires TIME NOT NULL,
  PRIMARY KEY (tenant, hash),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);

CREATE TABLE api_token (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  hash BYTES NOT NULL,
  app_user UUID NOT NULL,
  name TEXT NOT NULL,
  created TIME NOT NULL,
  revoked TIME,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, hash),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);
