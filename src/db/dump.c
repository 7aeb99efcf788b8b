#include "db/dump.h"

#include "db/db_sqlite.h"
#include "migrate_sql.h"

Err dump_sqlite(Ctx *c, Db *db, Str to)
{
	DbConn *conn = NULL;
	RETURN_IF_ERR(db_open_writer(c, db, &conn)); /* a reader may not, though it only reads */
	Err e = sqlite_copy(c, conn, str_z(c->arena, to));
	conn->engine->close(conn);
	return e;
}

Err dump_is_empty(Ctx *c, Db *db, bool *out)
{
	Db *outer = c->db;
	int64_t tables = 0;
	c->db = db;
	Err e = db_begin_read(c);
	if (e == OK) {
		e = schema_tables(c, &tables);
		db_end_read(c);
	}
	c->db = outer;
	*out = e == OK && tables == 0;
	return e;
}
