/* err: what went wrong, in one word. Details stand in the Ctx (problems). */
#ifndef BASE_ERR_H
#define BASE_ERR_H

typedef enum {
	OK = 0,
	ERR_INVALID,   /* input refused; the problems name field, row and reason */
	ERR_DENIED,    /* the actor may not */
	ERR_NOT_FOUND, /* no such thing, or none that the actor may know of */
	ERR_CONFLICT,  /* somebody else has changed it, or it exists already */
	ERR_LIMIT,     /* larger or more than a named ceiling allows */
	ERR_BUSY,      /* try again later */
	ERR_IO,        /* a file, a socket, a child process */
	ERR_DB,        /* the database refused or is gone */
	ERR_INTERNAL,  /* the program broke one of its own rules */
} Err;

#define MUST_USE __attribute__((warn_unused_result))

/* "invalid", "denied", ... for logs and JSON. */
const char *err_name(Err e);

/* Returns from the calling function when `call` fails. The name says that it
 * returns; nothing else in the program hides a return. */
#define RETURN_IF_ERR(call)                  \
	do {                                 \
		Err err_of_call_ = (call);   \
		if (err_of_call_ != OK)      \
			return err_of_call_; \
	} while (0)

#endif
