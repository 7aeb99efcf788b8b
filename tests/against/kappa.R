# Cohen's kappa from R's tables, with the standard error as Fleiss, Cohen and Everitt (1969) write it.
source("tests/against/sets.R")
set.seed(20042)

kappa_of <- function(counts, kind) {
	m <- nrow(counts)
	n <- sum(counts)
	apart <- abs(outer(seq_len(m), seq_len(m), "-")) / max(m - 1, 1)
	w <- switch(kind, none = diag(m), linear = 1 - apart, quadratic = 1 - apart^2)
	p <- counts / n
	rows <- rowSums(p)
	columns <- colSums(p)
	po <- sum(w * p)
	pe <- sum(w * outer(rows, columns))
	if (m < 2)
		return(list(po = po, pe = pe, kappa = NA, se = NA))
	mean_row <- as.vector(w %*% columns)
	mean_column <- as.vector(rows %*% w)
	inner <- sum(p * (w * (1 - pe) - outer(mean_row, mean_column, "+") * (1 - po))^2)
	variance <- (inner - (po * pe - 2 * pe + po)^2) / (n * (1 - pe)^4)
	# Where all agree, or none do, the difference is nothing but rounding.
	list(po = po, pe = pe, kappa = (po - pe) / (1 - pe), se = if (variance < 1e-12) 0 else sqrt(variance))
}

for (set in 1:1000) {
	n <- sample(c(3:12, 30, 200), 1)
	m <- sample(2:7, 1)
	a <- sample(m, n, TRUE)
	b <- ifelse(runif(n) < runif(1), a, sample(m, n, TRUE))
	words <- set %% 2 == 0
	codes <- if (words) paste0("w", sample(m)) else c("-2", "0", "0.5", "3", "10", "11", "100")
	data <- data.frame(a = codes[a], b = codes[b])
	if (set %% 5 == 0)
		data[sample(n, 1), sample(2, 1)] <- NA
	whole <- data[complete.cases(data), ]
	both <- as.vector(t(as.matrix(whole)))
	categories <- if (words) unique(both) else codes[codes %in% both]
	counts <- unclass(table(factor(whole$a, categories), factor(whole$b, categories)))
	kind <- c("none", "linear", "quadratic")[1 + set %% 3]
	k <- kappa_of(counts, kind)
	bound <- function(sign) max(-1, min(1, k$kappa + sign * qnorm(0.975) * k$se))
	write_set(set, data, if (kind == "none") "" else paste("--weights", kind))
	expect(set, c("n", "left_out"), c(nrow(whole), n - nrow(whole)), 0, "table")
	expect(set, c("weights", "order"), c(kind, if (words) "appearance" else "number"), 0, "table")
	expect(set, sprintf("categories.%d", seq_along(categories) - 1), categories, 0, "table")
	cells <- which(counts >= 0, arr.ind = TRUE) - 1
	expect(set, sprintf("matrix.%d.%d", cells[, 1], cells[, 2]), as.vector(counts), 0, "table")
	expect(set, c("categories.length", "matrix.length"), rep(length(categories), 2), 0, "table")
	expect(set, c("observed", "expected"), c(k$po, k$pe), 1e-9, "agreement")
	expect(set, c("kappa", "se", "lo", "hi"), settled(c(k$kappa, k$se, bound(-1), bound(1))), 1e-9,
	       if (is.na(k$kappa)) "none" else "kappa")
}
finish()
