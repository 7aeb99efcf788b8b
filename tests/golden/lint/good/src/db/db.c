void *c(void)
{
	return calloc(1, 2);
}
