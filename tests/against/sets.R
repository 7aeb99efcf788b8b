# What the R files beside it share: expected answers, written in the JSON that `rampe stats NAME --json` writes.
# Each set of random data is FOLDER/NUMBER.csv, with its answers in FOLDER/NUMBER.json and, where the command needs
# some, its options in FOLDER/NUMBER.options. The answers of R need not be complete: what they hold is compared.
# Arguments: the folder, how many sets.
options(scipen = 100) # no exponents
arguments <- commandArgs(TRUE)
folder <- arguments[1]
sets <- as.integer(arguments[2])

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
text <- function(x) paste0("\"", x, "\"")
array <- function(values) paste0("[", paste(values, collapse = ","), "]")
# Values are JSON already; vectors give as many objects.
object <- function(...) {
	values <- list(...)
	members <- mapply(function(name, value) paste0("\"", name, "\":", value), names(values), values, SIMPLIFY = FALSE)
	paste0("{", do.call(paste, c(members, sep = ",")), "}")
}

place <- function(set, what) sprintf("%s/%d.%s", folder, set, what)
write_set <- function(set, data, answers, options = "") {
	write.table(data, place(set, "csv"), sep = ",", quote = FALSE, row.names = FALSE, na = "")
	writeLines(answers, place(set, "json"))
	writeLines(options, place(set, "options"))
}
