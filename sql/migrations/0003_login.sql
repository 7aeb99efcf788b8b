-- The second step of logging in; sessions that can be told apart, proved anew and given another secret.

-- Everybody logs in again: no session of before says when its user proved who they are.
DROP TABLE session;

-- `hash` is of the cookie's secret; `former` of the one before, which holds until `former_until`. A session ends at
-- `expires` or when idle.
CREATE TABLE session (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  app_user UUID NOT NULL,
  hash BYTES NOT NULL,
  former BYTES,
  former_until TIME,
  csrf BYTES NOT NULL,
  browser TEXT NOT NULL,
  created TIME NOT NULL,
  renewed TIME NOT NULL,
  seen TIME NOT NULL,
  proved TIME NOT NULL,
  expires TIME NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, hash),
  UNIQUE (tenant, former),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);

-- Between password and code: opens nothing but the page that asks for the code.
CREATE TABLE half_session (
  tenant UUID NOT NULL,
  hash BYTES NOT NULL,
  app_user UUID NOT NULL,
  expires TIME NOT NULL,
  PRIMARY KEY (tenant, hash),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);

-- `secret` is sealed (db/vault.h); it counts from `confirmed` on. `step` is the last that a code was used of.
CREATE TABLE user_totp (
  tenant UUID NOT NULL,
  app_user UUID NOT NULL,
  secret BYTES NOT NULL,
  confirmed TIME,
  step INT NOT NULL,
  PRIMARY KEY (tenant, app_user),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);

CREATE TABLE recovery_code (
  tenant UUID NOT NULL,
  app_user UUID NOT NULL,
  hash BYTES NOT NULL,
  made TIME NOT NULL,
  used TIME,
  PRIMARY KEY (tenant, app_user, hash),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id)
);
