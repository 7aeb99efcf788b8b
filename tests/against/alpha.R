# Cronbach's alpha by R's var, cor and qf.
source("tests/against/sets.R")
set.seed(20041)

alpha_of <- function(items) {
	k <- ncol(items)
	total <- var(rowSums(items))
	if (k < 2 || total < 1e-16) NA else k / (k - 1) * (1 - sum(apply(items, 2, var)) / total)
}

for (set in seq_len(sets)) {
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
	of <- sapply(seq_len(k), function(i) {
		rest <- rowSums(whole[, -i, drop = FALSE])
		varies <- var(whole[, i]) > 1e-16 && var(rest) > 1e-16
		object(item = text(names(data)[i]), mean = number(means[i]), sd = number(sd(whole[, i])),
		       item_total = number(if (varies) cor(whole[, i], rest) else NA),
		       alpha_if_dropped = number(alpha_of(whole[, -i, drop = FALSE])))
	})
	bound <- function(p) number(1 - (1 - alpha) * qf(p, n - 1, (n - 1) * (k - 1)))
	write_set(set, data, object(n = n, left_out = left, k = k, alpha = number(alpha), lo = bound(0.975),
				    hi = bound(0.025), items = array(of)))
}
