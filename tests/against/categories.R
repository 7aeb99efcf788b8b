# Tables by chance, and what R says of them. Fisher's p of small tables is summed over all tables, since R's own of r×c is
# good to some 1e-10.
source("tests/against/sets.R")
set.seed(1935)

write_table <- function(name, counts) {
	cells <- which(counts >= 0, arr.ind = TRUE)
	people <- sample(rep(seq_len(nrow(cells)), counts))
	write_set(name, data.frame(group = paste0("g", cells[people, 1]), value = paste0("v", cells[people, 2])),
		  "--as categories")
}

# A table of that size in which no row or column is empty.
make <- function(rows, columns, most) repeat {
	counts <- matrix(sample(0:most, rows * columns, TRUE), rows)
	if (all(rowSums(counts) > 0) && all(colSums(counts) > 0)) return(counts)
}

# All fillings of the cells but the last row's and column's, those that give no table dropped.
summed <- function(counts) {
	rows <- rowSums(counts)
	columns <- colSums(counts)
	r <- length(rows) - 1
	c <- length(columns) - 1
	free <- as.matrix(expand.grid(lapply(seq_len(r * c), function(i)
		0:min(rows[(i - 1) %% r + 1], columns[(i - 1) %/% r + 1]))))
	logs <- rep(0, nrow(free))
	valid <- rep(TRUE, nrow(free))
	last <- matrix(columns[c + 1], nrow(free), 1) - rows[r + 1]
	count <- function(n) {
		valid <<- valid & n >= 0
		logs <<- logs - lfactorial(pmax(n, 0))
	}
	for (i in seq_len(r)) count(rows[i] - rowSums(free[, seq(i, r * c, r), drop = FALSE]))
	for (j in seq_len(c)) count(columns[j] - rowSums(free[, (j - 1) * r + seq_len(r), drop = FALSE]))
	count(rows[r + 1] - sum(columns[seq_len(c)]) + rowSums(free))
	for (k in seq_len(r * c)) count(free[, k])
	weights <- exp(logs - max(logs[valid]))[valid]
	seen <- exp(sum(-lfactorial(counts)) - max(logs[valid]))
	sum(weights[weights <= seen * (1 + 1e-7)]) / sum(weights)
}

common <- function(name, counts) {
	write_table(name, counts)
	test <- suppressWarnings(chisq.test(counts, correct = FALSE))
	if (test$statistic > 1e-12) expect(name, "chi_square.chisq", test$statistic, 1e-9, "chi-square")
	expect(name, "chi_square.p", test$p.value, 1e-9, "chi-square")
	expect(name, "chi_square.df", test$parameter, 0, "chi-square")
	expect(name, "chi_square.least_expected", min(test$expected), 1e-9, "chi-square")
}

for (i in 1:1000) {
	name <- paste0("four", i)
	counts <- make(2, 2, sample(c(3, 10, 40, 400), 1))
	common(name, counts)
	expect(name, "fisher.p", fisher.test(counts)$p.value, 1e-12, "Fisher-2x2")
	h <- 2 * asin(sqrt(counts[1, ] / rowSums(counts)[1])) - 2 * asin(sqrt(counts[2, ] / rowSums(counts)[2]))
	half <- qnorm(.975) * sqrt(sum(1 / rowSums(counts)))
	for (j in 1:2) if (abs(h[j]) > 1e-9) {
		expect(name, sprintf("differences.%d.h.value", j - 1), h[j], 1e-9, "h")
		expect(name, sprintf("differences.%d.h.lo", j - 1), h[j] - half, 1e-7, "h")
		expect(name, sprintf("differences.%d.h.hi", j - 1), h[j] + half, 1e-7, "h")
	}
}
for (i in 1:1000) {
	name <- paste0("small", i)
	size <- list(c(2, 3), c(3, 2), c(3, 3), c(2, 4), c(4, 2), c(2, 5))[[i %% 6 + 1]]
	counts <- make(size[1], size[2], 3)
	common(name, counts)
	expect(name, "fisher.p", summed(counts), 1e-12, "Fisher-summed")
	expect(name, "fisher.p", fisher.test(counts)$p.value, 1e-9, "Fisher-R")
}
for (i in 1:200) {
	name <- paste0("larger", i)
	counts <- make(sample(2:4, 1), sample(3:5, 1), sample(c(3, 6, 9), 1))
	common(name, counts)
	expect(name, "fisher.p", fisher.test(counts, workspace = 2e7)$p.value, 1e-9, "Fisher-R")
}
finish()
