int run(void)
{
	return fork();
}
