#include "base/err.h"

const char *err_name(Err e)
{
	switch (e) {
	case OK: return "ok";
	case ERR_INVALID: return "invalid";
	case ERR_DENIED: return "denied";
	case ERR_NOT_FOUND: return "not_found";
	case ERR_CONFLICT: return "conflict";
	case ERR_LIMIT: return "limit";
	case ERR_BUSY: return "busy";
	case ERR_IO: return "io";
	case ERR_DB: return "db";
	case ERR_INTERNAL: return "internal";
	}
	return "unknown";
}
