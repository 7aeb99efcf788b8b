# What the R files beside it share: Rscript NAME.R FOLDER. A set of random data is FOLDER/SET.csv, with its options in
# FOLDER/sets. FOLDER/expected has a line for each number that R gives of it: SET, the place in what `rampe stats` prints
# ("curves.0.median.lo", "length" of a list), the value, by which part of itself it may differ, and the family that it is
# counted in (against_r.py).
options(scipen = 100) # no exponents
folder <- commandArgs(TRUE)[1]
sets_file <- file(file.path(folder, "sets"), "w")
expected_file <- file(file.path(folder, "expected"), "w")

# One number or text, or one for each of several places. What has no value is null.
expect <- function(set, place, value, within, family) {
	known <- if (is.character(value)) paste0("\"", value, "\"") else sprintf("%.17g", value)
	if (length(value) > 0)
		writeLines(sprintf("%s\t%s\t%s\t%g\t%s", set, place, ifelse(is.na(value), "null", known), within, family),
			   expected_file)
}

# The same for the columns of a list: the members of the objects in a list of them.
expect_each <- function(set, place, columns, within, family) {
	for (name in names(columns))
		expect(set, sprintf("%s.%d.%s", place, seq_along(columns[[name]]) - 1, name), columns[[name]], within, family)
	expect(set, paste0(place, ".length"), length(columns[[1]]), 0, family)
}

# What is 0 but for rounding.
settled <- function(x) ifelse(abs(x) < 1e-13, 0, x)

write_set <- function(set, data, options = "") {
	write.table(data, file.path(folder, paste0(set, ".csv")), sep = ",", quote = FALSE, row.names = FALSE, na = "")
	writeLines(paste(set, options), sets_file)
}

finish <- function() {
	close(sets_file)
	close(expected_file)
}
