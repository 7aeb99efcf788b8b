# Cronbach's alpha by R's var, cor and qf.
source("tests/against/sets.R")
set.seed(20041)

alpha_of <- function(items) {
	k <- ncol(items)
	total <- var(rowSums(items))
	if (k < 2 || total < 1e-16) NA else k / (k - 1) * (1 - sum(apply(items, 2, var)) / total)
}

for (set in 1:1000) {
	n <- sample(c(3:10, 30, 100), 1)
	k <- sample(2:8, 1)
	person <- rnorm(n)
	raw <- sapply(seq_len(k), function(i) runif(1, -0.3, 1) * person + rnorm(n))
	items <- switch(1 + set %% 3, round(pmin(pmax(2 * raw + 3, 1), 5)), round(raw, 4), round(1234567 + raw, 3))
	data <- as.data.frame(items)
	if (set %% 4 == 0)
		data[sample(n, 1), sample(k, 1)] <- NA
	whole <- as.matrix(data[complete.cases(data), ])
	left <- n - nrow(whole)
	n <- nrow(whole)
	means <- colMeans(whole)
	# Sums of large numbers lose digits that differences of them keep.
	whole <- sweep(whole, 2, means)
	alpha <- alpha_of(whole)
	item_total <- sapply(seq_len(k), function(i) {
		rest <- rowSums(whole[, -i, drop = FALSE])
		if (var(whole[, i]) > 1e-16 && var(rest) > 1e-16) cor(whole[, i], rest) else NA
	})
	dropped <- sapply(seq_len(k), function(i) alpha_of(whole[, -i, drop = FALSE]))
	bound <- function(p) 1 - (1 - alpha) * qf(p, n - 1, (n - 1) * (k - 1))
	write_set(set, data)
	expect(set, c("n", "left_out", "k"), c(n, left, k), 0, "counts")
	if (!is.na(alpha))
		expect(set, c("alpha", "lo", "hi"), c(alpha, bound(0.975), bound(0.025)), 1e-9, "alpha")
	else
		expect(set, c("alpha", "lo", "hi"), rep(NA_real_, 3), 0, "none")
	expect_each(set, "items", list(item = names(data)), 0, "items")
	expect_each(set, "items", list(mean = means, sd = apply(whole, 2, sd), item_total = settled(item_total),
				       alpha_if_dropped = settled(dropped)), 1e-9, "items")
}
finish()
