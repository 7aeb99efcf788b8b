/* FIXME later */
void *calls(void)
{
	char *p = malloc(3);
	const char *s = "SELECT id FROM contact";
	const char *t = "x" "DELETE FROM contact";
	return fork() != 0 ? p : (void *)time(s == t ? 0 : 1);
}
