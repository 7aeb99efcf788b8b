#include "db/erasures.h"

#include "base/file.h"
#include "db/vault.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const Str line_mark = { STR_LIT("rampe-erasure 1 ") };

Err erasures_note(Ctx *c, Uuid person, Str how)
{
	unsigned char signature[SIGNATURE];
	Str path, tenant = uuid_str(c->arena, c->tenant.v), who = uuid_str(c->arena, person);
	Str time = time_iso(c->arena, clock_now(c->clock));
	Str said = str_printf(c->arena, "%.*s%.*s %.*s %.*s %.*s ", STR_ARG(line_mark), STR_ARG(tenant), STR_ARG(who),
			      STR_ARG(time), STR_ARG(how));
	RETURN_IF_ERR(vault_erasures_path(c, &path));
	RETURN_IF_ERR(vault_sign(c, said, signature));
	Str hex = hex_write(c->arena, signature, sizeof signature);
	return file_append(c, path, str_printf(c->arena, "%.*s%.*s\n", STR_ARG(said), STR_ARG(hex)));
}

typedef struct {
	TenantId tenant;
	NotedErasure noted;
} Line;

typedef enum { LINE_TORN, LINE_FALSE, LINE_SIGNED } LineKind;

static LineKind read_line(Str text, const unsigned char public_key[SIGN_PUBLIC], Line *out)
{
	unsigned char signature[SIGNATURE];
	Str rest = str_sub(text, line_mark.len, text.len), tenant, person, time;
	if (!str_starts(text, line_mark) || !str_split(&rest, ' ', &tenant) || !str_split(&rest, ' ', &person) ||
	    !str_split(&rest, ' ', &time) || !str_split(&rest, ' ', &out->noted.how) ||
	    !uuid_parse(tenant, &out->tenant.v) || !uuid_parse(person, &out->noted.person) ||
	    !time_parse(time, &out->noted.at) || !hex_read(rest, signature, sizeof signature))
		return LINE_TORN;
	Str said = str_sub(text, 0, text.len - rest.len);
	return signature_fits(public_key, said, signature) ? LINE_SIGNED : LINE_FALSE;
}

static Err add(Ctx *c, NotedErasures *list, size_t *room, const NotedErasure *noted)
{
	if (list->n == ERASURES_MOST)
		return fail(c, ERR_LIMIT, "more than %d erasures", ERASURES_MOST);
	if (list->n == *room) {
		*room = *room == 0 ? 64 : *room * 2;
		NotedErasure *more = ARENA_ARRAY(c->arena, *room, NotedErasure);
		if (list->n > 0)
			memcpy(more, list->at, list->n * sizeof *more);
		list->at = more;
	}
	list->at[list->n] = *noted;
	list->at[list->n++].how = str_dup(c->arena, noted->how);
	return OK;
}

static Err read_lines(Ctx *c, FILE *file, const unsigned char public_key[SIGN_PUBLIC], NotedErasures *out)
{
	char text[ERASURE_LINE_MOST];
	size_t room = 0;
	for (int64_t row = 1; fgets(text, sizeof text, file) != NULL; row++) {
		Line line;
		LineKind kind = read_line(str_trim(str_of(text)), public_key, &line);
		if (kind == LINE_FALSE)
			return refuse_at(c, NULL, row, 0, "%s",
					 T(c->lang, "The audit key has not signed this erasure."));
		out->torn += kind == LINE_TORN;
		if (kind == LINE_SIGNED && uuid_eq(line.tenant.v, c->tenant.v))
			RETURN_IF_ERR(add(c, out, &room, &line.noted));
	}
	return ferror(file) == 0 ? OK : fail(c, ERR_IO, "the list of erasures: %s", strerror(errno));
}

Err erasures_read(Ctx *c, NotedErasures *out)
{
	unsigned char public_key[SIGN_PUBLIC];
	Str path;
	*out = (NotedErasures){ 0 };
	RETURN_IF_ERR(vault_erasures_path(c, &path));
	RETURN_IF_ERR(vault_sign_public(c, public_key));
	FILE *file = fopen(str_z(c->arena, path), "re");
	if (file == NULL)
		return errno == ENOENT ? OK : fail(c, ERR_IO, "%.*s: %s", STR_ARG(path), strerror(errno));
	Err e = read_lines(c, file, public_key, out);
	fclose(file);
	return e;
}
