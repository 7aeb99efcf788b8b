# Paired data by chance, and what R says of them. p of tied ranks, which R has in no test of its own, is counted over all
# 2^n signs.
source("tests/against/sets.R")
set.seed(1945)

signs <- lapply(1:11, function(n) as.matrix(expand.grid(rep(list(0:1), n))))

# The ranks of what has changed under the rule, and V; changes are whole numbers or untied.
ranks_of <- function(x, zeros) {
	if (zeros == "wilcoxon") x <- x[x != 0]
	r <- rank(abs(x))
	list(r = r[x != 0], v = sum(r[x > 0]))
}

enumerated <- function(k) {
	if (length(k$r) == 0) return(1)
	sums <- 2 * (signs[[length(k$r)]] %*% k$r)
	min(1, 2 * min(mean(sums <= 2 * k$v), mean(sums >= 2 * k$v)))
}

approximate <- function(k) {
	z <- k$v - sum(k$r) / 2
	2 * pnorm(-abs(z - sign(z) / 2) / sqrt(sum(k$r^2) / 4))
}

coin <- function(k, n) if (n == 0) 1 else binom.test(k, n)$p.value

shift <- function(name, x, family) {
	n <- length(x)
	means <- outer(x, x, "+") / 2
	means <- sort(means[lower.tri(means, diag = TRUE)])
	q <- if (n > 500) ceiling(n * (n + 1) / 4 - qnorm(.975) * sqrt(n * (n + 1) * (2 * n + 1) / 24) - .5)
		else qsignrank(.025, n)
	expect(name, "effect.pseudomedian", median(means), 1e-9, family)
	expect(name, "effect.lo", if (q == 0) NA else means[q], 1e-9, family)
	expect(name, "effect.hi", if (q == 0) NA else means[length(means) + 1 - q], 1e-9, family)
}

common <- function(name, before, after, x, k, cut) {
	b <- sum(before >= cut & after < cut)
	c <- sum(before < cut & after >= cut)
	expect(name, "wilcoxon.v", k$v, 0, "V")
	expect(name, "sign.p", coin(sum(x > 0), sum(x != 0)), 1e-12, "sign")
	expect(name, "mcnemar.b", b, 0, "crossed")
	expect(name, "mcnemar.c", c, 0, "crossed")
	expect(name, "mcnemar.p", coin(b, b + c), 1e-12, "McNemar")
	expect(name, "effect.rank_biserial", if (length(k$r) == 0) NA else (2 * k$v - sum(k$r)) / sum(k$r), 1e-9, "biserial")
	wilson <- suppressWarnings(prop.test(sum(x > 0), length(x), correct = FALSE)$conf.int)
	expect(name, "effect.risen.lo", if (sum(x > 0) == 0) 0 else wilson[1], 1e-9, "Wilson")
	expect(name, "effect.risen.hi", wilson[2], 1e-9, "Wilson")
}

# Answers on a scale: many ties and zeros. Every third with one decimal, which binary fractions blur.
for (i in 1:1000) {
	name <- paste0("tied", i)
	zeros <- if (i %% 2) "wilcoxon" else "pratt"
	n <- sample(1:11, 1)
	before <- sample(1:7, n, TRUE)
	after <- sample(1:7, n, TRUE)
	scale <- if (i %% 3) 1 else 10
	write_set(name, data.frame(before = before / scale, after = after / scale), paste("--zeros", zeros, "--cut", 4 / scale))
	x <- after - before
	k <- ranks_of(x, zeros)
	expect(name, "wilcoxon.p", enumerated(k), 1e-12, "exact-tied")
	common(name, before, after, x, k, 4)
	shift(name, x / scale, "shift-tied")
}

# Without ties R has the exact test itself, and the interval.
for (i in 1:1000) {
	name <- paste0("untied", i)
	n <- sample(if (i %% 20) 6:40 else 100:400, 1)
	before <- round(rnorm(n, 50, 10), 6)
	after <- round(before + rnorm(n, runif(1, -3, 8), 10), 6)
	x <- after - before
	write_set(name, data.frame(before = sprintf("%.6f", before), after = sprintf("%.6f", after)), "--cut 55")
	k <- ranks_of(x, "wilcoxon")
	test <- wilcox.test(after, before, paired = TRUE, exact = TRUE, conf.int = TRUE)
	expect(name, "wilcoxon.p", test$p.value, 1e-12, "exact-untied")
	expect(name, "effect.pseudomedian", test$estimate, 1e-9, "shift-untied")
	expect(name, "effect.lo", test$conf.int[1], 1e-9, "shift-untied")
	expect(name, "effect.hi", test$conf.int[2], 1e-9, "shift-untied")
	common(name, before, after, x, k, 55)
}

# Above the ceiling of the exact test.
for (i in 1:1000) {
	name <- paste0("many", i)
	zeros <- if (i %% 2) "wilcoxon" else "pratt"
	n <- sample(800:1000, 1)
	before <- sample(1:9, n, TRUE)
	after <- pmin(9, pmax(1, before + sample(-3:3, n, TRUE, prob = runif(7, .5, 1))))
	write_set(name, data.frame(before, after), paste("--zeros", zeros, "--cut 7"))
	x <- after - before
	k <- ranks_of(x, zeros)
	p <- approximate(k)
	if (zeros == "wilcoxon") {
		p <- wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = TRUE)$p.value
	}
	expect(name, "wilcoxon.p", p, 1e-9, "approximate")
	common(name, before, after, x, k, 7)
	if (i <= 100) shift(name, x, "shift-many")
}
finish()
