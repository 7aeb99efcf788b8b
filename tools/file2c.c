/* file2c: a text file as a C string.
 *
 *     file2c FILE NAME OUT.c
 *
 * writes `const char NAME[]` with the file's bytes and a NUL.
 */
#include <stdio.h>

int main(int argc, char **argv)
{
	FILE *in = argc == 4 ? fopen(argv[1], "rb") : NULL;
	FILE *out = in != NULL ? fopen(argv[3], "wb") : NULL;
	if (out == NULL) {
		fputs("usage: file2c FILE NAME OUT.c\n", stderr);
		return 2;
	}
	fprintf(out, "extern const char %s[];\nconst char %s[] = {", argv[2], argv[2]);
	int ch, n = 0;
	while ((ch = fgetc(in)) != EOF)
		fprintf(out, "%s%d,", n++ % 24 == 0 ? "\n" : "", (signed char)ch);
	fputs("\n0};\n", out);
	int bad = ferror(in);
	fclose(in);
	return fclose(out) != 0 || bad;
}
