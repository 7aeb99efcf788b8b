void calls(char *a, const char *b)
{
	strcpy(a, b);
	sprintf (a, "%s", b);
	system("ls");
	int x = atoi(b) / 2 /* gets() */;
	char quote = '"';
	strcat(a, b);
}
