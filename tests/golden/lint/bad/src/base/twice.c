/* A call in STR_ARG is made three times. */
void twice(Str s)
{
	printf("%.*s", STR_ARG(draw_name()));
	printf("%.*s%.*s", STR_ARG(s), STR_ARG(str_sub(s,
						       0, 1)));
	printf("%.*s", STR_ARG(list[index_of(s)]));
}
