#include "base/a.h"

#include <stdlib.h>

/* malloc() and strcpy() in a comment are not calls; nor is "/* //" in a text. /*/
void *a_new(void)
{
	const char *text = "sprintf(x) \" system(y)";
	return text[0] == '"' ? malloc(1) : NULL;
}

void a_print(const A *a)
{
	printf("%.*s%.*s", STR_ARG(a->name), STR_ARG((*a->list)[(size_t)0]), size(STR_ARG(a->name)));
}
