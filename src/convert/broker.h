/* broker: the process behind convert.h, and what it says. Private to convert. */
#ifndef CONVERT_BROKER_H
#define CONVERT_BROKER_H

#include "convert/convert.h"

/* A request carries these files beside the kind. */
enum { FD_INPUT, FD_OUTPUT, FD_ERRORS, FD_REPLY, FD_COUNT };

typedef struct {
	ConvertKind kind;
	int reader; /* its place in the list; -1: a converter */
	Lang lang;
} Request;

typedef enum { ENDED_WELL, ENDED_BADLY, ENDED_KILLED, ENDED_LATE, NOT_STARTED } Ending;

typedef struct {
	Ending ending;
	int code; /* exit status or signal */
} Reply;

/* Seconds a converter of the kind may take. */
int converter_seconds(ConvertKind kind);
/* Serves requests until the other end of `socket` is closed. */
_Noreturn void broker_serve(int socket, const ConvertReader *const *readers);
/* Becomes the converter: standard input, output and errors are in place. */
_Noreturn void converter_exec(ConvertKind kind, const char *folder);
/* Takes from this process what a converter does not need. False, with a line
 * on standard error, when a limit that must hold cannot be set. */
bool sandbox_enter(const char *folder, int seconds);

/* Takes from this process everything that reading a file does not need. */
bool sandbox_enter_reader(void);

/* reader.c: what a reader has to say, as bytes from its process to the one that asked. */
_Noreturn void reader_run(const ConvertReader *reader, Lang lang);
/* INVALID with the problems that were told; ERR_IO when it is no answer. */
Err reader_answer(Ctx *c, Str bytes, Str *output) MUST_USE;

/* src/convert/pdf.py, NUL-terminated. */
extern const char convert_pdf_script[];

#endif
