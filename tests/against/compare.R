# Groups of numbers by chance, and what R says of them. p of tied ranks, which R has in no test of its own, is counted over
# all ways to deal them.
source("tests/against/sets.R")
set.seed(1947)

write_groups <- function(name, values, groups)
	write_set(name, data.frame(group = groups, value = sprintf("%.8f", values))[sample(length(values)), ])

dealt <- function(x, y) {
	ranks <- 2 * rank(c(x, y))
	sums <- colSums(combn(ranks, length(x)))
	seen <- sum(ranks[seq_along(x)])
	min(1, 2 * min(mean(sums <= seen), mean(sums >= seen)))
}

two <- function(name, x, y, p, most, family) {
	write_groups(name, c(x, y), rep(c("a", "b"), c(length(x), length(y))))
	n <- length(x)
	m <- length(y)
	expect(name, "mann_whitney.p", p, most, family)
	expect(name, "mann_whitney.u", sum(outer(x, y, ">")) + sum(outer(x, y, "==")) / 2, 0, "U")
	for (i in 1:2) {
		expect(name, sprintf("groups.%d.mean", i - 1), mean(list(x, y)[[i]]), 1e-9, "moments")
		expect(name, sprintf("groups.%d.sd", i - 1), sd(list(x, y)[[i]]), 1e-9, "moments")
		expect(name, sprintf("groups.%d.median", i - 1), median(list(x, y)[[i]]), 1e-9, "moments")
	}
	squares <- sum((x - mean(x))^2) + sum((y - mean(y))^2)
	d <- if (squares == 0) NA else (mean(x) - mean(y)) / sqrt(squares / (n + m - 2))
	if (!is.na(d) && abs(d) < 1e-12) return()
	half <- qnorm(.975) * sqrt((n + m) / (n * m) + d^2 / (2 * (n + m)))
	j <- 1 - 3 / (4 * (n + m - 2) - 1)
	for (k in 1:2) {
		at <- c("difference.d.", "difference.g.")[k]
		expect(name, paste0(at, "value"), d * c(1, j)[k], 1e-9, "d-g")
		expect(name, paste0(at, "lo"), (d - half) * c(1, j)[k], 1e-9, "d-g")
		expect(name, paste0(at, "hi"), (d + half) * c(1, j)[k], 1e-9, "d-g")
	}
}

for (i in 1:1000) {
	n <- sample(1:6, 1)
	m <- sample(1:6, 1)
	x <- sample(1:sample(2:9, 1), n, TRUE) / 2
	y <- sample(1:sample(2:9, 1), m, TRUE) / 2
	two(paste0("tied", i), x, y, dealt(x, y), 1e-12, "exact-tied")
}
# Without ties R has the exact test itself.
for (i in 1:1000) {
	most <- if (i %% 10) 30 else 100 # R takes long for many
	x <- round(rnorm(sample(5:most, 1)), 8)
	y <- round(rnorm(sample(5:most, 1), runif(1, -1, 1)), 8)
	two(paste0("untied", i), x, y, wilcox.test(x, y, exact = TRUE)$p.value, 1e-12, "exact-untied")
}
# Above the ceiling of the exact test.
for (i in 1:1000) {
	x <- sample(1:9, sample(120:300, 1), TRUE)
	y <- pmin(9, sample(1:10, sample(100:300, 1), TRUE))
	two(paste0("many", i), x, y, wilcox.test(x, y, exact = FALSE, correct = TRUE)$p.value, 1e-9, "approximate")
}
for (i in 1:1000) {
	name <- paste0("more", i)
	sizes <- sample(1:12, sample(3:6, 1), TRUE)
	groups <- rep(letters[seq_along(sizes)], sizes)
	values <- if (i %% 2) sample(1:5, sum(sizes), TRUE) else round(rnorm(sum(sizes)), 3)
	write_groups(name, values, groups)
	test <- kruskal.test(values, factor(groups))
	tied <- length(unique(values)) == 1
	expect(name, "kruskal_wallis.h", if (tied) 0 else test$statistic, 1e-9, "Kruskal-Wallis")
	expect(name, "kruskal_wallis.p", if (tied) 1 else test$p.value, 1e-9, "Kruskal-Wallis")
	expect(name, "kruskal_wallis.df", length(sizes) - 1, 0, "Kruskal-Wallis")
}
finish()
