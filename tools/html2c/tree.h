/* tree: what a template file holds, and the state of reading it. */
#ifndef HTML2C_TREE_H
#define HTML2C_TREE_H

#include "html2c.h"

/* How a value is written where it stands. */
typedef enum { AS_TEXT, AS_ATTR, AS_URL, AS_URL_PART, AS_URL_ADDRESS } Escape;

typedef struct {
	Str code;   /* C expression */
	Str format; /* empty: by type */
	Str table;  /* of :label and :code */
	Escape as;
	size_t line;
} Value;

typedef enum { NODE_STATIC, NODE_VALUE, NODE_MESSAGE, NODE_IF, NODE_FOR, NODE_CALL, NODE_WRAP, NODE_BODY } NodeKind;

typedef struct Node {
	NodeKind kind;
	size_t line;
	struct Node *next;
	Str text;           /* static bytes; message or its singular; condition; list; name of what is called */
	Str many;           /* message: the plural, or none */
	Str name, index;    /* for: the variables; call, wrap: name is the arguments */
	Value *values;      /* value: one; message: its arguments */
	size_t n;           /* of values */
	struct Node *first; /* children */
	struct Node *other; /* if, for: what stands after else */
} Node;

typedef struct Name {
	struct Name *outer;
	Str name;
	bool pointer; /* the first dot is an arrow */
	bool element; /* loop variable: alone it means what it points at */
} Name;

typedef struct Template {
	struct Template *next;
	size_t line;
	Str name, parameters;
	Name *names;
	Node *first;
	bool has_body;
} Template;

typedef struct Text {
	struct Text *next;
	Str text;
} Text;

typedef struct Parse {
	Arena *a;
	Str src;
	size_t at;
	size_t line_at, line; /* line number known at an offset */
	Html2cProblem *problem;
	bool failed;
	Buf *run;      /* static bytes not yet in a node */
	Node **tail;   /* where the next node goes */
	Name *names;   /* in scope */
	Template *now; /* being read */
	size_t depth;  /* of blocks */
	bool in_branch;
	Text *includes, **include_tail;
	Template *templates;
} Parse;

/* Notes the first problem at an offset; everything returns soon after. */
void parse_fail(Parse *p, size_t at, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t parse_line(Parse *p, size_t at);

/* words.c */
/* Byte at `ahead` from here; NUL behind the end. */
char peek(const Parse *p, size_t ahead);
void skip_space(Parse *p);
/* An identifier, or an empty Str. */
Str take_word(Parse *p);
/* The identifier that comes next, without taking it. */
Str peek_word(const Parse *p);
bool take(Parse *p, const char *what);
void expect(Parse *p, const char *what);
Str take_string(Parse *p);
typedef enum { PATH_VALUE, PATH_ARGUMENT, PATH_LIST } PathUse;
/* `page.who.name` as C; fails on a name that is not in scope. */
Str take_path(Parse *p, PathUse use);
Str take_condition(Parse *p);
/* path[:format] */
Value take_value(Parse *p);
/* "(a, b.c, 3)" as ", a, b->c, 3" */
Str take_arguments(Parse *p);

/* emit.c */
void emit(const Parse *p, const Html2cIn *in, Buf *header, Buf *code);

#endif
